/** @file What a value looks like as an output. Pure: reads the value, draws nothing, never throws, never hangs. */
import { Tensor } from "../../engine/index.ts"
import { figureAlt, figureData } from "./figure-text.ts"
import { checkFinished, valuesOf } from "./late-values.ts"
import type { CellError, Output } from "./output.ts"
import { MARKS } from "./plot-names.ts"
import { PlotCall, PlotFigure } from "./plot-record.ts"
import { cutText, tensorOutput, valueTree } from "./value-tree.ts"

type Table = Extract<Output, { kind: "table" }>
type CellValue = string | number | boolean | null

const TABLE_ROWS = 200
const TABLE_COLUMNS = 40
const TEXT = 200_000

/**
 * The output that shows `value`: text, tensor, figure, table, error or a bounded tree.
 * The result is plain cloneable data and shares nothing with the value.
 */
export function display(value: unknown): Output {
  try {
    return unguarded(value)
  } catch {
    // A Proxy that throws when its kind is asked: the tree says so.
    return { kind: "value", value: valueTree(value) }
  }
}

function unguarded(value: unknown): Output {
  if (typeof value === "string") return { kind: "text", text: cutText(value, TEXT) }
  if (typeof value === "object" && value !== null) {
    if (value instanceof Tensor) return tensorOutput(value)
    if (value instanceof PlotFigure) return figureOutput(value)
    if (value instanceof PlotCall && MARKS.has(value.name)) return markOutput(value)
    if (value instanceof Error) return errorOutput(value)
    const table = Array.isArray(value) ? recordTable(value) : undefined
    if (table) return table
  }
  return { kind: "value", value: valueTree(value) }
}

function markOutput(mark: PlotCall): Output {
  try {
    return figureOutput(mark.plot())
  } catch (problem) {
    return errorOutput(problem)
  }
}

function figureOutput(figure: PlotFigure): Output {
  checkFinished(figure)
  const { spec, svg } = figure
  const data = figureData(spec)
  const alt = figureAlt(spec)
  return { kind: "figure", ...(svg === undefined ? { spec } : { svg }), alt, ...(data && { data }) }
}

/** An error as an output; the place in the cell is for the caller to add. */
export function errorOutput(problem: unknown): CellError {
  try {
    if (problem instanceof Error) {
      return {
        kind: "error",
        name: textOf(problem.name) || "Error",
        message: cutText(textOf(problem.message), TEXT),
      }
    }
    const thrown = typeof problem === "string" ? problem : brief(problem)
    return { kind: "error", name: "Error", message: cutText(thrown, TEXT) }
  } catch {
    return { kind: "error", name: "Error", message: "an error whose message cannot be read" }
  }
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : brief(value))

/** One line of text for a value, as `console.log` prints it among others. */
export function brief(value: unknown): string {
  if (typeof value === "string") return value
  const tree = valueTree(value)
  if (tree.type === "primitive" || tree.type === "function" || tree.type === "cut") return tree.text
  if (tree.type === "tensor") {
    const { shape, values, size } = tree.tensor
    const numbers = values.slice(0, 8).map(short).join(", ")
    return `Tensor [${shape.join(", ")}] (${numbers}${size > 8 ? ", …" : ""})`
  }
  const parts = tree.entries.slice(0, 20).map(([key, part]) => {
    const text = part.type === "primitive" || part.type === "function" ? part.text : "…"
    return tree.type === "array" || tree.type === "set" ? text : `${key}: ${text}`
  })
  if (tree.size > 20) parts.push(`… ${tree.size - 20} more`)
  if (tree.type === "array") return `[${parts.join(", ")}]`
  return `${tree.name === "Object" ? "" : `${tree.name} `}{${parts.join(", ")}}`
}

const short = (v: number): string => String(Number(v.toPrecision(4)))

/** Rows of plain records as a table, or undefined where a value does not fit into a cell. */
export function recordTable(rows: readonly unknown[]): Table | undefined {
  if (rows.length === 0) return undefined
  const columns: string[] = []
  const cells: Map<string, CellValue>[] = []
  for (const row of rows.slice(0, TABLE_ROWS)) {
    if (!isRecord(row)) return undefined
    const line = new Map<string, CellValue>()
    for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(row))) {
      if (!property.enumerable) continue
      const value = "value" in property ? cellValue(property.value) : undefined
      if (value === undefined) return undefined
      if (!columns.includes(key)) columns.push(key)
      if (columns.length > TABLE_COLUMNS) return undefined
      line.set(key, value)
    }
    cells.push(line)
  }
  if (columns.length === 0) return undefined
  const lines = cells.map((line) => columns.map((key) => line.get(key) ?? null))
  return { kind: "table", columns: columns.map((key) => cutText(key, 200)), rows: lines, total: rows.length }
}

function isRecord(row: unknown): row is object {
  if (typeof row !== "object" || row === null) return false
  const prototype = Object.getPrototypeOf(row)
  return prototype === Object.prototype || prototype === null
}

function cellValue(value: unknown): CellValue | undefined {
  if (value === undefined || value === null) return null
  if (typeof value === "string") return cutText(value, 500)
  if (typeof value === "number" || typeof value === "boolean") return value
  if (typeof value === "bigint") return brief(value)
  if (value instanceof Date) return Number.isNaN(+value) ? "Invalid Date" : value.toISOString()
  if (value instanceof Tensor && value.size === 1) return Number(valuesOf(value)[0])
  return undefined
}
