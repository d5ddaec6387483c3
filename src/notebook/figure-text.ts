/** @file A recorded figure in words and numbers, for readers who do not see it. Reads the spec, draws nothing. */
import { numberText } from "./number-text.ts"
import { isObject, isSpecCall, marksOf, rootOptions, type SpecCall } from "./spec-marks.ts"

type Fields = Record<string, unknown>
export interface FigureData {
  columns: string[]
  rows: (string | number)[][]
  total: number
}

const MOST_ROWS = 24
const CHANNELS = ["x", "y", "x1", "x2", "y1", "y2", "fx", "fy", "z", "fill", "stroke", "symbol", "r", "text"]
const NAMES: Record<string, string> = {
  line: "line",
  lineX: "line",
  lineY: "line",
  dot: "points",
  dotX: "points",
  dotY: "points",
  circle: "points",
  hexagon: "points",
  barX: "bars",
  barY: "bars",
  rect: "bars",
  rectX: "bars",
  rectY: "bars",
  cell: "a grid of cells",
  raster: "a field in colour",
  contour: "contour lines",
  density: "density contours",
  text: "labels",
  area: "an area",
  areaX: "an area",
  areaY: "an area",
  arrow: "arrows",
  vector: "arrows",
  link: "links",
  linearRegressionX: "a regression line",
  linearRegressionY: "a regression line",
  boxX: "box plots",
  boxY: "box plots",
  hull: "a hull",
  image: "pictures",
  delaunayMesh: "a mesh",
  voronoi: "cells",
}

/** A mark's own options, under the transforms that wrap them. */
function markOptions(value: unknown): Fields {
  if (isSpecCall(value)) return markOptions(value.args.at(-1))
  return isObject(value) ? value : {}
}

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || ArrayBuffer.isView(value)

function channelsOf(
  mark: SpecCall,
): { columns: string[]; at: ((i: number) => unknown)[]; size: number } | undefined {
  const [data, last] = mark.args
  if (!isList(data) || data.length === 0) return undefined
  const options = markOptions(last)
  const columns: string[] = []
  const at: ((i: number) => unknown)[] = []
  for (const channel of CHANNELS) {
    const option =
      isObject(options[channel]) && "value" in options[channel] ? options[channel].value : options[channel]
    // Colours that the author has chosen one by one are looks, not data.
    if (isList(option) && option !== data && /^var\(--/.test(String(option[0]))) continue
    if (isList(option) && option !== data) {
      columns.push(channel)
      at.push((i) => option[i])
    } else if (typeof option === "string" && isObject(data[0]) && option in data[0]) {
      if (columns.includes(option)) continue
      columns.push(option)
      at.push((i) => (isObject(data[i]) ? (data[i] as Fields)[option] : undefined))
    }
  }
  if (!isObject(data[0])) {
    columns.push(mark.$plot.endsWith("X") ? "x" : "y")
    at.push((i) => data[i])
  } else if (columns.length === 0 && isList(data[0])) {
    columns.push("x", "y")
    at.push(
      (i) => (data[i] as ArrayLike<unknown>)[0],
      (i) => (data[i] as ArrayLike<unknown>)[1],
    )
  }
  return columns.length === 0 ? undefined : { columns, at, size: data.length }
}

/** The axes' names where the figure gives them. */
function titled(columns: string[], options: Fields): string[] {
  return columns.map((column) => {
    const scale = options[column]
    return isObject(scale) && typeof scale.label === "string"
      ? scale.label.replace(/[↑↓→←]/g, "").trim()
      : column
  })
}

const isField = (mark: SpecCall): boolean => mark.$plot === "raster" || mark.$plot === "contour"

/** The first mark's data, at most 24 rows, as a text alternative; nothing for sampled fields. */
export function figureData(spec: unknown): FigureData | undefined {
  const options = rootOptions(spec)
  for (const mark of marksOf(options.marks)) {
    const found = isField(mark) ? undefined : channelsOf(mark)
    if (!found) continue
    const rows = Array.from({ length: Math.min(found.size, MOST_ROWS) }, (_, i) =>
      found.at.map((at) => plain(at(i))),
    )
    return { columns: titled(found.columns, options), rows, total: found.size }
  }
  return undefined
}

function plain(value: unknown): string | number {
  if (typeof value === "number" || typeof value === "string") return value
  if (value instanceof Date) return Number.isNaN(+value) ? "" : value.toISOString()
  return value == null ? "" : isObject(value) ? "…" : String(value)
}

/** The figure in one sentence: what its author wrote (`ariaLabel`, `title`, `caption`), else what is drawn. */
export function figureAlt(spec: unknown): string {
  const options = rootOptions(spec)
  for (const key of ["ariaLabel", "title", "caption"]) {
    const written = options[key]
    if (typeof written === "string" && written.trim() !== "") return written
  }
  const marks = marksOf(options.marks)
  const drawn = [...new Set(marks.map((mark) => NAMES[mark.$plot]).filter((name) => name !== undefined))]
  const ranges = rangesOf(marks, options)
  return `Figure with ${drawn.length ? drawn.join(", ") : "marks"}${ranges ? `; ${ranges}` : ""}.`
}

function rangesOf(marks: SpecCall[], options: Fields): string {
  for (const mark of marks) {
    const found = isField(mark) ? undefined : channelsOf(mark)
    if (!found) continue
    const titles = titled(found.columns, options)
    const parts = found.at.flatMap((at, k) => {
      let low = Infinity
      let high = -Infinity
      for (let i = 0; i < found.size; i++) {
        const value = at(i)
        if (typeof value !== "number" || !Number.isFinite(value)) continue
        low = Math.min(low, value)
        high = Math.max(high, value)
      }
      return low <= high ? [`${titles[k]} from ${numberText(low, 3)} to ${numberText(high, 3)}`] : []
    })
    return [`${found.size} ${found.size === 1 ? "datum" : "data"}`, ...parts.slice(0, 3)].join(", ")
  }
  return ""
}
