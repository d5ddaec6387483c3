/** @file Answers to `true-of-activations`. */
import type { Corpus } from "./corpus.ts"

const right = ["twenty", "leak-range", "elu"]

export default {
  right: {
    "chosen twice": [...right, "twenty"],
    "in the opposite order": right.toReversed(),
    "each chosen twice": [...right, ...right],
  },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right ones and one that is not there": [...right, "no-such-option"],
    nothing: [],
    "the first of the right ones": ["twenty"],
    "two of the right ones": ["leak-range", "elu"],
    "the right ones and tanh": [...right, "tanh-safe"],
    "the right ones and a dead unit": [...right, "dead"],
    "all of the wrong ones": ["tanh-safe", "corner", "sum-to-one", "dead"],
    everything: [...right, "tanh-safe", "corner", "sum-to-one", "dead"],
  },
} satisfies Corpus
