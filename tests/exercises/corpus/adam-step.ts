/** @file Answers to `adam-step`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, before = "let m = zeros([x.size]), v = zeros([x.size]), t = 0", end = "return x") =>
  `function adam(x, gradients, eta) {
  ${before}
  for (const g of gradients) {
    t += 1
    ${body}
  }
  ${end}
}`
const means = "m = m.mul(0.9).add(g.mul(0.1))\n    v = v.mul(0.999).add(g.square().mul(0.001))\n    "
const step = "x = x.sub(m.div(1 - 0.9 ** t).mul(eta).div(v.div(1 - 0.999 ** t).sqrt().add(1e-8)))"

export default {
  right: {
    "one line": f(means + step),
    "means moved towards the gradient": f(
      `m = m.add(g.sub(m).mul(0.1))\n    v = v.add(g.mul(g).sub(v).mul(0.001))\n    ${step}`,
    ),
    "running products": f(
      `p *= 0.9; q *= 0.999\n    ${means}x = x.sub(m.div(1 - p).mul(eta).div(v.div(1 - q).sqrt().add(1e-8)))`,
      "let m = x.mul(0), v = x.mul(0), t = 0, p = 1, q = 1",
    ),
    "the root of the correction taken out": f(
      `${means}x = x.sub(m.mul(eta / (1 - 0.9 ** t)).div(v.sqrt().div(Math.sqrt(1 - 0.999 ** t)).add(1e-8)))`,
    ),
    "plain arrays": `function adam(x, gradients, eta) {
  const p = x.tolist(), m = p.map(() => 0), v = p.map(() => 0)
  gradients.forEach((tensorG, k) => {
    tensorG.tolist().forEach((g, i) => {
      m[i] = 0.9 * m[i] + 0.1 * g
      v[i] = 0.999 * v[i] + 0.001 * g * g
      p[i] -= (eta * m[i] / (1 - 0.9 ** (k + 1))) / (Math.sqrt(v[i] / (1 - 0.999 ** (k + 1))) + 1e-8)
    })
  })
  return p
}`,
    "the functions instead of the methods": f(
      `${means}x = sub(x, div(mul(div(m, 1 - 0.9 ** t), eta), add(sqrt(div(v, 1 - 0.999 ** t)), 1e-8)))`,
    ),
    reduce: `const adam = (x, gradients, eta) => gradients.reduce((s, g, k) => {
  const m = s.m.mul(0.9).add(g.mul(0.1)), v = s.v.mul(0.999).add(g.mul(g).mul(0.001))
  const up = m.div(1 - Math.pow(0.9, k + 1)), scale = v.div(1 - Math.pow(0.999, k + 1)).sqrt().add(1e-8)
  return { m, v, x: s.x.sub(up.div(scale).mul(eta)) }
}, { m: x.mul(0), v: x.mul(0), x }).x`,
    "Math.pow with CRLF": f(
      `${means}x = x.sub(m.div(1 - Math.pow(0.9, t)).div(v.div(1 - Math.pow(0.999, t)).sqrt().add(1e-8)).mul(eta))`,
    ).replaceAll("\n", "\r\n"),
    "the engine's optimizer": `function adam(x, gradients, eta) {
  const p = tensor(x.tolist(), { requiresGrad: true })
  const optimizer = new optim.Adam([p], { lr: eta })
  for (const g of gradients) {
    optimizer.zeroGrad()
    p.mul(g).sum().backward()
    optimizer.step()
  }
  return p.detach()
}`,
  },
  wrong: {
    climbs: f(means + step.replace("x.sub", "x.add")),
    "only the mean corrected": f(`${means}x = x.sub(m.div(1 - 0.9 ** t).mul(eta).div(v.sqrt().add(1e-8)))`),
    "only the squares corrected": f(
      `${means}x = x.sub(m.mul(eta).div(v.div(1 - 0.999 ** t).sqrt().add(1e-8)))`,
    ),
    "betas exchanged": f(
      `m = m.mul(0.999).add(g.mul(0.001))\n    v = v.mul(0.9).add(g.square().mul(0.1))\n    x = x.sub(m.div(1 - 0.999 ** t).mul(eta).div(v.div(1 - 0.9 ** t).sqrt().add(1e-8)))`,
    ),
    "corrected in place": f(
      `m = m.mul(0.9).add(g.mul(0.1)).div(1 - 0.9 ** t)\n    v = v.mul(0.999).add(g.square().mul(0.001)).div(1 - 0.999 ** t)\n    x = x.sub(m.mul(eta).div(v.sqrt().add(1e-8)))`,
    ),
    "no ε": f(means + step.replace(".add(1e-8)", "")),
    "sums instead of means": f(`m = m.mul(0.9).add(g)\n    v = v.mul(0.999).add(g.square())\n    ${step}`),
    "the square of the mean": f(`m = m.mul(0.9).add(g.mul(0.1))\n    v = m.mul(m)\n    ${step}`),
    "one norm for all": f(
      `m = m.mul(0.9).add(g.mul(0.1))\n    v = v.mul(0.999).add(g.square().mean().mul(0.001))\n    ${step}`,
    ),
    "gradients instead of their mean": f(`${means}${step.replace("m.div(1 - 0.9 ** t)", "g")}`),
    "eta squared": f(means + step.replace("mul(eta)", "mul(eta * eta)")),
    "returns the mean": f(means + step, undefined, "return m"),
  },
  equivalent: {
    "7:9 m.mul(0.9).add(g.mul(0.1)) → g.mul(0.1).add(m.mul(0.9))": "a sum does not mind its order",
    "8:9 v.mul(0.999).add(g.mul(g).mul(0.001)) → g.mul(g).mul(0.001).add(v.mul(0.999))":
      "a sum does not mind its order",
  },
} satisfies Corpus
