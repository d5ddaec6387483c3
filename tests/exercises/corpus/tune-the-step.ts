/** @file Answers to `tune-the-step`. */
import type { Answer } from "../../../exercises/lib/exercise.ts"
import type { Corpus } from "./corpus.ts"

const eta = (text: string): Answer => ({ kind: "tune", settings: { eta: text } })

export default {
  right: {
    "the best": eta("0.345"),
    "a third": eta("1/3"),
    "no leading zero": eta(".32"),
    "a power of ten": eta("3.2e-1"),
    "a per cent value": eta("32%"),
    "a short one": eta("0.3"),
    spaces: eta(" 0.34 "),
    "a long one": eta("0.346"),
  },
  wrong: {
    "a tenth of it": eta("0.034"),
    "the limit": eta("0.4"),
    "beyond it": eta("0.6"),
    negative: eta("−0.3"),
    zero: eta("0"),
    "a comma": eta("0,3"),
    "a word": eta("small"),
    infinity: eta("1e400"),
    "another knob": { kind: "tune", settings: { lr: "0.34" } },
  },
} satisfies Corpus
