/** @file Answers to `one-cut-or-not`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "in the opposite order": ["unless", "implies", "majority"],
    "one chosen twice": ["majority", "implies", "unless", "majority"],
    "each chosen twice": ["majority", "majority", "implies", "implies", "unless", "unless"],
  },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right ones and one that is not there": ["majority", "implies", "unless", "no-such-option"],
    nothing: [],
    "only the majority": ["majority"],
    "two of the three": ["majority", "implies"],
    "the other two": ["implies", "unless"],
    "and XNOR": ["majority", "implies", "unless", "same"],
    "and the couples": ["majority", "implies", "unless", "two-couples"],
    "all that count": ["majority", "exactly-one"],
    everything: ["majority", "implies", "unless", "same", "exactly-one", "two-couples"],
  },
} satisfies Corpus
