/** @file How the book's figures look: sizes, axes, colours by meaning, light and dark. Draws nothing and sees no data. */
import { isObject } from "./spec-marks.ts"

type Options = Record<string, unknown>
export type Tone = "light" | "dark"

/** A colour scale that Plot has made, as `figure.scale("color")` describes it. */
export interface ColourScale {
  type: string
  domain: readonly unknown[]
}

const CLASSES = [1, 2, 3, 4, 5].map((n) => `var(--class-${n})`)
const SYMBOLS = ["circle", "triangle", "square", "diamond", "cross"]
const RAMP_STEPS = { seq: 9, div: 11 }

/** The ramps in numbers, for pixels: a canvas cannot hold a CSS variable. The same colours as the tokens. */
const PIXELS: Record<Tone, Record<keyof typeof RAMP_STEPS, string>> = {
  light: {
    seq: "EEF7F7 CBE8E7 A2D2D1 74B9B8 499B9B 1C7E7E 005F5F 004141 002828",
    div: "893B00 B84A00 D87D4C EBA988 F5D3C2 F1EFE9 C6DDF8 90BFF3 589CE6 1F72C4 105698",
  },
  dark: {
    seq: "0F1E1D 163333 1C4B4B 256666 2E8383 3FA0A0 5BC1C0 88E0DF C5F6F5",
    div: "FFC29D EE7B3A C66A2C 96501F 5F3820 262A30 284766 3267A2 428AD8 5AA2F5 B0D5FF",
  },
}

function channel(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at, at + 2), 16)
}

/** The ramp at t in [0, 1] as a colour made of CSS variables, so that one drawing serves both themes. */
function variableRamp(ramp: keyof typeof RAMP_STEPS): (t: number) => string {
  return (t) => {
    const place = Math.max(0, Math.min(1, t)) * (RAMP_STEPS[ramp] - 1)
    const step = Math.min(Math.floor(place), RAMP_STEPS[ramp] - 2)
    const share = Math.round((place - step) * 10) * 10
    const [from, to] = [`var(--${ramp}-${step})`, `var(--${ramp}-${step + 1})`]
    if (share === 0) return from
    return share === 100 ? to : `color-mix(in srgb,${to} ${share}%,${from})`
  }
}

/** The ramp at t in [0, 1] in numbers. */
function pixelRamp(ramp: keyof typeof RAMP_STEPS, tone: Tone): (t: number) => string {
  const colours = PIXELS[tone][ramp].split(" ")
  return (t) => {
    const place = Math.max(0, Math.min(1, t)) * (colours.length - 1)
    const step = Math.min(Math.floor(place), colours.length - 2)
    const mix = (at: number) => {
      const from = channel(colours[step], at)
      return Math.round(from + (channel(colours[step + 1], at) - from) * (place - step))
    }
    return `rgb(${mix(0)},${mix(2)},${mix(4)})`
  }
}

/** The book's colours for a scale that the author left to us; undefined where Plot's own choice stays. */
export function colours(scale: ColourScale, tone?: Tone): Options | undefined {
  if (scale.type === "ordinal" || scale.type === "categorical") {
    return scale.domain.length <= CLASSES.length
      ? { range: CLASSES.slice(0, scale.domain.length) }
      : undefined
  }
  if (scale.type === "identity" || scale.type === "cyclical") return undefined
  const ramp = scale.type.startsWith("diverging") ? "div" : "seq"
  return { interpolate: tone ? pixelRamp(ramp, tone) : variableRamp(ramp) }
}

/** Whether the author has said how colours are chosen. */
export function choosesColours(options: Options): boolean {
  const colour = options.color
  return isObject(colour) && ["scheme", "range", "interpolate"].some((key) => colour[key] !== undefined)
}

/** Marks that fill their cells: a grid behind them says nothing. */
const SOLID = /^(cell|raster|contour|density|barX|boxX|waffle|image|geo|tree)/

function axis(given: unknown, defaults: Options): unknown {
  return given === undefined || isObject(given) ? { ...defaults, ...(isObject(given) ? given : {}) } : given
}

/** Defaults for one figure `width` pixels wide; whatever its author has set stays. `marks` are their names. */
export function themed(options: Options, marks: readonly string[], width: number, alt: string): Options {
  const grid = !marks.some((name) => SOLID.test(name)) && options.grid === undefined && options.axis !== null
  const sized = options.height !== undefined || options.aspectRatio !== undefined || options.fy !== undefined
  /** Room for the names of the facets and, above them, for what they are. */
  const facetsNamed = isObject(options.fx) && typeof options.fx.label === "string"
  const given = typeof options.width === "number" ? Math.min(options.width, width) : width
  return {
    ...(sized ? {} : { height: Math.round(Math.max(220, 0.4 * given)) }),
    ...(options.margin === undefined && {
      marginTop: facetsNamed ? 46 : 32,
      marginRight: 16,
      marginBottom: 40,
      marginLeft: 48,
    }),
    ...options,
    width: given,
    className: "plot",
    ariaLabel: alt,
    ariaDescription: typeof options.ariaDescription === "string" ? options.ariaDescription : undefined,
    fx: axis(options.fx, { label: null }),
    x: axis(options.x, { labelAnchor: "center" }),
    y: axis(options.y, { ...(grid && { grid: true }), ticks: 5 }),
    symbol: axis(options.symbol, { range: SYMBOLS }),
  }
}
