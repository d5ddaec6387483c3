/** @file Lesson 19: the matrices of the backward pass, asked from the lesson's own cells. */
import { beforeAll, expect, test } from "vitest"
import { ask, printed } from "./ask.ts"

const list = (...names: string[]) => `[${names.map((name) => `${name}.tolist()`).join(", ")}]`

const questions = {
  forward: `forward.[...${list("Z1", "H", "S", "P")}, loss]`,
  upper: `layer2.${list("D2", "dW2", "db2", "dH")}`,
  lower: `layer1.${list("D1", "dW1", "db1")}`,
  agree: "agree.apart.map((row) => [row.shape, row['largest difference']])",
  moved: "one-step.moved",
  bugs: "bugs.Object.values(verdicts)",
  byLoop: "scratch-steps.sweep(net, batch, wanted).found.map(({ W, b }) => [W, b])",
  scratch: "scratch-steps.scratchLosses",
  tanh: "tanh.[atStart.loss, afterStep.loss]",
  tanhGrads: "tanh.[atStart.found[1].b, atStart.found[0].W, atStart.found[0].b]",
  digits: "digits.right",
  pairs: "pairs.pairs.map((row) => [row['a − y'], row['δ by the tape']])",
  mazur: "mazur-train.[run(start), run(afterOne), run(trained)]",
  mazurWeights: "mazur-back.afterOne",
  columns: "columns-check.columnDifference",
  columnShapes: "columns.[gW.map((g) => g.shape), gb.map((g) => g.shape)]",
  engine: "engine.engineLosses",
} as const

let answer: Record<keyof typeof questions, unknown>
beforeAll(async () => {
  answer = await ask("content/04-gradients/19-backprop-mlp.mdx", questions)
}, 120_000)

test("WE 8.1: the running network forward, with ReLU and the losses of tanh", () => {
  const [Z1, H, S, P, loss] = answer.forward as [number[][], number[][], number[][], number[][], number]
  expect(printed(Z1, 2)).toEqual([
    ["1.20", "-1.90", "-0.50"],
    ["0.05", "0.60", "0.65"],
  ])
  expect(printed(H, 2)).toEqual([
    ["1.20", "0.00", "0.00"],
    ["0.05", "0.60", "0.65"],
  ])
  expect(printed(S, 3)).toEqual([
    ["0.360", "-0.380", "0.740"],
    ["-0.215", "0.465", "-0.140"],
  ])
  expect(printed(P, 10)).toEqual([
    ["0.3402056571", "0.1623168532", "0.4974774897"],
    ["0.2468062114", "0.4871652849", "0.2660285036"],
  ])
  expect(printed(loss, 10)).toBe("1.0486783948")
})

const dW2 = [
  ["0.1852935496", "-0.2259581366", "-0.2447879813"],
  ["0.1095692440", "0.1461495855", "0.1583287176"],
  ["-0.2948627936", "0.0798085511", "0.0864592637"],
]
const db2 = ["-0.2064940657", "0.3247410690", "-0.1182470033"]
const dW1 = [
  ["-0.2159664752", "0.1973286523"],
  ["0.1384596256", "0.2769192512"],
  ["0.0032838334", "0.0065676668"],
]
const db1 = ["-0.2746175497", "0.2769192512", "0.0065676668"]

test("WE 19.1: every matrix of the backward pass, and the loss after one step of 0.5", () => {
  const [D2, ...upper] = answer.upper as number[][][]
  expect(printed(D2, 10)).toEqual([
    ["0.1701028286", "0.0811584266", "-0.2512612552"],
    ["-0.3765968943", "0.2435826425", "0.1330142518"],
  ])
  expect(printed(upper, 10)).toEqual([
    dW2,
    db2,
    [
      ["-0.1573154007", "-0.1441981055", "0.1499781556"],
      ["-0.1173021490", "0.2769192512", "0.0065676668"],
    ],
  ])
  expect(printed(answer.lower, 10)).toEqual([
    [
      ["-0.1573154007", "0.0000000000", "0.0000000000"],
      ["-0.1173021490", "0.2769192512", "0.0065676668"],
    ],
    dW1,
    db1,
  ])
  expect(printed(answer.moved, 10)).toBe("0.7052372820")
})

test("WE 19.1: the tape finds the same gradients, and they have the shapes of their parameters", () => {
  const rows = answer.agree as [string, number][]
  expect(rows.map(([shape]) => shape)).toEqual(["3 × 2", "3", "3 × 3", "3"])
  for (const [, difference] of rows) expect(difference).toBeLessThan(1e-15)
})

test("WE 19.1: the loop over any number of layers gives the same four arrays", () => {
  expect(printed(answer.byLoop, 10)).toEqual([
    [dW1, db1],
    [dW2, db2],
  ])
})

test("WE 16.3: three planted bugs shout, the right gradient does not", () => {
  const [none, ...bugs] = answer.bugs as number[]
  expect(none).toBeLessThan(2e-9)
  expect(printed(bugs, 3)).toEqual(["1.465", "0.787", "0.575"])
})

test("WE 19.2: the same network with tanh, its gradients and its step", () => {
  expect(printed(answer.tanh, 10)).toEqual(["1.1824979112", "0.7635985307"])
  expect(printed(answer.tanhGrads, 10)).toEqual([
    ["-0.1240497110", "0.3040678256", "-0.1800181146"],
    [
      ["-0.1083145672", "-0.0040333255"],
      ["0.0799575478", "0.2302177071"],
      ["0.1413450501", "-0.2791512086"],
    ],
    ["-0.1634801822", "0.1774907485", "0.1422297731"],
  ])
})

test("C24: the layer loop gives all matrices of WE 19.1 and WE 19.2", () => {
  const [[W1, b1], [W2, b2]] = answer.byLoop as number[][][][]
  expect(printed([W1, b1, W2, b2], 10)).toEqual([dW1, db1, dW2, db2])
  expect(printed((answer.tanhGrads as number[][])[0], 10)).toEqual([
    "-0.1240497110",
    "0.3040678256",
    "-0.1800181146",
  ])
})

interface Run {
  hidden: number[]
  out: number[]
  error: number
}

test("WE 19.3: two inputs, two hidden units, two outputs: one step and ten thousand", () => {
  const [start, one, end] = answer.mazur as [Run, Run, Run]
  expect(printed(start.hidden, 10)).toEqual(["0.5932699921", "0.5968843783"])
  expect(printed(start.out, 10)).toEqual(["0.7513650696", "0.7729284653"])
  expect(printed([start.error, one.error], 10)).toEqual(["0.2983711088", "0.2910277737"])
  expect(printed(answer.mazurWeights, 10)).toEqual([
    [
      ["0.1497807161", "0.1995614323"],
      ["0.2497511436", "0.2995022873"],
    ],
    [
      ["0.3589164797", "0.4086661861"],
      ["0.5113012702", "0.5613701211"],
    ],
  ])
  expect(end.error).toBeLessThan(4e-5)
  expect(end.error.toExponential(3)).toBe("3.510e-5")
  expect(printed(end.out, 6)).toEqual(["0.015914", "0.984064"])
})

test("S04: the 2–2–2 network goes from 0.2983711088 to 0.2910277737 in a step, below 4e-5 in 10 000", () => {
  const errors = (answer.mazur as Run[]).map(({ error }) => error)
  expect(printed(errors.slice(0, 2), 10)).toEqual(["0.2983711088", "0.2910277737"])
  expect(errors[2]).toBeLessThan(4e-5)
})

test("C18: the trainer with examples in columns has the gradients of autograd in a 4–5–6–3 network of random weights", () => {
  expect(answer.columns).toBeLessThan(1e-12)
  expect(answer.columnShapes).toEqual([
    [
      [5, 4],
      [6, 5],
      [3, 6],
    ],
    [
      [5, 1],
      [6, 1],
      [3, 1],
    ],
  ])
})

test("A08: the engine's tape and the matrices agree within 1e-9", () => {
  for (const [, difference] of answer.agree as [string, number][]) expect(difference).toBeLessThan(1e-9)
})

test("δ is prediction minus target for three pairs, and not for a sigmoid with squared error", () => {
  const pairs = answer.pairs as [number, number][]
  for (const [expected, found] of pairs.slice(0, 3)) expect(found).toBeCloseTo(expected, 12)
  const a = 1 / (1 + Math.exp(-0.8))
  expect(pairs[3][1]).toBeCloseTo((a - 1) * a * (1 - a), 12)
})

test("a backward pass by hand learns to read more than nine of ten new digits", () => {
  expect(answer.digits).toBeGreaterThan(0.9)
})

test("three steps from scratch and with the engine: the same losses within 1e-12", () => {
  const [scratch, engine] = [answer.scratch as number[], answer.engine as number[]]
  expect(printed(scratch.slice(0, 2), 10)).toEqual(["1.0486783948", "0.7052372820"])
  expect(scratch.length).toBe(engine.length)
  scratch.forEach((loss, k) => {
    expect(Math.abs(loss - engine[k]), `step ${k}`).toBeLessThan(1e-12)
  })
  expect(scratch[2]).toBeLessThan(scratch[1])
})
