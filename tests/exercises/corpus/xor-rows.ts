/** @file Answers to `xor-rows`, which is 3. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "the number": "3",
    "a decimal point": "3.0",
    "a power of ten": "3e0",
    "a fraction": "6/2",
    spaces: " 3 ",
    "a plus sign": "+3",
    "a full stop": "3.",
  },
  wrong: {
    none: "0",
    one: "1",
    "three of four, as a share": "3/4",
    "as a per cent value": "75%",
    negative: "-3",
    "a word": "three",
    "the ones": "2 ",
    "all functions but two": "14",
    "in between": "3.5",
    "a comma": "3,0",
  },
} satisfies Corpus
