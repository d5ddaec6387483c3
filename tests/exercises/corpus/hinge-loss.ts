/** @file Answers to `hinge-loss`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, head = "function hinge(S: Tensor, y: Tensor): Tensor") => `${head} {\n  ${body}\n}`
const own = "S.gather(1, y.reshape([-1, 1]))"
const body = `return S.sub(${own}).add(1).relu().sum(1).sub(1).mean()`
const right = "const right = y.reshape([-1, 1]).eq(arange(S.shape[1]).reshape([1, -1]))"

export default {
  right: {
    "an arrow function": `const hinge = (S: Tensor, y: Tensor) => S.sub(${own}).add(1).relu().sum(1).sub(1).mean()`,
    "an async function": f(body, "async function hinge(S, y)"),
    "CRLF and no types": f(body, "function hinge(S, y)").replaceAll("\n", "\r\n"),
    "a comment with a forbidden word": `// like multiclassHinge(S, y)\n${f(body)}`,
    "a sum divided by N": f(`return S.sub(${own}).add(1).relu().sum().div(S.shape[0]).sub(1)`),
    "a mask multiplied": f(`${right}
  const wrong = where(right, 0, 1)
  return S.sub(${own}).add(1).relu().mul(wrong).sum(1).mean()`),
    "the right class lowered by a lot": f(`${right}
  const rivals = where(right, -1e6, S)
  return rivals.sub(${own}).add(1).relu().sum(1).mean()`),
    "the margin added at the rivals alone": f(`${right}
  const raised = S.add(where(right, 0, 1))
  return raised.sub(${own}).relu().sum(1).mean()`),
    "where in place of relu": f(`const d = S.sub(${own}).add(1)
  return where(d.gt(0), d, 0).sum(1).sub(1).mean()`),
    "functions instead of methods": f(
      "return mean(sub(sum(relu(add(sub(S, gather(S, 1, reshape(y, [-1, 1]))), 1)), 1), 1))",
    ),
    "one picture after the other": f(`let total = S.sum().mul(0)
  const classes = y.tolist()
  for (let i = 0; i < S.shape[0]; i++) {
    const row = S.slice(i, i + 1)
    const c = classes[i]
    const rightScore = row.slice([0, c], [1, c + 1])
    total = total.add(row.sub(rightScore).add(1).relu().sum().sub(1))
  }
  return total.div(S.shape[0])`),
    "half of d and |d|": f(`const d = S.sub(${own}).add(1)
  return d.add(d.abs()).div(2).sum(1).sub(1).mean()`),
  },
  wrong: {
    "cross-entropy": f(`return S.logSoftmax(1).gather(1, y.reshape([-1, 1])).mean().neg()`),
    "the error rate": f("return S.argmax(1).eq(y).mul(-1).add(1).mean()"),
    "a margin of 2": f(`return S.sub(${own}).add(2).relu().sum(1).sub(2).mean()`),
    "class 0 for every picture": f(
      "return S.sub(S.slice([0, 0], [S.shape[0], 1])).add(1).relu().sum(1).sub(1).mean()",
    ),
    "the first picture alone": f(`return S.sub(${own}).add(1).relu().sum(1).sub(1).slice(0, 1).mean()`),
    "the mean over all prices": f(`return S.sub(${own}).add(1).relu().mean()`),
    "columns summed": f(`return S.sub(${own}).add(1).relu().sum(0).sub(1).mean()`),
    "one taken off once": f(`return S.sub(${own}).add(1).relu().sum().sub(1).div(S.shape[0])`),
    "the binary hinge of the right score": f(`return ${own}.neg().add(1).relu().mean()`),
    "losses of each picture": f(`return S.sub(${own}).add(1).relu().sum(1).sub(1)`),
    "a number, not a tensor": f(`return S.sub(${own}).add(1).relu().sum(1).sub(1).mean().item()`),
    halved: f(`return S.sub(${own}).add(1).relu().sum(1).sub(1).mean().div(2)`),
  },
  equivalent: {
    "2:24 1 → (-1)": "of a matrix, dimension −1 is dimension 1",
    "4:22 1 → (-1)": "of a matrix, dimension −1 is dimension 1",
  },
} satisfies Corpus
