/** @file Lesson 23: the numbers of momentum and Nesterov, from the lesson's own cells and from the engine. */
import { beforeAll, expect, test } from "vitest"
import { optim, tensor } from "../../engine/index.ts"
import { ask, printed } from "./ask.ts"

const questions = {
  firstByEngine: "first-engine.places",
  first: "first-steps.momentum(5, 0.1, 0.9, 6).map(({ velocity, x }) => [velocity, x])",
  counts: "ravine.counts.map(({ twenty, hundred }) => [twenty, hundred])",
  speeds: "terminal.[1, 2, 5, 10, 20, 50].map((step) => speeds[step])",
  climb: "wrong.climb",
  family: "table-23.[sgd, formA, formB, nesterov, library, onlyOne]",
  saddle: "saddle.[0, 1e-6, 1e-3, 0.1].map((from) => [0, 0.5, 0.9].map((m) => stepsToLeave(from, m)))",
  wells: "wells.[0, 0.5, 0.8, 0.9, 0.95].map(rest)",
  engine: "engine.variants.map(({ f }) => f().item())",
  noise:
    "four.shownPaths.filter(({ trouble }) => trouble === 'noise').map(({ memory, k, w }) => [memory, k, w])",
} as const

let answer: Record<keyof typeof questions, unknown>
beforeAll(async () => {
  answer = await ask("content/05-making-deep-networks-train/23-momentum.mdx", questions)
}, 120_000)

const SGD = [4, 3.2, 2.56, 2.048, 1.6384, 1.31072]
const MOMENTUM = [4, 2.3, 0.31, -1.543, -2.9021, -3.54487]
const NESTEROV = [4, 2.48, 0.8896, -0.433408, -1.29929216, -1.66287032]
const LIBRARY = [3.1, 1.112, -0.54176, -1.6241152, -2.0785879, -1.99009067]
const ONE_OLD = [4, 2.3, 1.12, 0.482, 0.184, 0.06044]

test("WE 23.1, C10: six steps of SGD, momentum, both forms of Nesterov and the line with one old gradient", () => {
  const want = [SGD, MOMENTUM, MOMENTUM, NESTEROV, LIBRARY, ONE_OLD]
  expect(printed(answer.family, 7)).toEqual(
    printed(
      want.map((row) => row.map((x) => Number(x.toFixed(7)))),
      7,
    ),
  )
})

test("WE 23.1: the second velocity is 17 and the second place 2.3", () => {
  expect(printed((answer.first as number[][])[1], 6)).toEqual(["17.000000", "2.300000"])
})

test.each([
  ["plain", { lr: 0.1 }, SGD],
  ["with momentum", { lr: 0.1, momentum: 0.9 }, MOMENTUM],
  ["with nesterov", { lr: 0.1, momentum: 0.9, nesterov: true }, LIBRARY],
])("WE 23.1, C10, A05: the engine's SGD %s makes the same six steps", (_name, options, want) => {
  const x = tensor(5, { dtype: "float64", requiresGrad: true })
  const optimizer = new optim.SGD([x], options)
  const path = want.map(() => {
    optimizer.zeroGrad()
    x.square().backward()
    optimizer.step()
    return x.item()
  })
  expect(printed(path, 7)).toEqual(printed(want, 7))
})

test("WE 23.2: steps to 10⁻⁶ in two ravines, seven ways", () => {
  expect(answer.counts).toEqual([
    [173, 882],
    [90, 461],
    ["diverges", "diverges"],
    [147, 162],
    [27, 69],
    [80, 99],
    [45, 108],
  ])
})

test("WE 23.3: leaving the saddle with and without momentum", () => {
  expect(answer.saddle).toEqual([
    ["never", "never", "never"],
    [76, 51, 36],
    [38, 26, 19],
    [13, 9, 7],
  ])
})

test("WE 23.4: up to ρ = 0.8 the ball rests in the shallow valley, from 0.9 on in the deep one", () => {
  expect(printed(answer.wells, 7)).toEqual([
    "1.1309011",
    "1.1309011",
    "1.1309011",
    "-1.3008396",
    "-1.3008396",
  ])
})

test("WE 23.5: the velocity under a constant gradient", () => {
  expect(printed(answer.speeds, 4)).toEqual(["1.0000", "1.9000", "4.0951", "6.5132", "8.7842", "9.9485"])
})

test("WE 23.6: the plus sign climbs to 8.64", () => {
  expect(printed(answer.climb, 2)).toBe("8.64")
})

test("the lesson's ravine falls with the engine as it does from scratch: momentum and Nesterov leave SGD behind", () => {
  const [plain, momentum, nesterov] = answer.engine as number[]
  expect(momentum).toBeLessThan(plain / 1000)
  expect(nesterov).toBeLessThan(momentum)
})

test("under noise momentum arrives sooner, and then trembles no less", () => {
  const rows = answer.noise as [number, number, number][]
  const distance = (memory: number, from: number, to: number) => {
    const part = rows.filter(([m, k]) => m === memory && k >= from && k < to).map(([, , w]) => Math.abs(w))
    return part.reduce((a, b) => a + b, 0) / part.length
  }
  expect(distance(0.9, 8, 14)).toBeLessThan(distance(0, 8, 14))
})

test("the engine's six steps of momentum on x² are those of the loop from scratch", () => {
  const places = (answer.first as number[][]).map(([, x]) => x)
  expect(printed(answer.firstByEngine, 5)).toEqual(printed(places, 5))
})
