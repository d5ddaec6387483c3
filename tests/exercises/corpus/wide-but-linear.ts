/** @file Answers to `wide-but-linear`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: { "chosen twice": ["affine", "affine"] },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right one and one that is not there": ["affine", "no-such-option"],
    nothing: [],
    "affine and wider": ["affine", "wider"],
    "fewer and curves": ["fewer", "curves"],
  },
} satisfies Corpus
