/** @file Answers to `momentum-step`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, before = "let x = start\n  let v = zeros([start.size])", end = "return x") =>
  `function descend(A, start, eta, rho, steps) {
  const slope = (x) => A.matmul(x)
  ${before}
  for (let k = 0; k < steps; k++) {
    ${body}
  }
  ${end}
}`
const arrays = "let x = start.tolist()\n  const M = A.tolist()\n  const v = x.map(() => 0)"

export default {
  right: {
    "form B": f("v = v.mul(rho).sub(slope(x).mul(eta))\n    x = x.add(v)"),
    "plain arrays": f(
      `const g = M.map((row) => row.reduce((sum, a, j) => sum + a * x[j], 0))
    for (let i = 0; i < x.length; i++) v[i] = rho * v[i] + g[i]
    x = x.map((xi, i) => xi - eta * v[i])`,
      arrays,
    ),
    "nested loops": f(
      `const g = []
    for (let i = 0; i < x.length; i++) { let s = 0; for (let j = 0; j < x.length; j++) s += M[i][j] * x[j]; g.push(s) }
    for (let i = 0; i < x.length; i++) { v[i] *= rho; v[i] += g[i]; x[i] -= eta * v[i] }`,
      arrays,
    ),
    "by the places before": f(
      "const next = x.sub(slope(x).mul(eta)).add(x.sub(old).mul(rho))\n    old = x\n    x = next",
      "let x = start, old = start",
    ),
    recursion: `function descend(A, x, eta, rho, steps, v = x.mul(0)) {
  if (steps === 0) return x
  const next = v.mul(rho).add(A.matmul(x))
  return descend(A, x.sub(next.mul(eta)), eta, rho, steps - 1, next)
}`,
    "a velocity that begins as nothing": f(
      "const g = slope(x)\n    v = v ? v.mul(rho).add(g) : g\n    x = x.sub(v.mul(eta))",
      "let x = start, v = null",
    ),
    "the functions instead of the methods": f("v = add(mul(v, rho), slope(x))\n    x = sub(x, mul(v, eta))"),
    "the gradient by autograd": f(
      "v = v.mul(rho).add(grad((p) => p.dot(A.matmul(p)).mul(0.5))(x))\n    x = x.sub(v.mul(eta))",
    ),
    "the engine's optimizer": `function descend(A, start, eta, rho, steps) {
  const x = tensor(start.tolist(), { requiresGrad: true })
  const optimizer = new optim.SGD([x], { lr: eta, momentum: rho })
  for (let k = 0; k < steps; k++) {
    optimizer.zeroGrad()
    x.dot(A.matmul(x)).mul(0.5).backward()
    optimizer.step()
  }
  return x.detach()
}`,
    "a while loop with CRLF": `function descend(A, start, eta, rho, steps) {
  let x = start
  let v = start.sub(start)
  while (steps-- > 0) {
    v = A.matmul(x).add(v.mul(rho))
    x = x.sub(v.mul(eta))
  }
  return x
}`.replaceAll("\n", "\r\n"),
  },
  wrong: {
    "one step too many": f("v = v.mul(rho).add(slope(x))\n    x = x.sub(v.mul(eta))").replace(
      "k < steps",
      "k <= steps",
    ),
    "eta twice": f("v = v.mul(rho).add(slope(x).mul(eta))\n    x = x.sub(v.mul(eta))"),
    "rho on the place": f("v = v.add(slope(x))\n    x = x.mul(rho).sub(v.mul(eta))"),
    "rho on both": f("v = v.add(slope(x)).mul(rho)\n    x = x.sub(v.mul(eta))"),
    "nothing is lost": f("v = v.add(slope(x))\n    x = x.sub(v.mul(eta))"),
    "returns the velocity": f(
      "v = v.mul(rho).add(slope(x))\n    x = x.sub(v.mul(eta))",
      undefined,
      "return v",
    ),
    "a velocity anew each step": f(
      "let v = zeros([3])\n    v = v.mul(rho).add(slope(x))\n    x = x.sub(v.mul(eta))",
      "let x = start",
    ),
    "the slope at the start": f("v = v.mul(rho).add(slope(start))\n    x = x.sub(v.mul(eta))"),
    "the look ahead": f("v = v.mul(rho).sub(slope(x.add(v.mul(rho))).mul(eta))\n    x = x.add(v)"),
    "rho exchanged with eta": f("v = v.mul(eta).add(slope(x))\n    x = x.sub(v.mul(rho))"),
    "forgets to move": f("v = v.mul(rho).add(slope(x))"),
    "returns all places": f(
      "v = v.mul(rho).add(slope(x))\n    x = x.sub(v.mul(eta))\n    all.push(x)",
      "let x = start, v = zeros([3])\n  const all = []",
      "return stack(all)",
    ),
  },
  equivalent: {
    "12:9 v.mul(rho).add(slope(x)) → slope(x).add(v.mul(rho))": "a sum does not mind its order",
  },
} satisfies Corpus
