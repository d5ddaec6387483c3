/** @file How the losses of the examples become one number, and the checks that all losses share. */
import { ShapeError, showShape, ValueError } from "../core/errors.ts"
import { sameShape } from "../core/shape.ts"
import { mean, sum } from "../ops/reduce.ts"
import type { Tensor } from "../tensor.ts"

export interface LossOptions {
  /** `mean` (default) or `sum` over the losses, or `none` to keep one loss each. */
  reduction?: "mean" | "sum" | "none"
}

/** @internal */
export function reduced(op: string, losses: Tensor, { reduction = "mean" }: LossOptions): Tensor {
  if (reduction === "mean") return mean(losses)
  if (reduction === "sum") return sum(losses)
  if (reduction === "none") return losses
  throw new ValueError(`${op}: there is no reduction "${reduction}"; use "mean", "sum" or "none".`)
}

/** @internal */
export function checkSame(op: string, input: Tensor, target: Tensor): void {
  if (!sameShape(input.shape, target.shape))
    throw new ShapeError(
      `${op}: input ${showShape(input.shape)} and target ${showShape(target.shape)} must have the same shape; ` +
        "reshape or squeeze one of them (they are not broadcast, since that is nearly always a mistake).",
    )
}
