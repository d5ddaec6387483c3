/** @file Answers to `true-of-starts`. */
import type { Corpus } from "./corpus.ts"

const right = ["explodes", "bias", "relu"]

export default {
  right: {
    "chosen twice": [...right, "bias"],
    "in the opposite order": right.toReversed(),
    "each chosen twice": [...right, ...right],
  },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right ones and one that is not there": [...right, "no-such-option"],
    nothing: [],
    "the first of the right ones": ["explodes"],
    "two of the right ones": ["bias", "relu"],
    "the right ones and small is safe": [...right, "safe"],
    "all of the wrong ones": ["safe", "forgets", "square"],
    everything: [...right, "safe", "forgets", "square"],
  },
} satisfies Corpus
