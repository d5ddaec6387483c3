/** @file Answers to `backprop-true-or-not`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "in the opposite order": ["stores", "tie", "exact"],
    "each chosen twice": ["exact", "tie", "stores", "exact", "tie", "stores"],
  },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right ones and one that is not there": ["exact", "tie", "stores", "no-such-option"],
    nothing: [],
    "two of the right ones": ["exact", "stores"],
    "exact, tie, stores and learning": ["exact", "tie", "stores", "learning"],
    "symbolic and smooth": ["symbolic", "smooth"],
    "learning and exact": ["learning", "exact"],
  },
} satisfies Corpus
