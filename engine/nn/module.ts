/** @file What a layer is: a function with parameters that can be found, saved and switched to evaluation. */
import { show } from "../core/arguments.ts"
import { DTypeError, ShapeError, showShape, ValueError } from "../core/errors.ts"
import { sameShape } from "../core/shape.ts"
import { tensor } from "../create.ts"
import { Tensor } from "../tensor.ts"

/** @internal Throws: DTypeError unless the input of a layer is a tensor. */
export function checkInput(layer: string, x: Tensor): void {
  if (!(x instanceof Tensor))
    throw new DTypeError(`${layer}: the input is ${show(x)}, not a tensor; use tensor(…) first.`)
}

/**
 * A layer or a network. A subclass sets its tensors and layers as fields and says what `forward` does.
 * Shape: as `forward` says.
 * @example
 * class Affine extends Module {
 *   w = tensor(2, { requiresGrad: true })
 *   b = tensor(1, { requiresGrad: true })
 *   forward(x: Tensor) {
 *     return x.mul(this.w).add(this.b)
 *   }
 * }
 * display(new Affine().parameters().length)
 * new Affine().forward(tensor([1, 2, 3]))
 */
export abstract class Module {
  /** True while training: dropout drops, batch norm uses the batch. See `train` and `eval`. */
  training = true

  /** The output for an input. */
  abstract forward(x: Tensor): Tensor

  /** Tensors by name, those of layers inside as `layer.name`: parameters, and other state such as running means. */
  namedTensors(): [name: string, tensor: Tensor][] {
    const found: [string, Tensor][] = []
    const visit = (value: unknown, name: string): void => {
      if (value instanceof Tensor) found.push([name, value])
      else if (value instanceof Module)
        for (const [key, tensor] of value.namedTensors()) found.push([`${name}.${key}`, tensor])
      else if (Array.isArray(value))
        value.forEach((item, i) => {
          visit(item, `${name}.${i}`)
        })
    }
    for (const [name, value] of Object.entries(this)) visit(value, name)
    return found
  }

  /** What an optimizer should change: the tensors that require a gradient, each once. */
  parameters(): Tensor[] {
    const list = this.namedTensors().map(([, tensor]) => tensor)
    return [...new Set(list.filter((t) => t.requiresGrad))]
  }

  /** Copies of all tensors by name; `loadStateDict` takes them back. */
  stateDict(): Record<string, Tensor> {
    return Object.fromEntries(this.namedTensors().map(([name, t]) => [name, tensor(t)]))
  }

  /** Takes over saved values. Throws: ValueError if a name is missing or unknown, ShapeError if a shape differs. */
  loadStateDict(state: Readonly<Record<string, Tensor>>): this {
    if (typeof state !== "object" || state === null)
      throw new ValueError(`loadStateDict: the state is ${show(state)}; pass what stateDict() returned.`)
    const own = new Map(this.namedTensors())
    const missing = [...own.keys()].filter((name) => !state[name])
    const unknown = Object.keys(state).filter((name) => !own.has(name))
    if (missing.length + unknown.length > 0)
      throw new ValueError(
        `loadStateDict: missing ${missing.join(", ") || "nothing"}, unknown ${unknown.join(", ") || "nothing"}; ` +
          "the network must be built as it was when it was saved.",
      )
    for (const [name, t] of own) {
      checkInput(`loadStateDict: ${name}`, state[name])
      if (!sameShape(t.shape, state[name].shape))
        throw new ShapeError(
          `loadStateDict: ${name} is ${showShape(t.shape)} here and ${showShape(state[name].shape)} in the saved state.`,
        )
      t.assign(tensor(state[name]))
    }
    return this
  }

  /** Layers directly inside this one. */
  protected children(): Module[] {
    return Object.values(this)
      .flat()
      .filter((value): value is Module => value instanceof Module)
  }

  /** Training mode on (or off), here and in all layers inside. */
  train(on = true): this {
    this.training = on
    for (const child of this.children()) child.train(on)
    return this
  }

  /** Evaluation mode: the same as `train(false)`. */
  eval(): this {
    return this.train(false)
  }

  /** Forgets all gradients. */
  zeroGrad(): void {
    for (const p of this.parameters()) p.grad = null
  }
}

/**
 * Layers one after the other. Shape: the output of one layer is the input of the next. Throws: ValueError for anything that is no layer.
 * @example
 * const net = new Sequential(new Linear(2, 3), new ReLU(), new Linear(3, 1))
 * table(net.namedTensors().map(([name, t]) => ({ name, shape: t.shape.join(" × ") })))
 */
export class Sequential extends Module {
  readonly layers: readonly Module[]

  constructor(...layers: Module[]) {
    super()
    const wrong = layers.findIndex((layer) => !(layer instanceof Module))
    if (wrong >= 0)
      throw new ValueError(
        `Sequential: number ${wrong} is ${show(layers[wrong])}, not a layer; write new Sequential(new Linear(2, 3), new ReLU()).`,
      )
    this.layers = layers
  }

  override forward(x: Tensor): Tensor {
    return this.layers.reduce((value, layer) => layer.forward(value), x)
  }

  override namedTensors(): [name: string, tensor: Tensor][] {
    return this.layers.flatMap((layer, i) =>
      layer.namedTensors().map(([name, t]): [string, Tensor] => [`${i}.${name}`, t]),
    )
  }
}
