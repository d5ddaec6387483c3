/** @file Answers to `cross-entropy`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, head = "function loss(S: Tensor, y: Tensor): Tensor") => `${head} {\n  ${body}\n}`
const pick = "gather(1, y.reshape([-1, 1]))"
const body = `return S.logSoftmax(1).${pick}.mean().neg()`

export default {
  right: {
    "an arrow function": `const loss = (S: Tensor, y: Tensor) => S.logSoftmax(1).${pick}.mean().neg()`,
    "an async function": f(body, "async function loss(S, y)"),
    "CRLF and no types": f(body, "function loss(S, y)").replaceAll("\n", "\r\n"),
    "a comment with a forbidden word": `// crossEntropy(S, y) would do, and nll too\n${f(body)}`,
    "one-hot rows": f(`const C = S.shape[1]
  const oneHot = y.reshape([-1, 1]).eq(arange(C).reshape([1, C]))
  const t = S.sub(S.max(1, { keepDim: true }))
  const logP = t.sub(t.exp().sum(1, { keepDim: true }).log())
  return where(oneHot, logP, 0).sum(1).mean().neg()`),
    "a sum divided by N": f(`return S.logSoftmax(1).${pick}.sum().neg().div(S.shape[0])`),
    "the maximum not detached": f(`const t = S.sub(S.max(1, { keepDim: true }))
  return t.exp().sum(1).log().sub(t.${pick}.squeeze(1)).mean()`),
    "log-sum-exp with the maximum added again": f(`const m = S.max(1, { keepDim: true })
  const lse = S.sub(m).exp().sum(1, { keepDim: true }).log().add(m)
  return lse.sub(S.${pick}).mean()`),
    "differences to the true class": f(`const own = S.${pick}
  const d = S.sub(own)
  const m = d.max(1, { keepDim: true })
  return d.sub(m).exp().sum(1, { keepDim: true }).log().add(m).mean()`),
    "one row after the other": f(`let total = S.sum().mul(0)
  const classes = y.tolist()
  for (let i = 0; i < S.shape[0]; i++) {
    const row = S.slice(i, i + 1)
    total = total.sub(row.logSoftmax(1).gather(1, tensor([[classes[i]]], { dtype: "int32" })).sum())
  }
  return total.div(S.shape[0])`),
    "functions instead of methods": f("return neg(mean(gather(logSoftmax(S, 1), 1, reshape(y, [-1, 1]))))"),
    "helpers and shadowed names": `const mean = (t: Tensor) => t.sum().div(t.size)\nconst log = 1\n${f(`return mean(S.logSoftmax(1).${pick}).neg()`)}`,
    "an empty console line and a default": f(
      `console.log("N", S.shape[0])\n  ${body}`,
      "function loss(S, y, mean = true)",
    ),
  },
  wrong: {
    "accuracy for loss": f("return S.argmax(1).eq(y).mul(1).mean()"),
    "the score itself": f(`return S.${pick}.mean().neg()`),
    "the square of the miss": f(`return S.softmax(1).${pick}.sub(1).square().mean()`),
    "1 − p": f(`return S.softmax(1).${pick}.mean().neg().add(1)`),
    "the mean inside the logarithm": f(`return S.softmax(1).${pick}.mean().log().neg()`),
    "class 0 for every example": f("return S.logSoftmax(1).slice([0, 0], [S.shape[0], 1]).mean().neg()"),
    "all classes": f("return S.logSoftmax(1).sum(1).mean().neg()"),
    "the first example only": f(`return S.logSoftmax(1).${pick}.slice(0, 1).mean().neg()`),
    "with an epsilon of 0.01": f(`return S.softmax(1).${pick}.add(0.01).log().mean().neg()`),
    halved: f(`return S.logSoftmax(1).${pick}.mean().div(-2)`),
    "a number, not a tensor": f(`return S.logSoftmax(1).${pick}.mean().neg().item()`),
    "losses of each example": f(`return S.logSoftmax(1).${pick}.neg()`),
    "clipped scores": f(`return S.clamp(-30, 30).logSoftmax(1).${pick}.mean().neg()`),
  },
  equivalent: Object.fromEntries([
    ...["2:21", "4:36", "5:30", "5:61"].map((place) => [
      `${place} 1 → (-1)`,
      "of a matrix, dimension −1 is dimension 1",
    ]),
    ...["", ".squeeze()"].map((end) => [
      `5:15 shifted.gather(1, y.reshape([-1, 1])).squeeze(1) → shifted.gather(1, y.reshape([-1, 1]))${end}`,
      "the mean over all N² differences is the difference of the two means",
    ]),
    [
      "2:15 S.max(1, { keepDim: true }).detach() → S.max(1, { keepDim: true })",
      "the shift cancels in the gradient, detached or not",
    ],
  ]),
} satisfies Corpus
