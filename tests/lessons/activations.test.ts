/** @file Lesson 6: the numbers of activation functions, asked from the lesson's own cells. */
import { beforeAll, expect, test } from "vitest"
import * as engine from "../../engine/index.ts"
import { ask, printed } from "./ask.ts"

const questions = {
  collapse: "collapse.[apart, [W1, b1, W2, b2].reduce((n, t) => n + t.size, 0), W.size + b.size]",
  circle: "circle.[lineScore.loss, lineScore.right, bentScore.loss, bentScore.right]",
  values: "values.columns.map(([name, v]) => [name, ...v])",
  scratch: "slopes.scratch",
  sigmoids: "values.tensor([3.2, 5.1, -1.7]).sigmoid().sum().item()",
  tanhs: "same-tanh.Object.values(tanhs)",
  flat: "flat.[sigmoidSlope, tanhSlope]",
  nearlyOne: "flat.nearlyOne",
  edge: "ends.[edge, 1 / (1 + Math.exp(-edge)) / (1 + Math.exp(edge))]",
  chain: "chain.[best[10], back.sigmoid, back.tanh, back.ReLU]",
  quick: "dies.quick.map((r) => [r.w, r.b, r.z, r.h, r['∂L/∂w'], r['∂L/∂b']])",
  slow: "dies.slow.map((r) => r.h)",
  rescue: "rescue.Object.values(rescue)",
  centred: "centred.[fromSigmoid, fromTanh]",
} as const

let answer: Record<keyof typeof questions, unknown>
beforeAll(async () => {
  answer = await ask("content/02-units-layers-scores/06-activations.mdx", questions)
}, 120_000)

/** z, σ, σ′, tanh, tanh′, ReLU, leaky 0.01, leaky 0.2, ELU, ELU′ */
const table = `
-6 0.002473 0.002467 -0.999988 0.000025 0 -0.06 -1.2 -0.997521 0.002479
-2 0.119203 0.104994 -0.964028 0.070651 0 -0.02 -0.4 -0.864665 0.135335
-1 0.268941 0.196612 -0.761594 0.419974 0 -0.01 -0.2 -0.632121 0.367879
-0.5 0.377541 0.235004 -0.462117 0.786448 0 -0.005 -0.1 -0.393469 0.606531
0 0.5 0.25 0 1 0 0 0 0 1
1 0.731059 0.196612 0.761594 0.419974 1 1 1 1 1
3 0.952574 0.045177 0.995055 0.009866 3 3 3 3 1
6 0.997527 0.002467 0.999988 0.000025 6 6 6 6 1`
  .trim()
  .split("\n")
  .map((line) => line.split(" ").map(Number))

const columns = ["σ", "σ′", "tanh", "tanh′", "ReLU", "leaky .01", "leaky .2", "ELU", "ELU′"]

test("WE 6.1: functions and slopes on eight places, to the printed digits", () => {
  const found = new Map((answer.values as [string, ...number[]][]).map(([name, ...v]) => [name, v]))
  columns.forEach((name, i) => {
    expect(printed(found.get(name), 6), name).toEqual(
      printed(
        table.map((row) => row[i + 1]),
        6,
      ),
    )
  })
  expect(found.get("ReLU′")).toEqual([0, 0, 0, 0, 0, 1, 1, 1])
  expect(found.get("leaky .2′")).toEqual([0.2, 0.2, 0.2, 0.2, 0.2, 1, 1, 1])
})

test("functions and slopes by formula are those that the engine finds by itself", () => {
  const found = new Map((answer.values as [string, ...number[]][]).map(([name, ...v]) => [name, v]))
  for (const name of ["σ", "σ′", "ReLU", "ReLU′"])
    expect(
      printed(
        (answer.scratch as Record<string, number>[]).map((row) => row[name]),
        9,
      ),
      name,
    ).toEqual(printed(found.get(name), 9))
})

test("A01: sigmoid, tanh, relu, leaky ReLU and ELU have the values of WE 6.1, and gradients within 1e-7 of differences", () => {
  const z = engine.tensor(
    table.map((row) => row[0]),
    { dtype: "float64" },
  )
  const functions: [number, (t: engine.Tensor) => engine.Tensor][] = [
    [1, engine.sigmoid],
    [3, engine.tanh],
    [5, engine.relu],
    [6, (t) => engine.leakyRelu(t, 0.01)],
    [7, (t) => engine.leakyRelu(t, 0.2)],
    [8, engine.elu],
  ]
  const beside = z.add(engine.tensor(0.05, { dtype: "float64" }))
  for (const [column, g] of functions) {
    expect(printed(g(z).tolist(), 6)).toEqual(
      printed(
        table.map((row) => row[column]),
        6,
      ),
    )
    expect(engine.gradcheck(g, [beside], { eps: 1e-5, rtol: 1e-7, atol: 1e-9 })).toBe(true)
  }
})

test("WE 6.2: σ′(5) = 0.006648, σ′(10) = 4.5396e-5, and |tanh z| > 0.97 beyond 2.0923", () => {
  const [sigmoid] = answer.flat as number[][]
  expect(printed(sigmoid[2], 6)).toBe("0.006648")
  expect(sigmoid[3].toExponential(4)).toBe("4.5396e-5")
  expect(printed(answer.nearlyOne, 4)).toBe("2.0923")
})

test("the tinted ends of the sigmoid begin where its slope is 0.05", () => {
  const [edge, slope] = answer.edge as number[]
  expect(edge).toBeCloseTo(2.887271, 6)
  expect(slope).toBeCloseTo(0.05, 12)
})

test("WE 6.3: a ReLU dies at a step size of 1 and lives at 0.1", () => {
  const [first, second, ...later] = answer.quick as number[][]
  expect(first).toEqual([1, 0.5, 2.5, 2.5, 5, 2.5])
  expect(second).toEqual([-4, -2, -10, 0, 0, 0])
  for (const row of later) expect(row).toEqual(second)
  expect((answer.slow as number[]).slice(0, 4).map((h) => Number(h.toFixed(12)))).toEqual([
    2.5, 1.25, 0.625, 0.3125,
  ])
})

test("ten sigmoids leave at most 9.5367e-7, and tanh loses too", () => {
  const [best, sigmoid, tanh, relu] = answer.chain as [number, number[], number[], number[]]
  expect(best.toExponential(4)).toBe("9.5367e-7")
  sigmoid.forEach((left, k) => {
    expect(left).toBeLessThanOrEqual(0.25 ** k)
  })
  expect(tanh[10]).toBeLessThan(0.1)
  expect(tanh[10]).toBeGreaterThan(sigmoid[10] * 1000)
  expect(relu).toEqual(Array(11).fill(1))
})

test("four formulas give tanh 0.7 = 0.6043677771", () => {
  expect(printed(answer.tanhs, 10)).toEqual(Array(4).fill("0.6043677771"))
})

test("C04: layers without a function are one layer: 502 numbers do what 6 do", () => {
  const [apart, many, few] = answer.collapse as number[]
  expect(apart).toBeLessThan(1e-6)
  expect([many, few]).toEqual([502, 6])
})

test("the linear stack gets 0.51 to 0.54 of the disc and ring right at a loss of 0.69, with ReLU all", () => {
  const [loss, right, bentLoss, bentRight] = answer.circle as number[]
  expect(right).toBeGreaterThanOrEqual(0.51)
  expect(right).toBeLessThanOrEqual(0.54)
  expect(loss).toBeGreaterThan(0.68)
  expect(loss).toBeLessThanOrEqual(Math.LN2)
  expect(bentRight).toBe(1)
  expect(bentLoss).toBeLessThan(0.05)
})

test("sigmoids of three scores do not sum to one", () => {
  expect(answer.sigmoids).toBeCloseTo(2.1096, 3)
})

test("at z = −10 ReLU has no slope, a leak keeps its own, and ELU has e to the −10", () => {
  const [relu, leaky, small, elu] = answer.rescue as number[]
  expect([relu, leaky, small]).toEqual([0, 0.2, 0.01])
  expect(elu).toBeCloseTo(Math.exp(-10), 12)
})

test("behind sigmoids all weights of a unit are pushed the same way, behind tanh they are not", () => {
  const [sigmoid, tanh] = (answer.centred as number[][]).map((g) => new Set(g.map(Math.sign)).size)
  expect([sigmoid, tanh]).toEqual([1, 2])
})
