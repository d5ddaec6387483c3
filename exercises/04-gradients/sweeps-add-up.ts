/** @file Exercise: predict what stands in `.grad` after one, two and three sweeps of the tape. */
import { defineExercise } from "../lib/exercise.ts"

const program = (line: string, shown = "w.grad!.item()") => `const start = 3
const w = tensor(start, { requiresGrad: true })
for (const sweep of [1, 2, 3]) {
${line}
  console.log("sweep", sweep, "gives", ${shown})
}`
const sweep = "  w.mul(w).backward()"

export default defineExercise({
  kind: "predict",
  title: "Three sweeps, nothing cleared",
  prompt:
    "Nobody calls `zeroGrad()` here, and $w$ stays {{start}} all the time. What does the program print?",
  conventions: [
    "three lines; brackets, commas and how you break the lines do not matter",
    "numbers to three significant digits",
  ],
  difficulty: "core",
  minutes: 2,
  revision: 1,
  label: "printed",
  printed: true,
  variants: (random) => ({ start: random.integer(3, 20) }),
  solution: program(sweep),
  misconceptions: [
    {
      id: "tape.grad-replaced",
      says: "You let each sweep replace what was there. `backward()` **adds** to `.grad`, and nobody has cleared it.",
      code: program(`  w.grad = null\n${sweep}`),
    },
    {
      id: "tape.grad-doubled",
      says: "You doubled what was there. Each sweep adds the same amount, since $w$ has not moved.",
      code: program(sweep, "2 ** sweep * start"),
    },
    {
      id: "tape.one-path",
      says: "You counted one message a sweep. $w\\cdot w$ uses $w$ twice, so two messages arrive, each of size {{start}}.",
      code: program("  w.mul(start).backward()"),
    },
    {
      id: "tape.grad-of-value",
      says: "You printed values of $w\\cdot w$. In `.grad` stands its slope, $2w$.",
      code: program(sweep, "w.mul(w).item()"),
    },
    {
      id: "tape.moves",
      says: "You let $w$ walk downhill. `backward()` only measures slopes. Nothing moves until somebody takes a step.",
      code: program("", "(2 * start * 0.8 ** (sweep - 1))"),
    },
  ],
  hints: [
    "What is the slope of $w^2$ at {{start}}?",
    "Each sweep finds the same slope. Where does it put it, and what is there already?",
  ],
  explanation:
    "Each sweep sends two messages of {{start}}, one for each place where $w$ is used, and adds them to what is there. So the third line shows three times the true slope. In a training loop this slip looks like a learning rate that grows with every step, until it explodes. It is also a tool: several small batches can be swept one after the other, and only then comes the step.",
})
