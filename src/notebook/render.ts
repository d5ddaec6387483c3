/** @file Every output as HTML text, the same at build and in the page. Escapes everything; touches no document. */
import { curveAlt } from "./curve-words.ts"
import { escapeHtml, fold } from "./markup.ts"
import type { Output } from "./output.ts"
import { renderExplorable } from "./render-explorable.ts"
import { renderGraph } from "./render-graph.ts"
import { renderInput } from "./render-input.ts"
import {
  isPlain,
  type Origin,
  outputBox,
  type PlainOutput,
  renderPlain,
  renderTable,
} from "./render-plain.ts"
import { renderSteps } from "./render-steps.ts"

type Of<K extends Output["kind"]> = Extract<Output, { kind: K }>

/**
 * The output as HTML text. In the page, `[data-figure]` is where a figure or a curve is mounted and `[data-tex]`
 * where a formula is set; an error's place carries `data-line`. Never throws.
 */
export function renderOutput(output: Output, origin: Origin = "build"): string {
  return isPlain(output) ? renderPlain(output, origin) : outputBox(output, () => body(output, origin))
}

export type RichOutput = Exclude<Output, PlainOutput>

function body(output: RichOutput, origin: Origin): string {
  switch (output.kind) {
    case "figure":
      return figure(output, origin)
    case "curve":
      return curve(output, origin)
    case "tex":
      return tex(output, origin)
    case "graph":
      return renderGraph(output)
    case "steps":
      return renderSteps(output, origin, (part) => renderOutput(part, origin))
    case "input":
      return renderInput(output)
    case "explorable":
      return renderExplorable(output, origin === "build" ? output.placed : undefined)
    default:
      throw new TypeError("There is no such kind of output.")
  }
}

function host(alt: string): string {
  return `<div class="drawing" data-figure role="img" aria-label="${escapeHtml(alt)}"></div>`
}

const DRAWN_HERE =
  '<p class="output-note">This figure calls a function of the cell while it is drawn, so it was drawn where the cell runs. ' +
  "It is still: it shows no tips.</p>"

function figure(output: Of<"figure">, origin: Origin): string {
  const drawn =
    origin === "build" && output.svg ? `<div class="drawing">${output.svg}</div>` : host(output.alt)
  const data = output.data
  return (
    drawn +
    (output.svg && output.spec === undefined ? DRAWN_HERE : "") +
    (data
      ? fold("Data table", renderTable(data.columns, data.rows, data.total ?? data.rows.length, origin))
      : "")
  )
}

/** A curve's data in words: where each series began, where it is, and its lowest value. */
function curve(output: Of<"curve">, origin: Origin): string {
  const title = `<p class="output-head"><b>${escapeHtml(output.title)}</b></p>`
  const drawn =
    origin === "build" && output.svg ? `<div class="drawing">${output.svg}</div>` : host(curveAlt(output))
  const rows = output.series
    .filter((series) => series.y.length > 0)
    .map(({ name, y }) => [name, y.length, y[0], lowest(y), y[y.length - 1]])
  const data = renderTable(["series", "points", "first", "lowest", "last"], rows, rows.length, origin)
  return title + drawn + (rows.length > 0 ? fold("Data table", data) : "")
}

function lowest(values: number[]): number {
  return values.reduce((low, value) => (value < low || Number.isNaN(low) ? value : low), Number.NaN)
}

function tex(output: Of<"tex">, origin: Origin): string {
  if (origin === "build" && output.html) return output.html
  return `<span data-tex="${escapeHtml(output.tex)}"${output.display ? " data-display" : ""}><code>${escapeHtml(output.tex)}</code></span>`
}
