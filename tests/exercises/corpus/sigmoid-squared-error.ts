/** @file Answers to `sigmoid-squared-error`. */
import type { Corpus } from "./corpus.ts"

const f = (
  delta: string,
  before = "",
) => `function outputGradient(H: Tensor, W: Tensor, b: Tensor, Y: Tensor) {
  const Z = H.matmul(W.transpose()).add(b)
  const A = Z.sigmoid()
  ${before}
  const delta = ${delta}
  return { dW: delta.transpose().matmul(H), db: delta.sum(0) }
}`

export default {
  right: {
    "a minus a squared": f("A.sub(Y).mul(A.sub(A.square())).div(H.shape[0])"),
    "sigmoid of z and of minus z": f("A.sub(Y).mul(Z.sigmoid()).mul(Z.neg().sigmoid()).div(H.shape[0])"),
    "the slope with a name": f("A.sub(Y).mul(slope).div(H.shape[0])", "const slope = A.mul(A.neg().add(1))"),
    "one minus A as a tensor": f(
      "A.sub(Y).mul(A).mul(ones(A.shape, { dtype: A.dtype }).sub(A)).div(Y.shape[0])",
    ),
    "from exponentials": f(
      "A.sub(Y).mul(e).div(e.add(1).square()).div(H.shape[0])",
      "const e = Z.neg().exp()",
    ),
    "times one over N": f("A.mul(A.sub(1)).mul(Y.sub(A)).mul(1 / H.shape[0])"),
    "the engine for delta": f("grad((z) => z.sigmoid().sub(Y).square().sum().div(2 * H.shape[0]))(Z)"),
    "all by the engine": `function outputGradient(H, W, b, Y) {
  const loss = ({ W, b }) => H.matmul(W.transpose()).add(b).sigmoid().sub(Y).square().sum().div(2 * H.shape[0])
  const g = grad(loss)({ W, b })
  return { dW: g.W, db: g.b }
}`,
    "an async function with CRLF":
      `async ${f("A.sub(Y).mul(A).mul(A.neg().add(1)).div(H.shape[0])")}`.replaceAll("\n", "\r\n"),
  },
  wrong: {
    "the slope added": f("A.sub(Y).add(A.mul(A.neg().add(1))).div(H.shape[0])"),
    "the factor 2 of the square": f("A.sub(Y).mul(2).mul(A).mul(A.neg().add(1)).div(H.shape[0])"),
    "no mean": f("A.sub(Y).mul(A).mul(A.neg().add(1))"),
    "the mean over units too": f("A.sub(Y).mul(A).mul(A.neg().add(1)).div(A.size)"),
    "the sign turned": f("Y.sub(A).mul(A).mul(A.neg().add(1)).div(H.shape[0])"),
    "one minus a only": f("A.sub(Y).mul(A.neg().add(1)).div(H.shape[0])"),
    "the slope squared": f("A.sub(Y).mul(A.mul(A.neg().add(1)).square()).div(H.shape[0])"),
    "the slope of the target": f("A.sub(Y).mul(Y).mul(Y.neg().add(1)).div(H.shape[0])"),
  },
  equivalent: {
    "4:13 H.matmul(W.transpose()).add(b) → b.add(H.matmul(W.transpose()))": "addition commutes",
    "7:17 A.sub(Y).mul(A) → A.mul(A.sub(Y))": "multiplication commutes",
    "7:17 A.sub(Y).mul(A).mul(A.neg().add(1)) → A.neg().add(1).mul(A.sub(Y).mul(A))":
      "multiplication commutes",
  },
} satisfies Corpus
