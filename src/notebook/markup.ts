/** @file Text made safe for HTML, and the three boxes that outputs share: a fold, a scroll box, long text. No outputs here. */

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

/** Any value as text that is safe between tags and inside quoted attributes. */
export function escapeHtml(value: unknown): string {
  return String(value).replace(/[&<>"']/g, (c) => ESCAPES[c])
}

/** `inner` is markup, `summary` is text. */
export function fold(summary: string, inner: string, open = false): string {
  return `<details${open ? " open" : ""}><summary>${escapeHtml(summary)}</summary>${inner}</details>`
}

/** A box that scrolls sideways by itself and can be reached by keyboard; `label` is text, `inner` is markup. */
export function scrollBox(label: string, inner: string): string {
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(label)}">${inner}</div>`
}

const FIRST_LINES = 40
const MORE_LINES = 2000

/** Text as it is, folded beyond 40 lines; `label` names it where it scrolls. */
export function longText(text: string, label: string): string {
  const lines = text.split("\n")
  const pre = (part: string[]): string => scrollBox(label, `<pre>${escapeHtml(part.join("\n"))}</pre>`)
  if (lines.length <= FIRST_LINES) return pre(lines)
  const more = lines.slice(FIRST_LINES, FIRST_LINES + MORE_LINES)
  const left = lines.length - FIRST_LINES - more.length
  const end = left > 0 ? `<p class="output-note">… ${left} more lines are not shown.</p>` : ""
  const summary = `Show ${more.length} more ${more.length === 1 ? "line" : "lines"}`
  return pre(lines.slice(0, FIRST_LINES)) + fold(summary, pre(more) + end)
}
