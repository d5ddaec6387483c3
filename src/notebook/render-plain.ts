/**
 * @file Text, values, tensors, tables, console lines, progress, errors as HTML text: what a run shows most, and the box
 * around every output. Escapes everything; touches no document.
 */
import { escapeHtml, fold, longText, scrollBox } from "./markup.ts"
import { grouped, numberText } from "./number-text.ts"
import type { CellError, Output } from "./output.ts"
import { renderTensor } from "./render-tensor.ts"
import { renderValue } from "./render-value.ts"

type Of<K extends Output["kind"]> = Extract<Output, { kind: K }>

const LEVELS = { log: "", info: "", debug: "", warn: "warning", error: "error" }

/**
 * Where the output comes from. At `build` it may bring its own markup (`svg`, `html`). What a worker sends to the
 * `page` is rendered without it, because learner code can write what it likes into a message.
 */
export type Origin = "build" | "page"

const kinds = ["text", "value", "tensor", "table", "progress", "console", "advice", "error"] as const

export type PlainOutput = Of<(typeof kinds)[number]>

export function isPlain(output: Output): output is PlainOutput {
  return kinds.some((kind) => kind === output.kind)
}

/** The output as HTML text. Never throws. */
export function renderPlain(output: PlainOutput, origin: Origin): string {
  return outputBox(output, () => body(output, origin))
}

/** `inner` makes the markup inside of the box. */
export function outputBox(output: Output, inner: () => string): string {
  try {
    return `<div class="output output-${escapeHtml(output.kind)}">${inner()}</div>`
  } catch {
    // Outputs come by message from learner code: one of the wrong shape costs itself and nothing else.
    return `<div class="output output-error"><p>This output could not be shown.</p></div>`
  }
}

function body(output: PlainOutput, origin: Origin): string {
  switch (output.kind) {
    case "text":
      return longText(String(output.text), "Text")
    case "value":
      return renderValue(output.value, origin)
    case "tensor":
      return renderTensor(output)
    case "table":
      return renderTable(output.columns, output.rows, output.total, origin)
    case "progress":
      return progress(output)
    case "console":
      return consoleText(output)
    case "advice":
      return advice(output)
    case "error":
      return error(output)
  }
}

/**
 * In the page a number that is shown shortened keeps its whole value, for sorting and for files. A word among numbers
 * stands under them.
 */
function tableCell(value: string | number | boolean | null, isNumber: boolean, origin: Origin): string {
  if (value === null) return "<td></td>"
  const text = typeof value === "number" ? grouped(numberText(value, 6)) : String(value)
  const whole = origin === "page" && text !== String(value) ? ` data-value="${escapeHtml(value)}"` : ""
  return `<td${isNumber ? ' class="number"' : ""}${whole}>${escapeHtml(text)}</td>`
}

export function renderTable(
  columns: string[],
  rows: (string | number | boolean | null)[][],
  total: number,
  origin: Origin,
): string {
  const count =
    total > rows.length ? `first ${rows.length} of ${total} rows` : `${total} ${total === 1 ? "row" : "rows"}`
  const isNumber = columns.map((_, c) => rows.some((row) => typeof row[c] === "number"))
  const head = columns.map(
    (name, c) => `<th scope="col"${isNumber[c] ? ' class="number"' : ""}>${escapeHtml(name)}</th>`,
  )
  const lines = rows.map(
    (row) => `<tr>${row.map((cell, c) => tableCell(cell, isNumber[c], origin)).join("")}</tr>`,
  )
  // How many rows there are is seen, unless some are left out.
  const caption = total > rows.length ? `<caption>${escapeHtml(count)}</caption>` : ""
  const inner = `<table>${caption}<thead><tr>${head.join("")}</tr></thead><tbody>${lines.join("")}</tbody></table>`
  return scrollBox(`Table with ${columns.length} columns, ${count}`, inner)
}

function progress(output: Of<"progress">): string {
  const { label, value, max, ms } = output
  const known = Number.isFinite(max) && max > 0
  const share = known ? `${Math.round((100 * Math.min(value, max)) / max)}\u202f%, ` : ""
  const time = ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
  const left = known && !output.done ? timeLeft(ms, Number(value) / Number(max)) : ""
  const bar = known ? ` value="${escapeHtml(Number(value))}" max="${escapeHtml(Number(max))}"` : ""
  const name = label || "Progress"
  const count = known
    ? `${numberText(Number(value))} of ${numberText(Number(max))}`
    : numberText(Number(value))
  return `<span class="progress-label">${escapeHtml(name)}</span><progress${bar} aria-label="${escapeHtml(name)}"></progress><span class="progress-text">${escapeHtml(`${share}${count}, ${time}${output.done ? ", done" : ""}`)}${left && `<span class="progress-left">, ${left}</span>`}</span>`
}

/** So early a guess would be off by too much. */
const GUESS_AFTER = 1000

/** What is left if it goes on as it has begun, in words that do not change with every frame. */
function timeLeft(ms: number, share: number): string {
  if (!(ms >= GUESS_AFTER && share > 0 && share < 1)) return ""
  const seconds = (ms * (1 / share - 1)) / 1000
  if (seconds < 1) return "nearly done"
  if (seconds < 90) return `about ${Number(seconds.toPrecision(seconds < 10 ? 1 : 2))} s left`
  const minutes = seconds / 60
  return minutes < 90 ? `about ${Math.round(minutes)} min left` : `about ${Math.round(minutes / 60)} h left`
}

function consoleText(output: Of<"console">): string {
  const level = LEVELS[output.level] ?? ""
  const name = level ? `<span class="console-level">${level}</span> ` : ""
  return name + longText(String(output.text), "Console")
}

/** A sentence, in which code stands between backticks. */
const prose = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>")

function error(output: CellError): string {
  const place = output.line === undefined ? "" : ` ${placeText(output)}`
  const hint = output.hint ? `<p class="error-hint">${prose(output.hint)}</p>` : ""
  const original = output.original ? fold("In JavaScript’s words", longText(output.original, "Error")) : ""
  return `<p class="error-name"><b>${escapeHtml(output.name)}</b>${place}</p>${longText(String(output.message), "Error")}${hint}${original}`
}

function advice(output: Of<"advice">): string {
  const place = output.line === undefined ? "" : `${placeText(output)}: `
  return `<p><span class="console-level">note</span> ${place}${prose(output.text)}</p>`
}

function placeText({ line, column, cell }: Of<"advice" | "error">): string {
  const at = column === undefined ? "" : ` data-column="${escapeHtml(column)}"`
  const where = cell === undefined ? "" : ` data-cell="${escapeHtml(cell)}"`
  const text = `line ${line}${cell === undefined ? "" : ` of cell ${cell}`}`
  return `<span class="error-line" data-line="${escapeHtml(line)}"${at}${where}>${escapeHtml(text)}</span>`
}
