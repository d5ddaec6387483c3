/**
 * @file Tensor: a lazy array seen through a view, with its place on the tape. Owns reading values and showing
 * them; has no op of its own (`fluent.ts` gives it the methods of all ops).
 */
import { show } from "./core/arguments.ts"
import { census } from "./core/census.ts"
import { allocate, type DType, isFloat, type TypedArray } from "./core/dtype.ts"
import { DTypeError, GradientError, ShapeError, showShape } from "./core/errors.ts"
import { sameShape, sizeOf } from "./core/shape.ts"
import { isRowMajor } from "./core/view.ts"
import { input } from "./kernel/expr.ts"
import { known, pending, recordingNow, type Source } from "./lazy.ts"
import { elementOf, realize, valuesLater, valuesOf } from "./schedule.ts"
import { showTensor } from "./show.ts"

/** How a tensor was made: what backward needs to send a gradient on to the inputs. */
export interface Tape {
  readonly op: string
  inputs: readonly Tensor[]
  /** The versions of the inputs when the op was called, to notice that one was changed in place since. */
  versions: readonly number[]
  /** For each input: gradient of the result → gradient of that input, before broadcasting is undone. */
  vjps: readonly (((ct: Tensor) => Tensor) | null)[]
  /** Inputs have smaller orders than results. */
  readonly order: number
  freed: boolean
}

/** Nested arrays of numbers, or one number for a scalar. */
export type Nested = number | Nested[]

/** The options of everything that makes a tensor. */
export interface TensorOptions {
  /** `float32` unless said otherwise. */
  dtype?: DType
  /** Record what is computed from it, so that `backward` can fill in its `.grad`. */
  requiresGrad?: boolean
}

const copy = input(0)

/**
 * An n-dimensional array of numbers that remembers how it was computed. Make one with `tensor([[1, 2], [3, 4]])`.
 * @example
 * const x = tensor([[1, 2], [3, 4]], { requiresGrad: true })
 * x.square().sum().backward()
 * display(`${x.ndim} dimensions, ${x.size} elements of ${x.dtype}`)
 * x.grad
 */
export class Tensor {
  /** @internal */
  source: Source
  /** @internal */
  tape: Tape | undefined = undefined
  /** @internal How often it has been given other values. */
  version = 0
  /** @internal How many tensors have been made so far. */
  static count = 0
  /** @internal How often values that were on the tape have been read so far. */
  static reads = 0
  /** @internal Told of what is kept. */
  static readonly census = census
  /** @internal Later tensors have greater numbers, except for those that outlive what they were made in. */
  number = ++Tensor.count
  /** @internal The last walk back that has met it, and the gradient that this walk has sent here. */
  met = 0
  sent: Tensor | undefined = undefined
  /** @internal Is it a gradient that nobody but the engine has seen? */
  unseen = false
  #grad: Tensor | null = null
  #requiresGrad = false

  /** @internal Use `tensor`, `zeros`, … */
  constructor(source: Source, requiresGrad = false) {
    source.slot.shared = true
    this.source = source
    if (requiresGrad) this.requiresGrad = true
  }

  /** Sizes of the dimensions; `[]` for a scalar. */
  get shape(): number[] {
    return this.source.view.shape.slice()
  }

  /** Type of the elements: `float32`, `float64`, `int32` or `bool`. */
  get dtype(): DType {
    return this.source.slot.dtype
  }

  /** Number of dimensions. */
  get ndim(): number {
    return this.source.view.shape.length
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.source.view.shape)
  }

  /** Is what is computed from this tensor recorded for `backward`? Throws: DTypeError when set on integers. */
  get requiresGrad(): boolean {
    return this.#requiresGrad
  }

  set requiresGrad(on: boolean) {
    if (on && !isFloat(this.dtype))
      throw new DTypeError(
        `requiresGrad: a tensor of ${this.dtype} has no gradient; use {dtype: "float32"} or .to("float32") first.`,
      )
    if (!on && this.tape)
      throw new GradientError("requiresGrad: this tensor is the result of an op; use detach() to cut it off.")
    this.#requiresGrad = on
  }

  /** The gradient that `backward` has accumulated here; null before the first. Same shape as the tensor. */
  get grad(): Tensor | null {
    const grad = this.ownGrad
    if (grad) grad.unseen = false
    return grad
  }

  /** @internal The gradient, for those who do not hold on to it. */
  get ownGrad(): Tensor | null {
    recordingNow()?.touchesGrad(this, "read")
    return this.#grad
  }

  /** Throws: ShapeError unless it is null or a tensor of the same shape. */
  set grad(grad: Tensor | null) {
    if (
      grad !== null &&
      !(grad instanceof Tensor && sameShape(grad.source.view.shape, this.source.view.shape))
    )
      throw new ShapeError(
        `grad: ${grad instanceof Tensor ? showShape(grad.shape) : show(grad)} is no gradient of a tensor ` +
          `${showShape(this.shape)}; it is a tensor of the same shape, or null.`,
      )
    recordingNow()?.touchesGrad(this, "set")
    this.#grad = grad
  }

  /** A copy of the values in row-major order: Float32Array, Float64Array, Int32Array, or Uint8Array for bool. */
  data(): TypedArray {
    if (this.#requiresGrad) Tensor.reads++
    return this.seen().slice()
  }

  /** @internal As `data`, without a copy: must not be changed. */
  seen(): TypedArray {
    const { slot, view } = this.#inRows()
    return part(valuesOf(slot), view.offset, this.size)
  }

  /** As `data`, for devices that answer later. Works on every device. */
  async dataAsync(): Promise<TypedArray> {
    const { slot, view } = this.#inRows()
    return part(await valuesLater(slot), view.offset, this.size).slice()
  }

  /** The values in row-major order. */
  #inRows(): Source {
    return isRowMajor(this.source.view) ? this.source : this.flattenedCopy()
  }

  /** @internal An array of its own with the same values in row-major order, not yet computed. */
  flattenedCopy(): Source {
    return pending({ kind: "map", expr: copy }, [this.source], this.dtype, this.source.view.shape)
  }

  /** The value of a tensor with one element, as a number. Throws: ShapeError if it has more or none. */
  item(): number {
    this.#checkOne()
    if (this.#requiresGrad) Tensor.reads++
    return elementOf(this.source.slot, this.source.view.offset)
  }

  /** As `item`, for devices that answer later. Works on every device. */
  async itemAsync(): Promise<number> {
    this.#checkOne()
    return (await valuesLater(this.source.slot))[this.source.view.offset]
  }

  #checkOne(): void {
    if (this.size !== 1)
      throw new ShapeError(
        `item: shape ${showShape(this.shape)} has ${this.size} elements, not one; use tolist(), or mean() or sum() first.`,
      )
  }

  /** The values as nested arrays; a number for a scalar. `t.tolist<number[][]>()` tells TypeScript the depth. */
  tolist<T extends Nested = Nested>(): T {
    const { shape } = this
    const values = this.data()
    let at = 0
    const nest = (d: number): Nested =>
      d === shape.length ? values[at++] : Array.from({ length: shape[d] }, () => nest(d + 1))
    return nest(0) as T
  }

  /** The same values, cut off from the tape: no gradient flows through. */
  detach(): Tensor {
    return new Tensor(this.source)
  }

  /**
   * Takes over the values of `other`, in place; shape and dtype stay. Not recorded: it is for parameters, as
   * optimizers do. Throws: ShapeError if the shapes differ; GradientError if the tensor is the result of an op.
   */
  assign(other: Tensor): this {
    if (!(other instanceof Tensor))
      throw new DTypeError(`assign: ${show(other)} is not a tensor; use assign(tensor(…)).`)
    if (!sameShape(this.source.view.shape, other.source.view.shape))
      throw new ShapeError(
        `assign: shape ${showShape(other.shape)} does not fit into ${showShape(this.shape)}; the shapes must be equal.`,
      )
    if (this.tape)
      throw new GradientError(
        "assign: this tensor is the result of an op; only leaves such as parameters can be set.",
      )
    recordingNow()?.assigns(this)
    this.version++
    this.source =
      other.dtype === this.dtype
        ? other.source
        : pending({ kind: "map", expr: copy }, [other.source], this.dtype, this.shape)
    return this
  }

  /** Gives the values back early. Never needed: what nothing refers to is freed. */
  dispose(): void {
    this.source = known(allocate(this.dtype, 0), this.dtype, [0])
    this.tape = undefined
    this.grad = null
  }

  /** Values, shape and dtype as text; long dimensions are shortened. */
  toString(): string {
    return showTensor(this.data(), this.shape, this.dtype)
  }

  /** @internal Its values in JSON, as nested arrays: what it is made of depends on what was computed before. */
  toJSON(): Nested {
    return this.tolist()
  }

  /** @internal As text in texts. Throws: DTypeError where an operator of JavaScript wants a number. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint !== "number") return this.toString()
    throw new DTypeError(
      `operator: -, *, /, ** and < work on numbers, not on a tensor of shape ${showShape(this.shape)}; write ` +
        "a.sub(b), a.mul(b), a.div(b), a.pow(b), a.lt(b), or t.item() for the number of a tensor with one.",
    )
  }
}

function part(values: TypedArray, offset: number, size: number): TypedArray {
  return values.length === size ? values : values.subarray(offset, offset + size)
}

/** Computes what these tensors still need, in one schedule. */
export function realizeAll(tensors: readonly Tensor[]): void {
  realize(tensors.map((t) => t.source.slot))
}

/** The type of a value that an op takes for a tensor. */
export type TensorLike = Tensor | Nested | boolean | NestedBooleans | TypedArray
export type NestedBooleans = boolean[] | NestedBooleans[]
