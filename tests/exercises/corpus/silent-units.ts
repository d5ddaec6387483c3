/** @file Answers to `silent-units`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: { "chosen twice": ["off", "off"] },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right one and one that is not there": ["off", "no-such-option"],
    nothing: [],
    "off and dead": ["off", "dead"],
    "right and weights": ["right", "weights"],
  },
} satisfies Corpus
