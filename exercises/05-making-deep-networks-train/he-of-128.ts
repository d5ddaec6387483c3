/** @file Exercise: He's standard deviation for a fan-in. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const fanIn = 128\nconst fanOut = 50\n${answer}`

export default defineExercise({
  kind: "number",
  title: "One spread by hand",
  prompt:
    "A ReLU layer has 128 inputs and 50 units. Which **standard deviation** does He's rule give its weights?",
  conventions: ["the fan-in version, for ReLU", "three significant digits suffice"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "standard deviation",
  solution: program("const answer = Math.sqrt(2 / fanIn)"),
  misconceptions: [
    {
      id: "init.variance-as-std",
      says: "That is the variance, $2/128$. The standard deviation is its root.",
      code: program("const answer = 2 / fanIn"),
    },
    {
      id: "init.fan-out",
      says: "You used the number of units, 50. A unit adds up its **inputs**: 128.",
      code: program("const answer = Math.sqrt(2 / fanOut)"),
    },
    {
      id: "init.xavier-for-he",
      says: "That is Xavier's rule, with both fans. He's has the fan-in alone.",
      code: program("const answer = Math.sqrt(2 / (fanIn + fanOut))"),
    },
    {
      id: "init.lecun-for-he",
      says: "That is $1/\\sqrt{n}$. ReLU throws half of the mean square away; the 2 puts it back.",
      code: program("const answer = Math.sqrt(1 / fanIn)"),
    },
    {
      id: "init.bound-for-std",
      says: "That is the bound of the uniform version. Its standard deviation is smaller by $\\sqrt3$.",
      code: program("const answer = Math.sqrt(6 / fanIn)"),
    },
  ],
  hints: ["The variance is 2 divided by the fan-in.", "The root of 2/128 is the root of 1/64."],
  explanation:
    "$\\sqrt{2/128}=\\sqrt{1/64}=\\tfrac18$. Four times as many inputs would halve it: more inputs, smaller weights.",
})
