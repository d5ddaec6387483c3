/** @file Downhill in words: headline, description, and the cell that repeats what is on the screen. */

import type { Point } from "../lib/explorable.ts"
import { count, format } from "../lib/number.ts"
import { factor, rate } from "./rates.ts"
import { type DownhillParams, type State, UPDATES } from "./run.ts"
import { directionName } from "./surface.ts"

/** A point as a reader writes it. */
export const spot = ([x, y]: Point) => `(${format(x)}, ${format(y)})`

export function takeaway({ lr, beta }: DownhillParams, { kind, surface, zones: z }: State): string {
  const [steep, flat] = surface.curvature.values.map((lambda) => format(Math.abs(factor(lambda, lr, beta))))
  const size = `Step size ${format(lr)}`
  if (!z || kind === "saddle") return "One direction does not curve upwards: no step size leads to a minimum."
  if (kind === "diverging")
    return lr >= z.limit
      ? `${size} is over the limit ${format(z.limit)}: the steep direction does not settle.`
      : `${size} is under the limit ${format(z.limit)} of the minimum, yet this run is thrown out.`
  if (kind === "ringing")
    return `${size} is near the limit: the steep direction rings, only ×\u00a0${steep} an update.`
  if (kind === "best")
    return `${size} serves both directions: steep ×\u00a0${steep}, flat ×\u00a0${flat} an update.`
  return `${size} is slow: the flat direction sets the pace, only ×\u00a0${flat} an update.`
}

export function describe({ lr, beta, surface: name, start }: DownhillParams, state: State): string {
  const { surface, run, step, values, arrives, zones: z } = state
  const [steep, flat] = surface.curvature.values
  const where = name === "banana" ? " near the minimum" : ""
  const limit = z ? `, limit ${format(z.limit)}` : ""
  const rates = `Step size ${format(lr)}${limit}: one update multiplies the error${where} by ${format(factor(steep, lr, beta))} in the steep direction (curvature ${format(steep)}) and by ${format(factor(flat, lr, beta))} in the ${directionName(surface, 1)} one (curvature ${format(flat)}).`
  const here = `After ${count(step, "update")} from ${spot(start)} the point is at ${spot(run[step]!)}, where f = ${format(values[step]!)}.`
  const end =
    arrives !== undefined
      ? `f comes under 10⁻⁶ at update ${arrives}.`
      : run.length <= UPDATES
        ? `The run leaves the neighbourhood for good: update ${run.length - 1} is over a million away.`
        : "f does not come under 10⁻⁶ within a thousand updates."
  const best = z
    ? `The best constant step is ${format(z.best)}: it multiplies the error by ${format(rate(surface.curvature, z.best, beta))} an update.`
    : "The surface has no single lowest point, so there is no best step."
  return [rates, here, end, best].join(" ")
}

/** What the value of a control means here, after the value itself. */
export function meaning(control: string, { kind, surface, run, zones: z }: State): string {
  if (control === "start") return `f = ${format(surface.f(...run[0]!))}`
  if (control === "lr" && z) return `${kind}, limit ${format(z.limit)}`
  return ""
}

export function code(
  { lr, beta, surface, a, b, c, start }: DownhillParams,
  _seed: number,
  step: number,
): string {
  const f =
    surface === "bowl"
      ? `const H = tensor([[${2 * a}, ${b}], [${b}, ${2 * c}]], { dtype: "float64" })
const f = (x: Tensor) => x.dot(H.matmul(x)).mul(0.5)`
      : `const f = (x: Tensor) => {
  const along = x.slice([0], [1]).sub(1).square().mul(0.5)
  const across = x.slice([1], [2]).sub(x.slice([0], [1]).square()).square().mul(0.25)
  return along.add(across).sum()
}`
  return `${f}
let x = tensor([${start.join(", ")}], { dtype: "float64" })
let v = zeros([2], { dtype: "float64" })
for (let update = 1; update <= ${step}; update++) {
  v = v.mul(${beta}).add(grad(f)(x))
  x = x.sub(v.mul(${lr}))
}
display(x, f(x).item())`
}
