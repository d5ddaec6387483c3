/** @file Answers to `dense-clinic`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: { "chosen twice": ["return", "return"] },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right one and one that is not there": ["return", "no-such-option"],
    nothing: [],
    "return and weight": ["return", "weight"],
    "bias and product": ["bias", "product"],
  },
} satisfies Corpus
