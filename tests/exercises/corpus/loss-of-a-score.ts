/** @file Answers to `loss-of-a-score`, a sketch of a loss at the scores 0, 2, 4, 5, 6, 8 and 10. */
import type { Answer } from "../../../exercises/lib/exercise.ts"
import type { Corpus } from "./corpus.ts"

const sketch = (text: string): Answer => ({ kind: "sketch", values: text.split(" ") })

export default {
  right: {
    "to the quarter": sketch("5 3.25 1.5 0.75 0.25 0 0"),
    "to two digits": sketch("5.1 3.1 1.4 0.74 0.34 0.05 0.01"),
    "a little high": sketch("5.25 3.25 1.5 1 0.5 0.25 0"),
    "a little low": sketch("5 3 1.25 0.5 0.25 0 0"),
    "with trailing zeros": sketch("5.00 3.00 1.50 0.75 0.25 0.00 0.00"),
    "without leading zeros": sketch("5.1 3.1 1.4 .75 .3 .05 .01"),
    "in fractions": sketch("51/10 31/10 3/2 3/4 1/3 0 0"),
  },
  wrong: {
    "two straight lines with the corner at 5": sketch("5 3 1 0 0 0 0.5"),
    "a flat line": sketch("5 5 5 5 5 5 5"),
    "a straight line to the end": sketch("5 4 3 2.5 2 1 0"),
    "twice as high": sketch("8 6.25 3 1.5 0.5 0 0"),
    "a parabola": sketch("5 1.8 0.2 0 0.2 1.8 5"),
    mirrored: sketch("0 0 0.25 0.75 1.5 3.25 5"),
    "a negative end": sketch("5 3 1 0 -1 -3 -5"),
    "nothing at one place": sketch("5.1 3.1 1.4  0.34 0.05 0.01"),
    words: sketch("a b c d e f g"),
    "too few places": sketch("5 3 1.5"),
  },
} satisfies Corpus
