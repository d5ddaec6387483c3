/** @file Whether an answer obeys a law on one call, and on which simpler calls to ask again. Knows no verdict. */
import type { Tensor } from "../../engine/index.ts"
import { differ } from "./close.ts"
import type { FunctionExercise, Property } from "./exercise.ts"
import { numbersOf } from "./numbers.ts"
import type { CallResult } from "./outcome.ts"
import type { Plan, PlannedCall } from "./plan.ts"
import { decode, encode, type Raw } from "./raw.ts"

/** What a law says against one call; the empty text where the result cannot even be asked. */
export function broken(
  holds: NonNullable<FunctionExercise["properties"]>[number]["holds"],
  args: Raw[],
  learner: CallResult,
  reference: CallResult,
): string | undefined {
  const kind = differ(learner.value, reference.value, {
    rtol: Number.MAX_VALUE,
    atol: Number.MAX_VALUE,
  })?.kind
  if (learner.error || kind === "type" || kind === "shape" || kind === "missing") return ""
  return holds(
    args.map((arg) => decode(arg, "float64")),
    decode(inFormOf(learner.value, reference.value), "float64"),
  )
}

/** The first law of a plan that is broken, and the call on which it is. */
export function firstBroken(
  { laws, calls }: Plan,
  learner: CallResult[],
  reference: CallResult[],
): { law: number; call: number } | undefined {
  for (const [law, { property, from, to }] of laws.entries())
    for (let call = from; call < to; call++)
      if (broken(property.holds, calls[call].args, learner[call], reference[call]) !== undefined)
        return { law, call }
  return undefined
}

/** Simpler calls than one that breaks a law, at most `most`. */
export function simplerCalls({ shrink }: Property, { args }: PlannedCall, most: number): PlannedCall[] {
  const simpler = shrink?.(args.map((arg) => decode(arg, "float64"))) ?? []
  return simpler.slice(0, most).map((values) => ({ args: values.map(encode) }))
}

/** Numbers in the form in which the reference returns them, so that a law need not know that a list is as good. */
function inFormOf(value: Raw, model: Raw): Raw {
  const numbers = model.t === "tensor" || model.t === "number" ? numbersOf(value) : undefined
  if (numbers && model.t === "number") return { t: "number", v: numbers.values[0] }
  if (numbers) return { t: "tensor", shape: numbers.shape, dtype: "float64", v: numbers.values }
  if (value.t === "tensor" && model.t === "list") return encode((decode(value, "float64") as Tensor).tolist())
  if (value.t === "list" && model.t === "list")
    return { t: "list", v: value.v.map((item, i) => inFormOf(item, model.v[i] ?? { t: "null" })) }
  if (value.t === "record" && model.t === "record") {
    const entries = Object.entries(value.v).map(([key, item]) => [
      key,
      inFormOf(item, model.v[key] ?? { t: "null" }),
    ])
    return { t: "record", v: Object.fromEntries(entries) }
  }
  return value
}
