/** @file The points that the studio learns from: the book's sets in the plane, the reader's own, and their features. Knows no network. */
import { circles, type Dataset, Generator, gaussians, moons, spirals, xor } from "../../../engine/index.ts"
import type { LabelledPoint, Point } from "../lib/explorable.ts"
import { count } from "../lib/number.ts"
import { type Formula, readFormula } from "./formula.ts"
import { heightsOf } from "./heights.ts"
import { readPoints, readValues } from "./own.ts"
import { type DataSettings, type Reading, type Sample, scattered } from "./sample.ts"

export const SETS = ["circle", "xor", "gauss", "spiral", "moons", "own", "formula"] as const
export type SetName = (typeof SETS)[number]

/** Which number of a point each input unit is. */
export const FEATURES: readonly { id: string; name: string; of: (x: number, y: number) => number }[] = [
  { id: "f1", name: "x₁", of: (x) => x },
  { id: "f2", name: "x₂", of: (_, y) => y },
  { id: "f3", name: "x₁²", of: (x) => x * x },
  { id: "f4", name: "x₂²", of: (_, y) => y * y },
  { id: "f5", name: "x₁x₂", of: (x, y) => x * y },
  { id: "f6", name: "sin x₁", of: (x) => Math.sin(x) },
  { id: "f7", name: "sin x₂", of: (_, y) => Math.sin(y) },
]

export interface Data {
  train: readonly Sample[]
  held: readonly Sample[]
  /** What was made of the reader's own text. */
  read: string
}

/** What stands in the field of the condition at first. */
export const CONDITION = "2 sin(x) > y"

/** What was made of the condition. */
function aboutCondition(text: string, all: readonly LabelledPoint[]): string {
  const asked = readFormula(text)
  if (!("of" in asked))
    return `At character ${asked.at + 1}: ${asked.says}. Until then, ${CONDITION} stands in.`
  const above = all.filter(({ label }) => label === 1).length
  const alike = above === 0 || above === all.length ? " Points of one class teach nothing." : ""
  return `${above} of ${count(all.length, "point")} are of class +1.${alike}`
}

/** The set as it is drawn, before it is split. The class of the first arm, of the disc, of equal signs is +1. */
export function points(settings: DataSettings): LabelledPoint[] {
  const { data, n, noise, dataSeed } = settings
  const generator = new Generator(dataSeed)
  const part = noise / 100
  const labelled = ({ x, y }: Dataset, positive: 0 | 1, spread = 1, shift: Point = [0, 0]) => {
    const at = x.data()
    const classes = y.data()
    return Array.from({ length: n }, (_, i): LabelledPoint => {
      const [px, py] = [spread * at[2 * i]! + shift[0], spread * at[2 * i + 1]! + shift[1]]
      return { x: px, y: py, label: classes[i] === positive ? 1 : -1 }
    })
  }
  switch (data as SetName) {
    case "xor":
      return labelled(xor(n, { generator, noise: 2 * part }), 1)
    case "gauss":
      return labelled(gaussians(n, { generator, std: 0.7 + 3 * part }), 0)
    case "spiral":
      return labelled(spirals(n, { generator, noise: 2 * part }), 0)
    case "moons":
      return labelled(moons(n, { generator, noise: 0.02 + 0.6 * part }), 0, 2.8, [-1.4, -0.7])
    case "formula": {
      const asked = readFormula(settings.formula)
      const condition = "of" in asked ? asked : (readFormula(CONDITION) as Formula)
      return scattered(settings, (x, y) => (condition.of(x, y) ? 1 : -1))
    }
    default:
      return labelled(circles(n, { generator, noise: 2 * part }), 1)
  }
}

/** Generated once for each setting: training points in the order in which they are taken, and those held out. */
export function dataOf(settings: DataSettings): Data {
  const { points: all, says } = allOf(settings)
  const order = new Generator(settings.dataSeed + 1000).permutation(all.length)
  const first = Math.max(1, Math.round((all.length * settings.share) / 100))
  const taken = Array.from(order, (i) => all[i]!)
  return {
    train: [...taken.slice(0, first), ...settings.mine],
    held: taken.slice(first),
    read: says,
  }
}

function allOf(settings: DataSettings): Reading {
  if (settings.problem === "regression")
    return settings.target === "own" ? readValues(settings.values) : heightsOf(settings)
  if (settings.data === "own") return readPoints(settings.own)
  const all = points(settings)
  return { points: all, says: settings.data === "formula" ? aboutCondition(settings.formula, all) : "" }
}
