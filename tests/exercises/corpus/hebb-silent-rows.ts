/** @file Answers to `hebb-silent-rows`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "chosen twice": ["targets", "targets"],
  },
  wrong: {
    "an option that is not there": ["no-such-option"],
    nothing: [],
    "the right one and another": ["targets", "inputs"],
    everything: ["targets", "inputs", "right-already", "once"],
    "the right one and one that is not there": ["targets", "no-such-option"],
  },
} satisfies Corpus
