/** @file Exercise: the largest step size with which one ReLU survives its first step. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const x = 3\nconst w = 1\nconst bias = 2\n${answer}`

export default defineExercise({
  kind: "number",
  title: "How long a step does it survive?",
  prompt:
    "The unit $h=\\max(0,wx+b)$ has *w* = 1, *b* = 2; its one example has *x* = 3 and target 0; the loss is $\\tfrac12h^2$. Below which step size $\\eta$ is its pre-activation still positive after the first step?",
  conventions: [
    "one step of gradient descent on $w$ **and** $b$",
    "give the limit, as a number or a fraction",
  ],
  difficulty: "hard",
  minutes: 5,
  revision: 1,
  label: "limit of η",
  solution: program(
    "const h = w * x + bias // open: the slope is 1\n// w loses η·h·x and b loses η·h, so z loses η·h·(x² + 1)\nconst answer = h / (h * (x * x + 1))",
  ),
  misconceptions: [
    {
      id: "act.bias-stands-still",
      says: "You moved $w$ and left $b$ where it was. Both move: $b$ loses $\\eta h$ as well.",
      code: program("const answer = 1 / (x * x)"),
    },
    {
      id: "act.input-once",
      says: "The input counts twice: the gradient by $w$ is $h\\cdot x$, and a changed $w$ is multiplied by $x$ again to give $z$.",
      code: program("const answer = 1 / (x + 1)"),
    },
    {
      id: "act.weight-positive",
      says: "That is where $w$ itself reaches 0. What must stay positive is the pre-activation, $3w+b$.",
      code: program("const h = w * x + bias\nconst answer = w / (h * x)"),
    },
    {
      id: "act.loss-without-half",
      says: "You used the slope $2h$ of $h^2$. The loss is half of that, $\\tfrac12h^2$, and its slope is $h$.",
      code: program("const answer = 1 / (2 * (x * x + 1))"),
    },
    {
      id: "gd.limit-stability",
      says: "That is the limit of stability, $2/\\mu$, of a unit without a hinge. Beyond half of it the step already lands on the other side, and the other side is closed.",
      code: program("const answer = 2 / (x * x + 1)"),
    },
  ],
  hints: [
    "With $h=5$ the gradients are $h\\cdot x$ by $w$ and $h$ by $b$.",
    "Put the new $w$ and $b$ into $z=3w+b$: how much has $z$ lost, in terms of $\\eta$?",
    "$z$ falls from 5 to $5-\\eta\\cdot5\\cdot(3^2+1)$.",
  ],
  explanation:
    "A step takes $\\eta\\,h\\,(x^2+1)$ off the pre-activation, so it is multiplied by $1-10\\eta$. A linear unit would be stable up to twice the limit, jumping from side to side. A ReLU has no other side. Large inputs make the limit small: one more reason to scale them.",
})
