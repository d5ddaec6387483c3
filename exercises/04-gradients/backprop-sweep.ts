/** @file Exercise: the backward sweep over a tape, built by the reader. */
import type { Generator } from "../../engine/index.ts"
import { defineExercise, type Probe } from "../lib/exercise.ts"

const head = "function sweep(tape: Entry[]): number[] {"
const program = (body: string) => `${head}\n${body}\n}`
const loop = (
  add: string,
  seed = "grads[tape.length - 1] = 1",
  order = "let k = tape.length - 1; k >= 0; k--",
) =>
  program(`  const grads = tape.map(() => 0)
  ${seed}
  for (${order}) {
    const { inputs, slopes } = tape[k]
    inputs.forEach((input, i) => {
      ${add}
    })
  }
  return grads`)

/** Entries that are made from one or two earlier ones, often from the same. */
function drawn(random: Generator, leaves: number, made: number): Probe["args"] {
  const tape = Array.from({ length: leaves }, () => ({ inputs: [] as number[], slopes: [] as number[] }))
  const slope = () => (random.uniform() < 0.5 ? -1 : 1) * random.uniform(0.6, 1.9)
  for (let k = leaves; k < leaves + made; k++) {
    // The entry before, so that a long path leads to the end, and any other.
    const inputs = [k - 1, random.integer(0, k)]
    tape.push({ inputs, slopes: inputs.map(slope) })
  }
  return [tape]
}

export default defineExercise({
  kind: "function",
  title: "Build it yourself: the sweep",
  prompt:
    "A tape is a list of entries in the order in which they were recorded. Each entry knows the positions of its `inputs` on the tape and its `slopes` by them. Write `sweep(tape)`: the gradients of the **last** entry by every entry, as a list of the same length.",
  conventions: [
    "a leaf has no inputs",
    "an entry may have the same input twice, as in $x\\cdot x$",
    "the gradient of the last entry by itself is 1; an entry that does not lead to it has gradient 0",
  ],
  difficulty: "hard",
  minutes: 10,
  revision: 1,
  given: "interface Entry {\n  inputs: number[]\n  slopes: number[]\n}",
  entry: "sweep",
  starter: program(
    "  // e.g. x·y + x: [{ inputs: [], slopes: [] }, …, { inputs: [2, 0], slopes: [1, 1] }]\n  TODO()",
  ),
  solution: loop("grads[input] += slopes[i] * grads[k]"),
  probes: (random) => [
    {
      args: [
        [
          { inputs: [], slopes: [] },
          { inputs: [], slopes: [] },
          { inputs: [0, 1], slopes: [3, 2] },
          { inputs: [2, 0], slopes: [1, 1] },
        ],
      ],
      note: "x·y + x at (2, 3)",
    },
    {
      args: [
        [
          { inputs: [], slopes: [] },
          { inputs: [0, 0], slopes: [3, 3] },
          { inputs: [1, 1], slopes: [9, 9] },
          { inputs: [2], slopes: [-0.5] },
        ],
      ],
      note: "the same input twice",
    },
    {
      args: [
        [
          { inputs: [], slopes: [] },
          { inputs: [], slopes: [] },
          { inputs: [0], slopes: [5] },
          { inputs: [1], slopes: [-4] },
          { inputs: [3], slopes: [0.3] },
        ],
      ],
      note: "a chain, and an entry that leads nowhere",
    },
    { args: drawn(random, 3, 9), note: "a random tape of 12 entries" },
    { args: drawn(random, 2, 5), note: "a random tape of 7 entries" },
  ],
  misconceptions: [
    {
      id: "backprop.lost-path",
      says: "Each message overwrites the one before, so only the last path counts. Add to what is there.",
      code: loop("grads[input] = slopes[i] * grads[k]"),
    },
    {
      id: "backprop.forward-order",
      says: "You read the tape from the front. When an entry's turn comes, nothing has arrived at it yet: start from the end.",
      code: loop("grads[input] += slopes[i] * grads[k]", undefined, "let k = 0; k < tape.length; k++"),
    },
    {
      id: "backprop.no-upstream",
      says: "You added up the local slopes alone. Each has to be multiplied by what has arrived at the entry.",
      code: loop("grads[input] += slopes[i]"),
    },
    {
      id: "backprop.no-local",
      says: "You passed on what arrived, unchanged. Each message is multiplied by the slope by that input.",
      code: loop("grads[input] += grads[k]"),
    },
    {
      id: "backprop.no-seed",
      says: "Everything is 0: nobody began. The gradient of the last entry by itself is 1.",
      code: loop("grads[input] += slopes[i] * grads[k]", "// no beginning"),
    },
    {
      id: "backprop.all-ones",
      says: "Every gradient starts at 1. Only the last entry does; for all others it is 0 until a message comes.",
      code: loop("grads[input] += slopes[i] * grads[k]", "grads.fill(1)"),
    },
  ],
  hints: [
    "Make a list of zeros as long as the tape, and write 1 at its end.",
    "Go through the tape from the last entry to the first. Each sends one message to each of its inputs.",
    "The message to input `i` of entry `k` is `slopes[i] * grads[k]`. Add it to `grads[inputs[i]]`.",
  ],
  explanation:
    "That is the whole of backpropagation. Because an entry uses only earlier ones, everything that uses *it* lies later on the tape: going backwards, its gradient is complete when its turn comes. The engine's `backward()` is this loop, with tensors in place of numbers.",
})
