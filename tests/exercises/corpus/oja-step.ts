/** @file Answers to `oja-step`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, head = "function oja(w: number[], X: number[][], lr: number)") =>
  `${head} {\n  ${body}\n}`
const loop = (body: string) =>
  f(`for (const x of X) {
    const y = w[0] * x[0] + w[1] * x[1]
    ${body}
  }
  return w`)

export default {
  right: {
    "the bracket opened": loop("w = w.map((wi, i) => wi + lr * y * x[i] - lr * y * y * wi)"),
    "y squared": loop("w = w.map((wi, i) => wi * (1 - lr * y ** 2) + lr * y * x[i])"),
    "entry by entry": loop("w = [w[0] + lr * y * (x[0] - y * w[0]), w[1] + lr * y * (x[1] - y * w[1])]"),
    "a copy that is changed": f(`const v = [...w]
  for (const [a, b] of X) {
    const y = v[0] * a + v[1] * b
    const [p, q] = v
    v[0] += lr * y * (a - y * p)
    v[1] += lr * y * (b - y * q)
  }
  return v`),
    "a fold": `const oja = (w, X, lr) => X.reduce((v, x) => {
  const y = v[0] * x[0] + v[1] * x[1]
  return v.map((vi, i) => vi + lr * y * (x[i] - y * vi))
}, w)`,
    tensors: f(`let v = tensor(w, { dtype: "float64" })
  for (const row of X) {
    const x = tensor(row, { dtype: "float64" })
    const y = v.dot(x)
    v = v.add(x.sub(v.mul(y)).mul(y).mul(lr))
  }
  return v`),
    "what is left of the input": loop(`const rest = x.map((xi, i) => xi - y * w[i])
    w = w.map((wi, i) => wi + lr * y * rest[i])`),
    recursion: f(`if (X.length === 0) return w
  const [x, ...rest] = X
  const y = w.reduce((s, wi, i) => s + wi * x[i], 0)
  return oja(w.map((wi, i) => wi + lr * y * (x[i] - y * wi)), rest, lr)`),
    "async, CRLF": f(
      `for (const x of X) {
    const y = w[0] * x[0] + w[1] * x[1]
    w = w.map((wi, i) => wi + lr * y * (x[i] - y * wi))
  }
  return w`,
      "async function oja(w, X, lr)",
    ).replaceAll("\n", "\r\n"),
  },
  wrong: {
    "the size of y": loop("w = w.map((wi, i) => wi + lr * y * (x[i] - Math.abs(y) * wi))"),
    "y cubed": loop("w = w.map((wi, i) => wi + lr * y * (x[i] - y * y * wi))"),
    "decay without a step": loop("w = w.map((wi, i) => wi + lr * y * x[i] - y * y * wi)"),
    "the old output for all": f(`const outputs = X.map((x) => w[0] * x[0] + w[1] * x[1])
  X.forEach((x, n) => { w = w.map((wi, i) => wi + lr * outputs[n] * (x[i] - outputs[n] * wi)) })
  return w`),
    "only one point": loop("return w.map((wi, i) => wi + lr * y * (x[i] - y * wi))"),
    "clipped at 1": loop("w = w.map((wi, i) => Math.min(1, wi + lr * y * x[i]))"),
    "the length returned": f(`for (const x of X) {
    const y = w[0] * x[0] + w[1] * x[1]
    w = w.map((wi, i) => wi + lr * y * (x[i] - y * wi))
  }
  return Math.hypot(...w)`),
    downhill: loop("w = w.map((wi, i) => wi - lr * y * (x[i] - y * wi))"),
    "normalised at the end": f(`for (const x of X) {
    const y = w[0] * x[0] + w[1] * x[1]
    w = w.map((wi, i) => wi + lr * y * x[i])
  }
  const size = Math.hypot(...w)
  return w.map((wi) => wi / size)`),
    "entries mixed": loop("w = [w[0] + lr * y * (x[1] - y * w[0]), w[1] + lr * y * (x[0] - y * w[1])]"),
  },
} satisfies Corpus
