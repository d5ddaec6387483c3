/** @file Exercise: predict what a unit prints whose output is one of its own inputs. */
import { defineExercise } from "../lib/exercise.ts"

const program = (line: string, shown = "out", before = "") => `const set = [0, 1, 0, 0, 0]
const reset = [0, 0, 0, 1, 0]
let out = 0
for (let t = 0; t < 5; t++) {
${before}  ${line}
  console.log(t, ${shown})
}`
const right = "out = set[t] + out - 2 * reset[t] >= 1 ? 1 : 0"

export default defineExercise({
  kind: "predict",
  title: "A unit that listens to itself",
  prompt:
    "Lead the output of a unit back to its input, with weight 1. Two more wires come from outside: `set` with weight 1, `reset` with weight −2. The threshold is 1. What does the program print?",
  conventions: [
    "five lines, each with the time and the output",
    "brackets, commas and how you break the lines do not matter",
  ],
  difficulty: "core",
  minutes: 2,
  revision: 1,
  label: "printed",
  printed: true,
  solution: program(right),
  misconceptions: [
    {
      id: "latch.forgets",
      says: "Your unit fires only while `set` is on. But its own output is an input too: at the next moment it finds the 1 that it gave before.",
      code: program("out = set[t] - 2 * reset[t] >= 1 ? 1 : 0"),
    },
    {
      id: "latch.no-reset",
      says: "Your unit never stops. When `reset` is on, the sum is 1 − 2, below the threshold.",
      code: program("out = set[t] + out >= 1 ? 1 : 0"),
    },
    {
      id: "latch.above",
      says: "Your unit never fires. At time 1 the sum is exactly 1, and a unit fires when the sum *reaches* its threshold.",
      code: program("out = set[t] + out - 2 * reset[t] > 1 ? 1 : 0"),
    },
    {
      id: "latch.late",
      says: "You are one moment late: these are the outputs *before* each line of the loop has run. The printed one is the new one.",
      code: program(right, "before", "  const before = out\n"),
    },
    {
      id: "latch.sum",
      says: "You printed the sums. A threshold unit says only whether the sum is large enough: 1 or 0.",
      code: program("out = set[t] + out - 2 * reset[t]"),
    },
    {
      id: "latch.wakes",
      says: "At the end your unit fires again. The reset has made its output 0, so nothing comes back to it: nothing is on any more.",
      code: program(`${right}\n  if (t === 4) out = 1`),
    },
  ],
  hints: [
    "Keep a pencil list of `out`. In each line the old value stands on the right of `=`, the new one on the left.",
    "At time 1 the sum is 1 + 0 − 0. At time 2 it is 0 + 1 − 0.",
    "At time 3 the sum is 0 + 1 − 2.",
  ],
  explanation:
    "The pulse is gone after time 1, and the unit still fires: it hears itself. It holds one bit until `reset` clears it, which engineers call a latch. A net without loops answers the same input always in the same way; with loops the answer depends on what was before. Recurrent networks are built on this.",
})
