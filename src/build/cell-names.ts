/**
 * @file The types of what a cell sees besides the engine, for the editor: ways to show things, data, the few globals of a
 * worker. Declares only; nothing of it runs.
 */
import type { Tensor } from "../../engine/index.ts"
import type { digits as readDigits, iris as readIris } from "../notebook/data-files.ts"
import type { InputPoint } from "../notebook/input.ts"
import type { BoundOptions, NumberOptions, PointsOptions, SliderOptions } from "../notebook/input-calls.ts"
import type { CurveOptions, DisplayedValue, LiveCurve, LiveProgress } from "../notebook/live.ts"

/** Shows values below the cell. The last expression of a cell is displayed without it. */
export declare function display(...values: unknown[]): DisplayedValue

/** Shows rows of records, a record of columns, or rows of numbers as a table. */
export declare function table(rows: unknown): DisplayedValue

/** Shows a formula, written in TeX. */
export declare function tex(source: string, options?: { display?: boolean }): DisplayedValue

/** A curve that grows while a loop runs: `const losses = curve("Loss")`, then `losses.push({ train: loss })`. */
export declare function curve(title?: string, options?: CurveOptions): LiveCurve

/** Shows how far a loop has come. */
export declare function progress(value: number, max: number, label?: string): LiveProgress

/**
 * Records a state to be stepped through: the named values as they are now, and, if you like, a figure, a tensor or rows
 * for a table. Call it wherever you want to look; all states of a run are shown together, with buttons to go forward and
 * back between them.
 * ```ts
 * for (const [x, y] of examples) {
 *   learn(x, y)
 *   step({ w, b })
 * }
 * ```
 */
export declare function step(values: Record<string, unknown>, figure?: unknown): void
/** The same with words for the state: `step("after example 3", { w, b })`. */
export declare function step(label: string, values: Record<string, unknown>, figure?: unknown): void

/**
 * Draws the computational graph of a tensor: every value with its op, its shape and its numbers on the way forward,
 * and, where the tensor is one number that requires a gradient, what `backward` would send to each of them. Names are
 * yours to give: `graph(loss, { w, b })`. Draw it before `loss.backward()`, which frees the graph.
 */
export declare function graph(t: Tensor, names?: Record<string, Tensor>): DisplayedValue

/**
 * Controls below the cell. Each call gives the present value, and when the reader changes it, this cell runs again and
 * the cells that use its names follow by themselves.
 */
export declare const input: {
  /** A number: `const lr = input.slider("learning rate", { min: 0, max: 1, step: 0.01, value: 0.1 })`. */
  slider(label: string, options?: SliderOptions): number
  /** A number that is typed: `const epochs = input.number("epochs", { min: 1, max: 50, value: 5 })`. */
  number(label: string, options?: NumberOptions): number
  /**
   * One of several: `input.select("optimizer", ["sgd", "adam"])`, or a record whose names are shown:
   * `input.select("units", { few: 8, many: 64 }, { value: 64 })`.
   */
  select<T>(
    label: string,
    options: readonly T[] | Readonly<Record<string, T>>,
    more?: { value?: T } & BoundOptions,
  ): T
  /** True or false: `const shuffle = input.toggle("shuffle", { value: true })`. */
  toggle(label: string, options?: { value?: boolean } & BoundOptions): boolean
  /** A text: `const name = input.text("name")`. */
  text(label: string, options?: { value?: string; placeholder?: string }): string
  /**
   * Points of two classes that can be dragged, added and deleted, as `{ x, y, label }` with label 1 or −1:
   * `const data = input.points("data", { value: [{ x: 0, y: 1 }], x: [-3, 3], y: [-3, 3] })`.
   */
  points(label: string, options?: PointsOptions): InputPoint[]
  /** How often the button was pressed; every press runs the cell: `const draws = input.button("Draw again")`. */
  button(label: string): number
  /** The bytes of a file of yours, null until you choose one: `const file = input.file("table")`, then `csv(file)`. */
  file(label: string, options?: { accept?: string }): Uint8Array | null
}

/**
 * Sets controls of an explorable on this page, and leaves the others as they are:
 * `explorable("downhill", { lr: 0.2, start: [3, 1] })`. `seed` and `step` are the dice and the place in its time.
 */
export declare function explorable(
  name: string,
  params: Record<string, unknown>,
  place?: { seed?: number; step?: number },
): void

/** 1797 handwritten digits of 8 × 8 pixels. */
export declare function digits(): ReturnType<typeof readDigits>

/** 150 iris flowers: four lengths each, three species. */
export declare function iris(): ReturnType<typeof readIris>

type Print = (...values: unknown[]) => void

/** Prints lines below the cell. */
export declare const console: Record<"log" | "info" | "warn" | "error" | "debug", Print> & {
  table(rows: unknown): void
  assert(condition?: boolean, ...values: unknown[]): void
  count(label?: string): void
  time(label?: string): void
  timeEnd(label?: string): void
}

export declare function setTimeout(handler: () => void, milliseconds?: number): number
export declare function clearTimeout(id: number): void
export declare function setInterval(handler: () => void, milliseconds?: number): number
export declare function clearInterval(id: number): void
export declare function queueMicrotask(callback: () => void): void
export declare function structuredClone<T>(value: T): T
export declare const performance: { now(): number }

/** A call of Observable Plot, drawn when it is shown. */
export interface PlotCall {
  plot(options?: Record<string, unknown>): PlotCall
}
