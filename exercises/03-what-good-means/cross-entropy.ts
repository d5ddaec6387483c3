/** @file Exercise: the mean cross-entropy of a batch of logits, written by the reader, with its gradient graded too. */
import { tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"
import { farScores, labels, normal } from "../lib/probes.ts"

export default defineExercise({
  kind: "function",
  title: "Build it yourself: cross-entropy",
  prompt:
    "Write `loss(S, y)`: the mean cross-entropy of a batch. `S` holds the scores, one row an example; `y` the index of each true class. Your gradient is graded too, so stay with the engine's operations.",
  conventions: [
    "`S` has shape [N, C]; `y` has shape [N], dtype int32, and counts classes from 0",
    "natural logarithm; the **mean** over the N examples; return a scalar tensor",
    "scores of ±1000 must give a finite loss",
  ],
  difficulty: "hard",
  minutes: 15,
  revision: 3,
  entry: "loss",
  without: ["crossEntropy", "nll"],
  starter: "function loss(S: Tensor, y: Tensor): Tensor {\n  TODO()\n}",
  solution: `function loss(S: Tensor, y: Tensor): Tensor {
  const top = S.max(1, { keepDim: true }).detach()
  const shifted = S.sub(top)
  const logSum = shifted.exp().sum(1).log()
  const own = shifted.gather(1, y.reshape([-1, 1])).squeeze(1)
  return logSum.sub(own).mean()
}`,
  probes: (random) => [
    {
      args: [
        tensor([
          [3.2, 5.1, -1.7],
          [1.3, 4.9, 2.0],
        ]),
        labels([0, 1]),
      ],
      note: "the cat and the car",
      gradients: [0],
    },
    {
      args: [normal(random, 4, 5).mul(2), labels([4, 0, 2, 2])],
      note: "four examples, five classes",
      gradients: [0],
    },
    // The true class never has the largest score: there the loss is the logarithm of the sum alone.
    {
      args: [tensor([[random.uniform(0, 2), random.uniform(0, 2), random.uniform(-3, -1)]]), labels([2])],
      note: "one example",
      gradients: [0],
    },
    {
      args: farScores(),
      note: "scores from −1000 to 1000",
      gradients: [0],
    },
  ],
  misconceptions: [
    {
      id: "ce.sum",
      says: "You added up the losses. The loss of a batch is their *mean*: divide by $N$.",
      code: `function loss(S: Tensor, y: Tensor): Tensor {
  return S.logSoftmax(1).gather(1, y.reshape([-1, 1])).sum().neg()
}`,
    },
    {
      id: "ce.sign",
      says: "Your loss is negative. $\\ln p$ is, for any $p<1$; the loss is $-\\ln p$.",
      code: `function loss(S: Tensor, y: Tensor): Tensor {
  return S.logSoftmax(1).gather(1, y.reshape([-1, 1])).mean()
}`,
    },
    {
      id: "ce.log-base",
      says: "Your numbers are the right ones divided by $\\ln 10$: a logarithm to base 10 has slipped in.",
      code: `function loss(S: Tensor, y: Tensor): Tensor {
  return S.logSoftmax(1).gather(1, y.reshape([-1, 1])).mean().neg().div(Math.log(10))
}`,
    },
    {
      id: "ce.bits",
      says: "Your loss is in bits: the right one divided by $\\ln 2$. Use the natural logarithm.",
      code: `function loss(S: Tensor, y: Tensor): Tensor {
  return S.logSoftmax(1).gather(1, y.reshape([-1, 1])).mean().neg().div(Math.log(2))
}`,
    },
    {
      id: "ce.over-classes",
      says: "You divided by $N\\cdot C$. Only one class an example counts, the true one, so the mean is over the $N$ examples.",
      code: `function loss(S: Tensor, y: Tensor): Tensor {
  return S.logSoftmax(1).gather(1, y.reshape([-1, 1])).mean().neg().div(S.shape[1])
}`,
    },
    {
      id: "ce.all-classes",
      says: "You added a term for every class, $-\\ln(1-p_k)$ for those that are not true. That is the loss of C separate yes-or-no questions; here only the true class counts.",
      code: `function loss(S: Tensor, y: Tensor): Tensor {
  const isTrue = y.reshape([-1, 1]).eq(arange(S.shape[1]).reshape([1, -1]))
  const p = S.softmax(1)
  return where(isTrue, p, p.neg().add(1)).log().sum(1).mean().neg()
}`,
    },
    {
      id: "grad.detached",
      says: "Your loss is right, but it was built from numbers read out of tensors, so no gradient can flow back to `S`. Stay with the operations of tensors.",
      code: `function loss(S: Tensor, y: Tensor): Tensor {
  return S.detach().logSoftmax(1).gather(1, y.reshape([-1, 1])).mean().neg()
}`,
    },
    {
      id: "ce.softmax-twice",
      says: "You applied the softmax twice: `S` holds scores, and one softmax is enough.",
      code: `function loss(S: Tensor, y: Tensor): Tensor {
  return S.softmax(1).logSoftmax(1).gather(1, y.reshape([-1, 1])).mean().neg()
}`,
    },
    {
      id: "softmax.axis",
      says: "Your softmax runs down the columns. Each *row* is one example: normalise along dimension 1.",
      code: `function loss(S: Tensor, y: Tensor): Tensor {
  return S.logSoftmax(0).gather(1, y.reshape([-1, 1])).mean().neg()
}`,
    },
    {
      id: "softmax.overflow",
      says: "Right for small scores, `NaN` or infinite for large ones: $e^{1000}$ overflows. Subtract the largest score of each row first.",
      code: `function loss(S: Tensor, y: Tensor): Tensor {
  const e = S.exp()
  return e.div(e.sum(1, { keepDim: true })).gather(1, y.reshape([-1, 1])).log().mean().neg()
}`,
    },
    {
      id: "ce.log0",
      says: "Your softmax is safe, but a share as small as $e^{-1000}$ rounds to 0, and $\\ln 0$ is infinite. Keep the logarithm: $\\ln p_y = s_y - \\ln\\sum_j e^{s_j}$.",
      code: `function loss(S: Tensor, y: Tensor): Tensor {
  return S.softmax(1).gather(1, y.reshape([-1, 1])).log().mean().neg()
}`,
    },
    {
      id: "softmax.global-max",
      says: "You subtracted one maximum for the whole batch. A row far below it underflows to 0/0: each row needs its *own* maximum.",
      code: `function loss(S: Tensor, y: Tensor): Tensor {
  const shifted = S.sub(S.max())
  return shifted.exp().sum(1).log().sub(shifted.gather(1, y.reshape([-1, 1])).squeeze(1)).mean()
}`,
    },
  ],
  alternates: [
    {
      id: "ce.log-softmax",
      code: `function loss(S: Tensor, y: Tensor): Tensor {
  return S.logSoftmax(1).gather(1, y.reshape([-1, 1])).mean().neg()
}`,
    },
  ],
  hints: [
    "Start from $\\ell = -s_y + \\ln\\sum_j e^{s_j}$, and shift each row by its largest score first.",
    "`S.max(1, { keepDim: true })` is the largest score of each row, as a column that broadcasts.",
    "`S.gather(1, y.reshape([-1, 1]))` picks the score of the true class from each row.",
  ],
  explanation:
    "Written with the logarithm inside, $-s_y + \\ln\\sum_je^{s_j}$, nothing is divided and nothing can round to zero. The shift cancels, so its derivative does too: it is detached. The gradient that the engine finds is $(p-Y)/N$.",
})
