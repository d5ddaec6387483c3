/**
 * @file What the inputs of a cell are: their kinds, their values, and any value brought back to what a control allows.
 * Plain data; knows neither cells nor how a control is drawn.
 */

/** A point that the reader may move, add and delete; class 1 or −1. */
export interface InputPoint {
  x: number
  y: number
  label: 1 | -1
}

/** A file that the reader has chosen. */
export interface InputFile {
  name: string
  bytes: Uint8Array
}

export type InputValue = number | string | boolean | readonly InputPoint[] | InputFile | null

/** What an input is bound to: it moves with this control of an explorable on its page, `downhill.lr`. */
interface Bindable {
  explorable?: string
}

export type InputControl =
  | ({ type: "slider"; label: string; min: number; max: number; step: number; unit: string } & Bindable)
  | ({ type: "number"; label: string; min?: number; max?: number; step?: number } & Bindable)
  | ({ type: "select"; label: string; options: string[] } & Bindable)
  | ({ type: "toggle"; label: string } & Bindable)
  | { type: "text"; label: string; placeholder: string }
  | ({
      type: "points"
      label: string
      x: [number, number]
      y: [number, number]
      step: number
      most: number
    } & Bindable)
  | { type: "button"; label: string }
  | { type: "file"; label: string; accept: string }

/** `value` where the control allows it or something near it, else `initial`. */
export function fitting(control: InputControl, value: unknown, initial: InputValue): InputValue {
  switch (control.type) {
    case "slider":
      if (!isNumber(value)) return initial
      // The explorable has steps of its own, and both are to show the same.
      return control.explorable ? within(value, [control.min, control.max]) : onStep(value, control)
    case "number":
      return isNumber(value) ? within(value, [control.min ?? -Infinity, control.max ?? Infinity]) : initial
    case "select":
      return typeof value === "string" && control.options.includes(value) ? value : initial
    case "toggle":
      return typeof value === "boolean" ? value : initial
    case "text":
      return typeof value === "string" ? value : initial
    case "points":
      return Array.isArray(value) ? value.flatMap((p) => pointIn(control, p)).slice(0, control.most) : initial
    case "button":
      return isNumber(value) && value >= 0 ? Math.floor(value) : initial
    case "file":
      return isFile(value) ? value : initial
  }
}

/** The nearest value that a slider can stand at: a whole number of steps above its lowest, at most its highest. */
export function onStep(
  value: number,
  { min, max, step }: { min: number; max: number; step: number },
): number {
  const most = Math.floor((max - min) / step + 1e-9)
  return clean(min + within(Math.round((value - min) / step), [0, most]) * step)
}

/** Without the dust of binary arithmetic: 0.1 + 0.2 → 0.3. */
export function clean(x: number): number {
  return Number(x.toPrecision(10))
}

export function sameValue(a: InputValue, b: InputValue): boolean {
  return Object.is(a, b) || (Array.isArray(a) && JSON.stringify(a) === JSON.stringify(b))
}

function within(x: number, [low, high]: readonly [number, number]): number {
  return Math.min(high, Math.max(low, x))
}

function pointIn(control: Extract<InputControl, { type: "points" }>, point: unknown): InputPoint[] {
  if (typeof point !== "object" || point === null) return []
  const { x, y, label } = point as Partial<Record<keyof InputPoint, unknown>>
  if (!isNumber(x) || !isNumber(y)) return []
  return [{ x: within(x, control.x), y: within(y, control.y), label: label === -1 ? -1 : 1 }]
}

function isFile(value: unknown): value is InputFile {
  if (typeof value !== "object" || value === null) return false
  const { name, bytes } = value as Partial<InputFile>
  return typeof name === "string" && bytes instanceof Uint8Array
}

function isNumber(x: unknown): x is number {
  return typeof x === "number" && Number.isFinite(x)
}
