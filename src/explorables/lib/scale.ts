/** @file Scales from data to the units of a picture, with round ticks. Knows no SVG. */
import { format, power } from "./number.ts"

export interface Scale {
  (value: number): number
  ticks: number[]
  label: (tick: number) => string
}

/** Straight from [a, b] to [p, q], with about `count` ticks at 1, 2 or 5 times a power of ten. */
export function linear(
  [a, b]: readonly [number, number],
  [p, q]: readonly [number, number],
  count = 5,
): Scale {
  const scale = (value: number) => p + ((value - a) / (b - a)) * (q - p)
  const step = niceStep((b - a) / count)
  const first = Math.ceil(a / step - 1e-9)
  const last = Math.floor(b / step + 1e-9)
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  )
  return Object.assign(scale, { ticks, label: (tick: number) => format(tick, 4) })
}

/** Logarithmic from [a, b] (both above 0) to [p, q]; ticks at powers of ten, at most `count` of them. */
export function log([a, b]: readonly [number, number], [p, q]: readonly [number, number], count = 5): Scale {
  const low = Math.log10(a)
  const high = Math.log10(b)
  const scale = (value: number) => (value > 0 ? p + ((Math.log10(value) - low) / (high - low)) * (q - p) : p)
  const every = Math.max(1, Math.ceil((high - low) / count))
  const first = Math.ceil(low / every - 1e-9) * every
  const ticks: number[] = []
  for (let e = first; e <= high + 1e-9; e += every) ticks.push(10 ** e)
  const label = (tick: number) => {
    const e = Math.round(Math.log10(tick))
    return e === 0 ? "1" : e === 1 ? "10" : `10${power(e)}`
  }
  return Object.assign(scale, { ticks, label })
}

/** The next of 1, 2, 5, 10 … times a power of ten that is at least `rough`. */
export function niceStep(rough: number): number {
  const unit = 10 ** Math.floor(Math.log10(rough))
  const ratio = rough / unit
  return (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10) * unit
}
