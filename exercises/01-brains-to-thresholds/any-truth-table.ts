/** @file Exercise: the hidden layer that makes any truth table. */
import type { Generator } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

const build = (weight: string, theta: string) => `function hiddenLayer(rows: number[][]) {
  const W = rows.map((row) => row.map((bit) => ${weight}))
  const theta = rows.map((row) => ${theta})
  return { W, theta }
}`
const ones = "row.reduce((total, bit) => total + bit, 0)"

/** Different inputs, not as many as there are bits, with unequal numbers of ones. */
function drawn(random: Generator, count: number, bits: number): number[][] {
  for (;;) {
    const picked = random.permutation(2 ** bits).slice(0, count)
    const rows = Array.from(picked, (k) => Array.from({ length: bits }, (_, i) => (k >> i) & 1))
    if (new Set(rows.map((row) => row.join("").replaceAll("0", "").length)).size > 2) return rows
  }
}

export default defineExercise({
  kind: "function",
  title: "Any truth table",
  prompt:
    "A truth table is given by `rows`, the inputs whose answer is 1. Write `hiddenLayer(rows)`, which returns `{ W, theta }`: for each row one unit that fires for this input **and for no other**. (The output unit then only has to OR them.)",
  conventions: [
    "the weights are +1 and −1",
    "of all thresholds that work return the **largest**",
    "`W` is a list of lists, one a row; `theta` is a list of numbers; a unit fires if its sum is at least θ",
  ],
  difficulty: "hard",
  minutes: 8,
  revision: 1,
  entry: "hiddenLayer",
  starter: `function hiddenLayer(rows: number[][]) {
  TODO()
}`,
  solution: `function hiddenLayer(rows: number[][]) {
  const W = rows.map((row) => row.map((bit) => 2 * bit - 1))
  const theta = rows.map((row) => row.filter((bit) => bit === 1).length)
  return { W, theta }
}`,
  probes: (random) => [
    {
      args: [
        [
          [0, 1],
          [1, 0],
        ],
      ],
      note: "XOR",
    },
    {
      args: [
        [
          [0, 0, 0],
          [1, 1, 1],
          [1, 0, 1],
          [0, 1, 0],
        ],
      ],
      note: "with the input of zeros and the input of ones",
    },
    { args: [drawn(random, 5, 4)], note: "five rows of four inputs" },
    { args: [drawn(random, 7, 3)], note: "seven rows of three inputs" },
  ],
  misconceptions: [
    {
      id: "gate.zero-weight",
      says: "Where the row has a 0 your weight is 0, so that input may be anything: the unit fires for other rows too. It has to speak against: −1.",
      code: build("bit", ones),
    },
    {
      id: "gate.theta-inputs",
      says: "Your threshold is the number of inputs. On its own row the sum is only the number of its ones, so most of your units never fire.",
      code: build("2 * bit - 1", "row.length"),
    },
    {
      id: "gate.theta-half",
      says: "Your thresholds work, but they are not the largest that do: the sum on the row itself may be met exactly.",
      code: build("2 * bit - 1", `${ones} - 0.5`),
    },
    {
      id: "gate.theta-of-weights",
      says: "Your threshold is the sum of the weights, the ones less the zeros. Where the input is 0 its weight adds nothing: count the ones only.",
      code: build("2 * bit - 1", "row.reduce((total, bit) => total + 2 * bit - 1, 0)"),
    },
    {
      id: "gate.theta-common",
      says: "All your thresholds are that of the first row. Each unit needs its own.",
      code: build("2 * bit - 1", "rows[0].filter((bit) => bit === 1).length"),
    },
  ],
  hints: [
    "Think of the row (1, 0, 1). Which inputs should raise the sum, which should lower it?",
    "With weights +1 where the row has a 1 and −1 where it has a 0: what is the sum on the row itself? Can any other input reach it?",
    "On its own row the sum is the number of ones. Every missing 1 and every extra 1 lowers it. So that number is θ.",
  ],
  explanation:
    "On its own row the sum is the number of ones, on every other input it is smaller by at least 1: each bit that differs costs one. So the number of ones is the largest threshold that works. This proves that one hidden layer can do any truth table, and shows the price: one unit for every row that says 1.",
})
