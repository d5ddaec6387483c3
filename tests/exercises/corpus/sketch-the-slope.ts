/** @file Answers to `sketch-the-slope`. */
import type { Corpus } from "./corpus.ts"

const drawn = (...heights: number[]) => ({ kind: "sketch" as const, values: heights.map(String) })

export default {
  right: {
    "by eye": drawn(0, 0.1, 0.4, 1, 0.4, 0.1, 0),
    "a little high": drawn(0.05, 0.1, 0.45, 1.05, 0.45, 0.1, 0.05),
    "a little low": drawn(0, 0.05, 0.35, 0.95, 0.35, 0.05, 0),
    "flat ends": drawn(0, 0, 0.45, 1, 0.45, 0, 0),
  },
  wrong: {
    "flat everywhere": drawn(0, 0, 0, 0, 0, 0, 0),
    "a bell that is too low": drawn(0, 0.05, 0.2, 0.5, 0.2, 0.05, 0),
    "a bell that is too high": drawn(0, 0.1, 0.5, 1.5, 0.5, 0.1, 0),
    "a step": drawn(0, 0, 0, 1, 1, 1, 1),
    "upside down": drawn(0, -0.1, -0.4, -1, -0.4, -0.1, 0),
    "the slope of ReLU": drawn(0, 0, 0, 0, 1, 1, 1),
    "moved to the right": drawn(0, 0, 0.1, 0.4, 1, 0.4, 0.1),
    constant: drawn(1, 1, 1, 1, 1, 1, 1),
  },
} satisfies Corpus
