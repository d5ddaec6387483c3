/**
 * @file What the reader has changed by hand in a training, as a line of text: `150 w1.2.3 0.5; 150 b1.2 −1; 200 hold 1.2`.
 * Owns its spelling and where in the parameters each change is. Knows no engine and no picture.
 */
import type { Muted } from "./pass.ts"
import { fanIns, type Shape } from "./shape.ts"

/** One number of the network: `input` counts the unit's inputs from 0, −1 is the bias. */
export interface Spot extends Muted {
  input: number
}
/** `hold`: the unit's weights stay as they are from now on; `free`: no more; `out`: nobody hears it any more. */
export const ACTS = ["hold", "free", "out"] as const
export type Act = (typeof ACTS)[number]
export type Edit = { step: number } & ({ at: Spot; value: number } | { unit: Muted; act: Act })

/** Longest text of changes. */
export const MOST_TEXT = 3000
/** A weight that is set by hand keeps so many digits. */
const DIGITS = 5
/** The largest number that can be set. */
export const LARGEST = 200

/** Which place of the flat parameters it is. */
export function indexOfSpot(shape: Shape, { layer, unit, input }: Spot): number {
  const into = fanIns(shape)
  const before = shape.layers.slice(0, layer).reduce((sum, { units }, l) => sum + units * (into[l]! + 1), 0)
  const { units } = shape.layers[layer]!
  return input < 0 ? before + units * into[layer]! + unit : before + unit * into[layer]! + input
}

/** The places that stay as they are while a unit is held: its weights and its bias. */
export function spotsOf(shape: Shape, { layer, unit }: Muted): Spot[] {
  return Array.from({ length: fanIns(shape)[layer]! + 1 }, (_, j) => ({ layer, unit, input: j - 1 }))
}

/** The places that are 0 when a unit is out: its weights into the layer above. */
export function outOf(shape: Shape, { layer, unit }: Muted): Spot[] {
  const { units = 0 } = shape.layers[layer + 1] ?? {}
  return Array.from({ length: units }, (_, k) => ({ layer: layer + 1, unit: k, input: unit }))
}

const unitName = ({ layer, unit }: Muted): string => `${layer + 1}.${unit + 1}`

/** "w1.2.3" or "b1.2"; an input of the network goes by its number among all of them, whichever are in use. */
export function spell(shape: Shape, { layer, unit, input }: Spot): string {
  if (input < 0) return `b${unitName({ layer, unit })}`
  const from = layer === 0 ? shape.features[input]! : input
  return `w${unitName({ layer, unit })}.${from + 1}`
}

export function spotOf(shape: Shape, name: string): Spot | undefined {
  const [, kind, l, u, from] = /^([wb])(\d+)\.(\d+)(?:\.(\d+))?$/.exec(name) ?? []
  if (kind === undefined || (kind === "w") !== (from !== undefined)) return undefined
  const [layer, unit] = [Number(l) - 1, Number(u) - 1]
  if (!exists(shape, { layer, unit })) return undefined
  if (kind === "b") return { layer, unit, input: -1 }
  const number = Number(from) - 1
  const input = layer === 0 ? shape.features.indexOf(number) : number
  return input >= 0 && input < fanIns(shape)[layer]! ? { layer, unit, input } : undefined
}

const NONE = "is no change: write a step, a place and a number, such as 150 w1.2.1 0.5."

const exists = ({ layers }: Shape, { layer, unit }: Muted): boolean =>
  layer >= 0 && unit >= 0 && unit < (layers[layer]?.units ?? 0)

/** The changes that this network can have, in the order of their steps, and what of the text could not be followed. */
export function readEdits(text: string, shape: Shape): { edits: Edit[]; problem: string } {
  const problems = new Set<string>()
  const edits: Edit[] = []
  for (const part of text.split(/[;\n]/)) {
    const words = part.trim().replaceAll("−", "-").split(/\s+/)
    if (words[0] === "") continue
    const [when = "", what = "", value = ""] = words
    const step = /^\d{1,6}$/.test(when) ? Number(when) : undefined
    const act = ACTS.find((one) => one === what)
    const [, l, u] = /^(\d+)\.(\d+)$/.exec(value) ?? []
    const unit = { layer: Number(l) - 1, unit: Number(u) - 1 }
    const at = spotOf(shape, what)
    if (step === undefined || words.length !== 3) problems.add(`“${part.trim().slice(0, 20)}” ${NONE}`)
    else if (act) {
      if (!exists(shape, unit)) problems.add(`This network has no unit ${value.slice(0, 9)}.`)
      else if (act === "out" && unit.layer === shape.layers.length - 1)
        problems.add("The output cannot be taken out.")
      else edits.push({ step, unit, act })
    } else if (!/^[wb][\d.]+$/.test(what) || !Number.isFinite(Number(value)))
      problems.add(`“${part.trim().slice(0, 20)}” ${NONE}`)
    else if (!at) problems.add(`This network has no ${what.slice(0, 9)}.`)
    else edits.push({ step, at, value: within(Number(value)) })
  }
  return { edits: edits.sort((a, b) => a.step - b.step), problem: [...problems].join(" ") }
}

const within = (value: number): number => Math.max(-LARGEST, Math.min(LARGEST, value))
const short = (value: number): string => String(Number(within(value).toPrecision(DIGITS)))

export function writeEdits(shape: Shape, edits: readonly Edit[]): string {
  return edits
    .map((edit) =>
      "at" in edit
        ? `${edit.step} ${spell(shape, edit.at)} ${short(edit.value)}`
        : `${edit.step} ${edit.act} ${unitName(edit.unit)}`,
    )
    .join("; ")
}

/**
 * The text with these changes added at a step. What was changed there before, in the same place, gives way; and so does
 * all that was changed at later steps, since it belonged to another way on.
 */
export function withEdits(text: string, shape: Shape, more: readonly Edit[], step: number): string {
  const places = new Set(more.map((edit) => keyOf(edit)))
  const before = readEdits(text, shape).edits.filter(
    (edit) => edit.step < step || (edit.step === step && !places.has(keyOf(edit))),
  )
  const written = writeEdits(shape, [...before, ...more])
  return written.length > MOST_TEXT ? text : written
}

const keyOf = (edit: Edit): string =>
  "at" in edit ? `${edit.at.layer}.${edit.at.unit}.${edit.at.input}` : `unit ${unitName(edit.unit)}`

/** The text without what was changed last; at one step, in one go. */
export function undone(text: string, shape: Shape): string {
  return writeEdits(shape, readEdits(text, shape).edits.slice(0, -1))
}

/**
 * Makes those of the changes that are of this step in the parameters. `held` maps places that training must leave alone to
 * their values, and changes too: what is set while it is held is held at what it is set to.
 */
export function applyEdits(
  shape: Shape,
  edits: readonly Edit[],
  step: number,
  theta: Float32Array,
  held: Map<number, number>,
): void {
  for (const edit of edits) {
    if (edit.step !== step) continue
    if ("at" in edit) {
      const index = indexOfSpot(shape, edit.at)
      theta[index] = edit.value
      if (held.has(index)) held.set(index, theta[index]!)
    } else if (edit.act === "out") {
      for (const index of outOf(shape, edit.unit).map((spot) => indexOfSpot(shape, spot))) {
        theta[index] = 0
        held.set(index, 0)
      }
    } else
      for (const spot of spotsOf(shape, edit.unit)) {
        const index = indexOfSpot(shape, spot)
        if (edit.act === "hold") held.set(index, theta[index]!)
        // A unit that is free again still does not hear one that is out.
        else if (!isNow(edits, { layer: spot.layer - 1, unit: spot.input }, step).out) held.delete(index)
      }
  }
}

/** What stands at a place of the flat parameters. */
export function spotAt(shape: Shape, index: number): Spot {
  const into = fanIns(shape)
  let rest = index
  for (const [layer, { units }] of shape.layers.entries()) {
    const inputs = into[layer]!
    if (rest < units * inputs) return { layer, unit: Math.floor(rest / inputs), input: rest % inputs }
    rest -= units * inputs
    if (rest < units) return { layer, unit: rest, input: -1 }
    rest -= units
  }
  throw new RangeError(`spotAt: there is no parameter ${index}.`)
}

/** Is the unit held, or out, after these changes up to a step? */
export function isNow(
  edits: readonly Edit[],
  { layer, unit }: Muted,
  step: number,
): { held: boolean; out: boolean } {
  const now = { held: false, out: false }
  for (const edit of edits) {
    if (edit.step > step || "at" in edit || edit.unit.layer !== layer || edit.unit.unit !== unit) continue
    if (edit.act === "out") now.out = true
    else now.held = edit.act === "hold"
  }
  return now
}
