/** @file Answers to `nesterov-order`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: { "the only order": ["ahead", "slope", "velocity", "move"] },
  wrong: {
    nothing: [],
    "upside down": ["move", "velocity", "slope", "ahead"],
    "the velocity before the slope": ["ahead", "velocity", "slope", "move"],
    "the look ahead after the walk": ["move", "ahead", "slope", "velocity"],
    "no look ahead": ["slope", "velocity", "move"],
    "a block twice": ["ahead", "slope", "velocity", "move", "move"],
    "a block that is not there": ["ahead", "slope", "velocity", "walk"],
  },
} satisfies Corpus
