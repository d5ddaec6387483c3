/** @file Answers to `softmax`. */
import type { Corpus } from "./corpus.ts"

const stable =
  "const e = s.sub(s.max(-1, { keepDim: true })).exp()\n  return e.div(e.sum(-1, { keepDim: true }))"
const f = (body: string, head = "function softmax(s: Tensor): Tensor") => `${head} {\n  ${body}\n}`

export default {
  right: {
    "an arrow function": `const softmax = (s: Tensor) => { ${stable} }`,
    "a function expression": f(stable, "const softmax = function (s)"),
    "an async function": f(stable, "async function softmax(s: Tensor)"),
    "an exported function": f(stable, "export function softmax(s: Tensor): Tensor"),
    "a default export": f(stable, "export default function softmax(s: Tensor): Tensor"),
    "further functions and types": `interface Row { s: Tensor }\nexport const unused = 1\nfunction top({ s }: Row) { return s.max(-1, { keepDim: true }) }\n${f("const e = s.sub(top({ s })).exp(); return e.div(e.sum(-1, { keepDim: true }))")}`,
    "shadowed names": `const exp = (t: Tensor) => t.exp()\nconst sum = 3\n${f("const tensor = s; const e = exp(tensor.sub(tensor.max(-1, { keepDim: true }))); return e.div(e.sum(-1, { keepDim: true }))")}`,
    "a byte order mark, CRLF, no semicolons": `\ufeff${f(stable).replaceAll("\n", "\r\n")}\r\n`,
    "comments with forbidden words": `// while (true) process.exit() TODO() softmax logSoftmax\n${f(`/* s.softmax(-1) */ ${stable}`)}`,
    "functions instead of methods": f(
      "const e = exp(sub(s, max(s, -1, { keepDim: true })))\n  return div(e, sum(e, -1, { keepDim: true }))",
    ),
    "the logarithm inside": f(
      "const t = s.sub(s.max(-1, { keepDim: true }))\n  return t.sub(t.exp().sum(-1, { keepDim: true }).log()).exp()",
    ),
    "a default parameter and a console line": f(
      `console.log("s", s)\n  ${stable}`,
      "function softmax(s, dim = -1)",
    ),
    "a detached shift": f(
      "const top = s.max(-1, { keepDim: true }).detach()\n  const e = s.sub(top).exp()\n  return e.div(e.sum(-1, { keepDim: true }))",
    ),
    "a shift beyond the maximum": f(
      "const e = s.sub(s.max(-1, { keepDim: true }).add(1)).exp()\n  return e.div(e.sum(-1, { keepDim: true }))",
    ),
    "multiplication by the reciprocal": f(
      "const e = s.sub(s.max(-1, { keepDim: true })).exp()\n  return e.mul(e.sum(-1, { keepDim: true }).pow(-1))",
    ),
    "the dimension counted from the front": f(
      "const d = s.ndim - 1\n  const e = s.sub(s.max(d, { keepDim: true })).exp()\n  return e.div(e.sum(d, { keepDim: true }))",
    ),
    "a vector made a matrix first": f(
      "const m = s.reshape([-1, s.shape.at(-1)])\n  const e = m.sub(m.max(1, { keepDim: true })).exp()\n  return e.div(e.sum(1, { keepDim: true })).reshape(s.shape)",
    ),
    "a method of a class": `class Layer { apply(s: Tensor) { ${stable} } }\nconst softmax = (s: Tensor) => new Layer().apply(s)`,
  },
  wrong: {
    "nothing returned": f("s.exp()"),
    "a Promise in a list": f("return [Promise.resolve(1), 0, 0]"),
    "uniform probabilities": f("return s.mul(0).add(1 / s.shape.at(-1))"),
    "one hot at the maximum": f("return s.eq(s.max(-1, { keepDim: true })).mul(1)"),
    "a power of 2": f(
      "const e = s.sub(s.max(-1, { keepDim: true })).mul(Math.LN2).exp()\n  return e.div(e.sum(-1, { keepDim: true }))",
    ),
    "a temperature of 2": f(
      "const e = s.sub(s.max(-1, { keepDim: true })).div(2).exp()\n  return e.div(e.sum(-1, { keepDim: true }))",
    ),
    "exp for ^": f("const e = s.sub(s.max(-1, { keepDim: true }))\n  return Math.E ^ e"),
    "squares for exponentials": f("const e = s.square()\n  return e.div(e.sum(-1, { keepDim: true }))"),
    "rounded to two decimals": f(`const e = s.sub(s.max(-1, { keepDim: true })).exp()
  const p = e.div(e.sum(-1, { keepDim: true }))
  return p.mul(100).add(0.5).floor().div(100)`),
    "clipped scores": f("const e = s.clamp(-50, 50).exp()\n  return e.div(e.sum(-1, { keepDim: true }))"),
    "vectors only": f("const e = s.sub(s.max()).exp()\n  return e.div(e.sum())"),
    "numbers read out": f(`const v = s.ndim === 1 ? [s.tolist()] : s.tolist()
  const rows = v.map((row) => {
    const top = Math.max(...row)
    const e = row.map((x) => Math.exp(x - top))
    const total = e.reduce((a, b) => a + b, 0)
    return e.map((x) => x / total)
  })
  return tensor(s.ndim === 1 ? rows[0] : rows)`),
  },
  equivalent: {
    "3:19 top.detach() → top": "the shift cancels in the gradient, detached or not",
  },
} satisfies Corpus
