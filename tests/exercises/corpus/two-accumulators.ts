/** @file Answers to `two-accumulators`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "in the opposite order": ["adadelta", "adam"],
    "each chosen twice": ["adam", "adadelta", "adam", "adadelta"],
  },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right ones and one that is not there": ["adam", "adadelta", "no-such-option"],
    nothing: [],
    "Adam alone": ["adam"],
    "all but momentum": ["adam", "adadelta", "adagrad", "rmsprop"],
    "RMSProp and AdaGrad": ["rmsprop", "adagrad"],
  },
} satisfies Corpus
