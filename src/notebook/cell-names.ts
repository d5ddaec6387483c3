/**
 * @file The declarations of what cells see besides the engine, for the editor's hints. `library.ts` makes the values;
 * nothing here runs.
 */
import type { Digits, Iris } from "./data-files.ts"
import type { CurveOptions, DisplayedValue, LiveCurve, LiveProgress } from "./live.ts"

export type { CurveOptions, Digits, DisplayedValue, Iris, LiveCurve, LiveProgress }

/**
 * Shows values below the cell: text, numbers, tensors, figures, lists. The last expression of a cell is shown without
 * it. The result can show another value in the same place: `const shown = display(0); shown.update(1)`.
 */
export declare function display(...values: unknown[]): DisplayedValue

/** Shows rows of records, a record of columns, or a matrix as a table. */
export declare function table(rows: unknown): DisplayedValue

/** Shows a formula in TeX: `` tex(String.raw`\frac{1}{2}`) ``. */
export declare function tex(source: string, options?: { display?: boolean }): DisplayedValue

/** Begins a curve that grows while a loop runs: `const c = curve("Loss")`, then `c.push({ loss })` in the loop. */
export declare function curve(title: string, options?: CurveOptions): LiveCurve

/** Shows how far a loop has come: `progress(step, 1000)`. Bars with different labels stand below each other. */
export declare function progress(value: number, max: number, label?: string): LiveProgress

/** 1797 handwritten digits of 8 × 8 pixels. */
export declare function digits(): Promise<Digits>

/** 150 flowers of three species, four lengths each. */
export declare function iris(): Promise<Iris>

/** Observable Plot: `Plot.lineY([1, 4, 2]).plot()`. See https://observablehq.com/plot/. */
export declare const Plot: Record<string, (...options: unknown[]) => PlotMark>

/** A part of a figure; the last expression of a cell may be one. */
export interface PlotMark {
  plot(options?: Record<string, unknown>): unknown
}
