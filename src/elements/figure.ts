/** @file Figures and curves in the page: recorded calls replayed with Observable Plot, live curves on a canvas. Knows no cells. */
import { curveSpec } from "../notebook/curve-spec.ts"
import { curveAlt } from "../notebook/curve-words.ts"
import { drawSpec } from "../notebook/figure-drawing.ts"
import type { Output, PlotSpec } from "../notebook/output.ts"
import type { PlotLibrary } from "../notebook/plot-replay.ts"
import { renderOutput } from "../notebook/render.ts"
import { drawCurve } from "./curve-canvas.ts"

type FigureOutput = Extract<Output, { kind: "figure" | "curve" }>

interface Mounted {
  /** The newest output; what is drawn follows it. */
  output: FigureOutput
  /** The box that is drawn into, and its width when that was last done. */
  box: HTMLElement
  width: number
  frame: number
}

const mounted = new WeakMap<HTMLElement, Mounted>()
const NARROWEST = 240

/** A box changes its width when the page does; a change of height is our own doing. */
const resizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const state = owners.get(target)
    if (state && Math.abs(contentRect.width - state.width) >= 1) schedule(state)
  }
})
const owners = new WeakMap<Element, Mounted>()

/** SVG follows the theme by itself; a canvas, also of a run that was stopped, is drawn again in the new colours. */
const themes = new MutationObserver(() => {
  for (const canvas of document.querySelectorAll("[data-figure] > canvas")) {
    const state = canvas.parentElement && owners.get(canvas.parentElement)
    if (state) schedule(state)
  }
})
themes.observe(document.documentElement, { attributeFilter: ["data-theme"] })

/**
 * Shows a figure or a curve in `host`, which holds or is the `[data-figure]` of `renderOutput`; called again with
 * the same host it shows the newer output. A live curve is drawn once a frame at most, the newest state winning.
 * A figure that cannot be drawn leaves its error as text.
 */
export function mountFigure(host: HTMLElement, output: FigureOutput): void {
  const before = mounted.get(host)
  const ended =
    output.kind === "curve" && before?.output.kind === "curve" && before.output.live && !output.live
  // The table of numbers belongs to the finished curve; while it grows only the picture moves.
  if (ended && before.box !== host) host.innerHTML = renderOutput(output, "page")
  const box = host.matches("[data-figure]") ? host : host.querySelector<HTMLElement>("[data-figure]")
  if (!box) return
  const state = before?.box === box ? before : { output, box, width: 0, frame: 0 }
  state.output = output
  if (before !== state) {
    if (before) forget(before)
    mounted.set(host, state)
    owners.set(box, state)
    resizes.observe(box)
  }
  schedule(state)
}

/** What `host` shows, if it was mounted in this page. */
export function shownIn(host: HTMLElement): FigureOutput | undefined {
  return mounted.get(host)?.output
}

function forget(state: Mounted): void {
  cancelAnimationFrame(state.frame)
  resizes.unobserve(state.box)
}

function schedule(state: Mounted): void {
  if (state.frame === 0) {
    state.frame = requestAnimationFrame(() => {
      state.frame = 0
      draw(state)
    })
  }
}

function draw(state: Mounted): void {
  const { output, box } = state
  state.width = box.clientWidth
  if (output.kind === "curve" && output.live) drawCurve(box, output)
  else void drawFull(state, output)
}

let library: Promise<PlotLibrary> | undefined

async function drawFull(state: Mounted, output: FigureOutput): Promise<void> {
  try {
    if (output.kind === "figure" && output.svg !== undefined && output.spec === undefined) {
      const { drawnNodes } = await import("./drawn-figure.ts")
      if (state.output !== output) return
      const nodes = drawnNodes(output.svg)
      for (const node of nodes) tidy(node)
      show(state.box, nodes)
      return
    }
    library ??= import("@observablehq/plot")
    const plot = await library
    if (state.output !== output) return
    const spec = output.kind === "curve" ? curveSpec(output) : output.spec
    const alt = output.kind === "curve" ? curveAlt(output) : output.alt
    const nodes = drawNodes(plot, spec, alt, Math.max(NARROWEST, Math.min(880, state.width)))
    show(state.box, nodes)
  } catch (problem) {
    library = undefined
    state.box.textContent = problem instanceof Error ? problem.message : "This figure could not be drawn."
  }
}

function show(box: HTMLElement, nodes: Element[]): void {
  box.removeAttribute("role")
  box.removeAttribute("aria-label")
  box.replaceChildren(...nodes)
}

function drawNodes(plot: PlotLibrary, spec: PlotSpec, alt: string, width: number): Element[] {
  const drawings = drawSpec<Element>(plot, spec, { width, alt, document })
  return drawings.map(({ node, tone }) => {
    tidy(node)
    if (tone !== "both") node.setAttribute("data-tone", tone)
    return node
  })
}

let figures = 0

/** What Plot leaves to its host: headings out of the outline, one style sheet for all, ids of our own, no addresses. */
function tidy(root: Element): void {
  for (const heading of root.querySelectorAll("h2, h3")) {
    const line = document.createElement("p")
    line.className = heading.localName === "h2" ? "plot-title" : "plot-subtitle"
    line.append(...heading.childNodes)
    heading.replaceWith(line)
  }
  for (const style of root.querySelectorAll("style")) style.remove()
  const all = [root, ...root.querySelectorAll("*")]
  const ids = new Map<string, string>()
  const key = `p${++figures}`
  for (const node of all) {
    if (node.id === "") continue
    ids.set(node.id, `${key}-${ids.size}`)
    node.id = ids.get(node.id) ?? ""
  }
  for (const node of all) scrub(node, ids)
  for (const svg of all) {
    if (svg.localName !== "svg") continue
    svg.removeAttribute("font-family")
    svg.removeAttribute("font-size")
    if (svg.getAttribute("class") === "plot") svg.setAttribute("role", "img")
  }
}

/** An attribute that CSS reads could load an address: learner code must not reach the network through a colour. */
function scrub(node: Element, ids: ReadonlyMap<string, string>): void {
  for (const { name, value } of [...node.attributes]) {
    const own = /^url\(#([^)\\]+)\)$/.exec(value)
    if (own) {
      node.setAttribute(name, `url(#${ids.get(own[1]) ?? own[1]})`)
    } else if (name.endsWith("href")) {
      if (!value.startsWith("data:image/")) node.removeAttribute(name)
    } else if (!name.startsWith("aria-") && /\\|url\s*\(|image(-set)?\s*\(|\bsrc\s*\(/i.test(value)) {
      node.removeAttribute(name)
    }
  }
}
