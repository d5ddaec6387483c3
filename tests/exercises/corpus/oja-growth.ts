/** @file Answers to `oja-growth`, a sketch of a weight after 0, 10, 20, 30, 40 and 60 examples. */
import type { Answer } from "../../../exercises/lib/exercise.ts"
import type { Corpus } from "./corpus.ts"

const sketch = (text: string): Answer => ({ kind: "sketch", values: text.split(" ") })

export default {
  right: {
    "to two digits": sketch("0.05 0.13 0.32 0.67 0.94 1.0"),
    "to the tenth": sketch("0 0.1 0.3 0.7 0.9 1"),
    "a little high": sketch("0.1 0.2 0.4 0.75 1 1.05"),
    "a little low": sketch("0 0.05 0.25 0.6 0.85 0.95"),
    "without leading zeros": sketch(".05 .13 .32 .67 .94 1"),
    "in fractions": sketch("1/20 1/8 1/3 2/3 19/20 1"),
  },
  wrong: {
    "a flat line at 1": sketch("1 1 1 1 1 1"),
    "a jump": sketch("0.05 0.05 0.05 1 1 1"),
    "beyond 1 and back": sketch("0.05 0.15 0.5 1.5 1.2 1"),
    "to one half": sketch("0.05 0.1 0.2 0.35 0.45 0.5"),
    "a decay": sketch("1 0.9 0.6 0.3 0.1 0.05"),
    "settled at 2": sketch("0.05 0.25 0.65 1.35 1.9 2"),
    "nothing happens": sketch("0.05 0.05 0.05 0.05 0.05 0.05"),
    "nothing at one place": sketch("0.05 0.13 0.32  0.94 1"),
    words: sketch("a b c d e f"),
    "too few places": sketch("0.05 0.3 1"),
  },
} satisfies Corpus
