/** @file Answers to `perceptron-pass`. */
import type { Corpus } from "./corpus.ts"

const f = (
  body: string,
  head = "function perceptronPass(w: number[], X: number[][], y: number[], lr: number)",
) => `${head} {\n  ${body}\n}`
const loop = (body: string, before = "") =>
  f(`let mistakes = 0
  ${before}
  for (let i = 0; i < X.length; i++) {
    const x = X[i]
    const z = x.reduce((sum, xj, j) => sum + w[j] * xj, 0)
    ${body}
  }
  return { w, mistakes }`)

export default {
  right: {
    "for … of with entries": f(`let mistakes = 0
  for (const [i, x] of X.entries()) {
    let z = 0
    for (const [j, xj] of x.entries()) z += w[j] * xj
    if (y[i] * z > 0) continue
    w = w.map((wj, j) => wj + lr * y[i] * x[j])
    mistakes++
  }
  return { w, mistakes }`),
    "a copy that is changed": f(`const v = [...w]
  let mistakes = 0
  X.forEach((x, i) => {
    const z = x.reduce((sum, xj, j) => sum + v[j] * xj, 0)
    if (!(y[i] * z > 0)) { mistakes++; x.forEach((xj, j) => { v[j] += lr * y[i] * xj }) }
  })
  return { mistakes, w: v }`),
    "sums from the back": f(`let mistakes = 0
  for (let i = 0; i < X.length; i++) {
    let z = 0
    for (let j = w.length - 1; j >= 0; j--) z = X[i][j] * w[j] + z
    if (z * y[i] <= 0) { w = w.map((wj, j) => wj + X[i][j] * y[i] * lr); mistakes += 1 }
  }
  return { w, mistakes }`),
    recursion: `function perceptronPass(w, X, y, lr) {
  if (X.length === 0) return { w, mistakes: 0 }
  const [x, ...rest] = X
  const z = x.reduce((sum, xj, j) => sum + w[j] * xj, 0)
  const wrong = y[0] * z <= 0
  const next = wrong ? w.map((wj, j) => wj + lr * y[0] * x[j]) : w
  const after = perceptronPass(next, rest, y.slice(1), lr)
  return { w: after.w, mistakes: after.mistakes + (wrong ? 1 : 0) }
}`,
    "a fold": `const perceptronPass = (w, X, y, lr) => X.reduce(({ w, mistakes }, x, i) => {
  const z = x.reduce((sum, xj, j) => sum + w[j] * xj, 0)
  return y[i] * z <= 0 ? { w: w.map((wj, j) => wj + lr * y[i] * x[j]), mistakes: mistakes + 1 } : { w, mistakes }
}, { w, mistakes: 0 })`,
    "both classes apart": loop(`if (y[i] === 1 && z <= 0) { w = w.map((wj, j) => wj + lr * x[j]); mistakes++ }
    else if (y[i] === -1 && z >= 0) { w = w.map((wj, j) => wj - lr * x[j]); mistakes++ }`),
    "a typed array": f(`const v = Float64Array.from(w)
  let mistakes = 0
  for (let i = 0; i < X.length; i++) {
    const z = X[i].reduce((sum, xj, j) => sum + v[j] * xj, 0)
    if (y[i] * z <= 0) { mistakes++; for (let j = 0; j < v.length; j++) v[j] += lr * y[i] * X[i][j] }
  }
  return { w: v, mistakes }`),
    tensors: f(`let v = tensor(w)
  let mistakes = 0
  for (let i = 0; i < X.length; i++) {
    const x = tensor(X[i])
    if (y[i] * v.dot(x).item() <= 0) { v = v.add(x.mul(lr * y[i])); mistakes++ }
  }
  return { w: v, mistakes }`),
    "sign with a tie of its own": loop(`const out = Math.sign(z)
    if (out !== y[i]) { w = w.map((wj, j) => wj + lr * y[i] * x[j]); mistakes++ }`),
    "weights of 0 where nothing moves": loop(`const miss = y[i] * z <= 0 ? 1 : 0
    mistakes += miss
    w = w.map((wj, j) => wj + miss * lr * y[i] * x[j])`),
    "an async function, CRLF":
      `async ${loop("if (y[i] * z <= 0) { w = w.map((wj, j) => wj + lr * y[i] * x[j]); mistakes++ }")}`.replaceAll(
        "\n",
        "\r\n",
      ),
    "a class": `class Perceptron {
  mistakes = 0
  constructor(public_w) { this.w = public_w }
  see(x, t, lr) {
    const z = x.reduce((sum, xj, j) => sum + this.w[j] * xj, 0)
    if (t * z <= 0) { this.w = this.w.map((wj, j) => wj + lr * t * x[j]); this.mistakes++ }
  }
}
function perceptronPass(w, X, y, lr) {
  const p = new Perceptron(w)
  X.forEach((x, i) => p.see(x, y[i], lr))
  return { w: p.w, mistakes: p.mistakes }
}`,
    "a mistake counted before the move": loop(
      "if (y[i] * z <= 0) { ++mistakes; w = w.map((wj, j) => wj + lr * (y[i] * x[j])) }",
    ),
  },
  wrong: {
    "mistakes counted after the move": loop(`if (y[i] * z <= 0) w = w.map((wj, j) => wj + lr * y[i] * x[j])
    if (y[i] * x.reduce((s, xj, j) => s + w[j] * xj, 0) <= 0) mistakes++`),
    "a return in the loop": loop(
      "if (y[i] * z <= 0) { w = w.map((wj, j) => wj + lr * y[i] * x[j]); return { w, mistakes: 1 } }",
    ),
    "the argument changed": loop(
      "if (y[i] * z <= 0) { x.forEach((xj, j) => { w[j] += lr * y[i] * xj }); mistakes++ }",
    ),
    "moved until right": loop(`while (y[i] * x.reduce((s, xj, j) => s + w[j] * xj, 0) <= 0) {
      w = w.map((wj, j) => wj + lr * y[i] * x[j])
      mistakes++
    }`),
    "moves divided by the norm": loop(`const n = Math.hypot(...x)
    if (y[i] * z <= 0) { w = w.map((wj, j) => wj + lr * y[i] * x[j] / n); mistakes++ }`),
    "a list instead of a record": loop(
      "if (y[i] * z <= 0) { w = w.map((wj, j) => wj + lr * y[i] * x[j]); mistakes++ }",
    ).replace("return { w, mistakes }", "return [w, mistakes]"),
    "mistakes forgotten": loop("if (y[i] * z <= 0) w = w.map((wj, j) => wj + lr * y[i] * x[j])"),
    "mistakes as a share": loop(
      "if (y[i] * z <= 0) { w = w.map((wj, j) => wj + lr * y[i] * x[j]); mistakes += 1 / X.length }",
    ),
    "examples in reverse": loop(
      "if (y[i] * z <= 0) { w = w.map((wj, j) => wj + lr * y[i] * x[j]); mistakes++ }",
    ).replace("const x = X[i]", "const x = X[X.length - 1 - i]"),
    "a margin of 1": loop("if (y[i] * z < 1) { w = w.map((wj, j) => wj + lr * y[i] * x[j]); mistakes++ }"),
    "the bias left out of the score": f(`let mistakes = 0
  for (let i = 0; i < X.length; i++) {
    let z = 0
    for (let j = 0; j < w.length - 1; j++) z += w[j] * X[i][j]
    if (y[i] * z <= 0) { w = w.map((wj, j) => wj + lr * y[i] * X[i][j]); mistakes++ }
  }
  return { w, mistakes }`),
    "a filled array that is shared": f(`const rows = Array(X.length).fill([])
  X.forEach((x, i) => rows[i].push(x))
  return { w: rows[0].map(() => 0).slice(0, w.length), mistakes: 0 }`),
  },
  equivalent: {
    "10:33 lr * y[i] → lr / y[i]": "labels are ±1, and dividing by ±1 is multiplying by it",
  },
} satisfies Corpus
