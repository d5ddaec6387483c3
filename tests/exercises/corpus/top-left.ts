/** @file Answers to `top-left`, which is 19. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    plain: "19",
    "with decimals": "19.0",
    spaces: " 19 ",
    "a plus sign": "+19",
    "a power of ten": "1.9e1",
    "a fraction": "38/2",
    "a point at the end": "19.",
  },
  wrong: {
    "row times row": "17",
    "entry by entry": "5",
    "the top right number": "22",
    "the bottom left number": "43",
    "the bottom right number": "50",
    nearly: "19.1",
    negative: "-19",
    words: "nineteen",
    "the whole product": "19 22 43 50",
  },
} satisfies Corpus
