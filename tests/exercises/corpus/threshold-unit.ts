/** @file Answers to `threshold-unit`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, head = "function layer(W: number[][], theta: number[], x: number[])") =>
  `${head} {\n  ${body}\n}`

export default {
  right: {
    "one line": `const layer = (W, theta, x) => W.map((w, k) => (w.reduce((t, wi, i) => t + wi * x[i], 0) >= theta[k] ? 1 : 0))`,
    "two loops": f(`const out = []
  for (let k = 0; k < W.length; k++) {
    let z = -theta[k]
    for (let i = 0; i < x.length; i++) z += W[k][i] * x[i]
    out.push(z >= 0 ? 1 : 0)
  }
  return out`),
    "only what is on": f(`return W.map((w, k) => {
    const sum = w.filter((_, i) => x[i] === 1).reduce((a, b) => a + b, 0)
    return Number(sum >= theta[k])
  })`),
    "a plus before a comparison": f(
      `return W.map((w, k) => +(w.reduce((t, wi, i) => t + wi * x[i], 0) >= theta[k]))`,
    ),
    "a typed array": f(`const out = new Float64Array(theta.length)
  W.forEach((w, k) => { out[k] = w.reduce((t, wi, i) => t + wi * x[i], 0) < theta[k] ? 0 : 1 })
  return out`),
    tensors: f(`return tensor(W, { dtype: "float64" }).matmul(tensor(x, { dtype: "float64" }))
    .ge(tensor(theta, { dtype: "float64" })).to("float64")`),
    "the threshold as a weight": f(`const X = [...x, 1]
  return W.map((w, k) => [...w, -theta[k]].reduce((t, wi, i) => t + wi * X[i], 0) >= 0 ? 1 : 0)`),
    "a helper": `const unit = (w, theta, x) => {
  let total = 0
  w.forEach((wi, i) => (total += wi * x[i]))
  return total >= theta ? 1 : 0
}
${f("return W.map((w, k) => unit(w, theta[k], x))")}`,
    recursion: f(`if (W.length === 0) return []
  const [w, ...rest] = W
  const sum = w.reduce((t, wi, i) => t + wi * x[i], 0)
  return [sum >= theta[0] ? 1 : 0, ...layer(rest, theta.slice(1), x)]`),
    "an async function, CRLF": f(
      `return W.map((w, k) => w.reduce((t, wi, i) => t + wi * x[i], 0) >= theta[k] ? 1 : 0)`,
      "async function layer(W, theta, x)",
    ).replaceAll("\n", "\r\n"),
  },
  wrong: {
    "only the first unit": f(`return [W[0].reduce((t, wi, i) => t + wi * x[i], 0) >= theta[0] ? 1 : 0]`),
    "the sign": f(`return W.map((w, k) => Math.sign(w.reduce((t, wi, i) => t + wi * x[i], 0) - theta[k]))`),
    "plus and minus one": f(
      `return W.map((w, k) => w.reduce((t, wi, i) => t + wi * x[i], 0) >= theta[k] ? 1 : -1)`,
    ),
    "the last input left out": f(
      `return W.map((w, k) => w.slice(0, -1).reduce((t, wi, i) => t + wi * x[i], 0) >= theta[k] ? 1 : 0)`,
    ),
    "the opposite": f(`return W.map((w, k) => w.reduce((t, wi, i) => t + wi * x[i], 0) >= theta[k] ? 0 : 1)`),
    "compared with 0": f(`return W.map((w, k) => w.reduce((t, wi, i) => t + wi * x[i], 0) >= 0 ? 1 : 0)`),
    "a sigmoid": f(
      `return W.map((w, k) => 1 / (1 + Math.exp(theta[k] - w.reduce((t, wi, i) => t + wi * x[i], 0))))`,
    ),
    "what lies above the threshold": f(
      `return W.map((w, k) => Math.max(0, w.reduce((t, wi, i) => t + wi * x[i], 0) - theta[k]))`,
    ),
    backwards: f(
      `return W.map((w, k) => w.reduce((t, wi, i) => t + wi * x[i], 0) >= theta[k] ? 1 : 0).reverse()`,
    ),
    "how many fire": f(
      `return W.filter((w, k) => w.reduce((t, wi, i) => t + wi * x[i], 0) >= theta[k]).length`,
    ),
  },
} satisfies Corpus
