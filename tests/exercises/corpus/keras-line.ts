/** @file Answers to `keras-line`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "chosen twice": ["keras", "columns", "keras"],
    "in the opposite order": ["columns", "keras"],
    "each chosen twice": ["keras", "columns", "keras", "columns"],
  },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right ones and one that is not there": ["keras", "columns", "no-such-option"],
    nothing: [],
    "the first of the right ones": ["keras"],
    "the last of the right ones": ["columns"],
    "the right ones and PyTorch's": ["keras", "columns", "torch"],
    "the right ones and a column of biases": ["keras", "columns", "column-bias"],
    everything: ["keras", "torch", "left", "columns", "column-bias"],
  },
} satisfies Corpus
