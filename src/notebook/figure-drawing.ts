/** @file One figure, drawn with the book's theme through whatever Plot and document it is given. Touches no page itself. */
import { type ColourScale, choosesColours, colours, type Tone, themed } from "./figure-theme.ts"
import { type PlotLibrary, replay } from "./plot-replay.ts"
import { isObject, marksOf, rootOptions } from "./spec-marks.ts"

type Options = Record<string, unknown>

/** As much of an element as both kinds of document have. */
interface Drawn {
  querySelectorAll(selector: string): Iterable<{
    getAttribute(name: string): string | null
    setAttribute(name: string, value: string): void
    removeAttribute(name: string): void
  }>
}

export interface Drawing<E> {
  node: E
  /** Which theme the drawing is for: most use CSS variables and serve both, pictures made of pixels cannot. */
  tone: Tone | "both"
}

interface Plan {
  width: number
  alt: string
  document: unknown
  /** The spec holds functions of a cell, which are to be called: only where that cell may run. */
  keepsFunctions?: boolean
}

/**
 * Plot names the groups of a figure ("dot", "x-axis tick"), and screen readers then announce each as a picture of its
 * own. The figure has one name and its data as a table; its parts keep silent.
 */
function silenced<E extends Drawn>(figure: E): E {
  for (const group of figure.querySelectorAll("g")) {
    // The style sheet keeps labels readable over what they lie on.
    if (group.getAttribute("aria-label") === "text") group.setAttribute("data-mark", "text")
    group.removeAttribute("aria-label")
  }
  return figure
}

/** Draws a recorded figure: once for both themes, or once for each where it holds pixels. */
export function drawSpec<E extends Drawn>(library: PlotLibrary, spec: unknown, plan: Plan): Drawing<E>[] {
  const root = rootOptions(spec)
  const names = marksOf(root.marks).map((mark) => mark.$plot)
  const isPlot = isObject(spec) && spec.$plot === "plot"
  const draw = (colour?: Options): E => {
    const finish = (options: Options): Options => {
      const full = isPlot ? themed(options, names, plan.width, plan.alt) : { className: "plot", ...options }
      const given = isObject(options.color) ? options.color : {}
      return { ...full, ...(colour && { color: { ...given, ...colour } }), document: plan.document }
    }
    const figure = replay(library, spec, finish, plan.keepsFunctions) as E
    return silenced(figure)
  }
  const first = draw()
  const scale = isPlot
    ? (first as { scale?(name: string): ColourScale | undefined }).scale?.("color")
    : undefined
  const choice = scale && !choosesColours(root) ? colours(scale) : undefined
  if (!scale || !choice) return [{ node: first, tone: "both" }]
  const legend = isObject(root.color) && root.color.legend === true
  if (choice.interpolate && (legend || names.includes("raster"))) {
    return (["light", "dark"] as const).map((tone) => ({ node: draw(colours(scale, tone)), tone }))
  }
  return [{ node: draw(choice), tone: "both" }]
}
