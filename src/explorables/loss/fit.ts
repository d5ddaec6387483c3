/**
 * @file A line fitted to labelled points under four losses: 0–1 by trying every order of the points, squared and
 * logistic by Newton's method, hinge by its dual. Draws and words nothing.
 */
import type { LabelledPoint } from "../lib/explorable.ts"

export const LOSSES = ["zero-one", "hinge", "logistic", "squared"] as const
export type Loss = (typeof LOSSES)[number]

/** A point, and how much it counts. */
export interface Example extends LabelledPoint {
  readonly weight: number
}
/** Score w₁x + w₂y + b. */
export type Line = readonly [w1: number, w2: number, b: number]

/**
 * The risk is Σ cᵢ ℓ(mᵢ) / Σ cᵢ + (λ/2)(w₁² + w₂² + b²): the mean price, and a small charge for large numbers without
 * which the logistic line of separable points would grow without end. The count of mistakes has no such charge.
 */
export const LAMBDA = 0.01

export const score = ([w1, w2, b]: Line, { x, y }: { x: number; y: number }): number => w1 * x + w2 * y + b
export const margin = (line: Line, point: LabelledPoint): number => point.label * score(line, point)

/** What a margin costs. */
export const PRICE: Readonly<Record<Loss, (m: number) => number>> = {
  "zero-one": (m) => (m > 0 ? 0 : 1),
  hinge: (m) => Math.max(0, 1 - m),
  logistic: (m) => (m > 0 ? Math.log1p(Math.exp(-m)) : Math.log1p(Math.exp(m)) - m),
  squared: (m) => (1 - m) ** 2,
}

export function fitLine(loss: Loss, examples: readonly Example[]): Line {
  if (loss === "zero-one") return fewestMistakes(examples)
  return loss === "hinge" ? widest(examples) : newton(loss, examples)
}

/** ∂ℓ/∂m and ∂²ℓ/∂m² of the two smooth losses. */
const BEND = {
  squared: (m: number): [number, number] => [2 * (m - 1), 2],
  logistic: (m: number): [number, number] => {
    const q = 1 / (1 + Math.exp(m))
    return [-q, q * (1 - q)]
  },
}

/** Newton's method with steps halved until they go down; one step suffices for squares. */
function newton(loss: "squared" | "logistic", examples: readonly Example[]): Line {
  let line: Line = [0, 0, 0]
  for (let k = 0; k < 50; k++) {
    const gradient = line.map((w) => LAMBDA * w)
    const curvature = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? LAMBDA : 0)))
    const total = sum(examples.map((e) => e.weight))
    for (const e of examples) {
      const [slope, bend] = BEND[loss](margin(line, e))
      const v = [e.x, e.y, 1]
      for (let i = 0; i < 3; i++) {
        gradient[i] += (e.weight / total) * slope * e.label * v[i]
        for (let j = 0; j < 3; j++) curvature[i][j] += (e.weight / total) * bend * v[i] * v[j]
      }
    }
    const step = solve(curvature, gradient)
    let size = 1
    const moved = (): Line => line.map((w, i) => w - size * step[i]) as unknown as Line
    const before = risk(loss, line, examples)
    while (size > 1e-6 && risk(loss, moved(), examples) > before) size /= 2
    line = moved()
    if (Math.hypot(...step) < 1e-12) break
  }
  return line
}

/** Mean price and the charge for large numbers. */
export function risk(loss: Loss, line: Line, examples: readonly Example[]): number {
  const total = sum(examples.map((e) => e.weight))
  const price = sum(examples.map((e) => (e.weight / total) * PRICE[loss](margin(line, e))))
  return loss === "zero-one" ? price : price + (LAMBDA / 2) * sum(line.map((w) => w * w))
}

/** A x = b for three unknowns, by elimination; A is positive definite. */
function solve(a: number[][], b: number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]])
  for (let i = 0; i < 3; i++)
    for (let r = i + 1; r < 3; r++) {
      const factor = rows[r][i] / rows[i][i]
      for (let c = i; c < 4; c++) rows[r][c] -= factor * rows[i][c]
    }
  const x = [0, 0, 0]
  for (let i = 2; i >= 0; i--) {
    let rest = rows[i][3]
    for (let c = i + 1; c < 3; c++) rest -= rows[i][c] * x[c]
    x[i] = rest / rows[i][i]
  }
  return x
}

/**
 * The hinge loss through its dual: the line is a sum of the points, each with a share between 0 and its weight; one share
 * after the other is set to the best. A share of 0 is a point that is not listened to.
 * Reference: Hsieh et al. 2008.
 */
function widest(examples: readonly Example[]): Line {
  const total = sum(examples.map((e) => e.weight))
  const shares = examples.map(() => 0)
  const line = [0, 0, 0]
  for (let sweep = 0; sweep < 5000; sweep++) {
    let moved = 0
    examples.forEach((e, i) => {
      const v = [e.x, e.y, 1]
      const m = e.label * (line[0] * e.x + line[1] * e.y + line[2])
      const best = shares[i] + (LAMBDA * (1 - m)) / (e.x * e.x + e.y * e.y + 1)
      const next = Math.min(e.weight / total, Math.max(0, best))
      const change = next - shares[i]
      shares[i] = next
      for (let j = 0; j < 3; j++) line[j] += (change * e.label * v[j]) / LAMBDA
      moved = Math.max(moved, Math.abs(change))
    })
    if (moved < 1e-9) break
  }
  return line as unknown as Line
}

/**
 * The line with the least weight of mistakes. Only the order of the points along a direction matters, and it changes only
 * where two points are level; so one direction between each two such angles is enough. Among equals the widest gap wins.
 * |w| is 1: the count does not care.
 */
function fewestMistakes(examples: readonly Example[]): Line {
  const level = examples.flatMap((a, i) =>
    examples.slice(i + 1).flatMap((b) => {
      const angle = Math.atan2(b.x - a.x, a.y - b.y)
      return [angle, angle > 0 ? angle - Math.PI : angle + Math.PI]
    }),
  )
  const angles = [...new Set(level)].sort((a, b) => a - b)
  const between = angles.map((a, i) => (a + (angles[i + 1] ?? angles[0] + 2 * Math.PI)) / 2)
  let best: { line: Line; mistakes: number; gap: number } | undefined
  for (const angle of between.length > 0 ? between : [0]) {
    const [w1, w2] = [Math.cos(angle), Math.sin(angle)]
    const along = examples.map((e) => ({ at: w1 * e.x + w2 * e.y, e })).sort((a, b) => a.at - b.at)
    // All of them on the positive side at first; then the border passes one after the other.
    let mistakes = sum(along.map(({ e }) => (e.label === 1 ? 0 : e.weight)))
    for (let k = 0; k <= along.length; k++) {
      if (k > 0) mistakes += along[k - 1].e.label * along[k - 1].e.weight
      const low = along[k - 1]?.at ?? along[0].at - 1
      const high = along[k]?.at ?? along.at(-1)!.at + 1
      const gap = high - low
      const fewer = best === undefined || mistakes < best.mistakes - 1e-9
      if (fewer || (mistakes < best!.mistakes + 1e-9 && gap > best!.gap))
        best = { line: [w1, w2, -(low + high) / 2], mistakes, gap }
    }
  }
  return best!.line
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
