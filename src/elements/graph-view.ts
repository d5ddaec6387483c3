/** @file A computational graph in the page: smaller, larger, as a whole; it follows the mouse. Knows nothing of tensors. */
import css from "../styles/graph-view.css?inline"
import { addStyle } from "./added-style.ts"

const SMALLEST = 0.25
const LARGEST = 3

/** Gives every graph in `host` its buttons, once. */
export function bringGraphsAlive(host: ParentNode): void {
  for (const graph of host.querySelectorAll<HTMLElement>("[data-graph]:not(:has(.graph-tools))")) {
    const box = graph.querySelector<HTMLElement>(".scroll")
    const svg = graph.querySelector<SVGElement>("svg")
    if (box && svg) bringAlive(graph, box, svg)
  }
}

function bringAlive(graph: HTMLElement, box: HTMLElement, svg: SVGElement): void {
  addStyle("graph-view", css)
  const [width, height] = [Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))]
  let scale = 1
  const zoom = (to: number): void => {
    const before = scale
    scale = Math.min(LARGEST, Math.max(SMALLEST, to))
    // What is in the middle stays there.
    const [x, y] = [box.scrollLeft + box.clientWidth / 2, box.scrollTop + box.clientHeight / 2]
    svg.style.width = `${width * scale}px`
    svg.style.height = `${height * scale}px`
    // What fitted before may scroll now.
    box.tabIndex = 0
    box.scrollTo((x * scale) / before - box.clientWidth / 2, (y * scale) / before - box.clientHeight / 2)
  }
  const tools = document.createElement("div")
  tools.className = "graph-tools"
  const acts: [string, string, () => void][] = [
    ["−", "Smaller", () => zoom(scale / 1.25)],
    ["+", "Larger", () => zoom(scale * 1.25)],
    ["⤢", "Whole graph", () => zoom(Math.min(1, box.clientWidth / width, box.clientHeight / height))],
  ]
  for (const [sign, name, act] of acts) {
    const button = document.createElement("button")
    Object.assign(button, { type: "button", textContent: sign, title: name, ariaLabel: name })
    button.addEventListener("click", act)
    tools.append(button)
  }
  graph.append(tools)
  drag(box, svg)
}

/** A finger scrolls by itself; a mouse takes hold of the picture. */
function drag(box: HTMLElement, svg: SVGElement): void {
  svg.addEventListener("pointerdown", (down) => {
    if (down.pointerType !== "mouse" || down.button !== 0) return
    down.preventDefault()
    box.focus({ preventScroll: true })
    svg.setPointerCapture(down.pointerId)
    const from = [box.scrollLeft, box.scrollTop]
    const end = new AbortController()
    svg.addEventListener(
      "pointermove",
      (event) => box.scrollTo(from[0] - event.clientX + down.clientX, from[1] - event.clientY + down.clientY),
      { signal: end.signal },
    )
    for (const type of ["pointerup", "pointercancel"])
      svg.addEventListener(type, () => end.abort(), { signal: end.signal })
  })
}
