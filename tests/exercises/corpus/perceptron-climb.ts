/** @file Answers to `perceptron-climb`. */
import type { Corpus } from "./corpus.ts"

const f = (
  move: string,
  inner = "gradient[j] -= y[i] * xj",
  test = "if (y[i] * z > 0) continue",
) => `function batchPerceptron(
  w: number[], X: number[][], y: number[],
  lr: number, steps: number,
) {
  for (let k = 0; k < steps; k++) {
    const gradient = w.map(() => 0)
    for (const [i, x] of X.entries()) {
      let z = 0
      for (const [j, xj] of x.entries()) z += w[j] * xj
      ${test}
      for (const [j, xj] of x.entries()) {
        ${inner}
      }
    }
    ${move}
  }
  return w
}`
const down = "w = w.map((wj, j) => wj - lr * gradient[j])"

export default {
  right: {
    "the other sign turned": f("w = w.map((wj, j) => wj + lr * gradient[j])", "gradient[j] += y[i] * xj"),
    "a negative learning rate": f("lr = k === 0 ? -lr : lr; w = w.map((wj, j) => wj + lr * gradient[j])"),
    "a plain loop over a copy": f(
      "const next = [...w]; for (let j = 0; j < w.length; j++) next[j] -= lr * gradient[j]; w = next",
    ),
    "the test the other way": f(down, "gradient[j] -= y[i] * xj", "if (!(y[i] * z <= 0)) continue"),
    "negated after the sum": f("w = w.map((wj, j) => wj + lr * -gradient[j])"),
    "an async function": `async ${f(down)}`,
    "CRLF and a comment": `// wj + lr * gradient[j] was wrong\r\n${f(down).replaceAll("\n", "\r\n")}`,
    tensors: `function batchPerceptron(w, X, y, lr, steps) {
  const A = tensor(X), t = tensor(y)
  let v = tensor(w)
  for (let k = 0; k < steps; k++) {
    const missed = A.matmul(v).mul(t).le(0).mul(1)
    v = v.add(A.transpose().matmul(missed.mul(t)).mul(lr))
  }
  return v
}`,
    "filter and reduce": `const batchPerceptron = (w, X, y, lr, steps) => {
  const dot = (a, b) => a.reduce((s, v, j) => s + v * b[j], 0)
  for (let k = 0; k < steps; k++) {
    const M = X.map((_, i) => i).filter((i) => y[i] * dot(w, X[i]) <= 0)
    w = w.map((wj, j) => wj + lr * M.reduce((s, i) => s + y[i] * X[i][j], 0))
  }
  return w
}`,
    recursion: `function batchPerceptron(w, X, y, lr, steps) {
  if (steps === 0) return w
  const step = w.map(() => 0)
  X.forEach((x, i) => {
    const z = x.reduce((s, xj, j) => s + w[j] * xj, 0)
    if (y[i] * z <= 0) x.forEach((xj, j) => { step[j] += lr * y[i] * xj })
  })
  return batchPerceptron(w.map((wj, j) => wj + step[j]), X, y, lr, steps - 1)
}`,
    "a typed array": f("w = Float64Array.from(w, (wj, j) => wj - lr * gradient[j])"),
    "the learning rate inside the sum": f(
      "w = w.map((wj, j) => wj - gradient[j])",
      "gradient[j] -= lr * y[i] * xj",
    ),
  },
  wrong: {
    "both signs turned": f("w = w.map((wj, j) => wj - lr * gradient[j])", "gradient[j] += y[i] * xj"),
    "the class forgotten": f(down, "gradient[j] -= xj"),
    "only the last mistake": f(down, "gradient[j] = -y[i] * xj"),
    "weighted by the score": f(down, "gradient[j] -= y[i] * xj * Math.abs(z)"),
    "the steps of the single rule": f("", "w = w.map((wl, l) => l === j ? wl + lr * y[i] * xj : wl)"),
    "the sign of the gradient": f("w = w.map((wj, j) => wj - lr * Math.sign(gradient[j]))"),
    "the right ones instead": f(down, "gradient[j] -= y[i] * xj", "if (y[i] * z <= 0) continue"),
    "the gradient kept from step to step": f(down)
      .replace("for (let k", "const gradient = w.map(() => 0)\n  for (let k")
      .replace("    const gradient = w.map(() => 0)\n    for", "    for"),
    "the bias left alone": f("w = w.map((wj, j) => j === w.length - 1 ? wj : wj - lr * gradient[j])"),
    "the gradient returned": f(down).replace("return w", "return w.map(() => 0)"),
    "one step only": f(`${down}; return w`),
    "a decaying rate": f("w = w.map((wj, j) => wj - lr / (k + 1) * gradient[j])"),
  },
} satisfies Corpus
