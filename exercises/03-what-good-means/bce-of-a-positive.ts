/** @file Exercise: the binary cross-entropy of one positive example. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const percent = 60
const answer = ${answer}`

export default defineExercise({
  kind: "number",
  title: "The price of a pass",
  prompt: "The model says {{percent}} % for a student who **passes**. What is the binary cross-entropy?",
  conventions: ["natural logarithm; three significant digits suffice"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "loss (nats)",
  variants: (random) => ({ percent: 5 * random.integer(11, 17) }),
  solution: program("-Math.log(percent / 100)"),
  misconceptions: [
    {
      id: "bce.one-minus-p",
      says: "You took $1-p$, the distance to the truth. The price is the *logarithm* of the probability of what happened.",
      code: program("1 - percent / 100"),
    },
    {
      id: "bce.wrong-term",
      says: "That is $-\\ln(1-p)$, the price for somebody who failed. This student passed, so the term with $\\ln p$ is switched on.",
      code: program("-Math.log(1 - percent / 100)"),
    },
    {
      id: "ce.sign",
      says: "A loss below 0 cannot be: the logarithm of a probability is negative, and the loss is **minus** it.",
      code: program("Math.log(percent / 100)"),
    },
    {
      id: "ce.log-base",
      says: "That is the logarithm to base 10. Divide by $\\log_{10} e$, or use `Math.log`.",
      code: program("-Math.log10(percent / 100)"),
    },
    {
      id: "ce.bits",
      says: "That is the loss in bits. In nats it is smaller by the factor $\\ln 2$.",
      code: program("-Math.log2(percent / 100)"),
    },
    {
      id: "bce.both-terms",
      says: "You added both terms. The label switches one of them off: here $1-y = 0$.",
      code: program("-Math.log(percent / 100) - Math.log(1 - percent / 100)"),
    },
    {
      id: "bce.entropy",
      says: "You weighted the terms by $p$ and $1-p$, which gives the entropy of the prediction. The weights are the **labels**, 1 and 0.",
      code: program(
        "-(percent / 100) * Math.log(percent / 100) - (1 - percent / 100) * Math.log(1 - percent / 100)",
      ),
    },
  ],
  hints: [
    "Put $y = 1$ into $-[y\\ln p + (1-y)\\ln(1-p)]$. What is left?",
    "$-\\ln p$, with $p$ = {{percent}} / 100.",
  ],
  explanation:
    "With $y=1$ only $-\\ln p$ is left. Nothing else about the model matters: the price is minus the logarithm of the probability that it gave to what happened.",
})
