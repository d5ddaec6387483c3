/** @file What the reader sets by hand: the chosen weight, the line of the chosen unit, held units and those taken out. Knows no picture. */
import type { Point, Through } from "../lib/explorable.ts"
import { compare } from "./compare.ts"
import type { Settings } from "./controls.ts"
import { type Act, type Edit, isNow, type Spot, withEdits } from "./edits.ts"
import { type Line, lineOf, seen, shifted, turned, turnPoint } from "./lines.ts"
import { indexOf, type State } from "./state.ts"

type Made<V> = Through<V, Settings, State>

/** The settings with these changes at the step that is shown. */
const change = ({ settings, shape, at }: State, edits: readonly Edit[]): Partial<Settings> => ({
  edits: withEdits(settings.edits, shape, edits, at),
})

export const valueAt = ({ weights }: State, { layer, unit, input }: Spot): number => {
  const { w, b, inputs } = weights[layer]!
  return input < 0 ? b[unit]! : w[unit * inputs + input]!
}

export const setSpot = (state: State, at: Spot, value: number): Partial<Settings> =>
  change(state, [{ step: state.at, at, value }])

/** What is set once a spot has been chosen. */
export const choose = ({ shape }: State, { layer, unit, input }: Spot): Partial<Settings> => ({
  focus: indexOf(shape, { layer, unit }),
  into: input + 1,
})

const weight: Made<number> = {
  read: (_, state) => Number(valueAt(state, state.picked).toPrecision(4)),
  write: (_, state, value) => setSpot(state, state.picked, value),
}

const act = (
  which: Act,
  undo: Act | undefined,
  is: (state: State) => boolean | undefined,
): Made<boolean> => ({
  read: (_, state) => is(state),
  write(_, state, on) {
    const one = on ? which : undo
    if (one) return change(state, [{ step: state.at, unit: state.focus, act: one }])
    const { edits } = state.run
    // What is out comes back by taking that change away.
    const rest = edits.filter((edit) => "at" in edit || edit.act !== which || !same(edit.unit, state.focus))
    return { edits: withEdits("", state.shape, rest, state.at) }
  },
})

const same = (a: { layer: number; unit: number }, b: { layer: number; unit: number }): boolean =>
  a.layer === b.layer && a.unit === b.unit

const now = ({ run, focus, at }: State) => isNow(run.edits, focus, at)
const hold = act("hold", "free", (state) => now(state).held)
const out = act("out", undefined, (state) =>
  state.focus.layer === state.shape.layers.length - 1 ? undefined : state.isOut(state.focus),
)

/** Weights and bias of the chosen unit as that line has them. */
function setLine(state: State, before: Line, line: Line): Partial<Settings> {
  const { layer, unit } = state.focus
  const spots = [
    ...state.shape.features.map((f, input) => ({
      input,
      value: line.w[f as 0 | 1],
      was: before.w[f as 0 | 1],
    })),
    { input: -1, value: line.b, was: before.b },
  ]
  const edits = spots
    .filter(({ value, was }) => value !== was)
    .map(({ input, value }): Edit => ({ step: state.at, at: { layer, unit, input }, value }))
  return edits.length === 0 ? {} : change(state, edits)
}

const line = ({ shape, weights, focus }: State): Line | undefined => lineOf(shape, weights, focus)
const rounded = (point: Point | undefined): Point | undefined =>
  point && [Number(point[0].toFixed(3)), Number(point[1].toFixed(3))]

const shift: Made<Point> = {
  read(_, state) {
    const its = line(state)
    return its && rounded(seen(its)?.middle)
  },
  write(_, state, to) {
    const its = line(state)
    return its ? setLine(state, its, shifted(its, to)) : {}
  },
}

const turn: Made<Point> = {
  read(_, state) {
    const its = state.shape.features.length === 2 ? line(state) : undefined
    return its && rounded(turnPoint(its))
  },
  write(_, state, to) {
    const its = line(state)
    return its ? setLine(state, its, turned(its, to)) : {}
  },
}

export const through = { compare, weight, hold, out, shift, turn }
