/** @file Answers to `shift-or-scale`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "chosen twice": ["add", "times", "order", "add"],
    "in the opposite order": ["order", "times", "add"],
    "each chosen twice": ["add", "times", "order", "add", "times", "order"],
  },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right ones and one that is not there": ["add", "times", "order", "no-such-option"],
    nothing: [],
    "the first of the right ones": ["add"],
    "the last of the right ones": ["order"],
    "add and times and order and add-one": ["add", "times", "order", "add-one"],
    "add and times-same": ["add", "times-same"],
    "times and order and times-same": ["times", "order", "times-same"],
    "add-one and times-same": ["add-one", "times-same"],
  },
} satisfies Corpus
