/** @file An output as plain text: for a terminal, for a notebook's file. Pure; knows neither page nor run. */
import { alignedText, numberText } from "./number-text.ts"
import type { Output, StepsOutput, TensorOutput, ValueNode } from "./output.ts"
import { stepNumber, stepTexts } from "./step-text.ts"

const WIDEST_ROW = 12
const MOST_ROWS = 20

/** Without a line break at the end. */
export function outputText(output: Output): string {
  switch (output.kind) {
    case "text":
    case "console":
      return output.text
    case "value":
      return valueText(output.value)
    case "tensor":
      return tensorText(output)
    case "table":
      return tableText(output.columns, output.rows, output.total)
    case "figure":
      return [
        `[figure] ${output.alt}`,
        ...(output.data ? [tableText(output.data.columns, output.data.rows, output.data.total)] : []),
      ].join("\n")
    case "curve":
      return curveText(output)
    case "tex":
      return output.tex
    case "progress":
      return `${output.label ? `${output.label}: ` : ""}${output.value} of ${output.max}`
    case "error":
      return `${output.name}${output.line === undefined ? "" : ` in line ${output.line}`}: ${output.message}${output.hint ? `\n${output.hint}` : ""}`
    case "steps":
      return stepLines(output).join("\n")
    case "graph":
      return graphText(output)
    case "advice":
      return `note${output.line === undefined ? "" : ` on line ${output.line}`}: ${output.text}`
    case "input":
      return `[input] ${output.control.label}: ${typeof output.value === "object" ? JSON.stringify(output.value) : output.value}`
    case "explorable":
      return `[explorable] ${output.name}: ${Object.entries(output.params)
        .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
        .join(", ")}`
    default:
      // A kind that a newer page knows.
      return `[${(output as { kind: string }).kind}]`
  }
}

/** A line for each state whose number is above `after`, with the names that have a value by then. */
export function stepLines(output: StepsOutput, after = 0): string[] {
  return output.states.flatMap((state, k) => {
    const number = stepNumber(output, k)
    if (number <= after) return []
    const texts = stepTexts(output, state)
    const values = output.names.flatMap((name, i) =>
      (state.values[i] ?? null) !== null ? [`${name} = ${texts[i].replace(/\s*\n\s*/g, " ")}`] : [],
    )
    return [`Step ${number}${state.label ? `, ${state.label}` : ""}: ${values.join(", ")}`]
  })
}

function valueText(node: ValueNode): string {
  if (node.type === "tensor") return tensorText(node.tensor)
  if (node.type === "primitive" || node.type === "function" || node.type === "cut") return node.text
  const list = node.type === "array" || node.type === "set"
  const parts = node.entries.map(([key, part]) => (list ? valueText(part) : `${key}: ${valueText(part)}`))
  if (node.size > node.entries.length) parts.push(`… ${node.size - node.entries.length} more`)
  const name = /^(Object|Array)$/.test(node.name) ? "" : `${node.name} `
  const [open, close] = list ? ["[", "]"] : ["{ ", " }"]
  const line = `${name}${open}${parts.join(", ")}${close}`
  if (parts.length === 0) return `${name}${open.trim()}${close.trim()}`
  if (line.length <= 100 && !line.includes("\n")) return line
  const inner = parts.map((part) => `  ${part.replaceAll("\n", "\n  ")}`).join(",\n")
  return `${name}${open.trim()}\n${inner}\n${close.trim()}`
}

/** `Tensor [2, 3] float32`, then its rows. */
function tensorText({ shape, dtype, values, size }: TensorOutput): string {
  const head = `Tensor [${shape.join(", ")}] ${dtype}`
  if (shape.length === 0) return `${head}: ${numberText(values[0] ?? Number.NaN)}`
  const write = alignedText(values)
  const columns = shape[shape.length - 1]
  if (columns === 0) return `${head}: empty`
  const rows: string[] = []
  const width = Math.max(...values.map((v) => write(v).length))
  for (let i = 0; i < values.length && rows.length < MOST_ROWS; i += columns) {
    const row = values.slice(i, i + Math.min(columns, WIDEST_ROW)).map((v) => write(v).padStart(width))
    rows.push(`  ${row.join("  ")}${columns > WIDEST_ROW ? "  …" : ""}`)
  }
  const all = Math.ceil(size / columns)
  if (all > rows.length) rows.push(`  … ${all - rows.length} more rows`)
  return [head, ...rows].join("\n")
}

type TableCell = string | number | boolean | null

function tableText(columns: string[], rows: TableCell[][], total = rows.length): string {
  const shown = rows.slice(0, MOST_ROWS)
  const cells = [columns, ...shown.map((row) => row.map(cellText))]
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? "").length)))
  const isNumber = columns.map((_, i) => shown.every((row) => typeof row[i] === "number" || row[i] === null))
  const lines = cells.map((row) =>
    row
      .map((text, i) => (isNumber[i] ? text.padStart(widths[i]) : text.padEnd(widths[i])))
      .join("  ")
      .trimEnd(),
  )
  if (total > shown.length) lines.push(`… ${total - shown.length} more rows`)
  return lines.join("\n")
}

function cellText(value: TableCell): string {
  if (value === null) return ""
  return typeof value === "number" ? numberText(value) : String(value)
}

/** A line for each value, with those that it was made from. */
function graphText({ nodes, edges, left }: Extract<Output, { kind: "graph" }>): string {
  const names = nodes.map(({ name, op, role }, i) => name || `${op || role} ${i + 1}`)
  const lines = nodes.map(({ op, role, shape, value, grad }, i) => {
    const from = edges.filter(({ to }) => to === i).map((edge) => names[edge.from])
    const made = from.length > 0 ? `${op} of ${[...new Set(from)].join(", ")}` : op || role
    return `  ${names[i]} (${made})${shape === "[]" ? "" : ` ${shape}`}: ${value}${grad && `, gradient ${grad}`}`
  })
  if (left > 0) lines.unshift(`  … ${left} earlier values`)
  return [`[graph] ${nodes.length} ${nodes.length === 1 ? "value" : "values"}`, ...lines].join("\n")
}

function curveText({ title, x, series }: Extract<Output, { kind: "curve" }>): string {
  const lines = series.map(({ name, x: xs, y }) => {
    const last = y.length - 1
    if (last < 0) return `  ${name}: no points`
    return `  ${name}: ${numberText(y[0])} at ${x} ${xs[0]}, ${numberText(y[last])} at ${x} ${xs[last]}, ${y.length} points`
  })
  return [`[curve] ${title}`, ...lines].join("\n")
}
