/**
 * @file An input of a cell and a control of an explorable that move together: the value of one as the other's, and
 * whether they fit. A binding is written `name.control`, or `name.control.x` for one coordinate of a handle.
 */
import { fitting, type InputControl, type InputValue, sameValue } from "../../notebook/input.ts"
import type { Choice, Control, Explorable, LabelledPoint, Params, Point, Value } from "./explorable.ts"
import { allowed } from "./params.ts"

/** The explorable's part of a binding. */
export const explorableOf = (binding: string): string => binding.split(".")[0]!

/** What the input shows under these params; its present value where the control has nothing for it. */
export function toInput(
  explorable: Explorable,
  binding: string,
  params: Params,
  input: InputControl,
  now: InputValue,
): InputValue {
  const [, name, axis] = binding.split(".") as [string, string, string?]
  const control = explorable.controls[name]
  const value = params[name]
  if (!control || value === undefined) return now
  return fitting(input, sent(control, value, axis, input), now)
}

function sent(control: Control, value: Value, axis: string | undefined, input: InputControl): unknown {
  if (control.type === "handle") return (value as Point)[axis === "y" ? 1 : 0]
  if (control.type === "choice" && input.type === "select")
    return input.options.find((name) => optionOf(control, name)?.value === value)
  return value
}

/** The params with the input's value in its control; as they are where it does not fit. */
export function fromInput(
  explorable: Explorable,
  binding: string,
  params: Params,
  value: InputValue,
): Params {
  const [, name, axis] = binding.split(".") as [string, string, string?]
  const control = explorable.controls[name]
  if (!control) return params
  const now = params[name]!
  const given =
    control.type === "handle"
      ? (now as Point).map((v, i) => (i === (axis === "y" ? 1 : 0) ? value : v))
      : control.type === "choice"
        ? optionOf(control, String(value))?.value
        : value
  return { ...params, [name]: given === undefined ? now : allowed(control, given) }
}

/** A select may show the values of a choice or its labels. */
function optionOf({ options }: Choice, name: string): Choice["options"][number] | undefined {
  return options.find(({ value, label }) => value === name || label === name)
}

/** Why the two cannot move together, to the author; empty where they can. */
export function bindingFault(
  explorable: Explorable,
  binding: string,
  params: Params,
  input: InputControl,
  initial: InputValue,
): string {
  const [, name, axis] = binding.split(".") as [string, string, string?]
  const control = explorable.controls[name]
  if (!control)
    return `it has no control ${name}; its controls are ${Object.keys(explorable.controls).join(", ")}`
  const mismatch = unlike(control, axis, input)
  if (mismatch) return mismatch
  const first = toInput(explorable, binding, params, input, null)
  return sameValue(first as InputValue, initial)
    ? ""
    : `the input begins at ${JSON.stringify(initial)} and the control at ${JSON.stringify(first as unknown as readonly LabelledPoint[])}; give both the same value`
}

function unlike(control: Control, axis: string | undefined, input: InputControl): string {
  if (control.type === "text") return "a text moves no input"
  const wants = {
    slider: ["slider", "number"],
    handle: ["slider", "number"],
    choice: ["select"],
    toggle: ["toggle"],
    points: ["points"],
  }[control.type]
  if (!wants.includes(input.type))
    return `a ${control.type} moves an input.${wants.join(" or input.")}, not an input.${input.type}`
  if ((control.type === "handle") !== (axis !== undefined))
    return axis ? `a ${control.type} has no ${axis}` : `a handle has two coordinates; add .x or .y`
  if (input.type === "slider" && (control.type === "slider" || control.type === "handle")) {
    const [low, high] =
      control.type === "slider" ? [control.min, control.max] : control[axis === "y" ? "y" : "x"]
    if (input.min !== low || input.max !== high)
      return `the control goes from ${low} to ${high}; give the input that min and max`
  }
  if (control.type === "points" && input.type === "points") {
    const same = [control.x, control.y].join() === [input.x, input.y].join() && control.max === input.most
    if (!same)
      return `the control has x from ${control.x.join(" to ")}, y from ${control.y.join(" to ")} and at most ${control.max} points; give the input the same`
  }
  if (control.type === "choice" && input.type === "select") {
    const found = new Set(input.options.map((name) => optionOf(control, name)?.value))
    if (
      found.size !== control.options.length ||
      input.options.length !== found.size ||
      found.has(undefined as never)
    )
      return `the control offers ${control.options.map(({ value }) => JSON.stringify(value)).join(", ")}; give the input these names`
  }
  return ""
}
