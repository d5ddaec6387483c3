/** @file Lesson 18: the numbers of graphs and backpropagation, asked from the lesson's own cells, exercises and explorable. */
import { beforeAll, expect, test } from "vitest"
import fork from "../../exercises/04-gradients/backprop-fork.ts"
import explorable from "../../src/explorables/backprop-bookkeeping.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import { typed } from "../exercises/answers.ts"
import { gradeHere } from "../exercises/in-process.ts"
import { ask, printed } from "./ask.ts"

const questions = {
  forward: "forward.[q, f]",
  backward: "backward-by-hand.[dz, dq, dx, dy]",
  neuron: "neuron.[a, b, s, net, n, e, d, out]",
  neuronBack: "neuron-back.[dd, de, dn, dnet, dw0, dx0, dw1, dx1, dw2]",
  oneGate: "neuron-back.(1 - out) * out",
  rounded: "neuron-back.-1 / 1.37 ** 2",
  gates: "gates.patterns.map(([, , passed]) => passed)",
  tape: "tape-neuron.given.map(({ grad }) => grad)",
  byEngine: "neuron-engine.leaf.grad.tolist()",
  chain: "chain.[yHat, J, dYHat, dCw2, dZ1, dCw1]",
  prices: "price.prices.map((row) => row['backward / forward'])",
  check: "check.differences",
  million: "engine.found",
  alexnet: "alexnet.derivatives",
  answer: "descend.answer",
  corners: "corners.Object.values(corners)",
} as const

let answer: Record<keyof typeof questions, unknown>
beforeAll(async () => {
  answer = await ask("content/04-gradients/18-backpropagation.mdx", questions)
}, 120_000)

test("WE 18.1: (x + y)·z at (−2, 5, −4), forward and back", () => {
  expect(answer.forward).toEqual([3, -12])
  expect(answer.backward).toEqual([3, -4, -4, -4])
})

test("WE 18.2: the sigmoid neuron in eight steps, to ten digits", () => {
  expect(answer.neuron).toEqual([-2, 6, 4, 1, -1, ...(answer.neuron as number[]).slice(5)])
  expect(printed((answer.neuron as number[]).slice(5), 10)).toEqual([
    "0.3678794412",
    "1.3678794412",
    "0.7310585786",
  ])
  expect(printed(answer.neuronBack, 10)).toEqual([
    "-0.5344466454",
    "-0.5344466454",
    "-0.1966119332",
    "0.1966119332",
    "-0.1966119332",
    "0.3932238665",
    "-0.3932238665",
    "-0.5898357997",
    "0.1966119332",
  ])
  expect(printed(answer.oneGate, 7)).toBe("0.1966119")
  expect(printed(answer.rounded, 4)).toBe("-0.5328")
})

test("WE 18.2: the tape from scratch finds the same five gradients", () => {
  expect(printed(answer.tape, 10)).toEqual([
    "-0.1966119332",
    "0.3932238665",
    "-0.3932238665",
    "-0.5898357997",
    "0.1966119332",
  ])
})

test("the neuron from scratch and with the engine: the same gradients within 1e-7, the engine's in 32 bits", () => {
  const [w0, , w1, , w2] = answer.tape as number[]
  const engine = answer.byEngine as number[]
  expect(engine.length).toBe(3)
  ;[w0, w1, w2].forEach((wanted, i) => {
    expect(Math.abs(engine[i] - wanted), `weight ${i}`).toBeLessThan(1e-7)
  })
})

test("WE 18.3: add distributes, multiply swaps, copy adds, max routes", () => {
  expect(answer.gates).toEqual([[2, 2], [15, 10], [6], [0, 9]])
})

test("WE 18.4: the chain of two weights", () => {
  expect(answer.chain).toEqual([6, 0.5, 1, 2, 3, 3])
})

test("the backward pass costs at most two forward passes, and nearly one where the first layer is the network", () => {
  const [shallow, ...deep] = answer.prices as number[]
  expect(shallow).toBeCloseTo(1, 2)
  for (const ratio of deep) expect(ratio).toBeGreaterThan(1.6)
  for (const ratio of deep) expect(ratio).toBeLessThan(2)
})

test("one sweep finds a million derivatives, and backprop agrees with nudging", () => {
  expect(answer.million).toBe(1_000_000)
  for (const difference of answer.check as number[]) expect(difference).toBeLessThan(1e-9)
})

test("AlexNet has 60 965 224 weights and biases", () => {
  expect(answer.alexnet).toBe(60_965_224)
})

test("descending by the gradients that backprop finds brings the neuron to its target", () => {
  expect(answer.answer).toBeCloseTo(0.2, 1)
})

test("at a corner the engine picks a slope between those of the two sides", () => {
  for (const slope of answer.corners as number[]) expect(Math.abs(slope)).toBeLessThanOrEqual(1)
})

test("S11: the graph is revealed box by box: both examples to ten digits", () => {
  const usual = defaults(explorable.controls)
  const product = explorable.model({ ...usual, graph: "product" }, 0, 100)
  expect(product.nodes.map(({ name, value, grad }) => [name, value, grad])).toEqual([
    ["x", -2, -4],
    ["y", 5, -4],
    ["z", -4, 3],
    ["q", 3, -4],
    ["f", -12, 1],
  ])
  const neuron = explorable.model(usual, 0, 100)
  expect(printed(neuron.nodes.map(({ value }) => value).slice(5), 10)).toEqual([
    "-2.0000000000",
    "6.0000000000",
    "4.0000000000",
    "1.0000000000",
    "-1.0000000000",
    "0.3678794412",
    "1.3678794412",
    "0.7310585786",
  ])
  const gradients = ["-0.1966119332", "0.3932238665", "-0.3932238665", "-0.5898357997", "0.1966119332"]
  expect(
    printed(
      neuron.nodes.slice(0, 5).map(({ grad }) => grad),
      10,
    ),
  ).toEqual(gradients)
  expect(printed(neuron.grads.slice(0, 5), 10)).toEqual(gradients)
})

test("S11: entering 3 for the gradient of xy + x by x at (2, 3) gets the message about the second path", async () => {
  const report = await gradeHere("backprop-fork", fork, { kind: "number", text: "3" })
  expect(report).toMatchObject({ verdict: "wrong", note: "backprop.lost-path" })
  expect(report.message).toContain("second path")
  expect(await gradeHere("backprop-fork", fork, await typed(fork, fork.solution))).toMatchObject({
    verdict: "correct",
  })
})
