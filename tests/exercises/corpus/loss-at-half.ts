/** @file Answers to `loss-at-half`, which is ln 2. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "three digits": "0.693",
    "all digits": "0.6931471805599453",
    "no leading zero": ".693",
    "a power of ten": "6.93e-1",
    "a power of ten as typeset": "6.93×10⁻¹",
    "a fraction": "693/1000",
    "a per cent value": "69.3%",
    "spaces around it": "  0.6931 ",
    "a plus sign": "+0.693",
    "a narrow no-break space": "\u202f0.693",
    "rounded up to two digits": "0.695",
  },
  wrong: {
    "one half": "0.5",
    "the reciprocal": "1.4427",
    "two digits": "0.69e0 + 0",
    "0": "0",
    "2": "2",
    "a hundred times": "69.3",
    "an expression": "ln(2)",
    nearly: "0.70",
    "a decimal comma": "0,693",
    infinity: "∞",
    "not a number": "NaN",
    "two numbers": "0.693 0.693",
  },
} satisfies Corpus
