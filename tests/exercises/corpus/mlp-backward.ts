/** @file Answers to `mlp-backward`. */
import type { Corpus } from "./corpus.ts"

const head = "function gradients(X: Tensor, Y: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) {"
const forward = `  const Z = X.matmul(W1.transpose()).add(b1)
  const H = Z.relu()
  const P = H.matmul(W2.transpose()).add(b2).softmax(1)`
const f = (body: string, before = forward) => `${head}\n${before}\n  ${body}\n}`
const layer = "const back = (d, h) => [d.transpose().matmul(h), d.sum(0)]"

export default {
  right: {
    "the mask as a product": f(`const d2 = P.sub(Y).div(X.shape[0])
  const d1 = d2.matmul(W2).mul(Z.gt(0))
  return { W1: d1.transpose().matmul(X), b1: d1.sum(0), W2: d2.transpose().matmul(H), b2: d2.sum(0) }`),
    "the mask from H": f(`const d2 = P.sub(Y).div(Y.shape[0])
  const d1 = where(H.gt(0), d2.matmul(W2), zeros(H.shape, { dtype: H.dtype }))
  return { W1: d1.transpose().matmul(X), b1: d1.sum(0), W2: d2.transpose().matmul(H), b2: d2.sum(0) }`),
    "a function for a layer": f(`${layer}
  const d2 = P.sub(Y).div(X.shape[0])
  const [dW2, db2] = back(d2, H)
  const [dW1, db1] = back(where(Z.gt(0), d2.matmul(W2), 0), X)
  return { W1: dW1, b1: db1, W2: dW2, b2: db2 }`),
    "divided at the end": f(`const N = X.shape[0]
  const d2 = P.sub(Y)
  const d1 = where(Z.gt(0), d2.matmul(W2), 0)
  return { W1: d1.transpose().matmul(X).div(N), b1: d1.sum(0).div(N), W2: d2.transpose().matmul(H).div(N), b2: d2.sum(0).div(N) }`),
    "means for the biases, as N is not yet divided by": f(`const N = X.shape[0]
  const d2 = P.sub(Y)
  const d1 = where(Z.gt(0), d2.matmul(W2), 0)
  return { W1: d1.transpose().matmul(X).div(N), b1: d1.mean(0), W2: d2.transpose().matmul(H).div(N), b2: d2.mean(0) }`),
    "in columns": f(
      `const d2 = P.sub(Y).transpose().div(X.shape[0])
  const d1 = W2.transpose().matmul(d2).mul(Z.transpose().gt(0))
  return { W1: d1.matmul(X), b1: d1.sum(1), W2: d2.matmul(H), b2: d2.sum(1) }`,
    ),
    "softmax from exponentials": f(
      `const d2 = P.sub(Y).div(X.shape[0])
  const d1 = where(Z.gt(0), d2.matmul(W2), 0)
  return { W1: d1.transpose().matmul(X), b1: d1.sum(0), W2: d2.transpose().matmul(H), b2: d2.sum(0) }`,
      `  const Z = X.matmul(W1.transpose()).add(b1)
  const H = Z.maximum(0)
  const S = H.matmul(W2.transpose()).add(b2)
  const E = S.sub(S.max(1, { keepDim: true })).exp()
  const P = E.div(E.sum(1, { keepDim: true }))`,
    ),
    "an arrow function with CRLF": `const gradients = (X, Y, W1, b1, W2, b2) => {
${forward}
  const d2 = P.sub(Y).mul(1 / X.shape[0])
  const d1 = d2.matmul(W2).mul(Z.sign().relu())
  return { b2: d2.sum(0), W2: d2.transpose().matmul(H), b1: d1.sum(0), W1: d1.transpose().matmul(X) }
}`.replaceAll("\n", "\r\n"),
    "one example at a time": f(`let sum
  for (let n = 0; n < X.shape[0]; n++) {
    const row = (t) => t.slice([n], [n + 1])
    const d2 = row(P).sub(row(Y)).div(X.shape[0])
    const d1 = where(row(Z).gt(0), d2.matmul(W2), 0)
    const now = [d1.transpose().matmul(row(X)), d1.sum(0), d2.transpose().matmul(row(H)), d2.sum(0)]
    sum = sum ? sum.map((t, i) => t.add(now[i])) : now
  }
  return { W1: sum[0], b1: sum[1], W2: sum[2], b2: sum[3] }`),
  },
  wrong: {
    "only the second layer": f(`const d2 = P.sub(Y).div(X.shape[0])
  return { W1, b1, W2: d2.transpose().matmul(H), b2: d2.sum(0) }`),
    "divided by the classes": f(`const d2 = P.sub(Y).div(Y.shape[1])
  const d1 = where(Z.gt(0), d2.matmul(W2), 0)
  return { W1: d1.transpose().matmul(X), b1: d1.sum(0), W2: d2.transpose().matmul(H), b2: d2.sum(0) }`),
    "the mask turned round": f(`const d2 = P.sub(Y).div(X.shape[0])
  const d1 = where(Z.gt(0), 0, d2.matmul(W2))
  return { W1: d1.transpose().matmul(X), b1: d1.sum(0), W2: d2.transpose().matmul(H), b2: d2.sum(0) }`),
    "layers exchanged": f(`const d2 = P.sub(Y).div(X.shape[0])
  const d1 = where(Z.gt(0), d2.matmul(W2), 0)
  return { W2: d1.transpose().matmul(X), b2: d1.sum(0), W1: d2.transpose().matmul(H), b1: d2.sum(0) }`),
    "P for the error": f(`const d2 = P.div(X.shape[0])
  const d1 = where(Z.gt(0), d2.matmul(W2), 0)
  return { W1: d1.transpose().matmul(X), b1: d1.sum(0), W2: d2.transpose().matmul(H), b2: d2.sum(0) }`),
    "hidden biases forgotten": f(`const d2 = P.sub(Y).div(X.shape[0])
  const d1 = where(Z.gt(0), d2.matmul(W2), 0)
  return { W1: d1.transpose().matmul(X), b1: b1.mul(0), W2: d2.transpose().matmul(H), b2: d2.sum(0) }`),
    "the engine's gradient":
      f(`const loss = ({ W1, b1, W2, b2 }) => crossEntropy(X.matmul(W1.transpose()).add(b1).relu().matmul(W2.transpose()).add(b2), Y)
  return grad(loss)({ W1, b1, W2, b2 })`),
    "the gradient of the accuracy": f(
      "return { W1: W1.mul(0), b1: b1.mul(0), W2: W2.mul(0), b2: b2.mul(0) }",
    ),
  },
  equivalent: {
    "6:13 X.matmul(W1.transpose()).add(b1) → b1.add(X.matmul(W1.transpose()))": "addition commutes",
    "8:13 H.matmul(W2.transpose()).add(b2) → b2.add(H.matmul(W2.transpose()))": "addition commutes",
    "8:54 1 → (-1)": "the last dimension of two is dimension 1",
    "8:13 H.matmul(W2.transpose()).add(b2).softmax(1) → H.matmul(W2.transpose()).add(b2).softmax()":
      "softmax runs along the last dimension unless told",
  },
} satisfies Corpus
