/** @file Answers to `hinge-forgets-the-right`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, head = "function hingeGradient(S: Tensor, y: Tensor): Tensor") =>
  `${head} {\n  ${body}\n}`
const start = `const own = y.reshape([-1, 1])
  const isRight = own.eq(arange(S.shape[1]).reshape([1, -1]))
  const close = S.sub(S.gather(1, own)).add(1).gt(0)
  const rivals = where(isRight, 0, where(close, 1, 0))`
const N = "S.shape[0]"

export default {
  right: {
    "rivals minus the count at the right class": f(`${start}
  const oneHot = where(isRight, 1, 0)
  return rivals.sub(oneHot.mul(rivals.sum(1, { keepDim: true }))).div(${N})`),
    "the count with itself and one off": f(`const own = y.reshape([-1, 1])
  const isRight = own.eq(arange(S.shape[1]).reshape([1, -1]))
  const close = where(S.sub(S.gather(1, own)).add(1).gt(0), 1, 0)
  const count = close.sum(1, { keepDim: true }).sub(1)
  return where(isRight, count.neg(), close).div(${N})`),
    "an arrow function": `const hingeGradient = (S, y) => {
  ${start}
  return where(isRight, rivals.sum(1, { keepDim: true }).mul(-1), rivals).div(${N})
}`,
    "no types and CRLF": f(
      `${start}\n  return where(isRight, rivals.sum(1, { keepDim: true }).neg(), rivals).div(${N})`,
      "function hingeGradient(S, y)",
    ).replaceAll("\n", "\r\n"),
    "plain loops": f(`const rows = S.tolist()
  const classes = y.tolist()
  return tensor(rows.map((s, i) => {
    const c = classes[i]
    const push = s.map((v, j) => (j !== c && v - s[c] + 1 > 0 ? 1 : 0))
    push[c] = -push.reduce((a, b) => a + b, 0)
    return push.map((v) => v / rows.length)
  }))`),
    "an array instead of a tensor": f(
      `const rows = S.tolist()
  const classes = y.tolist()
  return rows.map((s, i) => s.map((_, j) => {
    const c = classes[i]
    const bad = (k) => k !== c && s[k] > s[c] - 1
    return (j === c ? -s.filter((_, k) => bad(k)).length : bad(j) ? 1 : 0) / rows.length
  }))`,
      "function hingeGradient(S, y)",
    ),
    "divided before it is counted": f(`${start}
  const share = rivals.div(${N})
  return where(isRight, share.sum(1, { keepDim: true }).neg(), share)`),
    "greater than the right score less one": f(`const own = y.reshape([-1, 1])
  const isRight = own.eq(arange(S.shape[1]).reshape([1, -1]))
  const close = S.gt(S.gather(1, own).sub(1))
  const rivals = where(isRight, 0, where(close, 1, 0))
  return where(isRight, rivals.sum(1, { keepDim: true }).neg(), rivals).div(${N})`),
    "the sum reshaped": f(`${start}
  return where(isRight, rivals.sum(1).reshape([-1, 1]).neg(), rivals).div(${N})`),
  },
  wrong: {
    "minus the number of rivals": f(`${start}
  return where(isRight, 1 - S.shape[1], rivals).div(${N})`),
    "divided by C": f(`${start}
  return where(isRight, rivals.sum(1, { keepDim: true }).neg(), rivals).div(S.shape[1])`),
    "the mean for the sum": f(`${start}
  return where(isRight, rivals.mean(1, { keepDim: true }).neg(), rivals).div(${N})`),
    "the prices": f(`${start}
  const price = where(isRight, 0, S.sub(S.gather(1, own)).add(1).relu())
  return where(isRight, price.sum(1, { keepDim: true }).neg(), price).div(${N})`),
    "only the worst rival": f(`${start}
  return where(isRight, rivals.max(1, { keepDim: true }).neg(), rivals).div(${N})`),
    "softmax in its place": f(`${start}
  return S.softmax(1).sub(where(isRight, 1, 0)).div(${N})`),
    "all zero": f("return S.mul(0)"),
    transposed: f(`${start}
  return where(isRight, rivals.sum(1, { keepDim: true }).neg(), rivals).div(${N}).transpose()`),
    "twice the push": f(`${start}
  return where(isRight, rivals.sum(1, { keepDim: true }).mul(-2), rivals).div(${N})`),
  },
  equivalent: {
    "4:35 1 → (-1)": "of a matrix, dimension −1 is dimension 1",
    "6:36 1 → (-1)": "of a matrix, dimension −1 is dimension 1",
  },
} satisfies Corpus
