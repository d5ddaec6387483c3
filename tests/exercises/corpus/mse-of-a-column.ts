/** @file Answers to `mse-of-a-column`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, head = "function meanSquaredError(X: Tensor, w: Tensor, y: Tensor): Tensor") =>
  `${head} {\n  ${body}\n}`

export default {
  right: {
    "an arrow function":
      "const meanSquaredError = (X, w, y) => X.matmul(w).squeeze(1).sub(y).square().mean()",
    "labels as a column": f("return X.matmul(w).sub(y.reshape([-1, 1])).square().mean()"),
    "predictions reshaped": f("return X.matmul(w).reshape([X.shape[0]]).sub(y).square().mean()"),
    "weights as a vector": f("return X.matmul(w.squeeze(1)).sub(y).square().mean()"),
    "labels minus predictions": f("return y.sub(X.matmul(w).squeeze(1)).square().mean()"),
    "a product with itself": f("const e = X.matmul(w).squeeze(1).sub(y)\n  return e.mul(e).mean()"),
    "a dot product divided by N": f(
      "const e = X.matmul(w).squeeze(1).sub(y)\n  return e.dot(e).div(X.shape[0])",
    ),
    "a sum over the rows of the products": f(
      "const e = X.mul(w.squeeze(1)).sum(1).sub(y)\n  return e.pow(2).mean()",
    ),
    "no types and CRLF": f(
      "return X.matmul(w).squeeze().sub(y).square().mean()",
      "function meanSquaredError(X, w, y)",
    )
      .replace(".squeeze()", ".flatten()")
      .replaceAll("\n", "\r\n"),
    "one example after the other": f(`let total = w.sum().mul(0)
  for (let i = 0; i < X.shape[0]; i++) {
    const miss = X.slice(i, i + 1).matmul(w).sub(y.slice(i, i + 1)).sum()
    total = total.add(miss.mul(miss))
  }
  return total.div(X.shape[0])`),
  },
  wrong: {
    "labels turned into a row": f("return X.matmul(w).sub(y.reshape([1, -1])).square().mean()"),
    "the diagonal forgotten": f("return X.matmul(w).sub(y).square().sum(1).mean()"),
    "divided by D": f("return X.matmul(w).squeeze(1).sub(y).square().sum().div(X.shape[1])"),
    "the root": f("return X.matmul(w).squeeze(1).sub(y).square().mean().sqrt()"),
    "a vector of squares": f("return X.matmul(w).squeeze(1).sub(y).square()"),
    "a number, not a tensor": f("return X.matmul(w).squeeze(1).sub(y).square().mean().item()"),
    "predictions alone": f("return X.matmul(w).squeeze(1).square().mean()"),
    "the first example alone": f("return X.matmul(w).squeeze(1).sub(y).square().slice(0, 1).mean()"),
    "divided by N − 1": f("return X.matmul(w).squeeze(1).sub(y).square().sum().div(X.shape[0] - 0.99)"),
    "the plus sign": f("return X.matmul(w).squeeze(1).add(y).square().mean()"),
  },
  equivalent: {
    "3:29 1 → (-1)": "of a matrix, dimension −1 is dimension 1",
    "3:10 prediction.squeeze(1) → prediction.squeeze()":
      "with one example only, a scalar minus a vector of one is the same",
    "3:10 prediction.squeeze(1).sub(y) → y.sub(prediction.squeeze(1))": "a square has no sign",
  },
} satisfies Corpus
