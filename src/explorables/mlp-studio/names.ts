/** @file What the parts of the studio's network are called, and how their values are shown as colours. */
import { FEATURES } from "./data.ts"
import type { Spot } from "./edits.ts"
import type { Muted } from "./pass.ts"
import type { Shape } from "./shape.ts"
import type { State } from "./state.ts"

export const subscript = (n: number): string => String(n).replace(/\d/g, (d) => "₀₁₂₃₄₅₆₇₈₉"[Number(d)]!)

/** "the output", "unit 2 of layer 1"; layer −1 are the inputs. */
export function nameOf({ features, layers }: Shape, { layer, unit }: Muted): string {
  if (layer < 0) return FEATURES[features[unit]!]!.name
  return layer === layers.length - 1 ? "the output" : `unit ${unit + 1} of layer ${layer + 1}`
}

/** "x₁ → unit 2 of layer 1", "bias of the output". */
export function spotName(shape: Shape, { layer, unit, input }: Spot): string {
  const to = nameOf(shape, { layer, unit })
  return input < 0 ? `bias of ${to}` : `${nameOf(shape, { layer: layer - 1, unit: input })} → ${to}`
}

/** The unit's value at each place of the grid as −1 … 1: what the output says, a sigmoid about its middle, others by their largest. */
export function valueAt({ shape, grid, problem }: State, { layer, unit }: Muted): (i: number) => number {
  const values = grid[layer + 1]!
  const units = layer < 0 ? shape.features.length : shape.layers[layer]!.units
  if (layer === shape.layers.length - 1) return (i) => problem.shade(values[i]!)
  const of = (i: number): number => values[i * units + unit]!
  const kind = layer < 0 ? "linear" : shape.layers[layer]!.kind
  if (kind === "tanh") return of
  if (kind === "sigmoid") return (i) => 2 * of(i) - 1
  let most = 0
  for (let i = 0; i * units + unit < values.length; i++) most = Math.max(most, Math.abs(of(i)))
  return (i) => of(i) / (most || 1)
}
