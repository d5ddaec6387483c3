/** @file Tensors of random numbers. The generator's arithmetic is in `core/random.ts`. */
import { isFloat } from "./core/dtype.ts"
import { DTypeError, showShape, ValueError } from "./core/errors.ts"
import { defaultGenerator, Generator } from "./core/random.ts"
import { checkShape, sizeOf } from "./core/shape.ts"
import { asTensor, type ShapeLike, tensor, toShape } from "./create.ts"
import { live, pending } from "./lazy.ts"
import { indexSelect } from "./ops/indexing.ts"
import { reshape } from "./ops/movement.ts"
import { Tensor, type TensorLike, type TensorOptions } from "./tensor.ts"

export interface RandomOptions extends TensorOptions {
  /** The stream to draw from; the default generator, which `random.seed(n)` resets, if left out. */
  generator?: Generator
}

/** The default generator, from which everything random is drawn that is not given one of its own. */
export const random = {
  /** Starts the default stream anew: the same seed gives the same numbers everywhere. */
  seed(seed: number): void {
    defaultGenerator.seed(seed)
  },
  /** The default generator itself. */
  generator: defaultGenerator,
}

function drawn(
  op: string,
  distribution: "uniform" | "normal",
  shape: ShapeLike,
  options: RandomOptions,
): Tensor {
  const { dtype = "float32", requiresGrad = false, generator = defaultGenerator } = options
  if (!isFloat(dtype))
    throw new DTypeError(`${op}: draws fractions, which ${dtype} cannot hold; use randint.`)
  const sizes = toShape(shape)
  checkShape(op, sizes, dtype)
  const count = sizeOf(sizes) * (distribution === "normal" ? 2 : 1)
  let start = 0
  const position = [
    live(() => generator.key[0] | 0, "int32"),
    live(() => generator.key[1] | 0, "int32"),
    live(() => {
      start = generator.reserve(count)
      return start | 0
    }, "int32"),
    live(() => Math.floor(start / 2 ** 32) | 0, "int32"),
  ]
  return new Tensor(pending({ kind: "random", distribution }, position, dtype, sizes), requiresGrad)
}

/** Numbers uniform in [0, 1). */
export function rand(shape: ShapeLike, options: RandomOptions = {}): Tensor {
  return drawn("rand", "uniform", shape, options)
}

/** Standard normal numbers: mean 0, standard deviation 1. */
export function randn(shape: ShapeLike, options: RandomOptions = {}): Tensor {
  return drawn("randn", "normal", shape, options)
}

/** Whole numbers, uniform in low … high − 1, as int32. Throws: ValueError if there are none. */
export function randint(low: number, high: number, shape: ShapeLike, options: RandomOptions = {}): Tensor {
  const { generator = defaultGenerator, dtype = "int32" } = options
  const sizes = toShape(shape)
  checkShape("randint", sizes, dtype)
  const values = Int32Array.from({ length: sizeOf(sizes) }, () => generator.integer(low, high))
  return reshape(tensor(values, { dtype }), sizes)
}

/** 0 … n − 1 in random order, as int32. */
export function randperm(n: number, { generator = defaultGenerator }: RandomOptions = {}): Tensor {
  return tensor(generator.permutation(n))
}

export interface ChoiceOptions extends RandomOptions {
  /** May an entry come more than once? True by default, as in NumPy. */
  replace?: boolean
}

/**
 * `count` entries along the first dimension of `from` (a number n stands for 0 … n − 1), drawn at random.
 * Throws: ValueError for more than there are without replacement.
 */
export function choice(from: TensorLike, count: number, options: ChoiceOptions = {}): Tensor {
  const { replace = true, generator = defaultGenerator } = options
  const source =
    typeof from === "number" ? tensor(Int32Array.from({ length: from }, (_, i) => i)) : asTensor(from)
  const [n = 0] = source.shape
  if (n === 0 || (!replace && count > n))
    throw new ValueError(
      `choice: ${count} of ${showShape(source.shape)} cannot be drawn ${replace ? "" : "without replacement"}.`,
    )
  const picks = replace
    ? Int32Array.from({ length: count }, () => generator.integer(0, n))
    : generator.permutation(n).slice(0, count)
  return indexSelect(source, 0, tensor(picks))
}

export { Generator }
