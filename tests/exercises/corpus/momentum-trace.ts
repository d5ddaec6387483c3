/** @file Answers to `momentum-trace`. */
import type { Corpus } from "./corpus.ts"

const right = [
  ["20", "8"],
  ["26", "5.4"],
  ["23.8", "3.02"],
]
const with_ = (row: number, cells: string[]): string[][] => right.map((line, i) => (i === row ? cells : line))
const each = (f: (cell: string) => string): string[][] => right.map((line) => line.map(f))

export default {
  right: {
    "as typed": right,
    "trailing zeros": each((cell) => (cell.includes(".") ? `${cell}00` : `${cell}.00`)),
    "plus signs": each((cell) => `+${cell}`),
    spaces: each((cell) => ` ${cell}\u00a0`),
    fractions: [
      ["40/2", "16/2"],
      ["52/2", "27/5"],
      ["119/5", "151/50"],
    ],
    "powers of ten": [
      ["2e1", "8e0"],
      ["2.6e1", "54e-1"],
      ["2.38e1", "302e-2"],
    ],
    "no leading zeros to spare": each((cell) => Number(cell).toPrecision(4)),
    "ten digits": each((cell) => Number(cell).toFixed(10)),
  },
  wrong: {
    "columns exchanged": right.map(([v, x]) => [x, v]),
    "the start counted": [["0", "10"], right[0], right[1]],
    "the third row rounded": with_(2, ["24", "3"]),
    "gradient descent's places": [
      ["20", "8"],
      ["26", "6.4"],
      ["23.8", "5.12"],
    ],
    "a slip in the second step": with_(1, ["26", "2.8"]),
    "the last row empty": with_(2, ["", ""]),
    "every sign turned": each((cell) => `-${cell}`),
    "a comma": with_(1, ["26", "5,4"]),
    "ρ = 0.9": [
      ["20", "8"],
      ["34", "4.6"],
      ["39.8", "0.62"],
    ],
    "one row only": right.slice(0, 1),
  },
} satisfies Corpus
