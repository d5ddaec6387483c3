/** @file Answers to `keep-it-alive`, which is a tenth. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "a fraction": "1/10",
    "the fraction as it was computed": "5/50",
    decimals: ".1",
    "trailing zeros": "0.1000",
    "a power of ten": "1e-1",
    "a per cent value": "10 %",
    "a fraction with spaces": "1 / 10",
    "two minus signs": "−1/−10",
  },
  wrong: {
    "the negative": "-0.1",
    "an inequality": "< 0.1",
    "upside down": "10",
    "the pre-activation": "5",
    "the gradient by w": "15",
    "the sum of the gradients": "20",
    "one half": "1/2",
    "a hundredth": "0.01",
    "a division by zero": "1/0",
    "a comma": "0,1",
  },
} satisfies Corpus
