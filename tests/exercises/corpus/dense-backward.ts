/** @file Answers to `dense-backward`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string) => `function denseBackward(H: Tensor, W: Tensor, delta: Tensor) {\n  ${body}\n}`

export default {
  right: {
    "in one line":
      "const denseBackward = (H, W, delta) => ({ dW: delta.transpose().matmul(H), db: delta.sum(0), dH: delta.matmul(W) })",
    "functions instead of methods": f(
      "return { dW: matmul(transpose(delta), H), db: sum(delta, 0), dH: matmul(delta, W) }",
    ),
    "the other product, transposed": f(
      "return { dW: H.transpose().matmul(delta).transpose(), db: delta.sum(0), dH: W.transpose().matmul(delta.transpose()).transpose() }",
    ),
    "the bias by a product with ones": f(
      "const one = ones([1, H.shape[0]], { dtype: H.dtype })\n  return { dW: delta.transpose().matmul(H), db: one.matmul(delta).reshape([-1]), dH: delta.matmul(W) }",
    ),
    "the bias as mean times N": f(
      "return { dW: delta.transpose().matmul(H), db: delta.mean(0).mul(H.shape[0]), dH: delta.matmul(W) }",
    ),
    "plain loops": f(`const [h, w, d] = [H.tolist(), W.tolist(), delta.tolist()]
  const dW = w.map((row, i) => row.map((_, j) => d.reduce((s, dn, n) => s + dn[i] * h[n][j], 0)))
  const db = w.map((_, i) => d.reduce((s, dn) => s + dn[i], 0))
  const dH = h.map((row, n) => row.map((_, j) => d[n].reduce((s, di, i) => s + di * w[i][j], 0)))
  return { dW, db, dH }`),
    "outer products added up": f(`const rows = delta.shape[0]
  const O = delta.shape[1]
  const I = H.shape[1]
  let dW = zeros([O, I], { dtype: H.dtype })
  for (let n = 0; n < rows; n++)
    dW = dW.add(delta.slice([n], [n + 1]).transpose().matmul(H.slice([n], [n + 1])))
  return { dW, db: delta.sum(0), dH: delta.matmul(W) }`),
    "the engine goes back": f(`const dot = ({ H, W, b }) => H.matmul(W.transpose()).add(b).mul(delta).sum()
  const g = grad(dot)({ H, W, b: zeros([W.shape[0]], { dtype: H.dtype }) })
  return { dW: g.W, db: g.b, dH: g.H }`),
    "an async function with CRLF":
      `async ${f("const dT = delta.transpose()\n  return { dH: delta.matmul(W), dW: dT.matmul(H), db: dT.sum(1) }")}`.replaceAll(
        "\n",
        "\r\n",
      ),
  },
  wrong: {
    "weights transposed in the message": f(
      "return { dW: delta.transpose().matmul(H), db: delta.sum(0), dH: delta.matmul(W.transpose()) }",
    ),
    "dW is the outer product of means": f(
      "return { dW: delta.mean(0).reshape([-1, 1]).matmul(H.mean(0).reshape([1, -1])), db: delta.sum(0), dH: delta.matmul(W) }",
    ),
    "the bias kept as a row": f(
      "return { dW: delta.transpose().matmul(H), db: delta.sum(0, { keepDim: true }), dH: delta.matmul(W) }",
    ),
    "no bias": f("return { dW: delta.transpose().matmul(H), dH: delta.matmul(W) }"),
    negative: f(
      "return { dW: delta.transpose().matmul(H).neg(), db: delta.sum(0).neg(), dH: delta.matmul(W).neg() }",
    ),
    "delta itself as the message": f(
      "return { dW: delta.transpose().matmul(H), db: delta.sum(0), dH: delta }",
    ),
    "nothing returned": f("const dW = delta.transpose().matmul(H)"),
    "the sum of everything": f(
      "return { dW: delta.transpose().matmul(H), db: delta.sum(), dH: delta.matmul(W) }",
    ),
  },
} satisfies Corpus
