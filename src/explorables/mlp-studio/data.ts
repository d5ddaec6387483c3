/** @file The points that the studio learns from: the book's sets in the plane, the reader's own, and their features. Knows no network. */
import {
  circles,
  type Dataset,
  Generator,
  gaussians,
  initializers,
  moons,
  randn,
  spirals,
  xor,
} from "../../../engine/index.ts"
import type { LabelledPoint, Point, Range } from "../lib/explorable.ts"
import { count } from "../lib/number.ts"
import { type Formula, readFormula } from "./formula.ts"

export const SETS = ["circle", "xor", "gauss", "spiral", "moons", "own", "formula"] as const
export type SetName = (typeof SETS)[number]

export const PLANE: Range = [-6, 6]

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

export interface DataSettings {
  data: string
  /** Number of points. */
  n: number
  /** Noise in percent of the most that makes sense. */
  noise: number
  /** Percent of the points that are trained on. */
  share: number
  dataSeed: number
  own: string
  /** A condition on x and y. */
  formula: string
  mine: readonly LabelledPoint[]
}

export interface Data {
  train: readonly LabelledPoint[]
  held: readonly LabelledPoint[]
  /** What was made of the reader's own text. */
  read: string
}

/** What stands in the field of the condition at first. */
export const CONDITION = "2 sin(x) > y"

/** Points all over the plane; their classes are told before they are moved by noise. */
function conditioned({ n, noise, dataSeed, formula }: DataSettings): LabelledPoint[] {
  const asked = readFormula(formula)
  const condition = "of" in asked ? asked : (readFormula(CONDITION) as Formula)
  const generator = new Generator(dataSeed)
  const at = initializers.uniform([n, 2], { generator, low: PLANE[0], high: PLANE[1] }).data()
  const moved = noise > 0 ? randn([n, 2], { generator }).data() : undefined
  return Array.from({ length: n }, (_, i): LabelledPoint => {
    const [x, y] = [at[2 * i]!, at[2 * i + 1]!]
    const by = (k: number) => (moved ? (moved[2 * i + k]! * noise) / 50 : 0)
    return { x: x + by(0), y: y + by(1), label: condition.of(x, y) ? 1 : -1 }
  })
}

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
    case "formula":
      return conditioned(settings)
    default:
      return labelled(circles(n, { generator, noise: 2 * part }), 1)
  }
}

/** Generated once for each setting: training points in the order in which they are taken, and those held out. */
export function dataOf(settings: DataSettings): Data {
  const own = settings.data === "own" ? readPoints(settings.own) : undefined
  const all = own?.points ?? points(settings)
  const order = new Generator(settings.dataSeed + 1000).permutation(all.length)
  const first = Math.max(1, Math.round((all.length * settings.share) / 100))
  const taken = Array.from(order, (i) => all[i]!)
  return {
    train: [...taken.slice(0, first), ...settings.mine],
    held: taken.slice(first),
    read: own?.says ?? (settings.data === "formula" ? aboutCondition(settings.formula, all) : ""),
  }
}

/** What stands in the field of own data at first. */
export const EXAMPLE =
  "x, y, class\n-2, 3, 1\n-1, 4, 1\n0, 3.5, 1\n1, 4, 1\n2, 3, 1\n-3, 1, -1\n-1, 0.5, -1\n0, -1, -1\n1, 0.5, -1\n3, 1, -1\n-4, 4, -1\n4, 4, -1"
const MOST_POINTS = 400

interface Reading {
  points: LabelledPoint[]
  says: string
}

/** Lines of `x, y, class`. Numbers above 0 are class +1; of words the first is. What is too large is scaled to fit. */
export function readPoints(text: string): Reading {
  const rows: { x: number; y: number; name: string }[] = []
  let skipped = 0
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue
    const [x, y, name = ""] = line
      .trim()
      .split(/\s*[,;\t]\s*|\s+/)
      .map((part) => part.replace("−", "-"))
    const at = [Number(x), Number(y)]
    if (x !== "" && y !== undefined && at.every(Number.isFinite)) rows.push({ x: at[0]!, y: at[1]!, name })
    else if (i > 0) skipped++
  }
  const kept = rows.slice(0, MOST_POINTS)
  if (kept.length < 2) {
    const { points } = readPoints(EXAMPLE)
    return { points, says: "Fewer than two lines of “x, y, class” were found: an example stands in." }
  }
  const words = kept.find(({ name }) => !Number.isFinite(Number(name)))?.name
  const label = (name: string): 1 | -1 =>
    words === undefined ? (Number(name) > 0 ? 1 : -1) : name === kept[0]!.name ? 1 : -1
  const [fx, fy] = [fitting(kept.map(({ x }) => x)), fitting(kept.map(({ y }) => y))]
  const points = kept.map(({ x, y, name }): LabelledPoint => ({ x: fx(x), y: fy(y), label: label(name) }))
  const scaled = fx !== same || fy !== same ? " The values are scaled to fit into the picture." : ""
  const left = skipped > 0 ? ` ${count(skipped, "line")} could not be read.` : ""
  const over = rows.length > MOST_POINTS ? ` The first ${MOST_POINTS} are taken.` : ""
  return { points, says: `${count(kept.length, "point")} read.${left}${over}${scaled}` }
}

const same = (v: number): number => v

/** Values outside of the plane, or all in a small part of it, come to −5 … 5. */
function fitting(values: readonly number[]): (v: number) => number {
  const low = Math.min(...values)
  const high = Math.max(...values)
  if ((low >= PLANE[0] && high <= PLANE[1] && high - low > 1) || high === low) return same
  return (v) => Number((((v - low) / (high - low)) * 10 - 5).toPrecision(4))
}
