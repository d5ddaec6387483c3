/** @file Lesson 8: the numbers of the forward pass, asked from the lesson's own cells. */
import { beforeAll, expect, test } from "vitest"
import * as engine from "../../engine/index.ts"
import dense from "../../exercises/02-units-layers-scores/dense-clinic.ts"
import topLeft from "../../exercises/02-units-layers-scores/top-left.ts"
import { gradeHere } from "../exercises/in-process.ts"
import { ask, printed } from "./ask.ts"
import { shownOn } from "./on-device.ts"
import { lessons } from "./tasks.ts"

const questions = {
  z: "units.z",
  walk: "walk.[hidden, scores]",
  passed: "from-scratch.[passed.map(({ z }) => z), passed.map(({ h }) => h)]",
  batch: "batch.[Z1.tolist(), H.tolist(), S.tolist()]",
  price: "price.[S.softmax(1).tolist(), losses(S), meanRelu]",
  tanh: "price.[T.tolist(), losses(T), meanTanh]",
  five: "five.Object.values(spelt).map((z) => z.flatten().tolist())",
  weights: "five.weightShape.map((w) => w.shape)",
  count: "count.architectures.map(parameters)",
  mapped: "layer-object.mapped.shape",
  warnings: "builder.[flat.warning, deep.warning]",
  collapse: `builder.(() => {
    const [V1, a1, V2, a2] = flat.net.parameters()
    const points = randn([50, 2])
    const one = points.matmul(V2.matmul(V1).transpose()).add(V2.matmul(a1).add(a2))
    return one.sub(flat.net.forward(points)).abs().max().item()
  })()`,
  warmUp: "warm-up.left.matmul(right).tolist()",
  engine: "engine.sameScores.tolist()",
  learnt: "learns.learnt",
} as const

let answer: Record<keyof typeof questions, unknown>
beforeAll(async () => {
  answer = await ask("content/02-units-layers-scores/08-dense-layers.mdx", questions)
}, 120_000)

const tidy = (v: unknown): unknown =>
  Array.isArray(v) ? v.map(tidy) : typeof v === "number" ? Number(v.toFixed(10)) : v

const Z = [
  [1.2, -1.9, -0.5],
  [0.05, 0.6, 0.65],
]
const H = [
  [1.2, 0, 0],
  [0.05, 0.6, 0.65],
]
const S = [
  [0.36, -0.38, 0.74],
  [-0.215, 0.465, -0.14],
]

test("WE 8.1: the running network with ReLU, by hand, in a batch and with the engine", () => {
  expect(tidy(answer.z)).toEqual(Z[0])
  expect(tidy(answer.walk)).toEqual([H[0], S[0]])
  const [s, h] = answer.passed as number[][][]
  expect(tidy(s)).toEqual([[1, -2], Z[0], S[0]])
  expect(tidy(h)).toEqual([[1, -2], H[0], S[0]])
  expect(tidy(answer.batch)).toEqual([Z, H, S])
  // The engine's own precision is float32.
  expect(printed(answer.engine, 6)).toEqual(printed(s.at(-1), 6))
})

test("WE 8.1: probabilities, losses and their mean with ReLU", () => {
  const [p, losses, mean] = answer.price as [number[][], number[], number]
  expect(printed(p, 10)).toEqual([
    ["0.3402056571", "0.1623168532", "0.4974774897"],
    ["0.2468062114", "0.4871652849", "0.2660285036"],
  ])
  expect(printed(losses, 10)).toEqual(["0.6982049703", "1.3991518194"])
  expect(printed(mean, 10)).toBe("1.0486783948")
})

test("WE 8.1: scores, losses and their mean with tanh", () => {
  const [s, losses, mean] = answer.tanh as [number[][], number[], number]
  expect(printed(s, 10)).toEqual([
    ["0.7314154255", "-0.5601441672", "0.4309458805"],
    ["-0.1929082345", "0.4195565898", "-0.1291202140"],
  ])
  expect(printed(losses, 10)).toEqual(["1.0012436973", "1.3637521251"])
  expect(printed(mean, 10)).toBe("1.1824979112")
})

test("WE 8.2: parameters of five architectures", () => {
  expect(answer.count).toEqual([154_160, 308_310, 4810, 338_610, 42])
})

test("one layer in five spellings has one result, and the shapes that each spelling stores", () => {
  for (const z of answer.five as number[][]) expect(tidy(z)).toEqual(Z[0])
  expect(answer.weights).toEqual([
    [3, 2],
    [3, 2],
    [2, 3],
    [3, 2],
    [3, 3],
  ])
})

test("C03: the layer from scratch maps 4 × 3 to 4 × 2, and the clinic marks the return at class level", () => {
  expect(answer.mapped).toEqual([4, 2])
  const right = dense.options.filter((option) => option.right)
  expect(right.map((option) => option.id)).toEqual(["return"])
})

test("C04: without a function the builder warns “linear”, and the model is one layer to 1e-6", () => {
  const [flat, deep] = answer.warnings as string[]
  expect(flat).toMatch(/^linear: 2–100–2/)
  expect(deep).toBe("")
  expect(answer.collapse).toBeLessThan(1e-6)
})

test("A02: (N × D) times (D × H) is N × H, and shapes that do not fit are both named", () => {
  expect(engine.zeros([4, 3]).matmul(engine.zeros([3, 2])).shape).toEqual([4, 2])
  expect(() =>
    engine
      .zeros([2, 2])
      .matmul(engine.zeros([3, 2]))
      .data(),
  ).toThrow(/\[2, 2\].*\[3, 2\]/)
})

test("4810 numbers learn to read most of the digits in sixty passes", () => {
  expect(answer.learnt).toBeGreaterThan(0.9)
})

test("L01: the product of the warm-up is [[19, 22], [43, 50]], and the cell asks for nothing from outside", async () => {
  expect(answer.warmUp).toEqual([
    [19, 22],
    [43, 50],
  ])
  const lesson = lessons.find(({ id }) => id === "dense-layers")
  const cells = lesson?.cells.filter(({ id }) => id === "warm-up") ?? []
  const shown = await shownOn("cpu", { id: "warm-up", cells }, () => Promise.reject(new Error("offline")))
  expect(shown["warm-up"].error).toBeUndefined()
  expect(shown["warm-up"].numbers).toEqual(expect.arrayContaining([19, 22, 43, 50]))
})

test("S05: for the top left entry 19 is accepted, and 17 rejected with a hint", async () => {
  const hand = (text: string) => gradeHere("top-left", topLeft, { kind: "number", text })
  expect(await hand("19")).toMatchObject({ verdict: "correct", score: 1 })
  const wrong = await hand("17")
  expect(wrong).toMatchObject({ verdict: "wrong", score: 0, note: "matmul.row-by-row" })
  expect(wrong.message).toContain("down the first column on the right")
})
