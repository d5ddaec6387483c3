/** @file Answers to `tape-clinic`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "from the bottom up": ["reassigned", "shape"],
    "one of them twice": ["shape", "reassigned", "shape"],
  },
  wrong: {
    everything: ["shape", "reassigned", "tape", "loss", "gradient"],
    "only the first line": ["shape"],
    "only the last line": ["reassigned"],
    "both, and the tape": ["shape", "reassigned", "tape"],
    "an option that is not there": ["no-such-option"],
    nothing: [],
  },
} satisfies Corpus
