/** @file What a regression of the studio learns: a value for each place of the plane, and points that have it. Knows no network. */
import { count, format } from "../lib/number.ts"
import { type Height, readHeight } from "./formula.ts"
import { type DataSettings, divided, divisor, type Sample, scattered } from "./sample.ts"

/** What stands in the field of the function at first. */
export const HEIGHT = "sin(x) y / 6"

/** Where the bumps and hollows are, and which they are; each reaches 2 far. */
const BUMPS: readonly (readonly [x: number, y: number, sign: 1 | -1])[] = [
  [-4, 2.5, 1],
  [0, 2.5, -1],
  [4, 2.5, 1],
  [-4, -2.5, -1],
  [0, -2.5, 1],
  [4, -2.5, -1],
]

const TARGETS: Readonly<Record<string, Height>> = {
  plane: { of: (x, y) => (x + y) / 10, code: "(x + y) / 10" },
  bumps: {
    of: (x, y) =>
      BUMPS.reduce((sum, [a, b, sign]) => sum + sign * Math.max(0, 1 - Math.hypot(x - a, y - b) / 2), 0),
    code: `${JSON.stringify(BUMPS).replaceAll(",", ", ")}.reduce(
  (sum, [a, b, sign]) => sum + sign * Math.max(0, 1 - Math.hypot(x - a, y - b) / 2), 0)`,
  },
}

interface Heights {
  points: Sample[]
  /** What was made of the reader's function. */
  says: string
  /** The value of a place in TypeScript; it is divided by `by`. */
  code: string
  by: number
  /** Are some points left out, because the function has no value there? */
  some: boolean
}

export function heightsOf(settings: DataSettings): Heights {
  const ready = TARGETS[settings.target]
  if (ready) return from(settings, ready)
  const asked = readHeight(settings.height)
  const spare = readHeight(HEIGHT) as Height
  if (!("of" in asked))
    return from(
      settings,
      spare,
      `At character ${asked.at + 1}: ${asked.says}. Until then, ${HEIGHT} stands in.`,
    )
  const made = from(settings, asked, "")
  return made.points.length > 1
    ? made
    : from(settings, spare, `That has a value almost nowhere: ${HEIGHT} stands in.`)
}

function from(settings: DataSettings, { of, code }: Height, says = ""): Heights {
  const all = scattered(settings, of)
  const found = all.filter(({ label }) => Number.isFinite(label))
  const by = divisor(found.map(({ label }) => label))
  const points = found.map(({ x, y, label }) => ({ x, y, label: label / by }))
  const labels = points.map(({ label }) => label)
  const left = all.length - found.length
  const out =
    left > 0 ? ` ${count(left, "point")} without a value ${left === 1 ? "is" : "are"} left out.` : ""
  const reach = `Values from ${format(Math.min(...labels))} to ${format(Math.max(...labels))}.`
  return { points, says: says || `${reach}${divided(by)}${out}`, code, by, some: left > 0 }
}
