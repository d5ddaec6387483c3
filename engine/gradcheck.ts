/** @file Checks gradients against central differences in float64. Knows no op. */
import { backward, noGrad } from "./autograd.ts"
import { checkFunction, checkOptions, show } from "./core/arguments.ts"
import { GradientError, showShape, ValueError } from "./core/errors.ts"
import { sizeOf } from "./core/shape.ts"
import { asTensor, tensor } from "./create.ts"
import { mul } from "./ops/arithmetic.ts"
import { reshape } from "./ops/movement.ts"
import { sum } from "./ops/reduce.ts"
import { Tensor, type TensorLike } from "./tensor.ts"

/** How close is close. */
export interface GradcheckOptions {
  /** Half the distance between the two points of a difference; 1e-6 by default. */
  eps?: number
  /** Allowed is atol + rtol · |expected|; 1e-4 by default. */
  rtol?: number
  /** See `rtol`; 1e-6 by default. */
  atol?: number
  /** What to call the function in the message. */
  name?: string
}

function isTensors(inputs: TensorLike | readonly Tensor[]): inputs is readonly Tensor[] {
  return Array.isArray(inputs) && inputs.every((x) => x instanceof Tensor)
}

/** Weights of the elements of a result: all different, so that no two errors cancel. */
function weightsFor(shape: readonly number[]): Tensor {
  const flat = Float64Array.from({ length: sizeOf(shape) }, (_, i) => 1 + 0.5 * Math.sin(i + 1))
  return reshape(tensor(flat), shape)
}

/**
 * Compares the gradient of `f` by each input, from `backward`, with (f(x + ε) − f(x − ε)) / 2ε, all in float64.
 * Inputs are copied as float64; a result with several numbers is weighted and summed. Returns true.
 * Throws: ValueError unless eps > 0, GradientError that names input, index, got and expected where they differ.
 * @example
 * gradcheck((a, b) => a.mul(b).sin(), [tensor([0.5, 1, 2]), tensor([3, 2, 1])])
 */
export function gradcheck(
  f: (...inputs: Tensor[]) => Tensor,
  inputs: TensorLike | readonly Tensor[],
  options: GradcheckOptions = {},
): true {
  checkFunction("gradcheck", f)
  checkOptions("gradcheck", options, ["eps", "rtol", "atol", "name"])
  const { eps = 1e-6, rtol = 1e-4, atol = 1e-6, name = f.name || "f" } = options
  if (!(eps > 0)) throw new ValueError(`gradcheck: eps is ${show(eps)}; use a small number such as 1e-6.`)
  const list: readonly TensorLike[] = isTensors(inputs) ? inputs : [inputs]
  const own = list.map((x) => tensor(asTensor("gradcheck", x), { dtype: "float64", requiresGrad: true }))
  const y = f(...own)
  if (!(y instanceof Tensor))
    throw new GradientError(
      `gradcheck: ${name} returned ${show(y)}, not a tensor; return what is differentiated.`,
    )
  const weights = weightsFor(y.shape)
  if (y.requiresGrad) backward(sum(mul(y, weights)))
  own.forEach((x, i) => {
    const got = x.grad?.data() ?? new Float64Array(x.size)
    const values = x.data()
    const at = (j: number, value: number): number => {
      const moved = values.slice()
      moved[j] = value
      const others = own.map((other, k) => (k === i ? reshape(tensor(moved), x.shape) : other))
      return noGrad(() => sum(mul(f(...others), weights)).item())
    }
    for (let j = 0; j < values.length; j++) {
      const expected = (at(j, values[j] + eps) - at(j, values[j] - eps)) / (2 * eps)
      if (!(Math.abs(got[j] - expected) <= atol + rtol * Math.abs(expected)))
        throw new GradientError(
          `gradcheck: ${name}, input ${i} of shape ${showShape(x.shape)}, element ${j}: ` +
            `backward gives ${got[j]}, central differences give ${expected}.`,
        )
    }
  })
  return true
}
