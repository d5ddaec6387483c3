/** @file Figures and curves as SVG text without a browser: Observable Plot on a minimal document. Node only. */
import { createHash } from "node:crypto"
import * as Plot from "@observablehq/plot"
import { curveSpec } from "../notebook/curve-spec.ts"
import { curveAlt } from "../notebook/curve-words.ts"
import { drawSpec } from "../notebook/figure-drawing.ts"
import { figureAlt } from "../notebook/figure-text.ts"
import { MiniDocument, type MiniElement } from "../notebook/minidom.ts"
import type { Output, PlotSpec } from "../notebook/output.ts"
import { stillMarkup } from "../notebook/still-figure.ts"
import { compactSvg } from "./compact-svg.ts"
import { pngDataUrl } from "./png.ts"

/** The text column; the SVG scales down on narrower screens. */
const WIDTH = 608
/** A curve has room on a phone, with type that can be read there. */
const CURVE_WIDTH = 460

/** Ids are made from the picture itself, so that figures on one page never share a clip path by accident. */
function ownIds(markup: string): string {
  const key = createHash("sha256").update(markup).digest("hex").slice(0, 8)
  const ids = new Map<string, string>()
  const named = markup.replace(/ id="([^"]+)"/g, (_, id: string) => {
    ids.set(id, `f${key}-${ids.size}`)
    return ` id="${ids.get(id)}"`
  })
  return named.replace(/url\(#([^)]+)\)/g, (all, id: string) => (ids.has(id) ? `url(#${ids.get(id)})` : all))
}

/**
 * A recorded figure as markup: one `<svg role="img">`, or a `<figure>` around it where it has a title or a legend.
 * Colours are CSS variables; figures made of pixels come twice, marked `data-tone="light"` and `"dark"`.
 * @throws TypeError where the spec is not a figure that Plot can draw.
 */
export function drawFigure(spec: PlotSpec, alt = figureAlt(spec), width = WIDTH): string {
  const drawings = drawSpec<MiniElement>(Plot, spec, { width, alt, document: new MiniDocument(pngDataUrl) })
  return ownIds(compactSvg(drawings.map(({ node, tone }) => stillMarkup(node, tone)).join("")))
}

/** The output with its drawing in it, ready to be rendered; outputs without a drawing come back as they are. */
export function drawOutput(output: Output): Output {
  if (output.kind === "curve") {
    return { ...output, live: false, svg: drawFigure(curveSpec(output), curveAlt(output), CURVE_WIDTH) }
  }
  if (output.kind === "steps") return { ...output, figures: output.figures.map(drawOutput) }
  if (output.kind !== "figure") return output
  if (output.spec === undefined)
    return output.svg ? { ...output, svg: ownIds(compactSvg(output.svg)) } : output
  return { ...output, svg: drawFigure(output.spec, output.alt) }
}
