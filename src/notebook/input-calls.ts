/**
 * @file `input` as a cell sees it: every call shows a control and gives its present value. Knows where values come from
 * only as a table of answers; runs nothing.
 */
import { ValueError } from "../../engine/index.ts"
import { clean, fitting, type InputControl, type InputPoint, type InputValue, onStep } from "./input.ts"
import type { RunOutputs } from "./run-outputs.ts"

/** What most inputs can be given besides. */
export interface BoundOptions {
  /**
   * A control of an explorable on the same page, `"downhill.lr"`: the two move together, whichever the reader moves. A
   * coordinate of a point that can be dragged is `"downhill.start.x"`.
   */
  explorable?: string
}

export interface SliderOptions extends BoundOptions {
  /** Lowest value; 0 without it. */
  min?: number
  /** Highest value; 1 without it. */
  max?: number
  /** One press of an arrow key; a hundredth of the range without it. */
  step?: number
  /** Where the slider stands at first; its middle without it. */
  value?: number
  /** Written behind the value. */
  unit?: string
}

export interface NumberOptions extends BoundOptions {
  min?: number
  max?: number
  step?: number
  /** 0 without it, or the nearest number that is allowed. */
  value?: number
}

export interface PointsOptions extends BoundOptions {
  /** The points at first; none without it. A point without a label has class 1. */
  value?: readonly { x: number; y: number; label?: 1 | -1 }[]
  /** Ends of the horizontal axis; −3 to 3 without it. */
  x?: readonly [low: number, high: number]
  /** Ends of the vertical axis; −3 to 3 without it. */
  y?: readonly [low: number, high: number]
  /** One press of an arrow key; a thirtieth of the horizontal axis without it. */
  step?: number
  /** How many points there may be; 30 without it. */
  most?: number
}

/** What the reader has set the inputs of one cell to, by their keys. Notes what a run has read. */
export class Answers {
  readonly #given: ReadonlyMap<string, unknown>
  readonly read = new Map<string, unknown>()

  constructor(given: ReadonlyMap<string, unknown> = new Map()) {
    this.#given = given
  }

  get(key: string): unknown {
    const value = this.#given.get(key)
    this.read.set(key, value)
    return value
  }
}

export class Inputs {
  readonly #outputs: RunOutputs
  readonly #answers: Answers
  #labels = new Map<string, number>()

  constructor(outputs: RunOutputs, answers: Answers) {
    this.#outputs = outputs
    this.#answers = answers
  }

  /** `input.slider("learning rate", { min: 0, max: 1, step: 0.01, value: 0.1 })` is a number. */
  slider = (
    label: string,
    { min = 0, max = 1, step, value, unit = "", explorable }: SliderOptions = {},
  ): number => {
    if (!(min < max))
      throw new ValueError(`input.slider: min ${min} must be below max ${max}; swap them or leave them out.`)
    const stride = step ?? clean((max - min) / 100)
    if (!(stride > 0)) throw new ValueError(`input.slider: step ${step} must be above 0, such as 0.01.`)
    const track = { min, max, step: stride }
    const bound = binding(explorable)
    const control: InputControl = { type: "slider", label: text(label), ...track, unit: text(unit), ...bound }
    return this.#show(control, fitting(control, value, onStep((min + max) / 2, track))) as number
  }

  number = (label: string, { min, max, step, value = 0, explorable }: NumberOptions = {}): number => {
    const control: InputControl = {
      type: "number",
      label: text(label),
      min,
      max,
      step,
      ...binding(explorable),
    }
    if (min !== undefined && max !== undefined && !(min <= max))
      throw new ValueError(`input.number: min ${min} must not be above max ${max}; swap them.`)
    return this.#show(control, fitting(control, value, min ?? 0)) as number
  }

  /** `options` is a list, or a record whose names are shown and whose values are given. */
  select = <T>(
    label: string,
    options: readonly T[] | Readonly<Record<string, T>>,
    { value, explorable }: { value?: T } & BoundOptions = {},
  ): T => {
    const named: [string, T][] = Array.isArray(options)
      ? options.map((option): [string, T] => [text(option), option])
      : Object.entries(options as Record<string, T>)
    if (named.length === 0)
      throw new ValueError(`input.select: there is nothing to choose from; give a list such as ["a", "b"].`)
    const names = named.map(([name]) => name)
    const first = named.find(([, option]) => Object.is(option, value)) ?? named[0]
    const control: InputControl = {
      type: "select",
      label: text(label),
      options: names,
      ...binding(explorable),
    }
    const chosen = this.#show(control, first[0])
    return (named.find(([name]) => name === chosen) ?? first)[1]
  }

  toggle = (label: string, { value = false, explorable }: { value?: boolean } & BoundOptions = {}): boolean =>
    this.#show({ type: "toggle", label: text(label), ...binding(explorable) }, Boolean(value)) as boolean

  text = (
    label: string,
    { value = "", placeholder = "" }: { value?: string; placeholder?: string } = {},
  ): string => {
    const control: InputControl = { type: "text", label: text(label), placeholder: text(placeholder) }
    return this.#show(control, text(value)) as string
  }

  points = (
    label: string,
    { value = [], x = [-3, 3], y = [-3, 3], step, most = 30, explorable }: PointsOptions = {},
  ): InputPoint[] => {
    for (const [name, [low, high]] of Object.entries({ x, y }))
      if (!(low < high))
        throw new ValueError(`input.points: ${name} goes from ${low} to ${high}; give [lowest, highest].`)
    const control: InputControl = {
      type: "points",
      label: text(label),
      x: [x[0], x[1]],
      y: [y[0], y[1]],
      step: step ?? clean((x[1] - x[0]) / 30),
      most,
      ...binding(explorable),
    }
    const points = this.#show(control, fitting(control, value, [])) as readonly InputPoint[]
    // The cell gets its own, which it may change.
    return points.map((point) => ({ ...point }))
  }

  /** How often the button has been pressed. */
  button = (label: string): number => this.#show({ type: "button", label: text(label) }, 0) as number

  /** The bytes of the file that the reader has chosen; null before that. */
  file = (label: string, { accept = "" }: { accept?: string } = {}): Uint8Array | null => {
    const file = this.#show({ type: "file", label: text(label), accept: text(accept) }, null)
    if (typeof file !== "object" || file === null || !("bytes" in file)) return null
    return new Uint8Array(file.bytes)
  }

  #show(control: InputControl, initial: InputValue): InputValue {
    const count = (this.#labels.get(control.label) ?? 0) + 1
    this.#labels.set(control.label, count)
    const key = count === 1 ? control.label : `${control.label} (${count})`
    const value = fitting(control, this.#answers.get(key), initial)
    const isFile = control.type === "file" && value !== null
    // The page has the bytes already.
    const shown = isFile ? { name: (value as { name: string }).name, bytes: new Uint8Array() } : value
    this.#outputs.add({ kind: "input", key, control, value: shown, initial })
    return value
  }
}

function binding(explorable: string | undefined): { explorable?: string } {
  if (explorable === undefined) return {}
  if (!/^[\w-]+\.\w+(\.[xy])?$/.test(explorable))
    throw new ValueError(
      `input: explorable is ${JSON.stringify(explorable)}; name an explorable of this page and one of its controls, such as "downhill.lr".`,
    )
  return { explorable }
}

function text(value: unknown): string {
  return String(value)
}
