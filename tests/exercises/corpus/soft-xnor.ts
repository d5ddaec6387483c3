/** @file Answers to `soft-xnor`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, head = "function xnor(X: Tensor)") => `${head} {\n  ${body}\n}`
const g = `const g = (b, w1, w2) => X.matmul(tensor([w1, w2])).add(b).sigmoid()\n  `

/** A number a little larger or smaller leaves every answer on its side of the switch. */
const NEAR = [
  "3:21 [w1, w2] → [w2, w1]",
  "4:18 -30 → (-29)",
  "4:18 -30 → (-31)",
  "4:19 30 → 29",
  "4:19 30 → 31",
  "4:23 20 → 19",
  "4:23 20 → 21",
  "4:27 20 → 19",
  "4:27 20 → 21",
  "5:21 10 → 1",
  "5:21 10 → 11",
  "5:21 10 → 9",
  "5:25 -20 → (-19)",
  "5:25 -20 → (-21)",
  "5:25 -20 → (-40)",
  "5:26 20 → 19",
  "5:26 20 → 21",
  "5:26 20 → 40",
  "5:30 -20 → (-19)",
  "5:30 -20 → (-21)",
  "5:30 -20 → (-40)",
  "5:31 20 → 19",
  "5:31 20 → 21",
  "5:31 20 → 40",
  "6:32 20 → 19",
  "6:32 20 → 21",
  "6:32 20 → 40",
  "6:40 10 → 11",
  "6:40 10 → 9",
]

export default {
  right: {
    "another bias between": f(`${g}return g(-30, 20, 20).add(g(5, -20, -20)).mul(20).sub(10).sigmoid()`),
    "larger weights": f(`${g}return g(-60, 40, 40).add(g(20, -40, -40)).mul(40).sub(20).sigmoid()`),
    "weights of ten": f(`${g}return g(-15, 10, 10).add(g(5, -10, -10)).mul(20).sub(10).sigmoid()`),
    "a matrix of hidden units": f(
      `const W = tensor([[20, -20], [20, -20]])
  const hidden = X.matmul(W).add(tensor([-30, 10])).sigmoid()
  return hidden.matmul(tensor([20, 20])).sub(10).sigmoid()`,
    ),
    "not XOR": f(`${g}return g(-10, 20, 20).add(g(30, -20, -20)).mul(-20).add(30).sigmoid()`),
    "without an output unit": f(`${g}return g(-30, 20, 20).add(g(10, -20, -20))`),
    "arithmetic with the bits": f(
      `const a = X.slice([0, 0], [X.shape[0], 1]).reshape([X.shape[0]])
  const b = X.slice([0, 1], [X.shape[0], 2]).reshape([X.shape[0]])
  return a.sub(b).square().neg().add(1)`,
    ),
    "a step": f(`return X.sum(1).eq(1).to("float32").neg().add(1)`),
    "an arrow": `const xnor = (X) => X.sum(1).sub(1).square()`,
    "the old line in a comment": f(`// const neither = g(-10, -20, -20)
  ${g}const both = g(-30, 20, 20)
  const neither = g(10, -20, -20)
  return both.add(neither).mul(20).sub(10).sigmoid()`),
    "async, CRLF": f(
      `${g}return g(-30, 20, 20).add(g(10, -20, -20)).mul(20).sub(10).sigmoid()`,
      "async function xnor(X)",
    ).replaceAll("\n", "\r\n"),
  },
  wrong: {
    XOR: f(`${g}return g(-10, 20, 20).add(g(30, -20, -20)).mul(20).sub(30).sigmoid()`),
    "weights that are too small": f(`${g}return g(-3, 2, 2).add(g(1, -2, -2)).mul(2).sub(1).sigmoid()`),
    "always one": f("return X.sum(1).mul(0).add(1)"),
    "always a half": f("return X.sum(1).mul(0).add(0.5)"),
    "only both": f(`${g}return g(-30, 20, 20)`),
    "only neither": f(`${g}return g(10, -20, -20)`),
    "one unit": f("return X.matmul(tensor([20, -20])).sigmoid()"),
    "a column": f(
      `${g}return g(-30, 20, 20).add(g(10, -20, -20)).mul(20).sub(10).sigmoid().reshape([-1, 1])`,
    ),
    "without the last sigmoid": f(`${g}return g(-30, 20, 20).add(g(10, -20, -20)).mul(20).sub(10)`),
    "the bias on the inputs": f(`${g}return g(-30, 20, 20).add(g(10, 20, 20)).mul(20).sub(10).sigmoid()`),
  },
  equivalent: {
    ...Object.fromEntries(NEAR.map((name) => [name, "a unit that is as sure, of the same gate"])),
    "6:10 both.add(neither) → neither.add(both)": "addition commutes",
  },
} satisfies Corpus
