/** @file The perceptron's run over a set of points, example by example. Knows nothing of pictures and words. */
import { Generator } from "../../../engine/index.ts"
import type { LabelledPoint } from "../lib/explorable.ts"
import { add, dot, input, longest, type Margin, type Vector, widestMargin } from "./margin.ts"

/** The perceptron looks at one example. */
export interface Visit {
  /** Which point. */
  index: number
  pass: number
  /** Its score before the update. */
  z: number
  mistake: boolean
  before: Vector
  after: Vector
}

export interface State {
  points: readonly LabelledPoint[]
  step: number
  /** The whole run, of which `step` examples have been seen. */
  visits: readonly Visit[]
  w: Vector
  last?: Visit
  /** The point that comes next. */
  next?: number
  mistakes: number
  /** How many points are mistakes under the present weights. */
  wrong: number
  margin?: Margin
  /** (R/γ)² where a line separates the points. */
  bound?: number
  /** A whole pass without a mistake has been seen. */
  done: boolean
  /** After so many examples, in fixed order, the weights come back for the first time. */
  cycle?: number
  /** Largest |w₁| or |w₂| of the run. */
  reach: number
}

const MOST_VISITS = 3000
/** A run that cannot end is followed for so many passes. */
const ENDLESS_PASSES = 12

/** By the book's convention a score of exactly 0 is a mistake for both classes. */
export const isMistake = (w: Vector, p: LabelledPoint) => p.label * dot(w, input(p)) <= 0

export function state(points: readonly LabelledPoint[], order: string, seed: number, step: number): State {
  const margin = widestMargin(points)
  const { visits, done, cycle } =
    order === "hardest" ? hardest(points, !!margin) : passes(points, order, seed, !!margin)
  const at = Math.min(step, visits.length)
  const last = visits[at - 1]
  const w = last?.after ?? [0, 0, 0]
  return {
    points,
    step: at,
    visits,
    w,
    last,
    next: visits[at]?.index,
    mistakes: visits.slice(0, at).filter((v) => v.mistake).length,
    wrong: points.filter((p) => isMistake(w, p)).length,
    margin,
    bound: margin && longest(points) / margin.gamma ** 2,
    done: done && at === visits.length,
    cycle,
    reach: Math.max(0, ...visits.flatMap((v) => [Math.abs(v.after[0]), Math.abs(v.after[1])])),
  }
}

interface Run {
  visits: Visit[]
  done: boolean
  cycle?: number
}

function visit(points: readonly LabelledPoint[], w: Vector, index: number, pass: number): Visit {
  const p = points[index]
  const mistake = isMistake(w, p)
  return {
    index,
    pass,
    z: dot(w, input(p)),
    mistake,
    before: w,
    after: mistake ? add(w, input(p), p.label) : w,
  }
}

/** Every point once in each pass, until a pass is clean. */
function passes(points: readonly LabelledPoint[], order: string, seed: number, separable: boolean): Run {
  const random = new Generator(seed)
  const visits: Visit[] = []
  const seen = new Map([["0,0,0", 0]])
  let w: Vector = [0, 0, 0]
  let cycle: number | undefined
  for (let pass = 1; points.length > 0; pass++) {
    const sequence = order === "shuffled" ? random.permutation(points.length) : points.keys()
    let clean = true
    for (const index of sequence) {
      const v = visit(points, w, index, pass)
      visits.push(v)
      w = v.after
      if (v.mistake) clean = false
    }
    if (clean) return { visits, done: true }
    const key = w.join()
    if (order === "fixed" && seen.has(key)) cycle ??= visits.length - seen.get(key)!
    seen.set(key, visits.length)
    if (visits.length >= MOST_VISITS || (!separable && pass >= ENDLESS_PASSES)) break
  }
  return { visits, done: points.length === 0, cycle }
}

/** Always the point with the most negative y·z, until none is a mistake. */
function hardest(points: readonly LabelledPoint[], separable: boolean): Run {
  const visits: Visit[] = []
  let w: Vector = [0, 0, 0]
  const most = separable ? MOST_VISITS : ENDLESS_PASSES * points.length
  while (visits.length < most) {
    let worst = -1
    let least = Number.POSITIVE_INFINITY
    points.forEach((p, i) => {
      const fit = p.label * dot(w, input(p))
      if (fit <= 0 && fit < least) {
        worst = i
        least = fit
      }
    })
    if (worst < 0) return { visits, done: true }
    const v = visit(points, w, worst, visits.length + 1)
    visits.push(v)
    w = v.after
  }
  return { visits, done: false }
}
