/** @file Answers to `sweeps-add-up`, which prints 6, 12, 18 for a start of 3. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "as printed": "sweep 1 gives 6\nsweep 2 gives 12\nsweep 3 gives 18",
    "in one line": "sweep 1 gives 6 sweep 2 gives 12 sweep 3 gives 18",
    "with a colon": "sweep 1: gives 6\nsweep 2: gives 12\nsweep 3: gives 18",
    "with capitals": "Sweep 1 gives 6\nSweep 2 gives 12\nSweep 3 gives 18",
    "with decimals": "sweep 1 gives 6.0\nsweep 2 gives 12.0\nsweep 3 gives 18.0",
    "with commas": "sweep, 1, gives, 6,\nsweep, 2, gives, 12,\nsweep, 3, gives, 18",
    "as powers of ten": "sweep 1 gives 6e0\nsweep 2 gives 1.2e1\nsweep 3 gives 1.8e1",
    "with quotes": '"sweep" 1 "gives" 6\n"sweep" 2 "gives" 12\n"sweep" 3 "gives" 18',
    "with wide spaces": "sweep  1\tgives   6\nsweep\u00a02 gives 12\nsweep 3 gives 18  ",
  },
  wrong: {
    "two lines": "sweep 1 gives 6\nsweep 2 gives 12",
    "four lines": "sweep 1 gives 6\nsweep 2 gives 12\nsweep 3 gives 18\nsweep 4 gives 24",
    "numbers alone": "6 12 18",
    "from zero": "sweep 0 gives 6\nsweep 1 gives 12\nsweep 2 gives 18",
    "one sweep late": "sweep 1 gives 0\nsweep 2 gives 6\nsweep 3 gives 12",
    "only the last": "sweep 3 gives 18",
    negative: "sweep 1 gives −6\nsweep 2 gives −12\nsweep 3 gives −18",
    "a little off": "sweep 1 gives 6.1\nsweep 2 gives 12\nsweep 3 gives 18",
    "the true slope": "sweep 1 gives 6\nsweep 2 gives 6\nsweep 3 gives 6.0",
    "cleared after two": "sweep 1 gives 6\nsweep 2 gives 12\nsweep 3 gives 6",
  },
} satisfies Corpus
