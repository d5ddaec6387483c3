/** @file Clipping gradients by their norm. */
import { ValueError } from "../core/errors.ts"
import { withRecording } from "../op.ts"
import { mul, square } from "../ops/arithmetic.ts"
import { sum } from "../ops/reduce.ts"
import type { Tensor } from "../tensor.ts"

/**
 * Scales all gradients together so that their norm is at most `maxNorm`, and returns the norm before.
 * Throws: ValueError unless maxNorm > 0. Reference: Pascanu, Mikolov, Bengio, ICML 2013.
 */
export function clipGradNorm(params: Iterable<Tensor>, maxNorm: number): number {
  if (!(maxNorm > 0)) throw new ValueError(`clipGradNorm: maxNorm is ${maxNorm}; use a number above 0.`)
  return withRecording(false, () => {
    const list = [...params]
    let total = 0
    for (const p of list) if (p.grad) total += sum(square(p.grad)).item()
    const norm = Math.sqrt(total)
    // PyTorch's guard: the norm may be 0.
    const factor = maxNorm / (norm + 1e-6)
    if (factor < 1) for (const p of list) if (p.grad) p.grad = mul(p.grad, factor)
    return norm
  })
}
