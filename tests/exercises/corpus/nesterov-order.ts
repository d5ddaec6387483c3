/** @file Answers to `nesterov-order`. */
import type { Answer } from "../../../exercises/lib/exercise.ts"
import type { Corpus } from "./corpus.ts"

const order = (...ids: string[]): Answer => ({ kind: "parsons", order: ids })

export default {
  right: { "the only order": order("ahead", "slope", "velocity", "move") },
  wrong: {
    nothing: order(),
    "upside down": order("move", "velocity", "slope", "ahead"),
    "the velocity before the slope": order("ahead", "velocity", "slope", "move"),
    "the look ahead after the walk": order("move", "ahead", "slope", "velocity"),
    "no look ahead": order("slope", "velocity", "move"),
    "a block twice": order("ahead", "slope", "velocity", "move", "move"),
    "a block that is not there": order("ahead", "slope", "velocity", "walk"),
  },
} satisfies Corpus
