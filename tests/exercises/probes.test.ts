/** @file Inputs that exercises share: that they do tell wrong answers apart, whatever is drawn. */
import fc from "fast-check"
import { expect, it } from "vitest"
import { Generator, type Tensor } from "../../engine/index.ts"
import {
  AND,
  BITS,
  farScores,
  layer,
  pictures,
  places,
  scoresOffTheKink,
  telling,
  XOR,
} from "../../exercises/lib/probes.ts"

const sizes = fc.record({
  seed: fc.nat(),
  examples: fc.integer({ min: 4, max: 9 }),
  inputs: fc.integer({ min: 2, max: 4 }),
})
const dot = (a: number[], b: number[]) => a.reduce((sum, v, j) => sum + v * b[j], 0)
const isMistake = (w: number[], x: number[], label: number) => label * dot(w, x) <= 0

it("the four inputs are told apart by one line for AND, and by none for XOR", () => {
  const some = [-3, -2, -1, 0, 1, 2, 3]
  const separated = (labels: number[]) =>
    some.some((a) =>
      some.some((b) => some.some((c) => BITS.every((x, i) => !isMistake([a, b, c], x, labels[i])))),
    )
  expect(separated(AND)).toBe(true)
  expect(separated(XOR)).toBe(false)
})

it("a pass over examples that tell something errs in both classes and moves the bias", () => {
  fc.assert(
    fc.property(sizes, ({ seed, examples, inputs }) => {
      const { w, X, y } = telling(new Generator(seed), examples, inputs)
      let now = w
      const met = new Set<number>()
      for (const [i, x] of X.entries()) {
        expect(x.at(-1)).toBe(1)
        if (!isMistake(now, x, y[i])) continue
        met.add(y[i])
        now = now.map((v, j) => v + y[i] * x[j])
      }
      expect([...met].sort()).toEqual([-1, 1])
      expect(now.at(-1)).not.toBe(w.at(-1))
    }),
  )
})

it("at the places of an activation step, ReLU, slope and identity are four different functions", () => {
  const z = places()
  const functions = [z.gt(0).mul(1), z.relu(), z.neg().gt(0).mul(0.01).add(z.gt(0).mul(1)), z]
  const seen = new Set(functions.map((values) => JSON.stringify(values.tolist())))
  expect(seen.size).toBe(functions.length)
})

it("the parts of a layer fit: examples by inputs, units by inputs, units", () => {
  const [X, W, b] = layer(new Generator(1), 4, 3, 5)
  expect([X, W, b].map(({ shape }) => shape)).toEqual([[4, 3], [5, 3], [5]])
})

const leads = (S: Tensor, y: number[]) =>
  (S.tolist() as number[][]).map((row, i) => row.filter((_, j) => j !== y[i]).map((s) => row[y[i]] - s))

it("scores off the kink differ by no whole number, so no margin is just met", () => {
  fc.assert(
    fc.property(sizes, ({ seed, examples, inputs }) => {
      const S = scoresOffTheKink(new Generator(seed), examples, inputs)
      const all = leads(
        S,
        Array.from({ length: examples }, () => 0),
      ).flat()
      for (const lead of all) expect(Math.abs(lead - Math.round(lead))).toBeGreaterThan(0.2)
    }),
  )
})

it("one of the pictures has two rivals that come too close, one has none", () => {
  const [S, y] = pictures()
  const tooClose = leads(S, y.tolist() as number[]).map((lead) => lead.filter((by) => by < 1).length)
  expect(tooClose).toContain(0)
  expect(tooClose).toContain(2)
})

it("far scores put the right class far below, on top and just below", () => {
  const [S, y] = farScores()
  const least = leads(S, y.tolist() as number[]).map((lead) => Math.min(...lead))
  expect(least[0]).toBeLessThan(-1000)
  expect(least[1]).toBeGreaterThan(0)
  expect(least[2]).toBeGreaterThan(-5)
  expect(Math.abs(S.abs().max().item())).toBe(1000)
})
