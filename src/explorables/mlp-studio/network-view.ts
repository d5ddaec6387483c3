/** @file The network as a picture: a small field for each unit, lines as wide as their weights, plus and minus above each layer. */
import type { Point } from "../lib/explorable.ts"
import { circle, element, line, path, place, rect, text } from "../lib/svg.ts"
import type { Settings } from "./controls.ts"
import { FEATURES } from "./data.ts"
import { type Spot, undone } from "./edits.ts"
import { drawField } from "./field.ts"
import { choose } from "./hand.ts"
import { valueAt } from "./names.ts"
import { type Kind, type Layer, MOST_LAYERS, MOST_UNITS, resized, writeNet } from "./net.ts"
import type { Muted } from "./pass.ts"
import { WIDTH } from "./plane-views.ts"
import type { Shape } from "./shape.ts"
import { heardIn, indexOf, type State } from "./state.ts"

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

interface Plan {
  /** By layer of units, the inputs in use first. */
  columns: Tile[][]
  /** All inputs, in use or not. */
  inputs: Tile[]
  columnX(l: number): number
  pitch: number
}

function planOf({ layers, features }: Shape): Plan {
  const hidden = layers.slice(0, -1)
  const first = INPUT_X + INPUT / 2
  const pitch = (WIDTH - first - OUTPUT - 2) / (hidden.length + 1)
  const columnX = (l: number) => first + pitch * (l + 1)
  const tiles = hidden.map(({ units }, l) => column(columnX(l), units, Math.min(34, pitch - 8)))
  const inputs = column(INPUT_X, FEATURES.length, INPUT)
  const chosen = features.map((f) => inputs[f]!)
  return { columns: [chosen, ...tiles, column(WIDTH - OUTPUT / 2 - 2, 1, OUTPUT)], inputs, columnX, pitch }
}

export function drawNetwork(state: State): string {
  const { shape } = state
  const hidden = shape.layers.slice(0, -1)
  const { columns, inputs, columnX, pitch } = planOf(shape)
  const tiles = columns.slice(1, -1)
  const [output] = columns.at(-1)!
  return (
    links(state, columns) +
    chosenLink(state, columns) +
    undo(state) +
    FEATURES.map((_, f) => inputTile(state, f, inputs[f]!)).join("") +
    tiles
      .map((list, l) => list.map((tile, unit) => unitTile(state, { layer: l, unit }, tile)).join(""))
      .join("") +
    unitTile(state, { layer: hidden.length, unit: 0 }, output!) +
    text(WIDTH - OUTPUT / 2 - 2, output!.y - 7, "output", LABEL) +
    heads(state, columnX, Math.min(10, pitch / 4.4))
  )
}

/** A unit that is out has no connection. */
const isBroken = ({ isOut }: State, { layer, unit, input }: Spot): boolean =>
  isOut({ layer, unit }) || (layer > 0 && isOut({ layer: layer - 1, unit: input }))

/** One path for each sign and width, so that many lines stay light. */
function links(state: State, columns: readonly Tile[][]): string {
  const { shape, weights } = state
  const most = Math.max(...weights.flatMap(({ w }) => [...w].map(Math.abs))) || 1
  const paths = new Map<string, string>()
  shape.layers.forEach(({ units }, l) => {
    const { w, inputs } = weights[l]!
    for (let u = 0; u < units; u++)
      for (let j = 0; j < inputs; j++) {
        if (isBroken(state, { layer: l, unit: u, input: j })) continue
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

/** The chosen connection in violet, below the units. */
function chosenLink({ picked: { layer, unit, input } }: State, columns: readonly Tile[][]): string {
  if (input < 0) return ""
  return path(curve(columns[layer]![input]!, columns[layer + 1]![unit]!), {
    stroke: "var(--handle)",
    "stroke-width": "4",
    "stroke-opacity": "0.85",
  })
}

/** Takes the last change by hand back. */
function undo({ settings, shape, run }: State): string {
  if (run.edits.length === 0) return ""
  const inner =
    rect(0, 0, 56, 40, { fill: "none", "pointer-events": "all" }) +
    text(4, 18, "undo", { style: "text-decoration:underline;fill:var(--handle)" })
  return element("g", { "data-set": "edits", "data-value": undone(settings.edits, shape) }, inner)
}

/** The connection nearest to a place, if it is near enough: a click on it chooses it. */
export function pressNetwork(
  state: State,
  x: number,
  y: number,
  reach: number,
): Partial<Settings> | undefined {
  const { columns } = planOf(state.shape)
  let best: { far: number; spot: Spot } | undefined
  state.shape.layers.forEach(({ units }, layer) => {
    for (let unit = 0; unit < units; unit++)
      columns[layer]!.forEach((from, input) => {
        if (isBroken(state, { layer, unit, input })) return
        const far = distance(from, columns[layer + 1]![unit]!, x, y)
        if (far <= reach && far < (best?.far ?? Number.POSITIVE_INFINITY))
          best = { far, spot: { layer, unit, input } }
      })
  })
  return best && choose(state, best.spot)
}

/** How far a place is from the line between two tiles. */
function distance(from: Tile, to: Tile, x: number, y: number): number {
  const [x1, y1] = [from.x + from.size, from.y + from.size / 2]
  const [x2, y2] = [to.x, to.y + to.size / 2]
  if (x < x1 || x > x2) return Number.POSITIVE_INFINITY
  let least = Number.POSITIVE_INFINITY
  for (let k = 0; k <= 32; k++) {
    const t = k / 32
    const s = 1 - t
    // The same curve as it is drawn: its inner points lie half way across.
    const across =
      (s ** 3 + 1.5 * (s * s * t + s * t * t)) * x1 + (1.5 * (s * s * t + s * t * t) + t ** 3) * x2
    const up = (s ** 3 + 3 * s * s * t) * y1 + (3 * s * t * t + t ** 3) * y2
    least = Math.min(least, Math.hypot(across - x, up - y))
  }
  return least
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
  const isOut = state.isOut(unit)
  const inner =
    // As an input that is not used: a hollow place.
    (isOut ? "" : drawField(valueAt(state, unit), "coarse", tile, PICTURE, false)) +
    rect(x, y, size, size, {
      rx: "3",
      "stroke-dasharray": isOut ? "2 2" : undefined,
      "pointer-events": isOut ? "all" : undefined,
      fill: isMuted ? "var(--surface)" : "none",
      "fill-opacity": isMuted ? "0.7" : undefined,
      stroke: isFocus ? "var(--handle)" : "var(--ink-2)",
      "stroke-width": isFocus ? "3" : "1",
    }) +
    (isMuted ? line(x, y, x + size, y + size, SIGN) + line(x + size, y, x, y + size, SIGN) : "")
  return element("g", { "data-set": "focus", "data-value": String(indexOf(shape, unit)) }, inner)
}

/** Above each hidden layer: narrower, wider, and what it is; above the output: one layer more. */
function heads({ shape, settings, isOut }: State, columnX: (l: number) => number, r: number): string {
  const hidden = shape.layers.slice(0, -1)
  const usual = settings.g as Kind
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
    const there = heardIn({ shape, isOut }, l)
    return (
      button(x - r - 1, "−", resized(hidden, l, -1)) +
      (units < MOST_UNITS ? button(x + r + 1, "+", resized(hidden, l, 1)) : "") +
      text(x, 41, kind === usual || hidden.length > 3 ? String(there) : `${there} ${kind}`, LABEL)
    )
  })
  const more =
    hidden.length < MOST_LAYERS
      ? text(WIDTH - 26, 18, "layer", { ...LABEL, "text-anchor": "end" }) +
        button(WIDTH - 13, "+", [...hidden, { units: 2, kind: usual }])
      : ""
  return each.join("") + more
}
