/** @file Answers to `hinge-over-a-score`, a sketch at the scores 0, 1, 2 … 6. */
import type { Answer } from "../../../exercises/lib/exercise.ts"
import type { Corpus } from "./corpus.ts"

const sketch = (text: string): Answer => ({ kind: "sketch", values: text.split(" ") })

export default {
  right: {
    "to the quarter": sketch("5.25 3.25 1.25 0 0 0 0"),
    exactly: sketch("5.3 3.3 1.3 0 0 0 0"),
    "a little high": sketch("5.5 3.5 1.5 0.25 0 0 0"),
    "a little low": sketch("5 3 1 0 0 0 0"),
    "with trailing zeros": sketch("5.30 3.30 1.30 0.00 0.00 0.00 0.00"),
    "in fractions": sketch("53/10 33/10 13/10 0 0 0 0"),
    "without leading zeros": sketch("5.3 3.3 1.3 .1 .0 .0 .0"),
  },
  wrong: {
    "a straight line to the end": sketch("5.3 4.4 3.5 2.6 1.8 0.9 0"),
    "a flat line": sketch("3 3 3 3 3 3 3"),
    mirrored: sketch("0 0 0 0 1.25 3.25 5.25"),
    "below zero": sketch("5.3 3.3 1.3 -1 -3 -5 -7"),
    "a parabola": sketch("5.3 2 0.3 0 0.3 2 5.3"),
    "twice as high": sketch("6 6 2.5 0 0 0 0"),
    late: sketch("6 5.25 3.25 1.25 0 0 0"),
    "nothing at one place": sketch("5.3 3.3  0 0 0 0"),
    words: sketch("a b c d e f g"),
    "too few places": sketch("5 3 1"),
  },
} satisfies Corpus
