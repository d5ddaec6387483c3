/**
 * @file A cell as markup, before a script brings it to life: title, code, state, outputs. What the build writes and what
 * the scratchpad adds are the same. Knows neither running nor highlighting.
 */
import type { Cell } from "./cell.ts"
import { escapeHtml } from "./markup.ts"

export interface CellMarkup {
  lesson: string
  cell: Cell
  /** The element's id; without it the cell's. */
  anchor?: string
  /** The source as markup. */
  code: string
  /** What it shows, as markup. */
  outputs: readonly { kind: string; markup: string }[]
  /** Of the figure, where the cell has a caption. */
  number?: string
  /** Markup. */
  caption?: string
  /** Where the reader builds the same, as markup. */
  yours?: string
}

export function cellMarkup({
  lesson,
  cell,
  code,
  outputs,
  number,
  caption,
  anchor,
  yours,
}: CellMarkup): string {
  const name = cell.title ?? cell.id
  const host = {
    id: anchor ?? cell.id,
    "data-lesson": lesson,
    "data-cell": cell.id,
    "data-title": cell.title,
    "data-readonly": cell.readonly,
    "data-static": cell.static,
    "data-slow": cell.slow,
    "data-error": cell.error,
    "data-steps": cell.steps,
  }
  const titleId = `${host.id}-title`
  const pre = `<div class="cell-code"><pre${attributes({ class: "code", tabindex: "0", role: "group", "aria-label": `Code of ${name}` })}><code>${code}</code></pre></div>`
  const folded = `<details class="cell-fold"><summary>Show the code</summary>${pre}</details>`
  const state = outputs.length > 0 ? "from the book" : "not run yet"
  const shown = outputs.map(
    ({ kind, markup }) => `<div class="cell-output" data-kind="${kind}">${markup}</div>`,
  )
  const alive = `<p class="cell-bar"><span class="cell-state">${state}</span></p><div class="cell-out">${shown.join("")}</div>`
  const label = number ? `<b>Figure ${escapeHtml(number)}.</b> ` : ""
  return [
    `<nn-cell${attributes(host)}><figure${attributes({ class: "cell", "aria-labelledby": titleId })}>`,
    `<div class="cell-head"><span${attributes({ class: "cell-title", id: titleId })}>${escapeHtml(name)}</span></div>`,
    cell.hidden ? folded : pre,
    cell.static ? "" : alive,
    yours,
    caption ? `<figcaption class="cell-caption">${label}${caption}</figcaption>` : "",
    "</figure></nn-cell>",
  ].join("")
}

/** Those that have a value; `true` is one without text. */
function attributes(all: Record<string, string | boolean | undefined>): string {
  return Object.entries(all)
    .map(([name, value]) =>
      value === undefined || value === false ? "" : ` ${name}="${value === true ? "" : escapeHtml(value)}"`,
    )
    .join("")
}
