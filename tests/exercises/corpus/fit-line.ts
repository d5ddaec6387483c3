/** @file Answers to `fit-line`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, head = "function fitLine(x: Tensor, y: Tensor, stepSize: number, steps: number)") =>
  `${head} {\n  ${body}\n}`
const loop = (body: string, before = "let w = 0, b = 0") =>
  f(`${before}
  const X = x.tolist(), Y = y.tolist(), N = X.length
  for (let k = 0; k < steps; k++) {
    let gw = 0, gb = 0
    ${body}
  }
  return [w, b]`)

export default {
  right: {
    "plain loops and numbers": loop(`for (let i = 0; i < N; i++) {
      const e = w * X[i] + b - Y[i]
      gw += 2 * e * X[i] / N
      gb += 2 * e / N
    }
    w -= stepSize * gw; b -= stepSize * gb`),
    "loops that run backwards": loop(`for (let i = N - 1; i >= 0; i--) {
      const e = Y[i] - w * X[i] - b
      gw -= e * X[i]
      gb -= e
    }
    ;[w, b] = [w - stepSize * 2 * gw / N, b - stepSize * 2 * gb / N]`),
    reduce: loop(`gw = X.reduce((sum, xi, i) => sum + (w * xi + b - Y[i]) * xi, 0)
    gb = X.reduce((sum, xi, i) => sum + (w * xi + b - Y[i]), 0)
    w -= 2 * stepSize / N * gw
    b -= 2 * stepSize / N * gb`),
    "sums known in advance": loop(
      `gw = 2 * (w * Sxx + b * Sx - Sxy) / N
    gb = 2 * (w * Sx + b * N - Sy) / N
    w -= stepSize * gw; b -= stepSize * gb`,
      `let w = 0, b = 0
  const Sx = x.sum().item(), Sy = y.sum().item(), Sxx = x.mul(x).sum().item(), Sxy = x.mul(y).sum().item()`,
    ),
    recursion: `function fitLine(x, y, stepSize, steps) {
  if (steps === 0) return [0, 0]
  const [w, b] = fitLine(x, y, stepSize, steps - 1)
  const e = x.mul(w).add(b).sub(y)
  return [w - stepSize * 2 * e.mul(x).mean().item(), b - stepSize * 2 * e.mean().item()]
}`,
    "a while loop that counts down": f(`let w = 0, b = 0
  while (steps-- > 0) {
    const e = x.mul(w).add(b).sub(y)
    const gw = e.mul(x).mean().item() * 2
    b -= stepSize * e.mean().item() * 2
    w -= stepSize * gw
  }
  return [w, b]`),
    "tensors as result": f(`let w = tensor(0), b = tensor(0)
  for (let k = 0; k < steps; k++) {
    const e = x.mul(w).add(b).sub(y)
    const [gw, gb] = [e.mul(x).mean(), e.mean()]
    w = w.sub(gw.mul(2 * stepSize))
    b = b.sub(gb.mul(2 * stepSize))
  }
  return [w, b]`),
    "a tensor of both": f(`let w = 0, b = 0
  for (let k = 0; k < steps; k++) {
    const e = x.mul(w).add(b).sub(y)
    const step = [e.mul(x).mean().item(), e.mean().item()].map((g) => 2 * g * stepSize)
    w -= step[0]; b -= step[1]
  }
  return tensor([w, b])`),
    "a matrix with a column of ones": f(`const N = x.size
  const A = stack([x, ones([N])], 1)
  let theta = zeros([2])
  for (let k = 0; k < steps; k++) {
    const g = A.transpose().matmul(A.matmul(theta).sub(y)).mul(2 / N)
    theta = theta.sub(g.mul(stepSize))
  }
  return theta`),
    autograd: f(`let w = tensor(0), b = tensor(0)
  const loss = (w, b) => x.mul(w).add(b).sub(y).square().mean()
  for (let k = 0; k < steps; k++) {
    const [gw, gb] = [grad((v) => loss(v, b))(w), grad((v) => loss(w, v))(b)]
    w = w.sub(gw.mul(stepSize)); b = b.sub(gb.mul(stepSize))
  }
  return [w, b]`),
    "an async function without types": f(
      `let w = 0, b = 0
  for (let k = 0; k < steps; k++) {
    const e = await x.mul(w).add(b).sub(y)
    const gw = e.mul(x).mean().item(), gb = e.mean().item()
    w -= 2 * stepSize * gw; b -= 2 * stepSize * gb
  }
  return [w, b]`,
      "async function fitLine(x, y, stepSize, steps)",
    ),
    "a typed array": f(`const p = new Float64Array(2)
  for (const _ of Array.from({ length: steps })) {
    const e = x.mul(p[0]).add(p[1]).sub(y)
    const g = [e.mul(x).mean().item(), e.mean().item()]
    g.forEach((v, i) => { p[i] -= 2 * stepSize * v })
  }
  return p`),
  },
  wrong: {
    "one step too few": loop(`if (k === 0) continue
    const e = x.mul(w).add(b).sub(y)
    gw = e.mul(x).mean().item(); gb = e.mean().item()
    w -= 2 * stepSize * gw; b -= 2 * stepSize * gb`),
    "the exact solution": f(`const mx = x.mean().item(), my = y.mean().item()
  const w = x.sub(mx).mul(y.sub(my)).sum().item() / x.sub(mx).square().sum().item()
  return [w, my - w * mx]`),
    "w and b exchanged": loop(`const e = x.mul(w).add(b).sub(y)
    gw = e.mul(x).mean().item(); gb = e.mean().item()
    w -= 2 * stepSize * gw; b -= 2 * stepSize * gb
    if (k === steps - 1) return [b, w]`),
    "absolute errors": loop(`const e = x.mul(w).add(b).sub(y)
    gw = e.sign().mul(x).mean().item(); gb = e.sign().mean().item()
    w -= stepSize * gw; b -= stepSize * gb`),
    "one example a step": loop(`const i = k % N, e = w * X[i] + b - Y[i]
    w -= 2 * stepSize * e * X[i]; b -= 2 * stepSize * e`),
    momentum: loop(
      `const e = x.mul(w).add(b).sub(y)
    vw = 0.9 * vw + 2 * e.mul(x).mean().item(); vb = 0.9 * vb + 2 * e.mean().item()
    w -= stepSize * vw; b -= stepSize * vb`,
      "let w = 0, b = 0, vw = 0, vb = 0",
    ),
    "a start at 1": loop(
      `const e = x.mul(w).add(b).sub(y)
    gw = e.mul(x).mean().item(); gb = e.mean().item()
    w -= 2 * stepSize * gw; b -= 2 * stepSize * gb`,
      "let w = 1, b = 0",
    ),
    "a decaying step size": loop(`const e = x.mul(w).add(b).sub(y)
    gw = e.mul(x).mean().item(); gb = e.mean().item()
    w -= 2 * stepSize / (k + 1) * gw; b -= 2 * stepSize / (k + 1) * gb`),
    "^ for the square": f(`let w = 0, b = 0
  for (let k = 0; k < steps; k++) { w = w ^ 2; b = b ^ 2 }
  return [w, b]`),
    "only w returned": f("return 0"),
  },
  equivalent: {
    "2:11 x.sum() → x.mean()": "it is multiplied by 0",
    "2:11 x.sum() → x.max()": "it is multiplied by 0",
    "3:11 x.sum() → x.mean()": "it is multiplied by 0",
    "3:11 x.sum() → x.max()": "it is multiplied by 0",
    "5:19 x.mul(w) → w.mul(x)": "multiplication commutes",
    "5:19 x.mul(w).add(b) → b.add(x.mul(w))": "addition commutes",
    "6:19 error.mul(x) → x.mul(error)": "multiplication commutes",
  },
} satisfies Corpus
