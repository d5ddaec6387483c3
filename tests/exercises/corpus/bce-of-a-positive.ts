/** @file Answers to `bce-of-a-positive`, which is −ln 0.6 where nothing is varied. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "three digits": "0.511",
    "all digits": "0.5108256237659907",
    "no leading zero": ".511",
    "a power of ten": "5.11e-1",
    "a power of ten as typeset": "5.108×10⁻¹",
    "a fraction": "511/1000",
    "a per cent value": "51.1%",
    "spaces around it": "  0.5108 ",
    "a plus sign": "+0.5108",
  },
  wrong: {
    "the probability": "0.6",
    "one digit": "0.5",
    "a hundred times": "51.1",
    "an expression": "-ln(0.6)",
    "of a half": "0.693",
    zero: "0",
    "a decimal comma": "0,511",
    infinity: "∞",
    "two numbers": "0.511 0.916",
  },
} satisfies Corpus
