/** @file The studio's question before it moves: which unit of the first layer is not needed? Draws nothing. */
import { count, format } from "../lib/number.ts"
import type { Settings } from "./controls.ts"
import { model, type State } from "./state.ts"

const LIST = new Intl.ListFormat("en")

const OFFERED = [1, 2, 3, 4]
export const OPTIONS = OFFERED.map((n) => ({ id: String(n), text: String(n) }))

export const question = (_: Settings, { shape }: State): string =>
  `The first hidden layer has ${count(shape.layers[0]!.units, "unit")}, counted from the top. One of them can be muted, and the border between blue and orange hardly moves. Which?`

/** By unit of the first layer, the share of the plane that changes sides without it. */
function turned({ settings, seed, step }: State): number[] {
  const output = (more: Partial<Settings>) => model({ ...settings, ...more }, seed, step).grid.at(-1)!
  const whole = output({ mute: false })
  return OFFERED.map((unit) => {
    const without = output({ focus: unit, mute: true })
    return whole.filter((s, i) => s > 0 !== without[i]! > 0).length / whole.length
  })
}

const leastOf = (shares: readonly number[]): number => OFFERED[shares.indexOf(Math.min(...shares))]!

/** The settings with the unit muted that is needed least. */
export function muted(settings: Settings, seed: number, step: number): Partial<Settings> {
  return { focus: leastOf(turned(model(settings, seed, step))), mute: true }
}

export function answer(_: Settings, state: State): { id: string; says: string } {
  const shares = turned(state)
  const list = shares.map((share) => `${format(100 * share, 2)} %`)
  return {
    id: String(leastOf(shares)),
    says: `Muted one at a time, from the top, they change the side of ${LIST.format(list)} of the plane. Thin lines to the right of a unit mean that it is hardly heard.`,
  }
}
