/** @file How the losses of the examples become one number, and the checks that all losses share. */
import { checkOptions, show } from "../core/arguments.ts"
import { ShapeError, showShape, ValueError } from "../core/errors.ts"
import { sameShape } from "../core/shape.ts"
import { keep } from "../lazy.ts"
import { mean, sum } from "../ops/reduce.ts"
import type { Tensor } from "../tensor.ts"

/** What becomes of the losses of the examples. */
export interface LossOptions {
  /** Mean of the losses (by default) or their sum; "none" keeps one loss each. */
  reduction?: "mean" | "sum" | "none"
}

/** @internal The losses as `reduction` asks. Throws: ValueError on an unknown one, or the mean of an empty batch. */
export function reduced<T extends LossOptions>(
  op: string,
  losses: Tensor,
  options: T,
  names: readonly (keyof T & string)[] = ["reduction"],
): Tensor {
  checkOptions(op, options, names)
  const { reduction = "mean" } = options
  if (reduction === "mean") {
    if (losses.size === 0)
      throw new ValueError(
        `${op}: the batch ${showShape(losses.shape)} is empty, so there is no loss to average; check the data, or use {reduction: "sum"}.`,
      )
    return mean(losses)
  }
  if (reduction === "sum") return sum(losses)
  if (reduction === "none") {
    keep(losses.source)
    return losses
  }
  throw new ValueError(`${op}: there is no reduction ${show(reduction)}; use "mean", "sum" or "none".`)
}

/** @internal Throws: ShapeError unless input and target have one shape. */
export function checkSame(op: string, input: Tensor, target: Tensor): void {
  if (!sameShape(input.shape, target.shape))
    throw new ShapeError(
      `${op}: input ${showShape(input.shape)} and target ${showShape(target.shape)} must have the same shape; ` +
        "reshape or squeeze one of them (they are not broadcast, since that is nearly always a mistake).",
    )
}
