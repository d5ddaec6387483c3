/** @file Clipping gradients by their norm. */
import { checkNumber } from "../core/arguments.ts"
import { tensor } from "../create.ts"
import { cast, withRecording } from "../op.ts"
import { abs, add, div, maximum, minimum, mul, square } from "../ops/arithmetic.ts"
import { sqrt } from "../ops/functions.ts"
import { max, sum } from "../ops/reduce.ts"
import type { Tensor } from "../tensor.ts"
import { listOf } from "./optimizer.ts"

/**
 * Scales all gradients together so that their norm is at most `maxNorm`: g ← g · min(1, maxNorm / (‖g‖ + 10⁻⁶)), where
 * ‖g‖ = √Σ g² over all parameters. Call it between `backward` and `step`. Shape: returns ‖g‖ from before as a scalar
 * tensor, 0 without gradients; nothing is read, so that `jit` records it. Parameters without a gradient are passed over.
 * Throws: ValueError unless maxNorm > 0, or for anything but a list. Reference: Pascanu, Mikolov, Bengio, ICML 2013.
 * @example
 * const w = tensor([0, 0], { requiresGrad: true })
 * w.mul([30, 40]).sum().backward()
 * display(clipGradNorm([w], 5))
 * w.grad
 */
export function clipGradNorm(params: Iterable<Tensor>, maxNorm: number): Tensor {
  checkNumber("clipGradNorm", "maxNorm", maxNorm, 0, Number.POSITIVE_INFINITY, 0)
  const all = listOf("clipGradNorm", params)
  return withRecording(false, () => {
    const given = all.filter((p) => p.grad !== null && p.size > 0)
    if (given.length === 0) return tensor(0)
    // Measured in units of the largest entry, whose square might overflow.
    const tops = given.map((p) => max(abs(p.grad as Tensor)))
    const unit = maximum(
      tops.reduce((top, each) => maximum(top, each)),
      1e-30,
    )
    const squares = given.map((p) => sum(square(div(p.grad as Tensor, unit))))
    const norm = mul(sqrt(squares.reduce((total, each) => add(total, each))), unit)
    // 10⁻⁶ is PyTorch's guard: the norm may be 0.
    const factor = minimum(div(maxNorm, add(norm, 1e-6)), 1)
    for (const p of given) p.grad = cast(mul(p.grad as Tensor, factor), p.dtype)
    return norm
  })
}
