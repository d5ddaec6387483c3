/** @file Answers to `adagrad-trace`. */
import type { Corpus } from "./corpus.ts"

const right = [
  ["9", "6"],
  ["25", "4.8"],
  ["169", "-72/13"],
]
const with_ = (row: number, cells: string[]): string[][] => right.map((line, i) => (i === row ? cells : line))

export default {
  right: {
    "with a fraction": right,
    decimals: with_(2, ["169", "-5.53846"]),
    "three digits": with_(2, ["169", "-5.54"]),
    "a typographic minus": with_(2, ["169", "−5.54"]),
    "trailing zeros": with_(1, ["25.0", "4.80"]),
    fractions: [
      ["18/2", "18/3"],
      ["50/2", "24/5"],
      ["338/2", "-72/13"],
    ],
    "powers of ten": with_(1, ["2.5e1", "48e-1"]),
    spaces: with_(0, [" 9 ", " 6"]),
  },
  wrong: {
    "the last sign missing": with_(2, ["169", "5.54"]),
    "the columns exchanged": right.map(([s, step]) => [step, s]),
    "the second step too long": with_(1, ["25", "6"]),
    "roots for sums": [
      ["3", "6"],
      ["5", "4.8"],
      ["13", "-5.54"],
    ],
    "a mean": [
      ["9", "6"],
      ["12.5", "6.79"],
      ["56.3", "-9.59"],
    ],
    "no learning rate": [
      ["9", "1"],
      ["25", "0.8"],
      ["169", "-0.923"],
    ],
    "one row empty": with_(1, ["", ""]),
    "the square of the sum": [
      ["9", "6"],
      ["49", "3.43"],
      ["25", "-14.4"],
    ],
    "a comma": with_(1, ["25", "4,8"]),
    "every sign turned": right.map(([s], i) => [s, ["-6", "-4.8", "72/13"][i]]),
  },
} satisfies Corpus
