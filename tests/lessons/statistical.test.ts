/**
 * @file Lessons 22 and 24: the worked examples that depend on random draws, trained by the engine on the images for which
 * they were printed. With FULL=1 from sixty starts.
 *
 * One rule for every number. What is printed is one run of another library, so to us it is one more draw: it has to lie, or
 * to round from a number that lies, where one more of our own runs would fall in 997 of 1000 cases. That is within three
 * standard deviations where they are known, and within more where a few runs have to tell them. Losses differ by factors and
 * have a long tail upwards: theirs are judged by the logarithm.
 */
import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import {
  accuracy,
  crossEntropy,
  dataLoader,
  full,
  Generator,
  initializers,
  noGrad,
  optim,
  type Tensor,
  tensor,
  zeros,
} from "../../engine/index.ts"

const seeds = (few: 5 | 12) => Array.from({ length: process.env.FULL ? 60 : few }, (_, i) => i + 1)
/** By the number of runs n: Student’s t with n − 1 degrees of freedom, at 0.99865, times √(1 + 1/n). */
const factors: Readonly<Record<number, number>> = { 5: 7.252, 12: 4.007, 60: 3.158 }

/**
 * A letter for each of the 1797 images: t, train; v, validate; s, test. They are the first 1200, the next 300 and the last 297
 * of `numpy.random.default_rng(0).permutation(1797)`.
 */
const split = readFileSync("tests/fixtures/digits-split.txt", "utf8").replaceAll("\n", "")
const images = readFileSync("content/data/digits.bin")
function part(letter: string): [pixels: Tensor, labels: Tensor] {
  const rows = [...split].flatMap((one, i) => (one === letter ? [images.subarray(65 * i, 65 * (i + 1))] : []))
  return [
    tensor(rows.map((row) => [...row.subarray(0, 64)])).div(16),
    tensor(
      rows.map((row) => row[64]),
      { dtype: "int32" },
    ),
  ]
}
const [raw, labels] = part("t")
const [rawTest, testLabels] = part("s")
const pixels = raw.sub(raw.mean(0)).detach()
const testPixels = rawTest.sub(raw.mean(0)).detach()
const shares = Array.from({ length: 10 }, (_, c) => labels.eq(c).sum().item() / 1200)
const entropy = -shares.reduce((sum, p) => sum + p * Math.log(p), 0)

type Draw = (shape: [out: number, fanIn: number], generator: Generator) => Tensor
const normal =
  (std: (fanIn: number) => number): Draw =>
  (shape, generator) =>
    initializers.normal(shape, { std: std(shape[1]), generator })
const constant =
  (value: number): Draw =>
  (shape) =>
    full(shape, value)
const lecun = normal((n) => Math.sqrt(1 / n))
const he = normal((n) => Math.sqrt(2 / n))

interface Trained {
  /** On all training images, after the last step. */
  loss: number
  right: number
  rightOfTest: number
  /** Of the first layer: how many units have weights of their own. */
  units: number
}
interface Plan {
  sizes: readonly number[]
  g: "tanh" | "relu"
  draw: Draw
  make: (params: Tensor[]) => { zeroGrad(): void; step(): void }
  /** In batches of 100, drawn anew each epoch; or so many steps on all images. */
  epochs?: number
  steps?: number
}

function train({ sizes, g, draw, make, epochs = 0, steps = 0 }: Plan, seed: number): Trained {
  const generator = new Generator(seed)
  const layers = sizes.slice(1).map((out, k) => ({ W: draw([out, sizes[k]], generator), b: zeros([out]) }))
  const weights = layers.flatMap(({ W, b }) => [W, b])
  for (const t of weights) t.requiresGrad = true
  const scores = (x: Tensor) =>
    layers.reduce((h, { W, b }, k) => {
      const z = h.matmul(W.transpose()).add(b)
      return k < layers.length - 1 ? z[g]() : z
    }, x)
  const optimizer = make(weights)
  const step = (x: Tensor, y: Tensor) => {
    const loss = crossEntropy(scores(x), y)
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
  }
  const batches = dataLoader([pixels, labels], { batchSize: 100, seed })
  for (let epoch = 0; epoch < epochs; epoch++) for (const [x, y] of batches) step(x, y)
  for (let k = 0; k < steps; k++) step(pixels, labels)
  return noGrad(() => ({
    loss: crossEntropy(scores(pixels), labels).item(),
    right: accuracy(scores(pixels), labels),
    rightOfTest: accuracy(scores(testPixels), testLabels),
    units: new Set((layers[0].W.tolist() as number[][]).map(String)).size,
  }))
}

/** The rule of this file. `said` is the number as printed. */
function fits(what: string, said: string, runs: readonly number[], scale = (v: number) => v): void {
  const scaled = runs.map(scale)
  const mean = scaled.reduce((a, b) => a + b) / runs.length
  const sd = Math.sqrt(scaled.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (runs.length - 1))
  const reach = factors[runs.length] * sd
  const half = 0.5 * 10 ** -(said.split(".")[1]?.length ?? 0)
  const band = `${what}: ${said}, ours ${Math.min(...runs)} to ${Math.max(...runs)}`
  expect(scale(Number(said) + half), band).toBeGreaterThanOrEqual(mean - reach)
  expect(scale(Number(said) - half), band).toBeLessThanOrEqual(mean + reach)
}

test("WE 22.7, WE 22.8: where nothing is learnt the loss is the entropy of the classes, 2.301381", () => {
  expect([split.length, labels.shape[0], testLabels.shape[0]]).toEqual([1797, 1200, 297])
  expect(entropy.toFixed(6)).toBe("2.301381")
})

describe("ten hidden layers of 50 units, ten epochs", () => {
  const deep = { sizes: [64, ...Array(10).fill(50), 10], epochs: 10 }
  const make = (params: Tensor[]) => new optim.SGD(params, { lr: 0.05, momentum: 0.9 })
  test.each([
    ["tanh 0.01", "tanh", normal(() => 0.01), "2.3014", "0.07"],
    ["tanh 1.0", "tanh", normal(() => 1), "1.76", "0.33"],
    ["tanh 1/√n", "tanh", lecun, "0.086", "0.95"],
    ["ReLU 0.01", "relu", normal(() => 0.01), "2.3014", "0.07"],
    ["ReLU 1/√n", "relu", lecun, "1.11", "0.58"],
    ["ReLU He", "relu", he, "0.24", "0.92"],
    ["zero", "tanh", constant(0), "2.30", "0.07"],
    // All units are at 1 or at −1, so two classes are all it can say. Of 400 runs of ours three end below 0.065.
    ["a constant", "tanh", constant(0.1), "2.39", "0.06"],
  ] as const)("WE 22.7: %s", { timeout: 120_000 }, (start, g, draw, loss, right) => {
    const runs = seeds(5).map((seed) => train({ ...deep, g, draw, make }, seed))
    fits(
      `loss of ${start}`,
      loss,
      runs.map((run) => run.loss),
      Math.log,
    )
    fits(
      `accuracy of ${start}`,
      right,
      runs.map((run) => run.rightOfTest),
    )
    // What never starts says so in every run.
    if (loss === "2.3014" || loss === "2.30")
      for (const run of runs) expect(Math.abs(run.loss - entropy)).toBeLessThan(1e-3)
  })
})

describe("64–20–10 with tanh", () => {
  const small = { sizes: [64, 20, 10], g: "tanh" } as const
  const make = (params: Tensor[]) => new optim.SGD(params, { lr: 0.5 })

  test("WE 22.8: from zeros, 500 steps: 2.301381, and 0.108 of the training images", () => {
    const zero = train({ ...small, make, draw: constant(0), steps: 500 }, 1)
    expect([zero.loss.toFixed(6), zero.right.toFixed(3), zero.units]).toEqual(["2.301381", "0.108", 1])
  })

  // The accuracy is that of the five hundredth pass, so before the step that follows from it.
  test("WE 22.8: from 0.1 everywhere: one unit, twenty times, and 0.365 of the training images", () => {
    const equal = train({ ...small, make, draw: constant(0.1), steps: 499 }, 1)
    expect([equal.right.toFixed(3), equal.units]).toEqual(["0.365", 1])
  })

  test("WE 22.8: from 1/√n more than 0.95 after 20 epochs, from every start", () => {
    for (const seed of seeds(5)) {
      const run = train({ ...small, make, draw: lecun, epochs: 20 }, seed)
      expect(Math.min(run.right, run.rightOfTest)).toBeGreaterThan(0.95)
      expect(run.units).toBe(20)
    }
  })
})

// The least and the most of three runs, printed for each: two draws.
test.each([
  ["SGD 0.1", (p: Tensor[]) => new optim.SGD(p, { lr: 0.1 }), "1.55–1.61", "0.58–0.69"],
  ["momentum 0.1", (p: Tensor[]) => new optim.SGD(p, { lr: 0.1, momentum: 0.9 }), "0.24–0.26", "0.92–0.93"],
  [
    "Nesterov 0.1",
    (p: Tensor[]) => new optim.SGD(p, { lr: 0.1, momentum: 0.9, nesterov: true }),
    "0.23–0.25",
    "0.93–0.94",
  ],
  ["AdaGrad 0.05", (p: Tensor[]) => new optim.Adagrad(p, { lr: 0.05 }), "0.12–0.13", "0.97–0.98"],
  ["RMSProp 0.01", (p: Tensor[]) => new optim.RMSprop(p, { lr: 0.01, alpha: 0.9 }), "0.13–0.14", "0.96–0.98"],
  ["Adam 0.01", (p: Tensor[]) => new optim.Adam(p, { lr: 0.01 }), "0.18–0.21", "0.93–0.95"],
  ["Adam 0.001", (p: Tensor[]) => new optim.Adam(p, { lr: 0.001 }), "1.76–1.81", "0.46–0.57"],
  ["Adadelta 1", (p: Tensor[]) => new optim.Adadelta(p, { lr: 1 }), "0.93–0.98", "0.82–0.85"],
] as const)("WE 24.3: 64–50–10 with ReLU, three epochs of %s", (optimizer, make, losses, rights) => {
  const plan = { sizes: [64, 50, 10], g: "relu", draw: he, make, epochs: 3 } as const
  const runs = seeds(12).map((seed) => train(plan, seed))
  for (const loss of losses.split("–"))
    fits(
      `loss of ${optimizer}`,
      loss,
      runs.map((run) => run.loss),
      Math.log,
    )
  for (const right of rights.split("–"))
    fits(
      `accuracy of ${optimizer}`,
      right,
      runs.map((run) => run.rightOfTest),
    )
})
