/** @file Exercise: the mean binary cross-entropy from logits of any size, with its gradient graded. */
import { randn, tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

const bce = (body: string) => `function bce(z: Tensor, y: Tensor): Tensor {
  ${body}
}`

export default defineExercise({
  kind: "function",
  title: "Build it yourself: binary cross-entropy from the logit",
  prompt:
    "Write `bce(z, y)`: the mean binary cross-entropy of logits $z$ and labels $y$, safe for scores of any size. Its gradient is graded too, so build it from the engine's operations: `exp`, `log`, `abs`, `maximum`, `relu` …",
  conventions: [
    "`z` and `y` have the same shape; labels are 0 or 1",
    "natural logarithm; the **mean** over all elements; return a scalar tensor",
    "scores of ±1000 must give a finite loss and a finite gradient",
  ],
  difficulty: "hard",
  minutes: 12,
  revision: 1,
  entry: "bce",
  without: ["binaryCrossEntropy", "binaryCrossEntropyWithLogits", "softplus", "crossEntropy"],
  starter: bce("TODO()"),
  solution: bce(`const tail = z.abs().neg().exp().add(1).log()
  return z.relu().sub(z.mul(y)).add(tail).mean()`),
  probes: (random) => [
    {
      args: [tensor([-2.197225, 1.386294, 0.405465]), tensor([1, 0, 1])],
      note: "the three students",
      gradients: [0],
    },
    {
      args: [
        randn([4, 3], { generator: random }).mul(2),
        tensor([
          [1, 0, 1],
          [0, 0, 1],
          [1, 1, 0],
          [0, 1, 0],
        ]),
      ],
      note: "a matrix of random logits",
      gradients: [0],
    },
    { args: [tensor([random.uniform(2, 3)]), tensor([0])], note: "one logit", gradients: [0] },
    {
      args: [tensor([1000, -1000, 40, -40, 1000]), tensor([0, 1, 0, 1, 1])],
      note: "logits from −1000 to 1000",
      gradients: [0],
    },
    { args: [tensor([-1000, 1000, 3]), tensor([0, 1, 1])], note: "certain and right", gradients: [0] },
  ],
  misconceptions: [
    {
      id: "bce.overflow",
      says: "Right for small logits, infinite or `NaN` for large ones: $e^{1000}$ overflows. Keep the exponent at or below 0: $\\max(z,0) - zy + \\ln(1+e^{-|z|})$.",
      code: bce("return z.exp().add(1).log().sub(z.mul(y)).mean()"),
    },
    {
      id: "ce.log0",
      says: "You took the sigmoid first. For large logits it is exactly 0 or 1, and $\\ln 0$ is infinite. Simplify on paper, then compute from $z$.",
      code: bce(`const p = z.sigmoid()
  const q = p.neg().add(1)
  return y.mul(p.log()).add(y.neg().add(1).mul(q.log())).mean().neg()`),
    },
    {
      id: "bce.clipped",
      says: "Clipping keeps the loss finite, but where the probability is clipped its gradient is 0, and the worst mistakes teach nothing. The formula from the logit needs no clip.",
      code: bce(`const p = z.sigmoid().clip(1e-7, 1 - 1e-7)
  const q = p.neg().add(1)
  return y.mul(p.log()).add(y.neg().add(1).mul(q.log())).mean().neg()`),
    },
    {
      id: "ce.sum",
      says: "You added the losses up. The risk is their *mean*.",
      code: bce(`const tail = z.abs().neg().exp().add(1).log()
  return z.relu().sub(z.mul(y)).add(tail).sum()`),
    },
    {
      id: "ce.sign",
      says: "Your loss has the wrong sign: it is never below 0.",
      code: bce(`const tail = z.abs().neg().exp().add(1).log()
  return z.relu().sub(z.mul(y)).add(tail).mean().neg()`),
    },
    {
      id: "bce.no-label",
      says: "The term $-zy$ is missing, so every example is charged as if its label were 0.",
      code: bce(`const tail = z.abs().neg().exp().add(1).log()
  return z.relu().add(tail).mean()`),
    },
    {
      id: "bce.label-swapped",
      says: "Your loss is right for the opposite labels: it charges positives for high scores.",
      code: bce(`const tail = z.abs().neg().exp().add(1).log()
  return z.relu().sub(z.mul(y.neg().add(1))).add(tail).mean()`),
    },
    {
      id: "bce.no-tail",
      says: "$\\max(z,0) - zy$ is only the large part of the loss. The rest, $\\ln(1+e^{-|z|})$, matters for scores near 0.",
      code: bce("return z.relu().sub(z.mul(y)).mean()"),
    },
    {
      id: "bce.margin-labels",
      says: "That is $\\ln(1+e^{-yz})$, which needs labels −1 and +1. Here they are 0 and 1.",
      code: bce(`const m = z.mul(y)
  return m.neg().relu().add(m.abs().neg().exp().add(1).log()).mean()`),
    },
    {
      id: "ce.bits",
      says: "Your loss is in bits: the right one divided by $\\ln 2$. Use the natural logarithm.",
      code: bce(`const tail = z.abs().neg().exp().add(1).log()
  return z.relu().sub(z.mul(y)).add(tail).mean().div(Math.log(2))`),
    },
    {
      id: "grad.detached",
      says: "Your loss is right, but it was built from numbers read out of the tensor, so no gradient can flow back to `z`.",
      code: bce(`const d = z.detach()
  const tail = d.abs().neg().exp().add(1).log()
  return d.relu().sub(d.mul(y)).add(tail).mean()`),
    },
  ],
  alternates: [
    {
      id: "bce.by-sign",
      says: "The labels as signs: $\\ln(1+e^{-m})$ with $m = (2y-1)z$, the logistic loss of the margin. The same loss.",
      code: bce(`const m = y.mul(2).sub(1).mul(z)
  return m.neg().relu().add(m.abs().neg().exp().add(1).log()).mean()`),
    },
  ],
  hints: [
    "On paper: $-\\ln\\sigma(z) = \\ln(1+e^{-z})$ and $-\\ln(1-\\sigma(z)) = z + \\ln(1+e^{-z})$. So the loss is $z - zy + \\ln(1+e^{-z})$.",
    "For negative $z$ pull $e^{-z}$ out of the logarithm. Both cases together: $\\max(z,0) - zy + \\ln(1+e^{-|z|})$.",
    "`z.relu()` is $\\max(z,0)$, and `z.abs().neg().exp().add(1).log()` is the last term.",
  ],
  explanation:
    "The sigmoid and the logarithm undo each other, so do it on paper: what is left is nearly linear in $z$. The exponent $-|z|$ is never positive, so `exp` stays between 0 and 1. The gradient that comes out is $(p-y)/N$, and it is as large as it should be where the mistake is worst.",
})
