/** @file Answers to `why-not-a-half`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: { "chosen twice": ["twins", "twins"] },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right one and one that is not there": ["twins", "no-such-option"],
    nothing: [],
    "twins and large": ["twins", "large"],
    "positive and biases": ["positive", "biases"],
  },
} satisfies Corpus
