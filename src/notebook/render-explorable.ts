/** @file What a cell has set an explorable to, as HTML text. Knows no explorable; touches no document. */
import { escapeHtml } from "./markup.ts"
import type { ExplorableOutput, PlacedExplorable } from "./output.ts"

/** `placed`: by the build or by the page, never by the cell. */
export function renderExplorable({ name }: ExplorableOutput, placed?: PlacedExplorable): string {
  if (!placed) return `<p>Sets the explorable ${escapeHtml(name)}.</p>`
  const { anchor, figure, where, words, link } = placed
  const to = `<a href="#${escapeHtml(anchor)}">${escapeHtml(figure)}</a>`
  const rest = `${to} ${where}: ${escapeHtml(words)}.`
  return link
    ? `<p>For ${rest} <a href="${escapeHtml(link)}">Show it there</a></p>`
    : `<p>Shown in ${rest}</p>`
}
