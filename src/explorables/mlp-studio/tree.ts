/** @file The network as a tree for those who do not see it: layers, their units, their weights, with values to be set. Draws nothing. */
import type { TreeRow } from "../lib/explorable.ts"
import { count, format } from "../lib/number.ts"
import type { Settings } from "./controls.ts"
import { isNow, spell, spotOf } from "./edits.ts"
import { setSpot, valueAt } from "./hand.ts"
import { nameOf } from "./names.ts"
import type { State } from "./state.ts"

export const COLUMNS = ["part", "value", "gets z", "gives h", "slope of L"] as const

const capital = (words: string): string => words[0]!.toUpperCase() + words.slice(1)

export function rows(state: State): TreeRow[] {
  const { shape, weights, example, run, at, muted } = state
  const inputs = shape.features.map((_, j) => nameOf(shape, { layer: -1, unit: j }))
  const first: TreeRow = {
    id: "inputs",
    level: 1,
    name: `Inputs: ${inputs.join(", ")}`,
    cells: ["", "", inputs.map((_, j) => format(example.h[0]![j]!)).join("; "), ""],
  }
  const layers = shape.layers.flatMap(({ units, kind }, layer): TreeRow[] => {
    const isOutput = layer === shape.layers.length - 1
    const name = isOutput ? "Output" : `Layer ${layer + 1}: ${count(units, `${kind} unit`)}`
    const { inputs: into } = weights[layer]!
    const parts = Array.from({ length: units }, (_, unit): TreeRow[] => {
      const { held } = isNow(run.edits, { layer, unit }, at)
      const silent = muted?.layer === layer && muted.unit === unit
      const marks = [held && "frozen", state.isOut({ layer, unit }) && "taken out", silent && "muted"]
        .filter(Boolean)
        .join(", ")
      return [
        {
          id: `u${layer + 1}.${unit + 1}`,
          level: 2,
          name: `${capital(nameOf(shape, { layer, unit }))}${marks ? ` (${marks})` : ""}`,
          cells: [
            "",
            format(example.z[layer]![unit]!),
            format(example.h[layer + 1]![unit]!),
            format(example.delta[layer]![unit]!),
          ],
        },
        ...Array.from({ length: into + 1 }, (__, j) => spotRow(state, { layer, unit, input: j - 1 })),
      ]
    })
    return [{ id: `l${layer + 1}`, level: 1, name, cells: ["", "", "", ""] }, ...parts.flat()]
  })
  return [first, ...layers]
}

/** One weight or bias: what it is, and how the loss of the ringed example goes with it. */
function spotRow(state: State, spot: { layer: number; unit: number; input: number }): TreeRow {
  const { shape, example } = state
  const { layer, unit, input } = spot
  const from = input < 0 ? 1 : example.h[layer]![input]!
  return {
    id: spell(shape, spot),
    level: 3,
    name: input < 0 ? "bias" : `from ${nameOf(shape, { layer: layer - 1, unit: input })}`,
    cells: ["", "", "", format(example.delta[layer]![unit]! * from)],
    value: Number(valueAt(state, spot).toPrecision(4)),
  }
}

export function write(_: Settings, state: State, id: string, value: number): Partial<Settings> {
  const at = spotOf(state.shape, id)
  return at ? setSpot(state, at, value) : {}
}
