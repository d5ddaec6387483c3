/**
 * @file Element-wise loops: a body at every point of a shape, its values stored through views. Dimensions are
 * collapsed, the innermost one goes four elements at a time. Knows no reductions.
 *
 * V8 compiles a function in a hurry when it is first called and well when it has run for a while, but does not change
 * over in the middle of a call. So long loops are made in parts, a call each.
 */
import type { DType } from "../../core/dtype.ts"
import { type Shape, sizeOf } from "../../core/shape.ts"
import { collapse, rowMajor, type View } from "../../core/view.ts"
import type { Body, Loop } from "../../fuse/plan.ts"
import { type Code, type Func, i32, type Local, move } from "./assembler.ts"
import { argsOf, type Dialect, Evaluator, type Level, type Spot, type Temporary } from "./dialect.ts"
import { fitsLanes, isElementary, lanes, mayBeSubnormal } from "./lanes.ts"
import { scalar64 } from "./scalar64.ts"
import { elementBytes, type Scope } from "./scope.ts"
import { type Stream, skip, type Walked, walk, walkRange } from "./walk.ts"

/** A loop of a plan whose stores go through views. */
export interface ViewLoop {
  readonly shape: Shape
  readonly body: Body
  readonly stores: readonly { readonly array: number; readonly view: View; readonly value: number }[]
}

/** Loops over more elements are made in parts of about half as many. */
const longest = 32768
/** From so many elements on, speed is worth more code. */
const hotFrom = 512

/** How much work a body is: its operations, where an elementary function counts as many. */
export function weightOf(body: Body): number {
  let weight = 0
  for (const { op } of body) weight += op === "read" || op === "const" ? 0 : isElementary(op) ? 12 : 1
  return weight
}

/** How often every step changes, given how often the reads do. */
export function levelsOf(body: Body, ofRead: (step: number) => Level): Level[] {
  const levels: Level[] = []
  body.forEach((step, s) => {
    let level: Level = step.op === "read" ? ofRead(s) : 0
    for (const arg of argsOf(step)) if (levels[arg] > level) level = levels[arg]
    levels.push(level)
  })
  return levels
}

/** A loop with its dimensions collapsed, being written into one function. */
class LoopWriter {
  readonly func: Func
  readonly #shape: LoopShape
  readonly #body: Evaluator
  readonly #streams: (Stream & { readonly stride: number })[]

  constructor(func: Func, shape: LoopShape) {
    this.func = func
    this.#shape = shape
    this.#body = new Evaluator(func, shape.loop.body, shape.dialect, shape.hot)
    const last = shape.sizes.length - 1
    this.#streams = shape.accesses.map(({ dtype }, s) => ({
      pointer: func.local("i32"),
      stride: shape.strides[s][last],
      steps: shape.strides[s].map((stride) => stride * elementBytes(dtype)),
    }))
  }

  get #wanted(): number[] {
    return this.#shape.loop.stores.map(({ value }) => value)
  }

  /** Sets the pointers to index `from` of the outermost dimension, and computes what never changes. */
  begin(from?: Local | number): Code[] {
    const { scope, accesses, levels } = this.#shape
    const pointers = this.#streams.map(({ pointer }, s) =>
      pointer.set(scope.address(this.func.param(0), accesses[s].array, accesses[s].offset)),
    )
    const start = typeof from === "number" ? i32.const(from) : from
    return [
      pointers,
      start === undefined ? [] : skip(this.#streams, 0, start),
      this.#body.hoist(this.#wanted, levels, 0, (step) => this.#load(step, 0, 1)),
    ]
  }

  #spot(access: number, index: number): Spot {
    const { pointer, stride } = this.#streams[access]
    return { pointer, dtype: this.#shape.accesses[access].dtype, stride, index }
  }

  #load(step: number, index: number, count: number): Code {
    return this.#shape.dialect.load(this.#spot(this.#shape.reads.indexOf(step), index), count)
  }

  /** Temporaries of a store, the same ones in every copy of it. */
  #temporaries(store: number): Temporary {
    let count = 0
    return (type) => this.#body.local(`store ${store} ${count++}`, type)
  }

  /** The body and its stores for `count` elements, at most a vector, from the one `index` places on. */
  #at(index: number, count: number): Code[] {
    const { dialect, reads } = this.#shape
    const { before, values } = this.#body.compute(this.#wanted, (step) => this.#load(step, index, count))
    const { body } = this.#shape.loop
    const stores = values.map((value, s) =>
      dialect.store(
        this.#spot(reads.length + s, index),
        count,
        value,
        this.#temporaries(s),
        mayBeSubnormal(body, this.#wanted[s]),
      ),
    )
    return [before, stores]
  }

  /** Whole vectors, `unroll` of them, and the pointers moved past them. */
  #round(): Code[] {
    const { dialect, unroll } = this.#shape
    const code: Code[] = []
    for (let u = 0; u < unroll; u++) code.push(this.#at(u * dialect.width, dialect.width))
    const elements = unroll * dialect.width
    const last = this.#shape.sizes.length - 1
    return [code, this.#streams.map(({ pointer, steps }) => move(pointer, steps[last] * elements))]
  }

  /** `count` elements without a loop, from the pointers on. */
  straight(count: number): Code[] {
    const { width } = this.#shape.dialect
    const code: Code[] = []
    for (let index = 0; index < count; index += width)
      code.push(this.#at(index, Math.min(width, count - index)))
    return code
  }

  /** Elements from … to − 1 of the innermost dimension, a multiple of a round. */
  range(from: Local, to: Local): Code[] {
    const i = this.func.local("i32")
    return [this.func.loop(i, from, to, this.#shape.round, () => this.#round())]
  }

  /** A whole row: the innermost dimension. */
  row(): Walked {
    const { levels, sizes, round, dialect } = this.#shape
    const n = sizes[sizes.length - 1]
    const code = this.#body.hoist(this.#wanted, levels, 1, (step) => this.#load(step, 0, 1))
    const rounds = n <= 4 * dialect.width ? 0 : Math.floor(n / round)
    code.push(this.func.repeat(rounds, () => this.#round()))
    code.push(this.straight(n - rounds * round))
    const last = sizes.length - 1
    return { code, moved: this.#streams.map(({ steps }) => steps[last] * rounds * round) }
  }

  /** All rows. */
  rows(): Code[] {
    const { sizes } = this.#shape
    return walk(this.func, this.#streams, sizes.slice(0, -1), 0, () => this.row()).code
  }

  /** The rows at from … to − 1 of the outermost dimension. */
  rowRange(from: Local, to: Local): Code[] {
    const inside = walk(this.func, this.#streams, this.#shape.sizes.slice(0, -1), 1, () => this.row())
    return walkRange(this.func, this.#streams, 0, from, to, inside)
  }
}

/** What is known of a loop before any code is written. */
interface LoopShape {
  readonly scope: Scope
  readonly loop: ViewLoop
  readonly dialect: Dialect
  readonly sizes: readonly number[]
  /** Steps that read. */
  readonly reads: readonly number[]
  /** What is read and then what is stored. */
  readonly accesses: readonly { readonly array: number; readonly dtype: DType; readonly offset: number }[]
  /** Of the accesses, in elements. */
  readonly strides: readonly (readonly number[])[]
  readonly levels: readonly Level[]
  /** Vectors, and elements, in one round of the innermost loop. */
  readonly unroll: number
  readonly round: number
  readonly hot: boolean
}

function shapeOf(scope: Scope, loop: ViewLoop): LoopShape {
  const { body, stores } = loop
  const dialect = fitsLanes(body) ? lanes : scalar64
  const reads: number[] = []
  const accesses: { array: number; view: View; dtype: DType; offset: number }[] = []
  body.forEach((step, s) => {
    if (step.op !== "read") return
    reads.push(s)
    accesses.push({ ...step.read, dtype: step.dtype, offset: step.read.view.offset })
  })
  for (const { array, view } of stores)
    accesses.push({ array, view, dtype: scope.dtypeOf(array), offset: view.offset })
  const { shape, strides } = collapse(
    loop.shape,
    accesses.map(({ view }) => view),
  )
  const sizes = shape.length === 0 ? [1] : shape
  if (shape.length === 0) for (const list of strides) list.push(0)
  const total = sizeOf(sizes)
  const last = sizes.length - 1
  const once = sizes.length === 1 && total <= dialect.width
  const levels = levelsOf(body, (step) => {
    const list = strides[reads.indexOf(step)]
    return once || list[last] !== 0 ? 2 : list.some((stride) => stride !== 0) ? 1 : 0
  })
  const weight = weightOf(body)
  const unroll = dialect.width === 1 || sizes[last] < 64 ? 1 : weight <= 8 ? 4 : weight <= 24 ? 2 : 1
  return {
    scope,
    loop,
    dialect,
    sizes,
    reads,
    accesses,
    strides,
    levels: once ? levels.map(() => 2) : levels,
    unroll,
    round: unroll * dialect.width,
    hot: total >= hotFrom,
  }
}

/** Writes a loop as a kernel: a function of the parameter block. */
export function emitLoop(scope: Scope, loop: ViewLoop, name: string): Func {
  const shape = shapeOf(scope, loop)
  const { sizes, round } = shape
  const total = sizeOf(sizes)
  if (total <= longest) {
    const func = scope.kernel(name)
    if (total === 0) return func
    const writer = new LoopWriter(func, shape)
    func.emit(...writer.begin(), ...writer.rows())
    return func
  }
  const part = scope.module.function(`${name} part`, ["i32", "i32", "i32"], [])
  const [, from, to] = part.params
  const writer = new LoopWriter(part, shape)
  if (sizes.length > 1) {
    part.emit(...writer.begin(from), ...writer.rowRange(from, to))
    const rows = Math.max(1, Math.floor(longest / 2 / (total / sizes[0])))
    return scope.inParts(name, part, sizes[0], rows)
  }
  part.emit(...writer.begin(from), ...writer.range(from, to))
  const whole = total - (total % round)
  return scope.inParts(name, part, whole, longest / 2, (kernel) => {
    if (whole === total) return []
    const rest = new LoopWriter(kernel, shape)
    return [rest.begin(whole), rest.straight(total - whole)]
  })
}

/** The loop of a plan, whose stores are row-major. */
export function planLoop({ shape, body, stores }: Loop): ViewLoop {
  const view = rowMajor(shape)
  return { shape, body, stores: stores.map((store) => ({ ...store, view })) }
}
