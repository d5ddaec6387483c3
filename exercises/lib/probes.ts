/**
 * @file Inputs that tell wrong answers apart, by topic, for the `probes` of exercises: sizes that differ, values on a threshold,
 * both classes, scores far from and near to each other. Knows no exercise.
 */
import { type Generator, randn, type Tensor, tensor } from "../../engine/index.ts"

// Gates and perceptrons: plain arrays of whole numbers, so that a score of 0 is exactly 0 in every dtype.

/** The four inputs 0 and 1, each followed by the constant 1 of the bias. */
export const BITS: number[][] = [
  [0, 0, 1],
  [0, 1, 1],
  [1, 0, 1],
  [1, 1, 1],
]
export const AND = [-1, -1, -1, 1]
export const XOR = [-1, 1, 1, -1]

/** Rows that end in the constant 1, each entry before it from −`reach` to `reach`. */
export const rows = (random: Generator, examples: number, inputs: number, reach: number): number[][] =>
  Array.from({ length: examples }, () => [
    ...Array.from({ length: inputs }, () => random.integer(-reach, reach + 1)),
    1,
  ])

/** A label of ±1 for each row, whatever the row is. */
export const signs = (random: Generator, { length }: number[][]): number[] =>
  Array.from({ length }, () => (random.uniform() < 0.5 ? -1 : 1))

/** Drawn again until both classes have a mistake and the bias ends elsewhere: a pass that moves nothing tells nothing. */
export function telling(random: Generator, examples: number, inputs: number) {
  for (;;) {
    const X = rows(random, examples, inputs, 4)
    const y = signs(random, X)
    const before = Array.from({ length: inputs + 1 }, () => random.integer(-3, 4))
    let w = before
    const missed = y.filter((label, i) => {
      const wrong = label * w.reduce((z, wj, j) => z + wj * X[i][j], 0) <= 0
      if (wrong) w = w.map((wj, j) => wj + label * X[i][j])
      return wrong
    })
    if (missed.includes(1) && missed.includes(-1) && w.at(-1) !== before.at(-1)) return { w: before, X, y }
  }
}

// Layers and activations: tensors of normal numbers. Let no two sizes be equal, and then all of them.

export const normal = (random: Generator, ...shape: number[]): Tensor => randn(shape, { generator: random })

/** Both signs, a bend, and positive values other than 1: at 1 a step, a ReLU and a slope are alike. */
export const places = (): Tensor => tensor([-3, -0.5, 0, 0.5, 4])

/** Inputs, weights (out × in) and bias of a layer for a batch. */
export const layer = (random: Generator, examples: number, inputs: number, units: number): Tensor[] => [
  normal(random, examples, inputs),
  normal(random, units, inputs),
  normal(random, units),
]

// Classes: scores with one example a row, and the index of each right class.

export const labels = (values: number[]): Tensor => tensor(values, { dtype: "int32" })

/** The cat, the car and the frog, and a fourth picture on which two rivals come too close. */
export const pictures = (): [S: Tensor, y: Tensor] => [
  tensor([
    [3.2, 5.1, -1.7],
    [1.3, 4.9, 2.0],
    [2.2, 2.5, -3.1],
    [0.4, 0.1, 0.9],
  ]),
  labels([0, 1, 2, 1]),
]

/** Scores whose differences are never near a whole number, so that no rival stands near a kink. */
export const scoresOffTheKink = (random: Generator, examples: number, classes: number): Tensor =>
  tensor(
    Array.from({ length: examples }, () =>
      Array.from({ length: classes }, (_, j) => random.integer(-3, 4) + j / classes),
    ),
  )

/** Rows near 1000, near −800 and near 0 together: the right class far below the others, above them, and just below. */
export const farScores = (): [S: Tensor, y: Tensor] => [
  tensor([
    [1000, 990, -1000],
    [-800, -801, -790],
    [0, 1, 2],
  ]),
  labels([2, 2, 0]),
]
