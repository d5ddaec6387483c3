/** @file Exercise: sketch the hinge loss of a picture over the score of its right class. */
import { defineExercise } from "../lib/exercise.ts"

const curve = (loss: string) => `const answer = Array.from({ length: 61 }, (_, i) => {
  const s = i / 10 // the score of car
  return [s, ${loss}]
})`
const HINGE = "Math.max(0, 1.3 - s + 1) + Math.max(0, 2 - s + 1)"

export default defineExercise({
  kind: "sketch",
  title: "What a better score is worth, until it is worth nothing",
  prompt:
    "Cat keeps its score of 1.3 and frog its 2.0. You turn up the score of **car**, the right class, from 0 to 6. Sketch the hinge loss.",
  conventions: ["$\\Delta = 1$"],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  x: { label: "score of car", from: 0, to: 6, step: 1 },
  y: { label: "loss", from: 0, to: 6, step: 0.25 },
  at: [0, 1, 2, 3, 4, 5, 6],
  tolerance: 0.06,
  features: [
    {
      says: "from a score of 3 on it is 0",
      holds: (heights) => heights.slice(3).every((h) => h <= 0.3),
    },
  ],
  truth: curve(HINGE),
  misconceptions: [
    {
      id: "hinge.no-margin",
      says: "Your loss ends where the car draws level with the frog, at 2. The examiner wants a lead of 1, so it ends at 3.",
      code: curve("Math.max(0, 1.3 - s) + Math.max(0, 2 - s)"),
    },
    {
      id: "hinge.max-not-sum",
      says: "You drew the worst rival alone. Below 2.3 there are **two** rivals that come too close, and both pay: the slope there is −2.",
      code: curve("Math.max(0, 2 - s + 1)"),
    },
    {
      id: "hinge.includes-y",
      says: "Your curve lies 1 too high: it never reaches 0. The right class is not its own rival.",
      code: curve(`${HINGE} + 1`),
    },
    {
      id: "hinge.never-content",
      says: "Your curve creeps towards 0 and never arrives. That is cross-entropy. The hinge loss is exactly 0 as soon as the margin is met.",
      code: curve("3 * Math.log(1 + Math.exp(2.2 - s))"),
    },
    {
      id: "hinge.count",
      says: "You drew steps: how many rivals come too close. Each of them pays **as much as** it is too high.",
      code: curve("(s < 2.3 ? 1 : 0) + (s < 3 ? 1 : 0)"),
    },
  ],
  hints: [
    "At which score of car does the last rival keep its distance? Frog has 2.0.",
    "At a score of 0 both pay: 1.3 + 1 and 2.0 + 1.",
    "Two straight pieces and then nothing: slope −2 up to 2.3, slope −1 up to 3.",
  ],
  explanation:
    "At 0 it costs 2.3 + 3. Each point of score saves 2 as long as both rivals are too close, then 1, then nothing. The corners are at 2.3 and 3, one above each rival.",
})
