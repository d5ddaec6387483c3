/**
 * @file The contract of an explorable: typed controls, a pure model on the engine, pure views to SVG text, a
 * description in words. Knows no DOM; the same object is drawn at build, in the page and in tests.
 */

/** A control keeps its value in the link, has keyboard steps and a label with its unit. */
export type Control =
  | {
      type: "slider"
      label: string
      value: number
      min: number
      max: number
      step: number
      scale?: "linear" | "log"
      unit?: string
    }
  | { type: "choice"; label: string; value: string; options: { value: string; label: string }[] }
  | { type: "toggle"; label: string; value: boolean }
  /** A point that the reader drags in the view `view`; two native range inputs to the keyboard. */
  | { type: "handle"; label: string; value: [number, number]; view: string; x: Range; y: Range; step: number }
  /** A set of labelled points that the reader may move, relabel, add to and delete from in the view `view`. */
  | {
      type: "points"
      label: string
      value: LabelledPoint[]
      view: string
      x: Range
      y: Range
      step: number
      max: number
    }
/** Lowest and highest value, in the units of the view. */
export type Range = [low: number, high: number]
export interface LabelledPoint {
  x: number
  y: number
  /** +1 or −1. */
  label: 1 | -1
}

export type Controls = Record<string, Control>
export type Params<C extends Controls> = { [K in keyof C]: Widen<C[K]["value"]> }
type Widen<T> = T extends number ? number : T extends boolean ? boolean : T extends string ? string : T

/** One picture of the state: SVG text in its own coordinates, and how they map to the model's units. */
export interface View<S> {
  title: string
  /** In SVG units; the page scales it. */
  width: number
  height: number
  /** Model units to SVG units, where handles or points live in this view. */
  scale?: { x: Range; y: Range; inset: [top: number, right: number, bottom: number, left: number] }
  /** SVG elements as text (without the <svg> itself). Colours are CSS variables. Pure. */
  draw: (state: S) => string
}

export interface Prediction<P, S> {
  question: string
  options: { id: string; text: string }[]
  /** Which option is right in this state, and the sentence that says so with its numbers. */
  answer: (params: P, state: S) => { id: string; says: string }
}

export interface Explorable<C extends Controls, S> {
  title: string
  /** One sentence that is true of the default state: the figure's headline. */
  takeaway: (params: Params<C>, state: S) => string
  controls: C
  presets?: { name: string; params: Partial<Params<C>> }[]
  /** Deterministic in (params, seed, step). `step` is the position of the transport, from 0. */
  model: (params: Params<C>, seed: number, step: number) => S
  /** Last position of the transport for these params; 0 or absent: no transport. */
  steps?: (params: Params<C>, seed: number) => number
  /** Where the transport stands at first. */
  start?: number
  /** What one step is, in the singular: "example", "update". */
  unit?: string
  /** Does the seed change anything? Then there is a "New seed" button. */
  seeded?: boolean
  views: Record<string, View<S>>
  /** The state in words: caption, live region, text alternative and print. Numbers from the state. */
  describe: (params: Params<C>, state: S) => string
  /** The state as a table, for those who cannot see the picture. */
  table: (params: Params<C>, state: S) => { columns: string[]; rows: (string | number)[][] }
  predict?: Prediction<Params<C>, S>
  /** The cell that reproduces what is on the screen. */
  code: (params: Params<C>, seed: number, step: number) => string
}

/** One file of `src/explorables/` default-exports one of these; the file's name is its name. */
export function defineExplorable<const C extends Controls, S>(
  explorable: Explorable<C, S>,
): Explorable<C, S> {
  return explorable
}
