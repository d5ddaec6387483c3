/** @file Exercise: the mean multiclass hinge loss of a batch, written by the reader, with its gradient graded. */
import { tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"
import { labels, pictures, scoresOffTheKink } from "../lib/probes.ts"

const hinge = (body: string) => `function hinge(S: Tensor, y: Tensor): Tensor {
  ${body}
}`

export default defineExercise({
  kind: "function",
  title: "Build it yourself: the multiclass hinge loss",
  prompt:
    "Write `hinge(S, y)`: the mean multiclass hinge loss of a batch. `S` holds the scores, one row a picture; `y` the index of each right class. Its gradient is graded too, so stay with the engine's operations.",
  conventions: [
    "`S` has shape [N, C]; `y` has shape [N], dtype int32, and counts classes from 0",
    "$\\Delta = 1$; the **sum** over the wrong classes, the **mean** over the N pictures; return a scalar tensor",
  ],
  difficulty: "hard",
  minutes: 12,
  revision: 1,
  entry: "hinge",
  without: ["multiclassHinge"],
  starter: hinge("TODO()"),
  solution: hinge(`const own = S.gather(1, y.reshape([-1, 1]))
  const tooHigh = S.sub(own).add(1).relu()
  return tooHigh.sum(1).sub(1).mean()`),
  probes: (random) => [
    {
      args: pictures(),
      note: "the three pictures and a fourth",
      gradients: [0],
    },
    {
      args: [scoresOffTheKink(random, 4, 6), labels([5, 0, 2, 2])],
      note: "four pictures, six classes",
      gradients: [0],
    },
    {
      args: [scoresOffTheKink(random, 5, 3), labels([2, 1, 1, 0, 2])],
      note: "five pictures, three classes",
      gradients: [0],
    },
    { args: [tensor([[1.5, -0.25, 0.5, 2]]), labels([1])], note: "one picture", gradients: [0] },
    {
      args: [
        tensor([
          [2, 1, 0],
          [-3, 5, -4],
        ]),
        labels([0, 1]),
      ],
      note: "a margin that is met exactly",
    },
  ],
  misconceptions: [
    {
      id: "hinge.includes-y",
      says: "Your loss is too large, and by the margin itself: the right class has the difference 0 to itself and pays 1. Leave it out, or take 1 off each row.",
      code: hinge(`const own = S.gather(1, y.reshape([-1, 1]))
  return S.sub(own).add(1).relu().sum(1).mean()`),
    },
    {
      id: "hinge.max-not-sum",
      says: "You charge only the worst rival of each picture. Every rival that comes too close pays.",
      code: hinge(`const own = S.gather(1, y.reshape([-1, 1]))
  const right = y.reshape([-1, 1]).eq(arange(S.shape[1]).reshape([1, -1]))
  return where(right, 0, S.sub(own).add(1).relu()).max(1).mean()`),
    },
    {
      id: "hinge.no-margin",
      says: "You charge rivals only for being ahead. They must stay 1 below the right score: add the margin before `relu`.",
      code: hinge(`const own = S.gather(1, y.reshape([-1, 1]))
  return S.sub(own).relu().sum(1).mean()`),
    },
    {
      id: "hinge.sum",
      says: "You added the pictures up. The risk is their *mean*: divide by $N$.",
      code: hinge(`const own = S.gather(1, y.reshape([-1, 1]))
  return S.sub(own).add(1).relu().sum(1).sub(1).sum()`),
    },
    {
      id: "hinge.over-classes",
      says: "You divided by $N\\cdot C$, as some libraries do. Here the sum over the rivals stays a sum; the mean is over the $N$ pictures.",
      code: hinge(`const own = S.gather(1, y.reshape([-1, 1]))
  return S.sub(own).add(1).relu().sum(1).sub(1).mean().div(S.shape[1])`),
    },
    {
      id: "hinge.squared",
      says: "You squared the violations. That is another loss: it forgives small ones and fears large ones.",
      code: hinge(`const own = S.gather(1, y.reshape([-1, 1]))
  return S.sub(own).add(1).relu().square().sum(1).sub(1).mean()`),
    },
    {
      id: "hinge.sign",
      says: "You subtracted the rival from the right score. A rival pays when **it** is high: $s_j - s_y + 1$.",
      code: hinge(`const own = S.gather(1, y.reshape([-1, 1]))
  return own.sub(S).add(1).relu().sum(1).sub(1).mean()`),
    },
    {
      id: "hinge.no-relu",
      says: "Rivals that keep their distance must cost 0. Without $\\max(0,\\cdot)$ they pay you back, and the loss falls without end.",
      code: hinge(`const own = S.gather(1, y.reshape([-1, 1]))
  return S.sub(own).add(1).sum(1).sub(1).mean()`),
    },
    {
      id: "broadcast.NxN",
      says: "Your right scores have shape [N] and meet rows of length $C$, or of the wrong picture. Keep them a column: `gather(1, y.reshape([-1, 1]))` has shape [N, 1].",
      code: hinge(`const own = S.gather(1, y.reshape([-1, 1])).mean()
  return S.sub(own).add(1).relu().sum(1).sub(1).mean()`),
    },
    {
      id: "grad.detached",
      says: "Your loss is right, but it was built from numbers read out of the tensor, so no gradient can flow back to `S`.",
      code: hinge(`const own = S.detach().gather(1, y.reshape([-1, 1]))
  return S.detach().sub(own).add(1).relu().sum(1).sub(1).mean()`),
    },
    {
      id: "hingegrad.y-zero",
      says: "The loss is right, but the right class gets no push: its scores were detached. Half of the lesson of a violation is to raise $s_y$.",
      code: hinge(`const own = S.detach().gather(1, y.reshape([-1, 1]))
  const right = y.reshape([-1, 1]).eq(arange(S.shape[1]).reshape([1, -1]))
  return where(right, 0, S.sub(own).add(1).relu()).sum(1).mean()`),
    },
  ],
  alternates: [
    {
      id: "hinge.masked",
      code: hinge(`const own = S.gather(1, y.reshape([-1, 1]))
  const right = y.reshape([-1, 1]).eq(arange(S.shape[1]).reshape([1, -1]))
  return where(right, 0, S.sub(own).add(1).relu()).sum(1).mean()`),
    },
  ],
  hints: [
    "`S.gather(1, y.reshape([-1, 1]))` is the column of right scores, shape [N, 1]. It broadcasts against `S`.",
    "`S.sub(own).add(1).relu()` is the price of every class, the right one included. What does the right one pay?",
    "It always pays exactly 1. Take 1 off the sum of each row.",
  ],
  explanation:
    "The right class differs from itself by 0, so in `relu(s − own + 1)` it always pays 1, and its gradient cancels. Taking 1 off each row is the shortest way to leave it out; a mask does the same.",
})
