/** @file Answers to `dense-layer`. */
import type { Corpus } from "./corpus.ts"

const head = "function dense(X: Tensor, W: Tensor, b: Tensor): Tensor"
const f = (body: string, start = head) => `${start} {\n  ${body}\n}`

export default {
  right: {
    "an arrow function": "const dense = (X, W, b) => X.matmul(W.transpose()).add(b)",
    "an async function": f("return X.matmul(W.transpose()).add(b)", `async ${head}`),
    "CRLF, BOM and no types": `\ufeff${f("const Z = X.matmul(W.transpose())\n  return Z.add(b)", "function dense(X, W, b)").replaceAll("\n", "\r\n")}`,
    "functions instead of methods": f("return add(matmul(X, transpose(W)), b)"),
    "the bias as a row": f("return X.matmul(W.transpose()).add(b.reshape([1, -1]))"),
    "columns, and turned back": f("return W.matmul(X.transpose()).add(b.reshape([-1, 1])).transpose()"),
    "the bias absorbed": f(`const N = X.shape[0]
  const one = ones([N, 1], { dtype: X.dtype })
  return concat([one, X], 1).matmul(concat([b.reshape([-1, 1]), W], 1).transpose())`),
    "products broadcast and summed": f(
      "return X.reshape([X.shape[0], 1, -1]).mul(W.reshape([1, W.shape[0], -1])).sum(2).add(b)",
    ),
    "row by row": f(
      "const rows = Array.from({ length: X.shape[0] }, (_, n) => W.matmul(X.slice([n], [n + 1]).squeeze(0)).add(b))\n  return stack(rows, 0)",
    ),
    "dimensions named": f("return X.matmul(W.transpose(0, 1)).add(b)"),
  },
  wrong: {
    "the bias on the first row only": f(
      "const Z = X.matmul(W.transpose())\n  const first = Z.slice([0], [1]).add(b)\n  return concat([first, Z.slice([1], [X.shape[0]])], 0)",
    ),
    "no transpose": f("return X.matmul(W).add(b)"),
    "the bias twice": f("return X.matmul(W.transpose()).add(b).add(b)"),
    "the sum of the layer": f("return X.matmul(W.transpose()).add(b).sum(1)"),
    "a sigmoid": f("return X.matmul(W.transpose()).add(b).sigmoid()"),
    "one example": f("return X.slice([0], [1]).matmul(W.transpose()).add(b)"),
    "the mean over the batch": f("return X.matmul(W.transpose()).add(b).mean(0)"),
    "numbers read out": f("return tensor(X.matmul(W.transpose()).add(b).tolist())"),
    "nothing returned": f("X.matmul(W.transpose()).add(b)"),
    "the bias through the product": f("return X.matmul(W.transpose().mul(b))"),
  },
  equivalent: {
    "2:10 X.matmul(W.transpose()).add(b) → b.add(X.matmul(W.transpose()))": "addition commutes",
  },
} satisfies Corpus
