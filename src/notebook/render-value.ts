/** @file Trees of JavaScript values as HTML text: nested folds. Escapes everything. */
import { escapeHtml, fold, longText } from "./markup.ts"
import type { ValueNode } from "./output.ts"
import { renderTensor, tensorTitle } from "./render-tensor.ts"

const PREVIEW = 60

function leaf(node: ValueNode): string | undefined {
  if (node.type === "primitive") return node.of === "string" ? JSON.stringify(node.text) : node.text
  return node.type === "function" || node.type === "cut" ? node.text : undefined
}

function title(node: Extract<ValueNode, { entries: unknown }>): string {
  return node.type === "object" ? node.name : `${node.name} (${node.size})`
}

/** One line that says what is inside. */
function preview(node: ValueNode): string {
  const text = leaf(node)
  if (text !== undefined) return text.length > PREVIEW ? `${text.slice(0, PREVIEW)}…` : text
  if (node.type === "tensor") return tensorTitle(node.tensor)
  return "entries" in node ? title(node) : ""
}

function summary(node: Extract<ValueNode, { entries: unknown }>): string {
  const isList = node.type === "array" || node.type === "set"
  let inside = ""
  for (const [key, part] of node.entries) {
    const text = isList ? preview(part) : `${key}: ${preview(part)}`
    if (inside.length + text.length > PREVIEW) {
      inside += inside === "" ? "…" : ", …"
      break
    }
    inside += inside === "" ? text : `, ${text}`
  }
  return isList ? `${title(node)} [${inside}]` : `${title(node)} {${inside}}`
}

function entry(key: string, node: ValueNode): string {
  const name = key === "" ? "" : `<span class="value-key">${escapeHtml(key)}:</span> `
  const text = leaf(node)
  if (text !== undefined) {
    const kind = node.type === "primitive" ? node.of : node.type
    return `<li>${name}<span class="value-${kind}">${escapeHtml(text)}</span></li>`
  }
  return `<li>${name}${branch(node, false)}</li>`
}

function branch(node: ValueNode, open: boolean): string {
  if (node.type === "tensor") return fold(tensorTitle(node.tensor), renderTensor(node.tensor))
  if (!("entries" in node)) return ""
  if (node.entries.length === 0) return `<span class="value-name">${escapeHtml(emptyText(node))}</span>`
  const entries = node.entries.map(([key, part]) => entry(key, part)).join("")
  return fold(summary(node), `<ul>${entries}</ul>`, open)
}

/** Dates, patterns and promises say everything in their name. */
function emptyText(node: Extract<ValueNode, { entries: unknown }>): string {
  if (node.type === "array") return `${node.name} (${node.size}) []`
  return node.type === "object" && node.name !== "Object" ? node.name : `${node.name} {}`
}

/** A value that is neither text, tensor, table nor figure. */
export function renderValue(node: ValueNode): string {
  const text = leaf(node)
  if (text === undefined) return `<div class="value-tree">${branch(node, false)}</div>`
  return longText(text, "Value")
}
