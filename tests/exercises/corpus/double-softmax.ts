/** @file Answers to `double-softmax`. */
import type { Corpus } from "./corpus.ts"

const head = "function batchLoss(x: Tensor, W: Tensor, b: Tensor, y: Tensor): Tensor"
const f = (body: string, start = head) => `${start} {\n  ${body}\n}`

export default {
  right: {
    "in one line": `const batchLoss = (x, W, b, y) => crossEntropy(x.matmul(W).add(b), y)`,
    "an async function": f("return crossEntropy(x.matmul(W).add(b), y)", `async ${head}`),
    "CRLF, BOM and no types": `\ufeff${f("const scores = x.matmul(W).add(b)\n  return crossEntropy(scores, y)", "function batchLoss(x, W, b, y)").replaceAll("\n", "\r\n")}`,
    "the old line in a comment": f(
      "const scores = x.matmul(W).add(b)\n  // const p = scores.softmax(1)\n  return crossEntropy(scores, y)",
    ),
    "scores renamed": f("const p = x.matmul(W).add(b)\n  return crossEntropy(p, y)"),
    "functions instead of methods": f("return crossEntropy(add(matmul(x, W), b), y)"),
    "log-softmax and gather": f(
      "return x.matmul(W).add(b).logSoftmax(1).gather(1, y.reshape([-1, 1])).mean().neg()",
    ),
    "log-softmax kept, as it does nothing a second time": f(
      "const scores = x.matmul(W).add(b)\n  return crossEntropy(scores.logSoftmax(1), y)",
    ),
    "the bias as a row": f("return crossEntropy(x.matmul(W).add(b.reshape([1, -1])), y)"),
    helpers: `const scoresOf = (x, W, b) => x.matmul(W).add(b)\n${f("return crossEntropy(scoresOf(x, W, b), y)")}`,
    "shifted scores": f(
      "const scores = x.matmul(W).add(b)\n  return crossEntropy(scores.sub(scores.max(1, { keepDim: true })), y)",
    ),
  },
  wrong: {
    "log of the softmax, twice": f("return crossEntropy(x.matmul(W).add(b).softmax(1).softmax(1), y)"),
    "no bias": f("return crossEntropy(x.matmul(W), y)"),
    "scores times 2": f("return crossEntropy(x.matmul(W).add(b).mul(2), y)"),
    "a constant taken off": f("return crossEntropy(x.matmul(W).add(b).softmax(1), y).sub(0.3133)"),
    "a sum for the mean": f("return crossEntropy(x.matmul(W).add(b), y).mul(x.shape[0])"),
    "squared error": f(
      "const p = x.matmul(W).add(b).softmax(1)\n  return p.gather(1, y.reshape([-1, 1])).sub(1).square().mean()",
    ),
    "no graph": f("return crossEntropy(x.matmul(W).add(b).detach(), y)"),
    "nll of probabilities": f("return nll(x.matmul(W).add(b).softmax(1), y)"),
    "log of probabilities as scores, negative": f("return crossEntropy(x.matmul(W).add(b).neg(), y)"),
  },
  equivalent: {
    "2:18 x.matmul(W).add(b) → b.add(x.matmul(W))": "addition commutes",
  },
} satisfies Corpus
