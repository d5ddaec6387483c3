/** @file Exercise: a hinge gradient whose right class is pushed too little, to find and mend. */
import { tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"
import { labels, pictures, scoresOffTheKink } from "../lib/probes.ts"

const program = (
  result: string,
  close = "S.sub(S.gather(1, own)).add(1).gt(0)",
) => `function hingeGradient(S: Tensor, y: Tensor): Tensor {
  const own = y.reshape([-1, 1]) // the right class of each row
  const isRight = own.eq(arange(S.shape[1]).reshape([1, -1]))
  const tooClose = ${close}
  const rivals = where(isRight, 0, where(tooClose, 1, 0))
  ${result}
}`

export default defineExercise({
  kind: "debug",
  title: "The gradient that does not add up",
  prompt:
    "This should be the gradient of the mean hinge loss by the scores `S`. It agrees with autograd on pictures with one rival too close, and on no others. Find the bug and mend it.",
  conventions: [
    "`S` has shape [N, C], `y` shape [N]; return a tensor of shape [N, C]",
    "$\\Delta = 1$; the loss is the sum over the wrong classes and the **mean** over the N pictures",
    "exactly on the kink the slope is 0",
  ],
  difficulty: "core",
  minutes: 6,
  revision: 1,
  entry: "hingeGradient",
  without: ["multiclassHinge", "grad", "backward"],
  starter: program("return where(isRight, -1, rivals).div(S.shape[0])"),
  solution: program("return where(isRight, rivals.sum(1, { keepDim: true }).neg(), rivals).div(S.shape[0])"),
  probes: (random) => [
    {
      args: pictures(),
      note: "the three pictures and a fourth",
    },
    { args: [scoresOffTheKink(random, 3, 5), labels([4, 0, 2])], note: "three pictures, five classes" },
    { args: [tensor([[0.5, 0.25, 0, -0.5]]), labels([1])], note: "one rival ahead, two close behind" },
    {
      args: [
        tensor([
          [2, 1, 0],
          [5, -1, 0],
        ]),
        labels([0, 0]),
      ],
      note: "content, and exactly on the kink",
    },
  ],
  misconceptions: [
    {
      id: "hingegrad.y-row",
      says: "The right class gets −1 in every row. It should get minus the **number** of rivals that come too close there: none, one or several.",
      code: program("return where(isRight, -1, rivals).div(S.shape[0])"),
    },
    {
      id: "hingegrad.y-zero",
      says: "The right class gets no push at all. Every violated term contains $-s_y$.",
      code: program("return rivals.div(S.shape[0])"),
    },
    {
      id: "hingegrad.column-count",
      says: "You counted down the columns: how often a class is too close, over all pictures. The count belongs to a row.",
      code: program("return where(isRight, rivals.sum(0, { keepDim: true }).neg(), rivals).div(S.shape[0])"),
    },
    {
      id: "hingegrad.total",
      says: "You gave every right class the count of the whole batch. Each row needs its own: sum along dimension 1 and keep it.",
      code: program("return where(isRight, rivals.sum().neg(), rivals).div(S.shape[0])"),
    },
    {
      id: "hingegrad.no-N",
      says: "The counts are right, but they belong to the sum over the pictures. The loss is their mean: divide by $N$.",
      code: program("return where(isRight, rivals.sum(1, { keepDim: true }).neg(), rivals)"),
    },
    {
      id: "hingegrad.sign",
      says: "All signs are reversed. The gradient points uphill: rivals too close get +1, the right class the minus.",
      code: program("return where(isRight, rivals.sum(1, { keepDim: true }), rivals.neg()).div(S.shape[0])"),
    },
    {
      id: "hingegrad.no-margin",
      says: "You count only rivals that are ahead. Those closer than the margin count as well.",
      code: program(
        "return where(isRight, rivals.sum(1, { keepDim: true }).neg(), rivals).div(S.shape[0])",
        "S.sub(S.gather(1, own)).gt(0)",
      ),
    },
    {
      id: "hingegrad.kink",
      says: "A rival exactly at the margin counts in your code. By the convention the slope there is 0: keep `gt`.",
      code: program(
        "return where(isRight, rivals.sum(1, { keepDim: true }).neg(), rivals).div(S.shape[0])",
        "S.sub(S.gather(1, own)).add(1).ge(0)",
      ),
    },
  ],
  hints: [
    "Shift all scores of a row by the same number: the loss does not change. So what must each row of the gradient sum to?",
    "Look at the value for the right class. In how many terms of the loss does $s_y$ stand?",
    "`rivals.sum(1, { keepDim: true })` counts the violations of each row, as a column.",
  ],
  explanation:
    "The score of the right class stands in every term, with a minus. So its slope is minus the number of violated terms, which is also what makes each row sum to zero. With one violation −1 happens to be right; a test with one rival would never have found the bug.",
})
