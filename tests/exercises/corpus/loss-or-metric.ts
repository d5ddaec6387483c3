/** @file Answers to `loss-or-metric`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "in another order": ["house-squares", "spam-smooth"],
    "one of them twice": ["spam-smooth", "house-squares", "spam-smooth"],
  },
  wrong: {
    everything: ["spam-smooth", "spam-accuracy", "house-squares", "house-bce", "house-exact"],
    "only the filter": ["spam-smooth"],
    "both about spam": ["spam-smooth", "spam-accuracy"],
    "the right ones and one more": ["spam-smooth", "house-squares", "house-exact"],
    "an option that is not there": ["no-such-option"],
    nothing: [],
  },
} satisfies Corpus
