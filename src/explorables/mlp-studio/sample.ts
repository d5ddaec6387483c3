/** @file A point of the plane with what is to be learnt of it, and what all sets of them share. Knows no set and no network. */
import { Generator, initializers, randn } from "../../../engine/index.ts"
import type { LabelledPoint, Range } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"

export const PLANE: Range = [-6, 6]

/** A point with its class, ±1, or with the value that is to be met there. */
export interface Sample {
  readonly x: number
  readonly y: number
  readonly label: number
}

export interface DataSettings {
  /** Classes are told apart, or values met. */
  problem: string
  data: string
  /** In a regression instead of `data`. */
  target: string
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
  /** In a regression: a function of x and y, and the reader's own text. */
  height: string
  values: string
  mine: readonly LabelledPoint[]
}

export interface Reading<S extends Sample = Sample> {
  points: S[]
  /** What was made of the reader's own text. */
  says: string
}

/** Points all over the plane; their classes or values are told before they are moved by noise. */
export function scattered<L extends number>(
  { n, noise, dataSeed }: Pick<DataSettings, "n" | "noise" | "dataSeed">,
  told: (x: number, y: number) => L,
): { x: number; y: number; label: L }[] {
  const generator = new Generator(dataSeed)
  const at = initializers.uniform([n, 2], { generator, low: PLANE[0], high: PLANE[1] }).data()
  const moved = noise > 0 ? randn([n, 2], { generator }).data() : undefined
  return Array.from({ length: n }, (_, i) => {
    const [x, y] = [at[2 * i]!, at[2 * i + 1]!]
    const by = (k: number) => (moved ? (moved[2 * i + k]! * noise) / 50 : 0)
    return { x: x + by(0), y: y + by(1), label: told(x, y) }
  })
}

/** By what values are divided, so that the scale from −1 to 1 shows them. */
export function divisor(values: readonly number[]): number {
  const most = values.reduce((far, v) => Math.max(far, Math.abs(v)), 0)
  return most > 1.25 || (most < 0.25 && most > 0) ? Number(most.toPrecision(2)) : 1
}

export const divided = (by: number): string => (by === 1 ? "" : ` The values are divided by ${format(by)}.`)
