/** @file The values of an explorable's controls: defaults, and any value brought back into its range. */
import type { Control, Controls, LabelledPoint, Params, Point, Range, Slider, Value } from "./explorable.ts"
import { format } from "./number.ts"

export function defaults<C extends Controls>(controls: C): Params<C> {
  return Object.fromEntries(Object.entries(controls).map(([name, c]) => [name, c.value])) as Params<C>
}

/** The nearest value that the control allows; its default where there is none. */
export function allowed(control: Control, value: unknown): Value {
  switch (control.type) {
    case "slider":
      return isNumber(value) ? within(value, [control.min, control.max]) : control.value
    case "choice":
      return control.options.some((o) => o.value === value) ? (value as string) : control.value
    case "text":
      // What a cut or a paste left of half a character cannot stand in a link.
      return typeof value === "string"
        ? value.slice(0, control.max).replace(/\p{Surrogate}/gu, "")
        : control.value
    case "toggle":
      return typeof value === "boolean" ? value : control.value
    case "handle": {
      if (!Array.isArray(value) || !isNumber(value[0]) || !isNumber(value[1])) return control.value
      return [within(value[0], control.x), within(value[1], control.y)] satisfies Point
    }
    case "points": {
      if (!Array.isArray(value)) return control.value
      const points = (value as Partial<LabelledPoint>[]).filter((p) => p && isNumber(p.x) && isNumber(p.y))
      return points.slice(0, control.max).map((p) => ({
        x: within(p.x!, control.x),
        y: within(p.y!, control.y),
        label: p.label === -1 ? -1 : 1,
      }))
    }
  }
}

/** Is the control of any use under these params? */
export function inUse(control: Control, params: Params): boolean {
  const [name, value, also, its] = control.when ?? []
  const holds = (one: string | undefined, wanted: unknown) => one === undefined || params[one] === wanted
  return !control.unseen && holds(name, value) && holds(also, its)
}

/** Do the params have all of these values? */
export function matches(wanted: Partial<Params>, params: Params): boolean {
  return Object.entries(wanted).every(
    ([name, value]) => JSON.stringify(params[name]) === JSON.stringify(value),
  )
}

/** `x` without the dust of binary arithmetic: 0.1 + 0.2 → 0.3. */
export function clean(x: number): number {
  return Number(x.toPrecision(10))
}

export function within(x: number, [low, high]: Range): number {
  return Math.min(high, Math.max(low, x))
}

/**
 * A slider's value to the 0…1 of its track and back. On a log scale the value keeps three significant digits.
 */
export function toTrack(
  { min, max, scale }: { min: number; max: number; scale?: string },
  value: number,
): number {
  return scale === "log" ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min)
}
export function fromTrack(
  { min, max, step, scale }: { min: number; max: number; step: number; scale?: string },
  track: number,
): number {
  const value =
    scale === "log"
      ? Number((min * (max / min) ** track).toPrecision(3))
      : clean(Math.round((min + (max - min) * track) / step) * step)
  return within(value, [min, max])
}

/** The value so many steps on, at the most the end of the range; on a log scale a step is part of a decade. */
export function stepped({ min, max, step, scale }: Slider, value: number, steps: number): number {
  if (scale !== "log") return within(clean(value + steps * step), [min, max])
  const decades = within(Math.log10(value) + steps * step, [Math.log10(min), Math.log10(max)])
  return within(Number((10 ** decades).toPrecision(3)), [min, max])
}

/** A slider's value as it is spoken: a true minus, its unit. */
export function spoken({ unit }: Slider, value: number): string {
  return `${format(value, 4)}${unit ? ` ${unit}` : ""}`
}

function isNumber(x: unknown): x is number {
  return typeof x === "number" && Number.isFinite(x)
}
