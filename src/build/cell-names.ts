/**
 * @file The types of what a cell sees besides the engine, for the editor: ways to show things, data, the few globals of a
 * worker. Declares only; nothing of it runs.
 */
import type { digits as readDigits, iris as readIris } from "../notebook/data-files.ts"
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
