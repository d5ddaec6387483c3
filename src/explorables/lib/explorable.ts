/**
 * @file The contract of an explorable: typed controls, a pure model on the engine, pure views to SVG text, a
 * description in words. Knows no DOM; the same object is drawn at build, in the page and in tests.
 */

type When = readonly [control: string, value: string | boolean]

/** What every control has: a label, and perhaps the setting of another control under which alone it matters. */
interface Labelled {
  label: string
  /** Controls of one group that follow each other share a fold under its name; only the first fold is open. */
  group?: string
  /** What it does, in a sentence or two, shown when the reader asks. */
  why?: string
  /** `["surface", "bowl"]`: shown only while the control `surface` has the value `"bowl"`; a second pair must hold as well. */
  when?: When | readonly [...When, ...When]
  /** Kept in the link and set by others; the reader does not meet it as a control. */
  unseen?: true
}
export interface Slider extends Labelled {
  type: "slider"
  value: number
  min: number
  max: number
  /** One key press; on a log scale in decades (0.1 is a factor of 1.26). */
  step: number
  scale?: "linear" | "log"
  unit?: string
  /** What the value means is written below it, and not only spoken. */
  says?: true
}
export interface Choice extends Labelled {
  type: "choice"
  value: string
  options: readonly { readonly value: string; readonly label: string }[]
}
export interface Toggle extends Labelled {
  type: "toggle"
  value: boolean
}
/** A point that the reader drags in the view `view`; two native range inputs to the keyboard. */
export interface Handle extends Labelled {
  type: "handle"
  value: Point
  view: string
  x: Range
  y: Range
  step: number
}
/** A set of labelled points that the reader may move, relabel, add to and delete from in the view `view`. */
export interface Points extends Labelled {
  type: "points"
  value: readonly LabelledPoint[]
  view: string
  x: Range
  y: Range
  step: number
  max: number
}
/** A line of text, or several, of which the model makes what it can; `place` says what it made of it. */
export interface Text extends Labelled {
  type: "text"
  value: string
  /** Longest text. */
  max: number
  /** Lines that are seen; above 1 the text may also come from a file. */
  rows: number
}
/** A control keeps its value in the link, has keyboard steps and a label with its unit. */
export type Control = Slider | Choice | Toggle | Handle | Points | Text

export type Point = readonly [x: number, y: number]
/** Lowest and highest value, in the units of the view. */
export type Range = readonly [low: number, high: number]
export interface LabelledPoint {
  readonly x: number
  readonly y: number
  readonly label: 1 | -1
}

export type Controls = Readonly<Record<string, Control>>
export type Value<K extends Control = Control> = K extends Slider
  ? number
  : K extends Choice | Text
    ? string
    : K extends Toggle
      ? boolean
      : K extends Handle
        ? Point
        : readonly LabelledPoint[]
export type Params<C extends Controls = Controls> = { -readonly [K in keyof C]: Value<C[K]> }

/** A control that shows something of the state, and writes what the reader makes of it into the settings. */
export interface Through<V, P, S> {
  /** Undefined: there is nothing to set now, and the control is not to be seen. */
  read(params: P, state: S): V | undefined
  write(params: P, state: S, value: V): Partial<P>
}

/**
 * One picture of the state: SVG text in its own coordinates, and how they map to the model's units. Draw for a
 * phone: 320 units wide, text of at least 13 units. The page shows one unit as 0.95 to 1.15 pixels.
 */
export interface View<S> {
  title: string
  width: number
  height: number
  /** Where it stands on a wide page; the first view stands left and the others right, unless they say so. */
  side?: "left" | "right"
  /** Model units to SVG units, where handles or points live in this view. */
  scale?: { x: Range; y: Range; inset: Inset }
  /**
   * SVG elements as text (without the <svg> itself). Colours are CSS variables. Pure. A click on an element with
   * `data-set="name"` sets that control to `data-value`: a short cut for the pointer, never the only way.
   */
  draw(state: S): string
  /** What a click sets that hit no such element: its place and how far it may be from what it means, in SVG units. */
  press?(state: S, x: number, y: number, reach: number): Partial<Params> | undefined
  /** Behind its title until the reader opens it, and drawn only then. */
  folded?: true
  /** Parts of the picture that can be pressed, in reading order. Each has its controls elsewhere as well, or the transport. */
  targets?(state: S): readonly Target[]
}
/** A rectangle of a view, in SVG units; what it is, in words; and where a press on it leads. */
export interface Target {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly label: string
  readonly to: { readonly params?: Partial<Params>; readonly step?: number }
}
/** Space between the edge of a view and its plotting area, in SVG units. */
export type Inset = readonly [top: number, right: number, bottom: number, left: number]

/** A question before the reveal. It can always be skipped. */
export interface Prediction<P, S> {
  /** Numbers in the question come from the state. */
  question(params: P, state: S): string
  options: readonly { readonly id: string; readonly text: string }[]
  /** The setting that the question is about; it is applied when the reader commits to an answer. */
  about?: Partial<P>
  /** Where the transport goes for the reveal. */
  reveal?: number
  /** Ask once, or before each of the first so many steps; then `answer` sees the state after the step. */
  before?: { steps: number }
  /** Which option is right in this state, and the sentence that says so with its numbers. */
  answer(params: P, state: S): { id: string; says: string }
}

export interface Table {
  columns: string[]
  rows: (string | number)[][]
  /** Further tables, each under its name. */
  also?: readonly { name: string; columns: string[]; rows: (string | number)[][] }[]
}

export interface Tree<P, S> {
  title: string
  /** The first is the name of the part. */
  columns: readonly string[]
  /** Parts in order, each before what it consists of. */
  rows(state: S): readonly TreeRow[]
  /** The settings that make that part have that value. */
  write(params: P, state: S, id: string, value: number): Partial<P>
}
export interface TreeRow {
  readonly id: string
  /** From 1. */
  readonly level: number
  readonly name: string
  /** One for each column but the first; where the row has a `value`, the first of them is its field. */
  readonly cells: readonly string[]
  readonly value?: number
}

export interface Explorable<C extends Controls = Controls, S = unknown> {
  title: string
  /** One sentence that is true of the state at hand: the figure's headline. */
  takeaway(params: Params<C>, state: S): string
  controls: C
  /** Of some sliders, toggles and handles: their value is not a setting, but the state's. */
  through?: { readonly [K in keyof C]?: Through<Value<C[K]>, Params<C>, S> }
  presets: readonly { readonly name: string; readonly params: Partial<Params<C>> }[]
  /** Deterministic in (params, seed, step). `step` is the position of the transport, from 0. */
  model(params: Params<C>, seed: number, step: number): S
  /** Last position of the transport for these params; absent: no transport. */
  steps?(params: Params<C>, seed: number): number
  /** Where the transport stands at first. */
  start?: number
  /** Of many pictures: the transport stands above them, and the code is written into the page when it is asked for. */
  large?: true
  /** What one step is, in the singular: "example", "update". */
  unit?: string
  /** Steps in a second at the speeds slow, medium and fast, where they are not the usual 3, 12 and 48. */
  speeds?: readonly [slow: number, medium: number, fast: number]
  /** Longer strides that the Step button may take: `{ name: "epoch", steps: 4 }`. */
  strides?: readonly { readonly name: string; readonly steps: number }[]
  /** Does the seed change anything, always or under one setting only? Then there is a "New seed" button. */
  seeded?: true | readonly [control: string, value: string | boolean]
  views: Readonly<Record<string, View<S>>>
  /** How to read the picture, once, without numbers: shapes and colours in words. */
  key: string
  /**
   * The state in words: caption, live region, text alternative and print. Numbers from the state. After
   * a change the first two sentences that have become different are spoken: begin with what matters most.
   */
  describe(params: Params<C>, state: S): string
  /** What the value of a slider, a handle or a point means here, spoken after it (`aria-valuetext`); may be "". */
  place?(control: keyof C & string, params: Params<C>, state: S): string
  /** Words that the explorable means where they would betray a fault in others: `["NaN"]`. */
  means?: readonly ("NaN" | "Infinity" | "null" | "undefined")[]
  /** The state as a table, for those who cannot see the picture. */
  table(params: Params<C>, state: S): Table
  /** What is drawn as parts within parts, to go through row by row, and to set values in. */
  tree?: Tree<Params<C>, S>
  predict?: Prediction<Params<C>, S>
  /** The cell that reproduces what is on the screen. */
  code(params: Params<C>, seed: number, step: number): string
}

/** One file of `src/explorables/` default-exports one of these; the file's name is its name. */
export function defineExplorable<const C extends Controls, S>(
  explorable: Explorable<C, S>,
): Explorable<C, S> {
  return explorable
}
