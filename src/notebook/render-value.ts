/**
 * @file Trees of JavaScript values as HTML text: nested folds. In the page what is inside of one is rendered when it is
 * opened; at build nobody could, and all is there, down to a bounded depth. Escapes everything.
 */
import { escapeHtml, fold, longText } from "./markup.ts"
import type { ValueNode } from "./output.ts"
import { renderTensor, tensorTitle } from "./render-tensor.ts"

const PREVIEW = 60
/** Entries that are shown at once. */
const AT_ONCE = 100
/** Levels and nodes that a page of the book holds. */
const BOOK_LEVELS = 6
const BOOK_NODES = 2000

function leaf(node: ValueNode): string | undefined {
  if (node.type === "primitive") return node.of === "string" ? JSON.stringify(node.text) : node.text
  return node.type === "function" || node.type === "cut" ? node.text : undefined
}

function title(node: Branch): string {
  return node.type === "object" ? node.name : `${node.name} (${node.size})`
}

/** One line that says what is inside. */
function preview(node: ValueNode): string {
  const text = leaf(node)
  if (text !== undefined) return text.length > PREVIEW ? `${text.slice(0, PREVIEW)}…` : text
  if (node.type === "tensor") return tensorTitle(node.tensor)
  return "entries" in node ? title(node) : ""
}

function summary(node: Branch): string {
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

type Branch = Extract<ValueNode, { entries: unknown }>

/** Where the inside of a value is rendered from: the book's page at once, the reader's page when it is opened. */
interface Place {
  /** From the root: numbers of entries. */
  path: string
  book?: { nodes: number; level: number }
}

function entry(key: string, node: ValueNode, place: Place): string {
  const name = key === "" ? "" : `<span class="value-key">${escapeHtml(key)}:</span> `
  const text = leaf(node)
  if (text !== undefined) {
    const kind = node.type === "primitive" ? node.of : node.type
    return `<li>${name}<span class="value-${kind}">${escapeHtml(text)}</span></li>`
  }
  return `<li>${name}${branch(node, place)}</li>`
}

function branch(node: ValueNode, place: Place): string {
  if (node.type === "tensor") return fold(tensorTitle(node.tensor), renderTensor(node.tensor))
  if (!("entries" in node)) return ""
  if (node.entries.length === 0) return `<span class="value-name">${escapeHtml(emptyText(node))}</span>`
  const { book } = place
  if (!book) return closed(summary(node), place.path, 0)
  if (book.level >= BOOK_LEVELS) return `<span class="value-cut">${escapeHtml(title(node))}</span>`
  book.level++
  const list = entries(node, 0, place)
  book.level--
  return fold(summary(node), list)
}

/** A fold whose inside comes when it is opened. */
function closed(summary: string, path: string, from: number): string {
  return `<details data-unfold="${path}" data-from="${from}"><summary>${escapeHtml(summary)}</summary></details>`
}

function entries(node: Branch, from: number, { path, book }: Place): string {
  const list = node.entries.slice(from, from + AT_ONCE)
  let lines = ""
  list.forEach(([key, part], i) => {
    if (book && book.nodes-- <= 0) return
    lines += entry(key, part, { path: `${path}/${from + i}`, book })
  })
  const left = node.entries.length - from - list.length
  if (left > 0)
    lines += book
      ? entry("", { type: "cut", text: `${left} more` }, { path })
      : `<li>${closed(`${left} more`, path, from + AT_ONCE)}</li>`
  return `<ul>${lines}</ul>`
}

/** What a fold of a rendered value holds: `path` and `from` are those of its `data-unfold` and `data-from`. */
export function renderInside(root: ValueNode, path: string, from: number): string {
  let node: ValueNode | undefined = root
  for (const step of path.split("/").slice(1))
    node = node && "entries" in node ? node.entries[Number(step)]?.[1] : undefined
  return node && "entries" in node ? entries(node, from, { path }) : ""
}

/** Dates, patterns and promises say everything in their name. */
function emptyText(node: Branch): string {
  if (node.type === "array") return `${node.name} (${node.size}) []`
  return node.type === "object" && node.name !== "Object" ? node.name : `${node.name} {}`
}

/** A value that is neither text, tensor, table nor figure. */
export function renderValue(node: ValueNode, origin: "build" | "page"): string {
  const text = leaf(node)
  if (text !== undefined) return longText(text, "Value")
  const book = origin === "build" ? { nodes: BOOK_NODES, level: 0 } : undefined
  return `<div class="value-tree">${branch(node, { path: "", book })}</div>`
}
