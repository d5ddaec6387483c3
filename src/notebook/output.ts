/** @file What a cell can show: a closed union of plain, cloneable objects. Knows nothing of how they are drawn. */
import type { InputControl, InputValue } from "./input.ts"

/** A tensor as the reader sees it: at most the first 4096 values, and statistics over all of them. */
export interface TensorOutput {
  kind: "tensor"
  shape: number[]
  dtype: string
  /** Row-major; cut at 4096. */
  values: number[]
  size: number
  /** Over the finite values; NaN where there is none. */
  min: number
  max: number
  /** How many values are NaN or infinite. */
  nonFinite: number
  requiresGrad: boolean
}

/** Any other JavaScript value, unfolded to a bounded depth and width. */
export type ValueNode =
  | {
      type: "primitive"
      text: string
      of: "number" | "string" | "boolean" | "null" | "undefined" | "bigint" | "symbol"
    }
  | { type: "function"; text: string }
  | { type: "tensor"; tensor: TensorOutput }
  | { type: "array" | "object" | "map" | "set"; name: string; size: number; entries: [string, ValueNode][] }
  | { type: "cut"; text: string }

export interface CurveSeries {
  name: string
  x: number[]
  y: number[]
}

/**
 * An Observable Plot call recorded as data: `{$plot: "lineY", args: [...]}`, nested. Functions of a mark's
 * options have become arrays over its data. It holds typed arrays, and lists whose identity matters: it travels by
 * structured clone, not as JSON.
 */
export type PlotSpec = unknown

export type Output =
  | { kind: "text"; text: string }
  | { kind: "value"; value: ValueNode }
  | TensorOutput
  | { kind: "table"; columns: string[]; rows: (string | number | boolean | null)[][]; total: number }
  /**
   * `svg` is there where the figure was drawn without a page: at build, or, without `spec`, where the cell runs. It uses
   * CSS variables for colours.
   */
  | {
      kind: "figure"
      spec?: PlotSpec
      svg?: string
      alt: string
      /** The first mark's data: its first rows, of `total`. */
      data?: { columns: string[]; rows: (string | number)[][]; total?: number }
    }
  /** A curve that grows while a loop trains: drawn cheaply while `live`, as a figure afterwards. */
  | {
      kind: "curve"
      title: string
      x: string
      y: string
      log: boolean
      series: CurveSeries[]
      live: boolean
      svg?: string
    }
  | { kind: "tex"; tex: string; display: boolean; html?: string }
  /** The graph behind a tensor: inputs before results, the tensor itself last; `left` earlier ones are left out. */
  | { kind: "graph"; nodes: GraphNode[]; edges: { from: number; to: number }[]; left: number }
  | { kind: "progress"; label: string; value: number; max: number; ms: number; done: boolean }
  | StepsOutput
  /** A control; `key` is its name in the cell, `feeds` the cells below that depend on this one (known at build). */
  | {
      kind: "input"
      key: string
      control: InputControl
      value: InputValue
      initial: InputValue
      feeds?: string[]
    }
  | ExplorableOutput
  | { kind: "console"; level: "log" | "info" | "warn" | "error" | "debug"; text: string }
  /** What JavaScript let pass and a learner may not have meant; positions as in an error. */
  | { kind: "advice"; text: string; line?: number; column?: number; cell?: string }
  | CellError

/** What a cell sets controls of an explorable to. */
export interface ExplorableOutput {
  kind: "explorable"
  name: string
  /** As plain data. */
  params: Record<string, unknown>
  seed?: number
  step?: number
  /** The build's word; a page finds out by itself. */
  placed?: PlacedExplorable
}

/** Where the explorable is in the page, and what was set there. */
export interface PlacedExplorable {
  anchor: string
  /** "Figure 12.1". */
  figure: string
  where: "above" | "below"
  /** The controls by their labels, with their values. */
  words: string
  /** Sets it; where nothing has set it yet. */
  link?: string
}

/** A number, a vector, a matrix; a text where there is no shorter way; null where a state lacks the name. */
export type StepValue = number | boolean | string | number[] | number[][] | null

/** What one call of `step` recorded. */
export interface StepState {
  label?: string
  /** In the order of the names; those that came up later are missing at its end. */
  values: StepValue[]
  /** The place of the call. */
  line?: number
  cell?: string
  /** Its place among the figures. */
  figure?: number
}

/** The states that a run has recorded, in order. */
export interface StepsOutput {
  kind: "steps"
  names: string[]
  /** Of `total`; where some are left out, the last one is that of the run. */
  states: StepState[]
  figures: Output[]
  total: number
  /** States whose figure was left out, since the ones before fill the page. */
  withoutFigure: number
  /** The reader begins at the first state; else at the last. */
  fromFirst: boolean
}

/** One value of a computational graph, in texts. */
export interface GraphNode {
  /** What the cell calls it, or "". */
  name: string
  /** The op that made it, or "". */
  op: string
  role: "parameter" | "constant" | "op" | "result"
  shape: string
  value: string
  /** The gradient of the result by it, or "". */
  grad: string
}

/** An error as a learner reads it: what went wrong, where in the cell, what to do. */
export interface CellError {
  kind: "error"
  name: string
  message: string
  /** 1-based position in the cell's source, where known. */
  line?: number
  column?: number
  /** Which cell the line belongs to, if it is not the one that ran. */
  cell?: string
  hint?: string
  /** What JavaScript says, where `message` puts it in other words. */
  original?: string
}
