/** @file Tensors of random numbers. The generator's arithmetic is in `core/random.ts`. */
import { checkCount, checkOptions, shapeFrom, show } from "./core/arguments.ts"
import { checkDType, fitsInt32, isFloat } from "./core/dtype.ts"
import { DTypeError, showShape, ValueError } from "./core/errors.ts"
import { checkRange, defaultGenerator, Generator } from "./core/random.ts"
import { checkShape, sizeOf } from "./core/shape.ts"
import { arange, asTensor, generated, type ShapeLike, tensor } from "./create.ts"
import { live, pending } from "./lazy.ts"
import { later } from "./op.ts"
import { indexSelect } from "./ops/indexing.ts"
import type { Tensor, TensorLike, TensorOptions } from "./tensor.ts"

/** Options of what is drawn at random. */
export interface RandomOptions extends TensorOptions {
  /** The stream to draw from; the default generator, which `random.seed(n)` resets, if left out. */
  generator?: Generator
}

/**
 * The default generator, from which everything random is drawn that is not given one of its own.
 * @example
 * random.seed(42)
 * const first = rand(3).tolist()
 * random.seed(42)
 * table({ first, again: rand(3).tolist() })
 */
export const random = {
  /** Starts the default stream anew: the same seed gives the same numbers everywhere. */
  seed(seed: number): void {
    defaultGenerator.seed(seed)
  },
  /** The default generator itself. */
  generator: defaultGenerator,
}

/** @internal The names of `RandomOptions`. */
export const randomOptions = ["dtype", "requiresGrad", "generator"] as const

/** The options of what draws, and the stream that they name. */
function streamOf<T extends RandomOptions>(
  op: string,
  options: T,
  names: readonly (keyof T & string)[],
): Generator {
  checkOptions(op, options, names)
  const { generator = defaultGenerator } = options
  if (!(generator instanceof Generator))
    throw new ValueError(`${op}: the generator is ${show(generator)}; make one with new Generator(seed).`)
  return generator
}

function drawn(
  op: string,
  distribution: "uniform" | "normal",
  shape: ShapeLike,
  options: RandomOptions,
): Tensor {
  const sizes = shapeFrom(op, shape, options)
  const generator = streamOf(op, options, randomOptions)
  const { dtype = "float32", requiresGrad = false } = options
  checkDType(op, dtype)
  if (!isFloat(dtype))
    throw new DTypeError(`${op}: draws fractions, which ${dtype} cannot hold; use randint.`)
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
  return later(op, pending({ kind: "random", distribution }, position, dtype, sizes), requiresGrad)
}

/**
 * Numbers uniform in [0, 1). Shape: `shape`. Throws: ShapeError if it is none, DTypeError for integers.
 * @example
 * rand([2, 3], { generator: new Generator(7) })
 */
export function rand(shape: ShapeLike, options: RandomOptions = {}): Tensor {
  return drawn("rand", "uniform", shape, options)
}

/**
 * Standard normal numbers: mean 0, standard deviation 1. Shape: `shape`.
 * Throws: ShapeError if it is none, DTypeError for integers.
 * @example
 * const x = randn([10000], { generator: new Generator(1) })
 * table({ mean: [x.mean().item()], std: [x.std().item()] })
 */
export function randn(shape: ShapeLike, options: RandomOptions = {}): Tensor {
  return drawn("randn", "normal", shape, options)
}

/**
 * Whole numbers, uniform in low … high − 1, as int32: `randint(0, 10, [2, 3])`. Shape: `shape`.
 * Throws: ValueError if there are none or int32 does not hold them, ShapeError if the shape is none.
 * @example
 * random.seed(42)
 * randint(1, 7, 10)
 */
export function randint(low: number, high: number, shape: ShapeLike, options: RandomOptions = {}): Tensor {
  checkRange("randint", low, high)
  if (!fitsInt32(low) || !fitsInt32(high - 1))
    throw new ValueError(
      `randint: int32 does not hold all of ${low} … ${high - 1}; stay within −2³¹ … 2³¹ − 1.`,
    )
  const sizes = shapeFrom("randint", shape, options, (list) => `randint(low, high, ${list})`)
  const generator = streamOf("randint", options, randomOptions)
  const { dtype = "int32", requiresGrad = false } = options
  return generated("randint", sizes, { dtype, requiresGrad }, () => generator.integer(low, high))
}

/**
 * 0 … n − 1 in random order, as int32. Shape: [n].
 * Throws: ValueError unless n is a whole number, 0 or more; MemoryError above 1 GiB.
 * @example
 * randperm(8, { generator: new Generator(3) })
 */
export function randperm(n: number, options: Pick<RandomOptions, "generator"> = {}): Tensor {
  const generator = streamOf("randperm", options, ["generator"])
  checkShape("randperm", [checkCount("randperm", "n", n)], "int32")
  return tensor(generator.permutation(n))
}

/** How `choice` draws. */
export interface ChoiceOptions {
  /** May an entry come more than once? True by default, as in NumPy. */
  replace?: boolean
  /** The stream to draw from; the default generator if left out. */
  generator?: Generator
}

/**
 * `count` entries along the first dimension of `from` (a number n stands for 0 … n − 1), drawn at random.
 * Shape: [n, …] → [count, …]. Throws: ValueError unless count is a whole number, or for more than there are without
 * replacement.
 * @example
 * choice([10, 20, 30], 5, { generator: new Generator(0) })
 */
export function choice(from: TensorLike, count: number, options: ChoiceOptions = {}): Tensor {
  const generator = streamOf("choice", options, ["replace", "generator"])
  const { replace = true } = options
  checkCount("choice", "the number to draw", count)
  const source =
    typeof from === "number"
      ? arange(0, checkCount("choice", "n", from), 1, { dtype: "int32" })
      : asTensor("choice", from)
  const [n = 0] = source.shape
  if ((n === 0 && count > 0) || source.ndim === 0 || (!replace && count > n))
    throw new ValueError(
      `choice: ${count} cannot be drawn from ${showShape(source.shape)}${replace ? "" : " without replacement"}; ` +
        "draw fewer, or give more to draw from.",
    )
  const picks = replace
    ? Int32Array.from({ length: count }, () => generator.integer(0, n))
    : generator.permutation(n).slice(0, count)
  return indexSelect(source, 0, tensor(picks))
}

export { Generator }
