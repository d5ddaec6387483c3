/** @file A tensor output as HTML text: header, aligned numbers, heat map. Escapes everything. */
import { escapeHtml, fold, scrollBox } from "./markup.ts"
import { alignedText, numberText } from "./number-text.ts"
import type { TensorOutput } from "./output.ts"

const MOST = 12
const MOST_SLICES = 4
const HEAT_CELLS = 1024

/** `Tensor [2, 3] float32`. */
export function tensorTitle(tensor: TensorOutput): string {
  return `Tensor [${tensor.shape.join(", ")}] ${tensor.dtype}${tensor.requiresGrad ? " requiresGrad" : ""}`
}

function cell(value: number, write: (value: number) => string, dtype: string): string {
  const text = dtype === "bool" ? String(value !== 0) : write(value)
  return Number.isFinite(value)
    ? `<td>${escapeHtml(text)}</td>`
    : `<td class="non-finite">${escapeHtml(text)}</td>`
}

/** `rows` × `columns` values from `start` on, at most 12 each way. */
function grid(tensor: TensorOutput, start: number, rows: number, columns: number): string {
  const shownRows = Math.min(rows, MOST)
  const shownColumns = Math.min(columns, MOST)
  const at = (r: number, c: number) => tensor.values[start + r * columns + c]
  const shown: number[] = []
  for (let r = 0; r < shownRows; r++) for (let c = 0; c < shownColumns; c++) shown.push(at(r, c) ?? 0)
  const write = alignedText(shown)
  let lines = ""
  for (let r = 0; r < shownRows; r++) {
    if (at(r, 0) === undefined) break
    let line = ""
    for (let c = 0; c < shownColumns && at(r, c) !== undefined; c++)
      line += cell(at(r, c), write, tensor.dtype)
    lines += `<tr>${line}${columns > shownColumns ? "<td>…</td>" : ""}</tr>`
  }
  if (rows > shownRows)
    lines += `<tr><td colspan="${shownColumns + (columns > shownColumns ? 1 : 0)}">⋮</td></tr>`
  return `<table class="tensor-grid" role="table"><tbody>${lines}</tbody></table>`
}

function numbers(tensor: TensorOutput): string {
  const { shape, values, dtype } = tensor
  if (tensor.size === 0) return `<p class="output-note">No values.</p>`
  if (shape.length === 0)
    return `<table class="tensor-grid" role="table"><tbody><tr>${cell(values[0], numberText, dtype)}</tr></tbody></table>`
  const columns = shape[shape.length - 1]
  if (shape.length === 1) return grid(tensor, 0, 1, columns)
  const rows = shape[shape.length - 2]
  const slices = tensor.size / (rows * columns)
  let text = ""
  for (let s = 0; s < Math.min(slices, MOST_SLICES) && s * rows * columns < values.length; s++) {
    if (shape.length > 2) text += `<p class="tensor-slice">${escapeHtml(sliceName(shape, s))}</p>`
    text += grid(tensor, s * rows * columns, rows, columns)
  }
  return slices > MOST_SLICES
    ? `${text}<p class="output-note">… ${slices - MOST_SLICES} more slices.</p>`
    : text
}

function sliceName(shape: number[], slice: number): string {
  const index: number[] = []
  for (const length of shape.slice(0, -2).reverse()) {
    index.unshift(slice % length)
    slice = Math.floor(slice / length)
  }
  return `[${index.join(", ")}, :, :]`
}

/** A picture of a matrix: signs by the diverging ramp around zero, sizes without a sign by the sequential one. */
function heatMap(tensor: TensorOutput): string {
  const { shape, values, size } = tensor
  if (shape.length !== 2 || shape[0] < 2 || shape[1] < 2 || size > HEAT_CELLS || values.length < size)
    return ""
  const signedRange = tensor.min < 0
  const largest = Math.max(Math.abs(tensor.min), Math.abs(tensor.max))
  if (!Number.isFinite(largest) || largest === 0) return ""
  const [rows, columns] = shape
  const [ramp, steps] = signedRange ? ["div", 11] : ["seq", 9]
  const paths = new Map<string, string>()
  for (let i = 0; i < size; i++) {
    if (!Number.isFinite(values[i])) continue
    const t = signedRange ? (values[i] / largest + 1) / 2 : values[i] / largest
    const colour = `var(--${ramp}-${Math.round(t * (steps - 1))})`
    const square = `M${i % columns} ${Math.floor(i / columns)}h1v1h-1z`
    paths.set(colour, (paths.get(colour) ?? "") + square)
  }
  const from = numberText(signedRange ? -largest : 0, 3)
  const label = `Heat map of ${rows} rows and ${columns} columns; colours from ${from} to ${numberText(largest, 3)}`
  const drawn = [...paths].map(([colour, d]) => `<path fill="${colour}" d="${d}"/>`).join("")
  const side = Math.max(6, Math.min(24, Math.floor(360 / columns)))
  const box = `viewBox="0 0 ${columns} ${rows}" width="${columns * side}" height="${rows * side}"`
  const picture = `<svg class="heat-map" ${box} role="img" aria-label="${escapeHtml(label)}" shape-rendering="crispEdges">${drawn}</svg>`
  return fold("Heat map", `${picture}<p class="output-note">${escapeHtml(label)}.</p>`)
}

/** Header, numbers, range, and a heat map for small matrices. */
export function renderTensor(tensor: TensorOutput): string {
  const title = tensorTitle(tensor)
  const range =
    tensor.size > 1 && Number.isFinite(tensor.min)
      ? `from ${numberText(tensor.min)} to ${numberText(tensor.max)}`
      : ""
  const bad =
    tensor.nonFinite > 0 ? `<strong class="non-finite">${tensor.nonFinite} NaN or infinite</strong>` : ""
  const facts = [escapeHtml(range), bad].filter((fact) => fact !== "").join("; ")
  const head = `<p class="output-head"><b>${escapeHtml(title)}</b>${facts ? ` <span>${facts}</span>` : ""}</p>`
  return head + scrollBox(title, numbers(tensor)) + heatMap(tensor)
}
