/** @file How weights begin: by Xavier's, Kaiming's and other rules. Weights are [out, in, …kernel]. */
import { checkNumber, checkOptions, show } from "./core/arguments.ts"
import { ShapeError, showShape, ValueError } from "./core/errors.ts"
import { sizeOf } from "./core/shape.ts"
import { full, type ShapeLike, tensor } from "./create.ts"
import { withRecording } from "./op.ts"
import { add, mul } from "./ops/arithmetic.ts"
import { reshape } from "./ops/movement.ts"
import { type RandomOptions, rand, randn, randomOptions } from "./random.ts"
import type { Tensor, TensorOptions } from "./tensor.ts"

function checkWeight(op: string, shape: readonly number[]): void {
  if (!Array.isArray(shape) || shape.length < 2 || !shape.every((n) => Number.isInteger(n) && n >= 0))
    throw new ShapeError(
      `${op}: ${show(shape)} is not the shape of a weight; weights are [out, in, …], two or more whole numbers.`,
    )
}

/**
 * How many numbers go into one output, and how many outputs one input reaches: in · field and out · field.
 * Shape: a weight [out, in, …kernel], with field the product of the kernel's sizes.
 * Throws: ShapeError for fewer than two dimensions.
 * @example
 * display(fanInOut([128, 784]))
 * fanInOut([64, 3, 5, 5])
 */
export function fanInOut(shape: readonly number[]): { fanIn: number; fanOut: number } {
  checkWeight("fanInOut", shape)
  const field = sizeOf(shape.slice(2))
  return { fanIn: shape[1] * field, fanOut: shape[0] * field }
}

/** `fanInOut` of a rule that divides by them. Throws: ShapeError if one of them is 0. */
function fansOf(rule: string, shape: readonly number[]): { fanIn: number; fanOut: number } {
  checkWeight(rule, shape)
  const fans = fanInOut(shape)
  if (!(fans.fanIn > 0 && fans.fanOut > 0))
    throw new ShapeError(
      `${rule}: a weight ${showShape(shape)} ([out, in, …]) has no ${fans.fanIn > 0 ? "outputs" : "inputs"}, so no ` +
        "spread can be worked out; every size must be 1 or more.",
    )
  return fans
}

/** A leaf with these values; what led to it is not recorded. */
function leaf(options: TensorOptions, make: () => Tensor): Tensor {
  const t = withRecording(false, make)
  if (options.requiresGrad) t.requiresGrad = true
  return t
}

export interface NormalOptions extends RandomOptions {
  /** Mean of the numbers; 0 by default. */
  mean?: number
  /** Standard deviation of the numbers; 1 by default. */
  std?: number
}

/**
 * Normal numbers mean + std · n, of mean 0 and standard deviation 1 unless said otherwise. Shape: `shape`.
 * Throws: ShapeError if it is none, ValueError for a negative std.
 * @example
 * initializers.normal([2, 3], { std: 0.01, generator: new Generator(0) })
 */
export function normal(shape: ShapeLike, given: NormalOptions = {}): Tensor {
  checkOptions("normal", given, [...randomOptions, "mean", "std"])
  const { mean = 0, std = 1, ...options } = given
  checkNumber("normal", "mean", mean)
  checkNumber("normal", "std", std, 0)
  return leaf(options, () => add(mul(randn(shape, { ...options, requiresGrad: false }), std), mean))
}

export interface UniformOptions extends RandomOptions {
  /** The least number that can come; 0 by default. */
  low?: number
  /** All numbers are below it; 1 by default. */
  high?: number
}

/**
 * Numbers uniform in [low, high): [0, 1) unless said otherwise. Shape: `shape`.
 * Throws: ShapeError if it is none, ValueError unless low ≤ high.
 * @example
 * initializers.uniform([2, 3], { low: -0.1, high: 0.1, generator: new Generator(0) })
 */
export function uniform(shape: ShapeLike, given: UniformOptions = {}): Tensor {
  checkOptions("uniform", given, [...randomOptions, "low", "high"])
  const { low = 0, high = 1, ...options } = given
  checkNumber("uniform", "low", low)
  checkNumber("uniform", "high", high, low)
  return leaf(options, () => add(mul(rand(shape, { ...options, requiresGrad: false }), high - low), low))
}

/**
 * One value everywhere. Shape: `shape`. Throws: ShapeError if it is none, ValueError without a value.
 * @example
 * initializers.constant([2, 3], 0.01)
 */
export function constant(shape: ShapeLike, value: number, options: TensorOptions = {}): Tensor {
  return full(shape, value, options)
}

export interface GainOptions extends RandomOptions {
  /** Factor on the standard deviation, 1 by default; 5/3 is usual before tanh. */
  gain?: number
}

function gained(rule: string, given: GainOptions): { gain: number; options: RandomOptions } {
  checkOptions(rule, given, [...randomOptions, "gain"])
  const { gain = 1, ...options } = given
  return { gain: checkNumber(rule, "gain", gain, 0), options }
}

/**
 * Uniform in ±gain · √(6 / (fanIn + fanOut)), which keeps the variance of a linear layer about the same forwards and
 * backwards. Shape: [out, in, …kernel]. Throws: ShapeError unless there are inputs and outputs.
 * Reference: Glorot and Bengio, AISTATS 2010.
 * @example
 * const w = xavierUniform([100, 50], { generator: new Generator(0) })
 * table({ largest: [w.max().item()], bound: [Math.sqrt(6 / 150)] })
 */
export function xavierUniform(shape: readonly number[], given: GainOptions = {}): Tensor {
  const { gain, options } = gained("xavierUniform", given)
  const { fanIn, fanOut } = fansOf("xavierUniform", shape)
  const bound = gain * Math.sqrt(6 / (fanIn + fanOut))
  return uniform(shape, { ...options, low: -bound, high: bound })
}

/**
 * Normal with standard deviation gain · √(2 / (fanIn + fanOut)). Shape: [out, in, …kernel].
 * Throws: ShapeError unless there are inputs and outputs. Reference: Glorot and Bengio, AISTATS 2010.
 * @example
 * const w = xavierNormal([100, 50], { generator: new Generator(0) })
 * table({ std: [w.std().item()], rule: [Math.sqrt(2 / 150)] })
 */
export function xavierNormal(shape: readonly number[], given: GainOptions = {}): Tensor {
  const { gain, options } = gained("xavierNormal", given)
  const { fanIn, fanOut } = fansOf("xavierNormal", shape)
  return normal(shape, { ...options, std: gain * Math.sqrt(2 / (fanIn + fanOut)) })
}

export interface KaimingOptions extends RandomOptions {
  /** Keep the variance forwards (`fanIn`, default) or backwards (`fanOut`). */
  mode?: "fanIn" | "fanOut"
  /** Slope of the leaky relu that follows; 0 (default) is relu. */
  slope?: number
}

function kaimingStd(rule: string, shape: readonly number[], given: KaimingOptions): number {
  checkOptions(rule, given, [...randomOptions, "mode", "slope"])
  const { mode = "fanIn", slope = 0 } = given
  checkNumber(rule, "slope", slope)
  if (mode !== "fanIn" && mode !== "fanOut")
    throw new ValueError(`${rule}: there is no mode "${mode}"; use "fanIn" or "fanOut".`)
  return Math.sqrt(2 / ((1 + slope * slope) * fansOf(rule, shape)[mode]))
}

/**
 * Uniform in ±√(6 / ((1 + slope²) fan)), made for relu. Shape: [out, in, …kernel].
 * Throws: ShapeError unless there are inputs and outputs, ValueError on an unknown mode. Reference: He et al., ICCV 2015.
 * @example
 * const w = kaimingUniform([100, 50], { generator: new Generator(0) })
 * table({ largest: [w.max().item()], bound: [Math.sqrt(6 / 50)] })
 */
export function kaimingUniform(shape: readonly number[], given: KaimingOptions = {}): Tensor {
  const { mode, slope, ...options } = given
  const bound = Math.sqrt(3) * kaimingStd("kaimingUniform", shape, given)
  return uniform(shape, { ...options, low: -bound, high: bound })
}

/**
 * Normal with standard deviation √(2 / ((1 + slope²) fan)), made for relu. Shape: [out, in, …kernel].
 * Throws: ShapeError unless there are inputs and outputs, ValueError on an unknown mode. Reference: He et al., ICCV 2015.
 * @example
 * const x = randn([100, 400], { generator: new Generator(0) })
 * const w = kaimingNormal([400, 400], { generator: new Generator(1) })
 * x.matmul(w.transpose()).relu().square().mean()
 */
export function kaimingNormal(shape: readonly number[], given: KaimingOptions = {}): Tensor {
  const { mode, slope, ...options } = given
  return normal(shape, { ...options, std: kaimingStd("kaimingNormal", shape, given) })
}

/**
 * A matrix with orthonormal rows (or columns, if there are fewer of them), times gain: normal vectors made
 * orthogonal one after the other. Shape: [out, in, …kernel], seen as [out, in · kernel].
 * Throws: ShapeError for fewer than two dimensions, ValueError if the random vectors happen to be dependent. Reference: Saxe et al., ICLR 2014.
 * @example
 * const q = initializers.orthogonal([3, 3], { generator: new Generator(0) })
 * display(q)
 * q.matmul(q.transpose()).sub(eye(3)).abs().max().lt(1e-6)
 */
export function orthogonal(shape: readonly number[], given: GainOptions = {}): Tensor {
  const { gain, options } = gained("orthogonal", given)
  checkWeight("orthogonal", shape)
  const rows = shape[0]
  const columns = sizeOf(shape.slice(1))
  const [count, length] = rows <= columns ? [rows, columns] : [columns, rows]
  const draw = randn([count, length], { ...options, dtype: "float64", requiresGrad: false }).data()
  const vectors = Array.from({ length: count }, (_, i) => draw.slice(i * length, (i + 1) * length))
  vectors.forEach((v, i) => {
    // Twice, since one pass leaves a rounding error that grows with the number of vectors.
    for (let pass = 0; pass < 2; pass++)
      for (const u of vectors.slice(0, i)) {
        let along = 0
        for (let j = 0; j < length; j++) along += u[j] * v[j]
        for (let j = 0; j < length; j++) v[j] -= along * u[j]
      }
    const norm = Math.hypot(...v)
    if (norm === 0)
      throw new ValueError("orthogonal: the random vectors are dependent; draw again with another seed.")
    for (let j = 0; j < length; j++) v[j] /= norm
  })
  const flat = Float64Array.from({ length: rows * columns }, (_, k) => {
    const r = Math.floor(k / columns)
    const c = k % columns
    return gain * (rows <= columns ? vectors[r][c] : vectors[c][r])
  })
  const { dtype = "float32" } = options
  return leaf(options, () => reshape(tensor(flat, { dtype }), shape))
}
