/** @file Exercise: the hinge loss of the car picture at three scores of its right class. */
import { defineExercise } from "../lib/exercise.ts"

const terms = (term: string, last: string) => `const answer = [3.5, 2.5, 1].map((car) => {
  const term = (rival) => ${term}
  const [cat, frog] = [term(1.3), term(2)]
  return [cat, frog, ${last}]
})`
const HINGE = "Math.max(0, rival - car + 1)"

export default defineExercise({
  kind: "table",
  title: "The car loses its lead",
  prompt:
    "The car picture keeps the scores **cat 1.3** and **frog 2.0**, while the score of *car*, the right class, drops. What does each rival cost, and what is the loss?",
  conventions: ["$\\Delta = 1$; the loss is the **sum** over the wrong classes"],
  difficulty: "warm-up",
  minutes: 3,
  revision: 1,
  columns: ["cat", "frog", "loss"],
  rows: ["car 3.5", "car 2.5", "car 1.0"],
  filled: [[0, 0]],
  solution: terms(HINGE, "cat + frog"),
  misconceptions: [
    {
      id: "hinge.includes-y",
      says: "Your loss is too large, and by the margin itself: the right class does not count among its rivals.",
      code: terms(HINGE, "cat + frog + 1"),
    },
    {
      id: "hinge.no-margin",
      says: "You charge a rival only for being ahead. It has to stay 1 **below** the right score: add the margin before you compare with 0.",
      code: terms("Math.max(0, rival - car)", "cat + frog"),
    },
    {
      id: "hinge.negative",
      says: "A rival that keeps its distance costs 0, not less: take the larger of 0 and the difference.",
      code: terms("rival === 1.3 && car === 3.5 ? 0 : rival - car + 1", "cat + frog"),
    },
    {
      id: "hinge.max-not-sum",
      says: "You took only the worst rival. Here all rivals that come too close pay, and the loss is their sum.",
      code: terms(HINGE, "Math.max(cat, frog)"),
    },
    {
      id: "hinge.mean",
      says: "You divided by the number of classes. The loss of one picture is the sum over its rivals; a mean is taken over pictures only.",
      code: terms(HINGE, "(cat + frog) / 3"),
    },
    {
      id: "hinge.counts",
      says: "You counted the rivals that come too close. Each costs as much as it is too high, not 1.",
      code: terms(`Math.sign(${HINGE})`, "cat + frog"),
    },
  ],
  hints: [
    "One rival at a time: rival score minus right score, plus 1. Below 0 it costs 0.",
    "Car 2.5: the cat has 1.3 − 2.5 + 1 < 0, the frog 2.0 − 2.5 + 1 = 0.5.",
  ],
  explanation:
    "At 3.5 both rivals keep their distance. At 2.5 the car still wins, and pays for the frog, which is only half a point behind. At 1.0 it has lost to both, and both pay.",
})
