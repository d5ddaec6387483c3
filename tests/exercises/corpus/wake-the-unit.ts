/** @file Answers to `wake-the-unit`: binary cross-entropy with a learning rate near 1. */
import type { Answer } from "../../../exercises/lib/exercise.ts"
import type { Corpus } from "./corpus.ts"

const set = (loss: string, eta: string): Answer => ({ kind: "tune", settings: { loss, eta } })
const bce = (eta: string) => set("binary cross-entropy", eta)
const squares = (eta: string) => set("½ squared error", eta)

export default {
  right: {
    "the largest": bce("1"),
    "a fraction": bce("9/10"),
    "no leading zero": bce(".8"),
    "a power of ten": bce("7e-1"),
    "a per cent value": bce("90%"),
    spaces: bce(" 0.75 "),
    "many digits": bce("0.6875"),
  },
  wrong: {
    "the smallest": bce("0.01"),
    "a tenth": bce("0.1"),
    "squares at a half": squares("0.5"),
    "squares beyond the end": squares("5"),
    "beyond the end": bce("1.5"),
    negative: bce("−0.8"),
    "a comma": bce("0,8"),
    "a word": bce("large"),
    "a loss that is not there": set("hinge", "0.8"),
    "no loss": { kind: "tune", settings: { eta: "0.8" } },
  },
} satisfies Corpus
