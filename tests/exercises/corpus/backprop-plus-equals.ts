/** @file Answers to `backprop-plus-equals`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: { "chosen twice": ["paths", "paths"] },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right one and one that is not there": ["paths", "no-such-option"],
    nothing: [],
    "paths and average": ["paths", "average"],
    "momentum and rounding": ["momentum", "rounding"],
  },
} satisfies Corpus
