/** @file Bringing the columns of data to a common scale, as learnt from the training rows. */
import { ValueError } from "../core/errors.ts"
import { asTensor } from "../create.ts"
import { where } from "../join.ts"
import { withRecording } from "../op.ts"
import { add, div, eq, mul, sub } from "../ops/arithmetic.ts"
import { max, mean, min, std } from "../ops/reduce.ts"
import type { Tensor, TensorLike } from "../tensor.ts"

/** (x − shift) / scale, column by column; a constant column is only shifted. */
abstract class Scaler {
  /** What is subtracted, [D]; there after `fit`. */
  shift: Tensor | undefined
  /** What is divided by, [D]; there after `fit`. */
  scale: Tensor | undefined

  /** Shift and scale of these rows. */
  protected abstract learn(x: Tensor): { shift: Tensor; scale: Tensor }

  /** Learns from the rows of x [N, D]. */
  fit(x: TensorLike): this {
    const { shift, scale } = withRecording(false, () => this.learn(asTensor("fit", x)))
    this.shift = shift
    this.scale = where(eq(scale, 0), 1, scale)
    return this
  }

  #learnt(op: string): { shift: Tensor; scale: Tensor } {
    const { shift, scale } = this
    if (!shift || !scale)
      throw new ValueError(`${op}: this scaler has not seen any data; call fit(trainingRows) first.`)
    return { shift, scale }
  }

  /** x on the common scale. Throws: ValueError before `fit`. */
  transform(x: TensorLike): Tensor {
    const { shift, scale } = this.#learnt("transform")
    return div(sub(asTensor("transform", x), shift), scale)
  }

  /** `fit` and `transform` of the same rows. */
  fitTransform(x: TensorLike): Tensor {
    return this.fit(x).transform(x)
  }

  /** Back to the old scale. Throws: ValueError before `fit`. */
  inverseTransform(x: TensorLike): Tensor {
    const { shift, scale } = this.#learnt("inverseTransform")
    return add(mul(asTensor("inverseTransform", x), scale), shift)
  }
}

/**
 * Columns with mean 0 and standard deviation 1 (dividing by N), as learnt from the rows given to `fit`.
 * Shape: [N, D] → [N, D]. Throws: ValueError if `transform` is called before `fit`.
 * @example
 * const scaler = new StandardScaler().fit([[1, 100], [2, 200], [3, 300]])
 * scaler.transform([[2, 100], [4, 300]])
 */
export class StandardScaler extends Scaler {
  protected override learn(x: Tensor): { shift: Tensor; scale: Tensor } {
    return { shift: mean(x, 0), scale: std(x, 0, { correction: 0 }) }
  }
}

/**
 * Columns that run from 0 to 1 on the rows given to `fit`; other rows may go beyond.
 * Shape: [N, D] → [N, D]. Throws: ValueError if `transform` is called before `fit`.
 * @example
 * const scaler = new MinMaxScaler().fit([[1, 100], [2, 200], [3, 300]])
 * scaler.transform([[2, 100], [4, 300]])
 */
export class MinMaxScaler extends Scaler {
  protected override learn(x: Tensor): { shift: Tensor; scale: Tensor } {
    const low = min(x, 0)
    return { shift: low, scale: sub(max(x, 0), low) }
  }
}
