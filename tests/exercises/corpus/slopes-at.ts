/** @file Answers to `slopes-at`. */
import type { Corpus } from "./corpus.ts"

const grid = (a: string[], b: string[], c: string[]) => [a, b, c]
const one = ["0.1966", "0.4200", "1", "1"]
const three = ["0.0452", "0.0099", "1", "1"]

export default {
  right: {
    "three decimals": grid(
      ["0.105", "0.071", "0", "0.1"],
      ["0.197", "0.420", "1", "1"],
      ["0.045", "0.010", "1", "1"],
    ),
    "four decimals": grid(["0.1050", "0.0707", "0", "0.1"], one, three),
    "from the given values": grid(
      ["0.10499", "0.0707", "0", "0.1"],
      ["0.19659", "0.41997", "1", "1"],
      ["0.04515", "0.00978", "1", "1"],
    ),
    "without leading zeros": grid(
      [".105", ".071", "0", ".1"],
      [".197", ".42", "1", "1"],
      [".045", ".01", "1", "1"],
    ),
    "in per cent": grid(["10.5 %", "7.07 %", "0", "10 %"], one, three),
    "fractions for whole numbers": grid(
      ["0.105", "0.0707", "0/1", "1/10"],
      ["0.1966", "0.42", "2/2", "1/1"],
      three,
    ),
    "powers of ten": grid(["1.05e-1", "7.07e-2", "0", "1e-1"], one, ["4.52e-2", "9.9e-3", "1", "1"]),
    "plus signs and spaces": grid([" +0.105", "+0.0707 ", "0", "+0.1"], one, three),
  },
  wrong: {
    "the right and the left exchanged": grid(three, one, ["0.1050", "0.0707", "0", "0.1"]),
    "a quarter everywhere": grid(
      ["0.25", "0.0707", "0", "0.1"],
      ["0.25", "0.42", "1", "1"],
      ["0.25", "0.0099", "1", "1"],
    ),
    "a tanh of slope 1": grid(
      ["0.105", "1", "0", "0.1"],
      ["0.1966", "1", "1", "1"],
      ["0.0452", "1", "1", "1"],
    ),
    "one decimal": grid(["0.1", "0.1", "0", "0.1"], ["0.2", "0.4", "1", "1"], ["0.0", "0.0", "1", "1"]),
    "a negative tanh slope": grid(["0.105", "-0.0707", "0", "0.1"], one, three),
    "a leak on both sides": grid(
      ["0.105", "0.0707", "0", "0.1"],
      ["0.1966", "0.42", "1", "1.1"],
      ["0.0452", "0.0099", "1", "1.1"],
    ),
    "the row of 3 empty": grid(["0.105", "0.0707", "0", "0.1"], one, ["", "", "", ""]),
    "a comma": grid(["0,105", "0,071", "0", "0,1"], one, three),
    "too few rows": [one],
  },
} satisfies Corpus
