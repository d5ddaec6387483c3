/** @file Exercise: the zero–one risk of three students when the threshold moves. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const outputs = [0.1, 0.8, 0.6]
const passed = [1, 0, 1]
const threshold = 0.05
const decided = outputs.map((p) => (p >= threshold ? 1 : 0))
const wrong = decided.filter((d, i) => d !== passed[i]).length
const answer = ${answer}`

export default defineExercise({
  kind: "number",
  title: "A threshold of 0.05",
  prompt:
    "The outputs are 0.1, 0.8 and 0.6; the students passed, failed and passed. Whoever gets **0.05** or more is now predicted to pass. What is the zero–one risk?",
  conventions: ["the risk is the **mean** of the prices, a share from 0 to 1; a fraction will do"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "zero–one risk",
  solution: program("wrong / outputs.length"),
  misconceptions: [
    {
      id: "risk.old-threshold",
      says: "2/3 was the risk with the threshold at 0.5. With 0.05 it is the share of *right* decisions. Decide all three again, and count the wrong ones.",
      code: program("outputs.filter((p, i) => (p >= 0.5 ? 1 : 0) !== passed[i]).length / 3"),
    },
    {
      id: "risk.sum",
      says: "You counted the mistakes. The risk is their mean: divide by the number of students.",
      code: program("wrong"),
    },
  ],
  hints: ["Which of the three outputs are below 0.05?", "All three are predicted to pass. Who did not?"],
  explanation:
    "Everybody is predicted to pass, and one of the three failed: 1/3. The model is the same as before; the threshold alone has halved its mistakes. A count of mistakes judges model and threshold together.",
})
