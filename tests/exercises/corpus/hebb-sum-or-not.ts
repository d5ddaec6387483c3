/** @file Answers to `hebb-sum-or-not`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "in another order": ["repeated-row", "order", "second-pass"],
    "one chosen twice": ["order", "second-pass", "repeated-row", "order"],
    "backwards and twice": ["repeated-row", "second-pass", "order", "repeated-row", "second-pass", "order"],
  },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right ones and one that is not there": ["order", "second-pass", "repeated-row", "no-such-option"],
    nothing: [],
    "only the order": ["order"],
    "two of three": ["order", "second-pass"],
    "the other two": ["second-pass", "repeated-row"],
    "and separable": ["order", "second-pass", "repeated-row", "separable"],
    "and the rate": ["order", "second-pass", "repeated-row", "rate"],
    "the order and the end": ["order", "stops"],
    everything: ["order", "second-pass", "repeated-row", "stops", "rate", "separable"],
  },
} satisfies Corpus
