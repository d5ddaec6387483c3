/** @file Answers to `bce-from-logits`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, head = "function bce(z: Tensor, y: Tensor): Tensor") => `${head} {\n  ${body}\n}`
const tail = "z.abs().neg().exp().add(1).log()"

export default {
  right: {
    "an arrow function": `const bce = (z: Tensor, y: Tensor) => z.relu().sub(z.mul(y)).add(${tail}).mean()`,
    "an async function": f(`return z.relu().sub(z.mul(y)).add(${tail}).mean()`, "async function bce(z, y)"),
    "CRLF and no types": f(
      `const large = z.relu()\n  return large.sub(z.mul(y)).add(${tail}).mean()`,
      "function bce(z, y)",
    ).replaceAll("\n", "\r\n"),
    "a comment with a forbidden word": `// binaryCrossEntropyWithLogits(z, y)\n${f(`return z.relu().sub(z.mul(y)).add(${tail}).mean()`)}`,
    "a sum divided by the count": f(`return z.relu().sub(z.mul(y)).add(${tail}).sum().div(z.size)`),
    "two softplus terms": f(`const soft = (t: Tensor) => t.relu().add(t.abs().neg().exp().add(1).log())
  return y.mul(soft(z.neg())).add(y.neg().add(1).mul(soft(z))).mean()`),
    "the sign by where": f(`const m = where(y.eq(1), z, z.neg())
  return m.neg().relu().add(m.abs().neg().exp().add(1).log()).mean()`),
    "max by where": f(`const zero = z.mul(0)
  return where(z.gt(0), z, zero).sub(z.mul(y)).add(${tail}).mean()`),
    "half of z and |z|": f(`return z.add(z.abs()).div(2).sub(z.mul(y)).add(${tail}).mean()`),
    "functions instead of methods": f(
      "return mean(add(sub(relu(z), mul(z, y)), log(add(exp(neg(abs(z))), 1))))",
    ),
    "the mean of each part": f(`return z.relu().mean().sub(z.mul(y).mean()).add(${tail}).mean())`).replace(
      `.add(${tail}).mean())`,
      `.add(${tail}.mean())`,
    ),
    "log-softmax over two columns": f(`const two = stack([z.mul(0), z], 0)
  const logP = two.logSoftmax(0)
  const want = stack([y.neg().add(1), y], 0)
  return logP.mul(want).sum(0).mean().neg()`),
  },
  wrong: {
    "squared error of the sigmoid": f("return z.sigmoid().sub(y).square().mean()"),
    "error rate": f("return z.gt(0).mul(1).sub(y).abs().mean()"),
    hinge: f("return y.mul(-2).add(1).mul(z).add(1).relu().mean()"),
    "positives only": f(`const m = z.abs().neg().exp().add(1).log().add(z.neg().relu())
  return m.mul(y).mean()`),
    "losses of each element": f(`return z.relu().sub(z.mul(y)).add(${tail})`),
    "a number, not a tensor": f(`return z.relu().sub(z.mul(y)).add(${tail}).mean().item()`),
    "divided by the rows": f(`return z.relu().sub(z.mul(y)).add(${tail}).sum().div(z.shape[0] + 1)`),
    "exp of z in place of −|z|": f("return z.relu().sub(z.mul(y)).add(z.neg().exp().add(1).log()).mean()"),
    "twice the tail": f(`return z.relu().sub(z.mul(y)).add(${tail}.mul(2)).mean()`),
    "with an epsilon of 0.01": f(`const p = z.sigmoid()
  const q = p.neg().add(1)
  return y.mul(p.add(0.01).log()).add(y.neg().add(1).mul(q.add(0.01).log())).mean().neg()`),
    "clipped logits": f(`const c = z.clip(-30, 30)
  return c.relu().sub(c.mul(y)).add(c.abs().neg().exp().add(1).log()).mean()`),
    "the absolute value only once": f(`return z.abs().sub(z.mul(y)).add(${tail}).mean()`),
  },
  equivalent: {
    "3:23 z.mul(y) → y.mul(z)": "a product does not mind the order",
    "3:10 z.relu().sub(z.mul(y)).add(tail) → tail.add(z.relu().sub(z.mul(y)))":
      "a sum does not mind the order",
  },
} satisfies Corpus
