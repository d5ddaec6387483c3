/** @file The network as a picture: a small field for each unit, lines as wide as their weights, plus and minus above each layer. */
import type { Point } from "../lib/explorable.ts"
import { circle, element, line, path, place, rect, text } from "../lib/svg.ts"
import { FEATURES } from "./data.ts"
import { drawField } from "./field.ts"
import { valueAt } from "./names.ts"
import { type Kind, type Layer, MOST_LAYERS, MOST_UNITS, resized, writeNet } from "./net.ts"
import type { Muted } from "./pass.ts"
import { WIDTH } from "./plane-views.ts"
import { indexOf, type State } from "./state.ts"

export const NETWORK_HEIGHT = 308
const TOP = 52
const BOTTOM = NETWORK_HEIGHT - 6
const PICTURE = { width: WIDTH, height: NETWORK_HEIGHT }
const INPUT_X = 56
const INPUT = 26
const OUTPUT = 44
const LABEL = { class: "ex-tick", "text-anchor": "middle" } as const

interface Tile {
  x: number
  y: number
  size: number
}

/** Where the tiles of a column stand: centred, never wider than the column. */
function column(x: number, count: number, widest: number): Tile[] {
  const pitch = Math.min(widest + 8, (BOTTOM - TOP) / count)
  const size = Math.min(widest, pitch - 2)
  const first = (TOP + BOTTOM - pitch * count + pitch - size) / 2
  return Array.from({ length: count }, (_, i) => ({ x: x - size / 2, y: first + pitch * i, size }))
}

export function drawNetwork(state: State): string {
  const { shape, settings } = state
  const hidden = shape.layers.slice(0, -1)
  const first = INPUT_X + INPUT / 2
  const pitch = (WIDTH - first - OUTPUT - 2) / (hidden.length + 1)
  const columnX = (l: number) => first + pitch * (l + 1)
  const tiles = hidden.map(({ units }, l) => column(columnX(l), units, Math.min(34, pitch - 8)))
  const [output] = column(WIDTH - OUTPUT / 2 - 2, 1, OUTPUT)
  const inputs = column(INPUT_X, FEATURES.length, INPUT)
  const chosen = shape.features.map((f) => inputs[f]!)
  const columns = [chosen, ...tiles, [output!]]
  return (
    links(state, columns) +
    FEATURES.map((_, f) => inputTile(state, f, inputs[f]!)).join("") +
    tiles
      .map((list, l) => list.map((tile, unit) => unitTile(state, { layer: l, unit }, tile)).join(""))
      .join("") +
    unitTile(state, { layer: hidden.length, unit: 0 }, output!) +
    text(WIDTH - OUTPUT / 2 - 2, output!.y - 7, "output", LABEL) +
    heads(hidden, settings.g as Kind, columnX, Math.min(10, pitch / 4.4))
  )
}

/** One path for each sign and width, so that many lines stay light. */
function links({ shape, weights }: State, columns: readonly Tile[][]): string {
  const most = Math.max(...weights.flatMap(({ w }) => [...w].map(Math.abs))) || 1
  const paths = new Map<string, string>()
  shape.layers.forEach(({ units }, l) => {
    const { w, inputs } = weights[l]!
    for (let u = 0; u < units; u++)
      for (let j = 0; j < inputs; j++) {
        const weight = w[u * inputs + j]!
        const level = Math.round((8 * Math.abs(weight)) / most)
        const key = level === 0 ? "0" : `${weight < 0 ? "-" : "+"}${level}`
        paths.set(key, (paths.get(key) ?? "") + curve(columns[l]![j]!, columns[l + 1]![u]!))
      }
  })
  return [...paths]
    .sort(([a], [b]) => Math.abs(Number(a)) - Math.abs(Number(b)))
    .map(([key, d]) => {
      const level = Number(key)
      return path(d, {
        stroke: level === 0 ? "var(--hair)" : `var(--${level < 0 ? "neg" : "pos"})`,
        "stroke-width": String(level === 0 ? 0.75 : 0.5 + 0.6 * Math.abs(level)),
        "stroke-dasharray": level < 0 ? "5 3" : undefined,
      })
    })
    .join("")
}

function curve(from: Tile, to: Tile): string {
  const [x1, y1] = [from.x + from.size, from.y + from.size / 2]
  const [x2, y2] = [to.x, to.y + to.size / 2]
  const half = place((x1 + x2) / 2)
  return `M${place(x1)} ${place(y1)}C${half} ${place(y1)} ${half} ${place(y2)} ${place(x2)} ${place(y2)}`
}

const SIGN = { stroke: "var(--ink)", "stroke-width": "1.5" } as const

/** An input that is used shows its field; one that is not is a hollow place. Both change by a click. */
function inputTile(state: State, f: number, tile: Tile): string {
  const { id, name } = FEATURES[f]!
  const unit = state.shape.features.indexOf(f)
  const used = unit >= 0 && state.settings[id as "f1"]
  const { x, y, size } = tile
  const inner =
    // Between name and field, too, a finger hits.
    rect(0, y, x, size, { fill: "none", "pointer-events": "all" }) +
    (unit >= 0 ? drawField(valueAt(state, { layer: -1, unit }), "coarse", tile, PICTURE, false) : "") +
    rect(x, y, size, size, {
      rx: "3",
      fill: unit >= 0 ? "none" : "var(--surface)",
      stroke: unit >= 0 ? "var(--ink-2)" : "var(--control)",
      "stroke-dasharray": unit >= 0 ? undefined : "2 2",
    }) +
    text(x - 4, y + size / 2 + 4, name, { class: "ex-tick", "text-anchor": "end" })
  return element("g", { "data-set": id, "data-value": String(!used) }, inner)
}

function unitTile(state: State, unit: Muted, tile: Tile): string {
  const { focus, muted, shape } = state
  const { x, y, size } = tile
  const isFocus = focus.layer === unit.layer && focus.unit === unit.unit
  const isMuted = muted?.layer === unit.layer && muted.unit === unit.unit
  const inner =
    drawField(valueAt(state, unit), "coarse", tile, PICTURE, false) +
    rect(x, y, size, size, {
      rx: "3",
      fill: isMuted ? "var(--surface)" : "none",
      "fill-opacity": isMuted ? "0.7" : undefined,
      stroke: isFocus ? "var(--handle)" : "var(--ink-2)",
      "stroke-width": isFocus ? "3" : "1",
    }) +
    (isMuted ? line(x, y, x + size, y + size, SIGN) + line(x + size, y, x, y + size, SIGN) : "")
  return element("g", { "data-set": "focus", "data-value": String(indexOf(shape, unit)) }, inner)
}

/** Above each hidden layer: narrower, wider, and what it is; above the output: one layer more. */
function heads(hidden: readonly Layer[], usual: Kind, columnX: (l: number) => number, r: number): string {
  const button = (x: number, sign: "+" | "−", layers: readonly Layer[]) => {
    const arm = r * 0.5
    const at: Point = [x, 13]
    const inner =
      circle(...at, r, { fill: "var(--surface)", stroke: "var(--control)" }) +
      line(x - arm, 13, x + arm, 13, SIGN) +
      (sign === "+" ? line(x, 13 - arm, x, 13 + arm, SIGN) : "")
    return element("g", { "data-set": "net", "data-value": writeNet(layers, usual) }, inner)
  }
  const each = hidden.map(({ units, kind }, l) => {
    const x = columnX(l)
    return (
      button(x - r - 1, "−", resized(hidden, l, -1)) +
      (units < MOST_UNITS ? button(x + r + 1, "+", resized(hidden, l, 1)) : "") +
      text(x, 41, kind === usual || hidden.length > 3 ? String(units) : `${units} ${kind}`, LABEL)
    )
  })
  const more =
    hidden.length < MOST_LAYERS
      ? text(WIDTH - 26, 18, "layer", { ...LABEL, "text-anchor": "end" }) +
        button(WIDTH - 13, "+", [...hidden, { units: 2, kind: usual }])
      : ""
  return each.join("") + more
}
