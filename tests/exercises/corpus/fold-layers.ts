/** @file Answers to `fold-layers`. */
import type { Corpus } from "./corpus.ts"

const head = "function fold(W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor)"
const f = (body: string, start = head) => `${start} {\n  ${body}\n}`

export default {
  right: {
    "an arrow function": "const fold = (W1, b1, W2, b2) => [W2.matmul(W1), W2.matmul(b1).add(b2)]",
    "an async function": f("return [W2.matmul(W1), W2.matmul(b1).add(b2)]", `async ${head}`),
    "CRLF, BOM and no types": `\ufeff${f("const W = W2.matmul(W1)\n  return [W, W2.matmul(b1).add(b2)]", "function fold(W1, b1, W2, b2)").replaceAll("\n", "\r\n")}`,
    "functions instead of methods": f("return [matmul(W2, W1), add(matmul(W2, b1), b2)]"),
    "the bias as a column": f(
      "return [W2.matmul(W1), W2.matmul(b1.reshape([-1, 1])).add(b2.reshape([-1, 1])).squeeze(1)]",
    ),
    "the other way round, transposed": f(
      "return [W1.transpose().matmul(W2.transpose()).transpose(), b1.matmul(W2.transpose()).add(b2)]",
    ),
    "by asking the network: zero for the bias, unit vectors for the columns":
      f(`const net = (x) => W2.matmul(W1.matmul(x).add(b1)).add(b2)
  const D = W1.shape[1]
  const b = net(zeros([D], { dtype: W1.dtype }))
  const columns = Array.from({ length: D }, (_, j) => net(eye(D, { dtype: W1.dtype }).slice([j], [j + 1]).squeeze(0)).sub(b))
  return [stack(columns, 1), b]`),
    "a bias column absorbed": f(`const A = concat([W1, b1.reshape([-1, 1])], 1)
  const folded = W2.matmul(A)
  const D = W1.shape[1]
  const W = folded.slice([0, 0], [W2.shape[0], D])
  const b = folded.slice([0, D], [W2.shape[0], D + 1]).squeeze(1).add(b2)
  return [W, b]`),
    "products and sums by hand": f(`const [A, a, B, c] = [W1, b1, W2, b2].map((t) => t.tolist())
  const W = B.map((row) => A[0].map((_, j) => row.reduce((sum, v, k) => sum + v * A[k][j], 0)))
  const b = B.map((row, i) => row.reduce((sum, v, k) => sum + v * a[k], c[i]))
  return [W, b]`),
  },
  wrong: {
    "the pair exchanged": f("return [W2.matmul(b1).add(b2), W2.matmul(W1)]"),
    "the matrix alone": f("return W2.matmul(W1)"),
    "factors in the wrong order": f("return [W1.matmul(W2), W2.matmul(b1).add(b2)]"),
    "matrices added": f("return [W2.add(W1), b1.add(b2)]"),
    "the second layer alone": f("return [W2, b2]"),
    "the bias as a row of a matrix": f("return [W2.matmul(W1), W2.matmul(b1).add(b2).reshape([1, -1])]"),
    "a ReLU in between": f("return [W2.matmul(W1), W2.matmul(b1.relu()).add(b2)]"),
    "the first bias twice": f("return [W2.matmul(W1), W2.matmul(b1.mul(2)).add(b2)]"),
    "the second bias taken off": f("return [W2.matmul(W1), W2.matmul(b1).sub(b2)]"),
    nothing: f("const W = W2.matmul(W1)"),
  },
  equivalent: {
    "3:13 W2.matmul(b1).add(b2) → b2.add(W2.matmul(b1))": "addition commutes",
  },
} satisfies Corpus
