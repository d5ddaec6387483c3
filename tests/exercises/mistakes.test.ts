/** @file The mistakes that learners are known to make: each has an exercise that names it, once there is a lesson for it. */
import { readdirSync } from "node:fs"
import { expect, it } from "vitest"
import { notesOf } from "../../exercises/lib/wording.ts"
import { loadExercises } from "../../scripts/grading/exercises.ts"

/** By topic. What can go wrong in any program has notes of its own, which no exercise lists: `generic` and `js`. */
const NAMED = {
  perceptron: "sign updates-when-right no-bias raw-activation pm1-targets no-lr step-at-0",
  hebb: "not-cumulative binary bias perceptron-rule",
  act: "sigmoid-of-z double tanh-as-sigmoid tanh-of-z tanh-no-square relu-value relu-sign relu-open step-for-relu",
  softmax: "overflow global-max axis",
  ce: "sign sum log-base over-classes all-classes softmax-twice log0",
  cegrad: "extra-jacobian no-N",
  hinge: "includes-y max-not-sum",
  hingegrad: "y-row y-zero",
  backprop: "transpose db db-first-row db-over-units double-mean",
  broadcast: "NxN",
  init: "fan-out xavier-for-he variance-as-std",
  momentum: "no-memory ema old-v sign",
  adam: "no-correction t0 beta-not-power eps no-sqrt no-memory",
  loop: "no-zero-grad",
  grad: "detached",
}
/** By the words of the lesson that they wait for. */
const WAITING = {
  dropout: "dropout.scale dropout.swapped dropout.eval mode.train-eval",
  "batch-norm": "bn.eval bn.momentum bn.ddof bn.axis",
  preprocessing: "data.leak data.zero-var",
}

const known = new Set(
  [...(await loadExercises()).values()].flatMap((one) => notesOf(one).map(({ id }) => id)),
)
const lessons = readdirSync("content", { recursive: true }).filter((file) => String(file).endsWith(".mdx"))

it.each(Object.entries(NAMED))("of %s are all named by an exercise: %s", (topic, names) => {
  expect(names.split(" ").filter((name) => !known.has(`${topic}.${name}`))).toEqual([])
})

it.each(Object.entries(WAITING))("of a lesson on %s are named as soon as there is one", (word, ids) => {
  const isThere = lessons.some((file) => String(file).includes(word))
  expect(ids.split(" ").filter((id) => isThere && !known.has(id))).toEqual([])
})
