/** @file The studio in words: headline, description, table, what a control means, prediction. Every number is the state's. */
import type { Table } from "../lib/explorable.ts"
import { count, format } from "../lib/number.ts"
import { comparison, differences, otherOf } from "./compare.ts"
import type { Settings } from "./controls.ts"
import { readEdits } from "./edits.ts"
import { deadWords, spreads } from "./histograms.ts"
import { course, lineOf } from "./lines.ts"
import { nameOf, spotName } from "./names.ts"
import { type Kind, readNet } from "./net.ts"
import { forward, inputsOf } from "./pass.ts"
import { isRegression } from "./problem.ts"
import { heardIn, type State, unitOf } from "./state.ts"

const NAMES: Readonly<Record<string, string>> = {
  circle: "the circle",
  xor: "xor",
  gauss: "the two blobs",
  spiral: "the spiral",
  moons: "the moons",
  own: "your own set",
  formula: "your condition",
}
const TARGETS: Readonly<Record<string, string>> = {
  plane: "the plane",
  bumps: "the bumps",
  own: "your own set",
  formula: "your function",
}

const LIST = new Intl.ListFormat("en")

/** "4 and 2 tanh units in 2 hidden layers". */
function netOf(state: State): string {
  const hidden = state.shape.layers
    .slice(0, -1)
    .map(({ kind }, layer) => ({ units: heardIn(state, layer), kind }))
  if (hidden.length === 0) return "no hidden layer"
  const kinds = new Set(hidden.map(({ kind }) => kind))
  const units = hidden.map(({ units: n, kind }) => (kinds.size > 1 ? `${n} ${kind}` : String(n)))
  const list = LIST.format(units)
  const kind = kinds.size > 1 ? "" : `${[...kinds][0]} `
  const last = hidden.at(-1)!.units
  return `${list} ${kind}unit${hidden.length === 1 && last === 1 ? "" : "s"} in ${count(hidden.length, "hidden layer")}`
}

const when = ({ settings, step }: State): string =>
  step === 0 ? "Untrained" : `After ${count(step, settings.grain === "batch" ? "update" : "epoch")}`

export function takeaway(state: State): string {
  const { measure, problem, settings, run } = state
  const lost = run.lost !== undefined && state.step >= run.lost
  if (lost) return `With this learning rate the weights leave all bounds at step ${run.lost}.`
  const hidden = state.shape.layers.slice(0, -1)
  const s = hidden.length === 0 || (hidden.length === 1 && hidden[0]!.units === 1) ? "s" : ""
  const who = hidden.length === 0 ? "the output alone" : netOf(state)
  const [train, held] = [measure.train, measure.held].map(problem.words)
  const others = (words: string) => (measure.held === undefined ? "" : words)
  return isRegression(settings)
    ? `${when(state)}, ${who} ${s ? "misses" : "miss"} the training values of ${TARGETS[settings.target]} by ${train} (root mean square)${others(`, those held out by ${held}`)}.`
    : `${when(state)}, ${who} tell${s} ${train} of the training points of ${NAMES[settings.data]} apart${others(`, ${held} of those held out`)}.`
}

/** How good the network is at the training points with one unit silent. */
function without(state: State, layer: number, unit: number): number {
  const { shape, weights, problem, run } = state
  const { train } = run.data
  const all = forward(shape, weights, inputsOf(shape, train), train.length, { layer, unit })
  return problem.measure(all.at(-1)!, train)!
}

export function describe(state: State): string {
  const { losses, measure, problem, example, focus, muted, run, shape, weights, settings } = state
  const { x, y, label } = example.point
  const s = example.z.at(-1)![0]!
  const { layer, unit } = focus
  const held =
    losses.held === undefined
      ? "no points are held out"
      : `held out ${format(losses.held)} and ${problem.words(measure.held)}`
  const words = [
    `${when(state)}: training loss ${format(losses.train)} and ${problem.called} ${problem.words(measure.train)}, ${held}.`,
    `The network has ${netOf(state)} and ${count(
      weights.reduce((sum, { w, b }) => sum + w.length + b.length, 0),
      "parameter",
    )}; it learns from ${count(run.data.train.length, "point")} in ${count(run.batches, "update")} per epoch.`,
    `The ringed point (${format(x)}, ${format(y)}) ${isRegression(settings) ? `has the ${problem.target(label)} and gets ${format(s)}` : `is of ${problem.target(label)} and gets the score ${format(s)}, on the ${s * label > 0 ? "right" : "wrong"} side`}; its loss is ${format(example.loss)}.`,
  ]
  if (layer < shape.layers.length - 1)
    words.push(
      muted
        ? `The big picture shows the output without ${nameOf(shape, focus)}.`
        : `The big picture shows ${nameOf(shape, focus)}: it gives ${format(example.h[layer + 1]![unit]!)} for that point; without it the ${problem.called} is ${problem.words(without(state, layer, unit))}.`,
    )
  const dead = deadWords(state)
  if (dead) words.push(dead)
  const a = otherOf(settings.a, state.at)
  if (a) {
    const at = Math.min(state.at, a.run.trainLosses.length - 1)
    const apart = differences(state, a)
    words.push(
      `A, after as many steps, has training loss ${format(a.run.trainLosses[at]!)}; ${apart.length > 0 ? `it has ${apart.join(", ")}` : "it has the settings of B"}.`,
    )
  }
  if (settings.drop > 0) words.push("Losses are measured without dropout.")
  return words.join(" ")
}

/** The units, and what each is worth; how layers are spread; A and B. */
export function table(state: State): Table {
  const { shape, weights, example, problem, settings } = state
  const rows = shape.layers.flatMap(({ units, kind }, l) =>
    Array.from({ length: units }, (_, u) => {
      const { w, b, inputs } = weights[l]!
      const isOutput = l === shape.layers.length - 1
      const into = [...w.subarray(u * inputs, (u + 1) * inputs)]
      const shown = into
        .slice(0, 7)
        .map((v) => format(v))
        .join("; ")
      return [
        isOutput
          ? "output"
          : `layer ${l + 1}, unit ${u + 1}${state.isOut({ layer: l, unit: u }) ? " (taken out)" : ""}`,
        kind,
        into.length > 7 ? `${shown}; …` : shown,
        format(b[u]!),
        format(example.h[l + 1]![u]!),
        format(example.delta[l]![u]!),
        isOutput ? "–" : problem.words(without(state, l, u)),
        courseOf(state, l, u),
      ]
    }),
  )
  const layers = spreads(state).flatMap((layer) =>
    (["weights", "activations", "gradients"] as const).map((key) => {
      const { mean, deviation, most } = layer[key]
      return [layer.name, key, format(mean), format(deviation), format(most)]
    }),
  )
  const a = otherOf(settings.a, state.at)
  return {
    columns: [
      "unit",
      "function",
      "weights",
      "bias",
      "activation",
      "δ = ∂L/∂z",
      `${problem.called} without it`,
      "its line in the plane",
    ],
    rows,
    also: [
      {
        name: "How the numbers of each layer are spread",
        columns: ["layer", "numbers", "mean", "deviation", "largest"],
        rows: layers,
      },
      ...(a ? [comparison(state, a)] : []),
    ],
  }
}

/** "at 42°, 1.3 from the middle" where the unit is 0 on a line. */
function courseOf({ shape, weights }: State, layer: number, unit: number): string {
  const line = lineOf(shape, weights, { layer, unit })
  if (!line) return "–"
  const { degrees, offset } = course(line)
  return `at ${format(degrees)}°, ${format(offset)} from the middle`
}

export function meaning(control: string, settings: Settings, state: State): string {
  const { shape, run, example, space } = state
  switch (control) {
    case "net": {
      const { problem } = readNet(settings.net, settings.g as Kind)
      return `${netOf(state)}. ${problem}`.trim()
    }
    case "own":
    case "formula":
    case "height":
    case "values":
      return run.data.read
    case "focus":
      return nameOf(shape, unitOf(shape, settings.focus))
    case "weight":
      return `${spotName(shape, state.picked)}${run.edits.length > 0 ? `; ${count(run.edits.length, "change")} by hand` : ""}`
    case "into":
      return spotName(shape, state.picked)
    case "edits":
      return readEdits(settings.edits, shape).problem
    case "shift":
    case "turn": {
      const line = lineOf(shape, state.weights, state.focus)
      if (!line) return ""
      const { degrees, offset } = course(line)
      return `line of ${nameOf(shape, state.focus)} at ${format(degrees)}°, ${format(offset)} from the middle`
    }
    case "layer":
      return space.layer === 0 ? "the inputs" : `layer ${space.layer}`
    case "across":
      return `unit ${space.across + 1}`
    case "up":
      return `unit ${space.up + 1}`
    case "probe":
      return `nearest example (${format(example.point.x)}, ${format(example.point.y)}), ${state.problem.target(example.point.label)}`
    default:
      return ""
  }
}
