/** @file The graph as a picture: a box for each value, its gradient below it, the present message in magenta. */
import { edgePath, edgeTip } from "../../drawing/edges.ts"
import { layOut } from "../../drawing/layers.ts"
import type { Target } from "../lib/explorable.ts"
import { element, path, rect, text } from "../lib/svg.ts"
import { shown } from "./graphs.ts"
import { number } from "./guess.ts"
import { type Event, moment, type State, target } from "./tape.ts"

export const WIDTH = 320
export const HEIGHT = 452
const BOX = 47
const MARGIN = 2

/** Where the boxes stand and how the edges run. */
function placed({ nodes, messages }: State) {
  const edges = messages.map(({ from, to }) => ({ from: to, to: from }))
  const layout = layOut(
    nodes.map(() => 1),
    edges,
  )
  const column = Math.min(92, (WIDTH - 2 * MARGIN) / layout.columns)
  const row = Math.min(110, (HEIGHT - BOX - 2 * MARGIN) / (layout.layers - 1))
  const top = MARGIN + BOX / 2
  const left = (WIDTH - column * layout.columns) / 2
  const at = ({ x, y }: { x: number; y: number }) => ({ x: left + x * column, y: top + y * row })
  return { layout, width: column - 8, at }
}

/** A press on a box leads to the next moment at which it is written; to its first one after the last. */
export function boxes(state: State): Target[] {
  const { layout, width, at } = placed(state)
  return state.nodes.map(({ name, gate }, i) => {
    const { x, y } = at(layout.boxes[i]!)
    const [value, grad] = [state.values[i], state.grads[i]]
    const holds = [
      gate ? `${shown(name)} = ${gate.formula}` : shown(name),
      value === undefined ? "" : `value ${number(value)}`,
      grad === undefined ? "" : `gradient ${number(grad)}`,
    ]
    const goes = state.fills ? "ask for its next number" : "go to where it is written"
    return {
      x: x - width / 2,
      y: y - BOX / 2,
      width,
      height: BOX,
      label: `${holds.filter(Boolean).join(", ")}: ${goes}`,
      to: { step: moment(state, i) },
    }
  })
}

export function drawGraph(state: State): string {
  const { nodes, messages, last, next, fills } = state
  const { layout, width, at } = placed(state)
  const message = last?.kind === "message" ? last.message : undefined
  const lines = layout.routes.map((route, i) => {
    const { from, to, position } = messages[i]!
    const here = message && message.from === from && message.to === to && message.position === position
    const points = route.map(at)
    const colour = here ? "var(--grad)" : "var(--control)"
    // Values go down; the message that has been sent last goes up, so its tip is at the other end.
    const tip = here ? upTip(points[0]!.x, points[0]!.y + BOX / 2) : edgeTip(points, BOX)
    return (
      path(edgePath(points, BOX), { stroke: colour, "stroke-width": here ? "2.5" : "1.25" }) +
      element("path", { d: tip, fill: colour })
    )
  })
  const drawn = nodes.map((_, i) => {
    const { x, y } = at(layout.boxes[i]!)
    const asksHere = fills && next && target(next) === i ? next.kind : undefined
    return box(state, i, x, y, width, last && target(last) === i ? last.kind : undefined, asksHere)
  })
  return lines.join("") + drawn.join("")
}

/** A tip that points up, at the bottom of a box. */
function upTip(x: number, y: number): string {
  return `M${x - 4} ${y + 8}L${x + 4} ${y + 8}L${x} ${y}Z`
}

function box(
  { nodes, values, grads }: State,
  i: number,
  x: number,
  y: number,
  width: number,
  written?: Event["kind"],
  asks?: Event["kind"],
): string {
  const { name, gate } = nodes[i]!
  const [value, grad] = [values[i], grads[i]]
  const above = y - BOX / 2
  const middle = { "text-anchor": "middle" }
  const short = gate ? `${shown(name)} = ${gate.formula}` : shown(name)
  const title = short.length * 5.8 > width - 4 && gate ? gate.formula : short
  const look = written
    ? { stroke: written === "value" ? "var(--ink)" : "var(--grad)", "stroke-width": "2.5" }
    : gate
      ? { stroke: "var(--ink-3)" }
      : { stroke: "var(--param)", "stroke-width": "2" }
  const line = (words: string, k: number, fill: string, weight?: string) =>
    text(x, above + 14 + 14 * k, words, { ...middle, style: `fill:var(--${fill})`, "font-weight": weight })
  return (
    rect(x - width / 2, above, width, BOX, { rx: 5, fill: "var(--surface)", ...look }) +
    line(title, 0, "ink-2") +
    (asks === "value"
      ? line("?", 1, "handle", "700")
      : value === undefined
        ? ""
        : line(number(value), 1, "ink", "600")) +
    (asks && asks !== "value"
      ? line(grad === undefined ? "?" : `${number(grad)} + ?`, 2, "handle", "700")
      : grad === undefined
        ? ""
        : line(number(grad), 2, "grad", "600"))
  )
}
