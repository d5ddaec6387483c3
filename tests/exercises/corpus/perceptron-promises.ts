/** @file Answers to `perceptron-promises`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "chosen twice": ["scale-all", "order", "scale-all"],
    "in the opposite order": ["order", "scale-all"],
    "each chosen twice": ["scale-all", "order", "scale-all", "order"],
  },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right ones and one that is not there": ["scale-all", "order", "no-such-option"],
    nothing: [],
    "the first of the right ones": ["scale-all"],
    "the last of the right ones": ["order"],
    "scale-all and order and widest": ["scale-all", "order", "widest"],
    "scale-all and order and probability": ["scale-all", "order", "probability"],
    "widest and learning-rate": ["widest", "learning-rate"],
    "order and monotone": ["order", "monotone"],
    "scale-all and learning-rate": ["scale-all", "learning-rate"],
  },
} satisfies Corpus
