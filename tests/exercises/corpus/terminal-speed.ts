/** @file Answers to `terminal-speed`, which is 300. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "a whole number": "300",
    "with decimals": "300.00",
    "a power of ten": "3e2",
    "a fraction": "3/0.01",
    "a plus sign": "+300",
    spaces: " 300 ",
    "a fraction of whole numbers": "900/3",
    "within three digits": "299.9",
  },
  wrong: {
    negative: "-300",
    "a hundred": "100",
    "ten gradients": "30",
    "one step more": "303.5",
    "a word": "infinity",
    "an unsolved sum": "3/(1-0.99)",
    zero: "0",
    "per cent": "300 %",
    "two numbers": "300 400",
    "a comma": "300,1",
  },
} satisfies Corpus
