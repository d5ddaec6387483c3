/** @file Answers to `hebb-learn`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, head = "function hebb(X: number[][], t: number[], lr: number)") =>
  `${head} {\n  ${body}\n}`
const sum = "const total = (list) => list.reduce((a, b) => a + b, 0)\n  "

const DIVIDED = "inputs and targets are ±1, and dividing by ±1 is multiplying by it"

export default {
  right: {
    "sums down the columns": f(`${sum}const w = X[0].map((_, i) => lr * total(X.map((x, n) => t[n] * x[i])))
  return { w, b: lr * total(t) }`),
    "two loops": f(`const w = new Array(X[0].length).fill(0)
  let b = 0
  for (let n = 0; n < X.length; n++) {
    for (let i = 0; i < w.length; i++) w[i] += lr * t[n] * X[n][i]
    b += lr * t[n]
  }
  return { w, b }`),
    "a column of ones": f(`const rows = X.map((x) => [...x, 1])
  const all = rows[0].map((_, i) => rows.reduce((s, x, n) => s + lr * t[n] * x[i], 0))
  return { w: all.slice(0, -1), b: all.at(-1) }`),
    "agreements less disagreements": f(`const w = X[0].map((_, i) => {
    const agree = X.filter((x, n) => x[i] === t[n]).length
    return lr * (2 * agree - X.length)
  })
  return { w, b: lr * (2 * t.filter((v) => v === 1).length - t.length) }`),
    tensors: f(`const y = tensor(t, { dtype: "float64" })
  const w = tensor(X, { dtype: "float64" }).transpose().matmul(y).mul(lr)
  return { w, b: y.sum().mul(lr) }`),
    backwards: f(`let w = X[0].map(() => 0)
  let b = 0
  for (let n = X.length - 1; n >= 0; n--) {
    w = w.map((wi, i) => wi + X[n][i] * t[n] * lr)
    b += t[n] * lr
  }
  return { b, w }`),
    "a fold": `const hebb = (X, t, lr) => X.reduce(
  ({ w, b }, x, n) => ({ w: w.map((wi, i) => wi + lr * t[n] * x[i]), b: b + lr * t[n] }),
  { w: X[0].map(() => 0), b: 0 },
)`,
    "the step at the end": f(`${sum}return {
    w: X[0].map((_, i) => total(X.map((x, n) => x[i] * t[n]))).map((v) => v * lr),
    b: total(t) * lr,
  }`),
    recursion: f(`if (X.length === 0) return { w: [], b: 0 }
  const rest = X.length > 1 ? hebb(X.slice(1), t.slice(1), lr) : { w: X[0].map(() => 0), b: 0 }
  return { w: rest.w.map((wi, i) => wi + lr * t[0] * X[0][i]), b: rest.b + lr * t[0] }`),
    "an async function, CRLF": f(
      `let w = X[0].map(() => 0)
  let b = 0
  X.forEach((x, n) => { w = w.map((wi, i) => wi + lr * t[n] * x[i]); b += lr * t[n] })
  return { w, b }`,
      "async function hebb(X, t, lr)",
    ).replaceAll("\n", "\r\n"),
  },
  wrong: {
    "signs of the sums": f(`${sum}return {
    w: X[0].map((_, i) => lr * Math.sign(total(X.map((x, n) => t[n] * x[i])))),
    b: lr * Math.sign(total(t)),
  }`),
    "weights in a list with the bias": f(
      `${sum}return [...X[0].map((_, i) => lr * total(X.map((x, n) => t[n] * x[i]))), lr * total(t)]`,
    ),
    "minus for plus": f(
      `${sum}return { w: X[0].map((_, i) => -lr * total(X.map((x, n) => t[n] * x[i]))), b: -lr * total(t) }`,
    ),
    "two passes": f(
      `${sum}return { w: X[0].map((_, i) => 2 * lr * total(X.map((x, n) => t[n] * x[i]))), b: 2 * lr * total(t) }`,
    ),
    "targets forgotten": f(
      `${sum}return { w: X[0].map((_, i) => lr * total(X.map((x) => x[i]))), b: lr * X.length }`,
    ),
    "a bias of lr": f(
      `${sum}return { w: X[0].map((_, i) => lr * total(X.map((x, n) => t[n] * x[i]))), b: lr }`,
    ),
    "a decay": f(`let w = X[0].map(() => 0)
  let b = 0
  X.forEach((x, n) => { w = w.map((wi, i) => 0.9 * wi + lr * t[n] * x[i]); b = 0.9 * b + lr * t[n] })
  return { w, b }`),
    "only the first row": f("return { w: X[0].map((xi) => lr * t[0] * xi), b: lr * t[0] }"),
    "a threshold for the bias": f(
      `${sum}return { w: X[0].map((_, i) => lr * total(X.map((x, n) => t[n] * x[i]))), b: -lr * total(t) }`,
    ),
    "a weight for each row": f(`${sum}return { w: X.map((x, n) => lr * t[n] * total(x)), b: lr * total(t) }`),
  },
  equivalent: {
    "4:13 0 → 1": "all rows are of one length, and only the length is taken",
    "7:31 lr * t[n] → lr / t[n]": DIVIDED,
    "7:31 lr * t[n] * X[n][i] → lr * t[n] / X[n][i]": DIVIDED,
    "8:10 lr * t[n] → lr / t[n]": DIVIDED,
  },
} satisfies Corpus
