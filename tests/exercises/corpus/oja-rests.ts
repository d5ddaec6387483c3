/** @file Answers to `oja-rests`, which is (0.8, 0.6). */
import type { Corpus } from "./corpus.ts"

const set = (...values: string[]) => ({ kind: "sketch" as const, values })

export default {
  right: {
    fractions: set("4/5", "3/5"),
    "without a leading zero": set(".8", ".6"),
    "by eye": set("0.75", "0.65"),
    "a little too long": set("0.9", "0.65"),
    "a little too short": set("0.7", "0.5"),
    "halfway between the axes, nearly": set("0.72", "0.69"),
    "per cent": set("80 %", "60 %"),
    "as powers of ten": set("8e-1", "6e-1"),
  },
  wrong: {
    "the input itself": set("4", "3"),
    "the input, within the picture": set("1.3", "1"),
    "where it started": set("0.5", "0"),
    "coordinates exchanged": set("0.6", "0.8"),
    "below the axis": set("0.8", "-0.6"),
    "half as long": set("0.4", "0.3"),
    "the other direction, turned": set("0.6", "-0.8"),
    "the second axis": set("0", "1"),
    "the other input": set("-1.5", "2"),
    "twice as long": set("1.5", "1.2"),
  },
} satisfies Corpus
