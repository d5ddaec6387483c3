/** @file Toy data in the plane, stated as formulas. Each returns `x` [n, 2] and class numbers `y` [n] (int32). */
import { checkCount, checkNumber, checkOptions, show } from "../core/arguments.ts"
import { ValueError } from "../core/errors.ts"
import { defaultGenerator, type Generator } from "../core/random.ts"
import { checkShape } from "../core/shape.ts"
import { tensor } from "../create.ts"
import { reshape } from "../ops/movement.ts"
import type { Tensor } from "../tensor.ts"

/** Examples and their classes. */
export interface Dataset {
  /** One example a row: [N, D]. */
  x: Tensor
  /** Their class numbers: [N], int32. */
  y: Tensor
}

/** How points are drawn. */
export interface DatasetOptions {
  /** The stream to draw from; the default generator if left out. */
  generator?: Generator
  /** Standard deviation of the normal noise on each coordinate (spirals: half width of uniform noise). */
  noise?: number
}

/** The noise, `usual` unless said otherwise, and where it is drawn from. */
function noisy(op: string, options: DatasetOptions, usual: number): { noise: number; g: Generator } {
  checkOptions(op, options, ["noise", "generator"])
  const { noise = usual, generator = defaultGenerator } = options
  return { noise: checkNumber(op, "noise", noise, 0), g: generator }
}

/** n points; `point(i, class)` says where. Classes take turns, so any first part is balanced. */
function drawn(
  op: string,
  n: number,
  classes: number,
  point: (i: number, label: number) => readonly number[],
): Dataset {
  checkShape(op, [checkCount(op, "the number of points", n, 1), 2], "float32")
  const x = new Float32Array(2 * n)
  const y = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    y[i] = i % classes
    x.set(point(Math.floor(i / classes), y[i]), 2 * i)
  }
  return { x: reshape(tensor(x), [n, 2]), y: tensor(y) }
}

/** Where blobs lie. */
export interface GaussiansOptions extends Omit<DatasetOptions, "noise"> {
  /** One centre for each class; (2, 2) and (−2, −2) by default. */
  centers?: readonly (readonly [number, number])[]
  /** Standard deviation of each blob; 1 by default. */
  std?: number
}

/**
 * Normal blobs around centres, one class each.
 * Shape: x [n, 2], y [n]. Throws: ValueError for no points or settings that make no sense.
 * @example
 * const { x, y } = gaussians(80, { std: 0.7, generator: new Generator(1) })
 * Plot.dot(x.tolist(), { fill: y.tolist().map(String) }).plot({ height: 220 })
 */
export function gaussians(n = 200, options: GaussiansOptions = {}): Dataset {
  checkOptions("gaussians", options, ["centers", "std", "generator"])
  const {
    centers = [
      [2, 2],
      [-2, -2],
    ],
    std = 1,
    generator: g = defaultGenerator,
  } = options
  if (centers.length === 0 || centers.some((center) => center.length !== 2))
    throw new ValueError(
      `gaussians: the centers are ${show(centers)}; give one [x, y] for each class, one or more.`,
    )
  return drawn("gaussians", n, centers.length, (_, c) => centers[c].map((m) => g.normal(m, std)))
}

/**
 * Two half-moons: t uniform in (0, π), (cos t, sin t) and (1 − cos t, ½ − sin t), plus normal noise (0.1).
 * Shape: x [n, 2], y [n]. Throws: ValueError for no points or settings that make no sense.
 * @example
 * const { x, y } = moons(80, { generator: new Generator(1) })
 * Plot.dot(x.tolist(), { fill: y.tolist().map(String) }).plot({ height: 220 })
 */
export function moons(n = 200, options: DatasetOptions = {}): Dataset {
  const { noise, g } = noisy("moons", options, 0.1)
  return drawn("moons", n, 2, (_, c) => {
    const t = g.uniform(0, Math.PI)
    const [a, b] = c === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.5 - Math.sin(t)]
    return [a + noise * g.normal(), b + noise * g.normal()]
  })
}

/** How spirals are drawn. */
export interface SpiralsOptions extends DatasetOptions {
  /** Number of arms, one class each; 2 by default. */
  arms?: number
}

/**
 * Spiral arms: r from 0 to 5, angle 1.75 turns along the arm, (r sin t, r cos t) plus noise (0.1) uniform in ±noise.
 * Shape: x [n, 2], y [n]. Throws: ValueError for no points or settings that make no sense.
 * @example
 * const { x, y } = spirals(80, { arms: 3, generator: new Generator(1) })
 * Plot.dot(x.tolist(), { fill: y.tolist().map(String) }).plot({ height: 220 })
 */
export function spirals(n = 200, options: SpiralsOptions = {}): Dataset {
  checkOptions("spirals", options, ["noise", "generator", "arms"])
  const { arms = 2, ...rest } = options
  const { noise, g } = noisy("spirals", rest, 0.1)
  checkCount("spirals", "the number of arms", arms, 1)
  const length = Math.ceil(n / arms)
  return drawn("spirals", n, arms, (i, c) => {
    const r = (5 * i) / length
    const t = (1.75 * 2 * Math.PI * i) / length + (2 * Math.PI * c) / arms
    return [r * Math.sin(t) + g.uniform(-noise, noise), r * Math.cos(t) + g.uniform(-noise, noise)]
  })
}

/**
 * A disc (class 1, radius 0 … 2.5) inside a ring (class 0, radius 3.5 … 5), plus normal noise (0).
 * Shape: x [n, 2], y [n]. Throws: ValueError for no points or settings that make no sense.
 * @example
 * const { x, y } = circles(80, { generator: new Generator(1) })
 * Plot.dot(x.tolist(), { fill: y.tolist().map(String) }).plot({ height: 220 })
 */
export function circles(n = 200, options: DatasetOptions = {}): Dataset {
  const { noise, g } = noisy("circles", options, 0)
  return drawn("circles", n, 2, (_, c) => {
    const r = c === 1 ? g.uniform(0, 2.5) : g.uniform(3.5, 5)
    const t = g.uniform(0, 2 * Math.PI)
    return [r * Math.cos(t) + noise * g.normal(), r * Math.sin(t) + noise * g.normal()]
  })
}

/**
 * Four quadrants: both coordinates in ±(0.3 … 5.3); class 1 where their signs agree, class 0 where not. Plus normal noise (0).
 * Shape: x [n, 2], y [n]. Throws: ValueError for no points or settings that make no sense.
 * @example
 * const { x, y } = xor(80, { generator: new Generator(1) })
 * Plot.dot(x.tolist(), { fill: y.tolist().map(String) }).plot({ height: 220 })
 */
export function xor(n = 200, options: DatasetOptions = {}): Dataset {
  const { noise, g } = noisy("xor", options, 0)
  return drawn("xor", n, 2, (_, c) => {
    const a = g.uniform(-5, 5)
    const b = Math.abs(g.uniform(-5, 5)) * (a >= 0 === (c === 1) ? 1 : -1)
    const pushed = [a, b].map((v) => v + (v >= 0 ? 0.3 : -0.3))
    return pushed.map((v) => v + noise * g.normal())
  })
}
