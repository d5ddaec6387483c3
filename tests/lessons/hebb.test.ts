/** @file Lesson 4: Hebb's rule in three codings, its failure, its sums over all truth tables, and the rule without a teacher. */
import { beforeAll, describe, expect, test } from "vitest"
import { tensor } from "../../engine/index.ts"
import { ask } from "./ask.ts"

const questions = {
  binary: "binary.[hebb(binary, [1, 0, 0, 0]), inBinary.map((row) => row['score at the end'])]",
  half: "half.[hebb(binary, [1, -1, -1, -1]), inHalf.map((row) => row['score at the end'])]",
  bipolar: "bipolar.[path, bipolar.map((x) => score(path[3], x))]",
  changes: "bipolar.bipolar.map((x, n) => x.map((xi) => AND[n] * xi))",
  lines: "bipolar.path.map((w) => [-1, 0, 2].map((x) => onLine(w, x) + 0))",
  lineWords: "bipolar.path.map(lineOf)",
  gates: "sums.learnt.map(({ gate, w }) => [gate, ...w])",
  gatesRight:
    "sums.learnt.map(({ gate, w }) => bipolar.every((x, i) => gateTargets[gate][i] * score(w, x) > 0))",
  order: "sums.hebb([3, 1, 0, 2].map((i) => bipolar[i]), [3, 1, 0, 2].map((i) => AND[i]))[3]",
  twice: "sums.hebb([...bipolar, ...bipolar], [...AND, ...AND])[7]",
  failure: "failure.[steps4, four.map((x) => score(w4, x))]",
  byHand: "failure.four.map((x, k) => t4[k] * score([1, 1, 1, -2], x))",
  parts: "failure.four.map((x, k) => [t4[k] * score(x, x), score(w4, x) - t4[k] * score(x, x)])",
  printed: "failure.hebb(four, [-1, -1, -1, -1])[3]",
  census: "census.census",
  engine: "engine.[X.transpose().matmul(t).tolist(), hebb(binary, [1, 0, 0, 0]).at(-1)]",
  lengths: "growth.[lengthOf(plain), lengthOf(decaying)]",
  directions: "turned.[apart, offAxis]",
  digits: "digits.[cosine, Math.hypot(...eye), pixels.length]",
} as const

let answer: Record<keyof typeof questions, unknown>
beforeAll(async () => {
  answer = await ask("content/01-brains-to-thresholds/04-hebb.mdx", questions)
}, 120_000)

describe("with a teacher", () => {
  test("WE 4.1, C21: AND in binary coding ends at (1, 1, 1) and fires for every input", () => {
    expect(answer.binary).toEqual([
      [
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ],
      [3, 2, 2, 1],
    ])
    // The line x₂ = −x₁ − 1 belongs to (1, 1, 1).
    expect((answer.lines as number[][])[0]).toEqual([0, -1, -3])
  })

  test("WE 4.2, C21: with bipolar targets alone it ends at (0, 0, −2) and never fires", () => {
    expect(answer.half).toEqual([
      [
        [1, 1, 1],
        [0, 1, 0],
        [0, 0, -1],
        [0, 0, -2],
      ],
      [-2, -2, -2, -2],
    ])
  })

  test("WE 4.3, C21: bipolar AND, row by row, with its changes, lines and final scores", () => {
    expect(answer.changes).toEqual([
      [1, 1, 1],
      [-1, 1, -1],
      [1, -1, -1],
      [1, 1, -1],
    ])
    expect(answer.bipolar).toEqual([
      [
        [1, 1, 1],
        [0, 2, 0],
        [1, 1, -1],
        [2, 2, -2],
      ],
      [2, -2, -2, -6],
    ])
    expect(answer.lineWords).toEqual(["x₂ = −1·x₁ − 1", "x₂ = 0·x₁ + 0", "x₂ = −1·x₁ + 1", "x₂ = −1·x₁ + 1"])
    expect(answer.lines).toEqual([
      [0, -1, -3],
      [0, 0, 0],
      [2, 1, -1],
      [2, 1, -1],
    ])
  })

  test("WE 4.4, C21: four patterns of three inputs all end at −2, though a plane separates them", () => {
    expect(answer.failure).toEqual([
      [
        [1, 1, 1, 1],
        [0, 0, 2, 0],
        [-1, 1, 1, -1],
        [0, 0, 0, -2],
      ],
      [-2, -2, -2, -2],
    ])
    for (const margin of answer.byHand as number[]) expect(margin).toBeGreaterThan(0)
    expect(answer.parts).toEqual([
      [4, -6],
      [-4, 2],
      [-4, 2],
      [-4, 2],
    ])
  })

  test("with the first target as it is often printed one would get (−2, −2, −2, −4)", () => {
    expect(answer.printed).toEqual([-2, -2, -2, -4])
  })

  test("WE 4.5, C21: OR ends at (2, 2, 2), NAND at (−2, −2, 2), XOR at (0, 0, 0)", () => {
    expect(answer.gates).toEqual([
      ["AND", 2, 2, -2],
      ["OR", 2, 2, 2],
      ["NAND", -2, -2, 2],
      ["XOR", 0, 0, 0],
    ])
    expect(answer.gatesRight).toEqual([true, true, true, false])
  })

  test("another order ends at the same weights, a second pass doubles them", () => {
    expect(answer.order).toEqual([2, 2, -2])
    expect(answer.twice).toEqual([4, 4, -4])
  })

  test("it solves 14 of 16 tables of two inputs, and 40 of the 104 separable ones of three", () => {
    expect(answer.census).toEqual([
      { inputs: 2, tables: 16, separable: 14, "Hebb solves": 14, "different sums": 14 },
      { inputs: 3, tables: 256, separable: 104, "Hebb solves": 40, "different sums": 104 },
    ])
  })

  test("the engine's one line gives the same weights as the loop from scratch", () => {
    expect(answer.engine).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ])
  })
})

describe("without a teacher", () => {
  test("Hebb's weights grow without bound, Oja's settle at length 1, in the same direction", () => {
    const [hebb, oja] = answer.lengths as number[]
    expect(hebb).toBeGreaterThan(1e6)
    expect(oja).toBeCloseTo(1, 1)
    const [apart, offAxis] = answer.directions as number[]
    expect(apart).toBeLessThan(1)
    expect(offAxis).toBeLessThan(3)
  })

  test("one unit finds the first principal component of the digits", () => {
    const [cosine, length, images] = answer.digits as number[]
    expect(cosine).toBeGreaterThan(0.99)
    expect(cosine).toBeLessThanOrEqual(1)
    expect(length).toBeCloseTo(1, 1)
    expect(images).toBe(1797)
  })
})

test("no table of three inputs shares its Hebb sums with a separable one: the sums tell it apart", () => {
  const X = tensor(
    Array.from({ length: 8 }, (_, row) => [1, ...[0, 1, 2].map((i) => ((row >> i) & 1 ? 1 : -1))]),
  )
  const sums = Array.from({ length: 256 }, (_, f) => {
    const t = tensor(Array.from({ length: 8 }, (_, i) => ((f >> i) & 1 ? 1 : -1)))
    return String(t.matmul(X).tolist())
  })
  const alone = sums.filter((sum) => sums.filter((other) => other === sum).length === 1)
  expect(alone.length).toBe(104)
})
