/**
 * @file Words for a check that failed: the plain facts, or a general rule that explains every call, with the input, what was
 * expected and what came. Knows no misconception and forms no verdict.
 */
import { alikeRaw, close, type Difference, GRADIENTS, type Path, type Tolerance } from "./close.ts"
import { diagnose, type Pair, transpose } from "./diagnose.ts"
import type { FunctionExercise } from "./exercise.ts"
import type { Judgement } from "./judgement.ts"
import { numbersOf } from "./numbers.ts"
import type { AnswerError, CallResult, Slip } from "./outcome.ts"
import type { Plan } from "./plan.ts"
import type { Raw } from "./raw.ts"
import { describe, show, showPath } from "./show.ts"

/** A check that failed on one call. `values` is what to look at when the mistake is explained. */
export interface Failure {
  call: number
  kind: "error" | "value" | "gradient" | "law" | "pure" | "work" | "again"
  difference?: Difference
  says?: string
  /** Which gradient (position among those asked for). */
  gradient?: number
}

export const lineOf = ({ line }: AnswerError): string => (line === undefined ? "" : ` (line ${line})`)

/** No listed misconception: the plain facts, or a generic rule that explains every call. */
export function explain(
  exercise: FunctionExercise,
  plan: Plan,
  learner: CallResult[],
  reference: CallResult[],
  failure: Failure,
  tolerance: Tolerance,
  syntax: Slip[] = [],
): { note: string; says: string } {
  const { call, kind, difference, gradient } = failure
  if (kind === "error") {
    const error = learner[call].error!
    return { note: "threw", says: `${error.name}: ${error.message}${lineOf(error)}` }
  }
  if (kind === "work") return { note: "generic.work", says: failure.says ?? "" }
  if (kind === "law") return { note: "generic.law", says: failure.says ?? "" }
  if (kind === "pure")
    return {
      note: "generic.argument-changed",
      says: `Your function changed its argument ${failure.says}. Work on a copy.`,
    }
  const kept = keepsState(plan, learner, tolerance)
  if (kind === "again" || (kept && !changedArgument(plan, learner)))
    return {
      note: "generic.state",
      says: "The same input gave another result the second time: something is kept from call to call. Create everything that your function changes inside it.",
    }
  const { got, want, path } = difference!
  if (kind === "gradient" && (got.t === "undefined" || got.t === "null")) {
    const name = nameOf(plan, plan.calls[call].gradients![gradient!])
    return {
      note: "generic.detached",
      says: `No path leads from the result back to ${name}, so there is no gradient. Compute with operations of tensors, not with the numbers read out of them.`,
    }
  }
  const subject = path.length > 0 ? `The part ${showPath(path)} of the result` : "The result"
  const structural = structure(exercise, difference!, subject)
  if (structural) return structural
  const slip = syntax.find(({ note }) => note !== "js.fill-alias" || rowsAlike(got))
  if (slip) return { note: slip.note, says: SLIPS[slip.note](slip.line) }
  const pairs = pairsAt(plan, learner, reference, path, gradient)
  const found = diagnose(pairs, plan.names, kind === "gradient" ? GRADIENTS : tolerance)
  const about =
    kind === "gradient" ? "About the gradient: " : path.length > 0 ? `About ${showPath(path)}: ` : ""
  if (found) return { note: found.note, says: about + found.says }
  const changed = changedArgument(plan, learner)
  if (changed)
    return {
      note: "generic.argument-changed",
      says: `Your function changes its argument ${changed} while it still needs the old values. Work on a copy.`,
    }
  return { note: "generic.value", says: `${about}${values(difference!, got, want)}` }
}

const SLIPS: Record<Slip["note"], (line: number) => string> = {
  "js.xor": (line) =>
    `Line ${line}: in JavaScript ^ is exclusive or, bit by bit. A power is written with two stars: x ** 2.`,
  "js.fill-alias": (line) =>
    `Line ${line}: fill puts the same array into every place, so all rows are one. Make each row anew: Array.from({ length: n }, () => []).`,
}

/** Are all parts of a list the same? */
function rowsAlike(got: Raw): boolean {
  return got.t === "list" && got.v.length > 1 && got.v.every((row) => alikeRaw(row, got.v[0]))
}

function values({ where, count }: Difference, got: Raw, want: Raw): string {
  const total = numbersOf(want)?.values.length ?? 1
  if (total <= 1) return "The value is not the expected one."
  const shown = numbersOf(got)?.values.length === total ? ` The largest difference is at ${where}.` : ""
  return `${count} of ${total} values differ from the expected ones.${shown}`
}

function structure(
  { entry }: FunctionExercise,
  { kind, got, want }: Difference,
  subject: string,
): { note: string; says: string } | undefined {
  if (kind === "missing")
    return {
      note: "generic.no-return",
      says: `${subject === "The result" ? `${entry} returned nothing` : `${subject} is missing`}. Does every way through the function end in return?`,
    }
  if (kind === "type" && holdsPromise(got))
    return {
      note: "generic.promise",
      says: `${subject} holds a Promise, a value that comes later. Put await before the call that makes it.`,
    }
  if (kind === "type")
    return { note: "generic.type", says: `${subject} is ${describe(got)}; ${describe(want)} is expected.` }
  if (kind !== "shape") return undefined
  const [a, b] = [numbersOf(got), numbersOf(want)]
  const flipped = a && b && transpose(a)
  if (flipped && close(flipped, b))
    return {
      note: "generic.transposed",
      says: `The result is transposed: its shape is [${a.shape.join(", ")}] where [${b.shape.join(", ")}] is asked for. Swap rows and columns.`,
    }
  return { note: "generic.shape", says: `${subject} is ${describe(got)}; ${describe(want)} is expected.` }
}

function holdsPromise(raw: Raw): boolean {
  if (raw.t === "list") return raw.v.some(holdsPromise)
  if (raw.t === "record") return Object.values(raw.v).some(holdsPromise)
  return raw.t === "other" && raw.v === "Promise"
}

/** The part at `path` (or one gradient) of every probe, where it is made of numbers on both sides. */
function pairsAt(
  plan: Plan,
  learner: CallResult[],
  reference: CallResult[],
  path: Path,
  gradient?: number,
): Pair[] {
  const pairs: Pair[] = []
  plan.probes.forEach((_, i) => {
    const part = (call: CallResult): Raw | undefined =>
      gradient === undefined ? partAt(call.value, path) : call.gradients?.[gradient]
    const got = numbersOf(part(learner[i]) ?? { t: "null" })
    const want = numbersOf(part(reference[i]) ?? { t: "null" })
    if (want)
      pairs.push({ got: got ?? { shape: [-1], values: new Float64Array(0) }, want, args: plan.calls[i].args })
  })
  return pairs
}

function partAt(raw: Raw, path: Path): Raw | undefined {
  let part: Raw | undefined = raw
  for (const key of path) {
    if (part?.t === "list") part = part.v[Number(key)]
    else if (part?.t === "record") part = part.v[key]
    else return undefined
  }
  return part
}

/** The input, and what came where of what was expected. */
export function evidenceOf(
  plan: Plan,
  learner: CallResult[],
  reference: CallResult[],
  failure: Failure,
): Judgement["evidence"] {
  const { call, kind, difference, gradient } = failure
  const { args } = plan.calls[call]
  const input = args
    .map((arg, i) => `${nameOf(plan, i)} = ${show(arg, args.length > 2 ? 90 : 140)}`)
    .join(", ")
  if (kind === "error") return { input, expected: show(reference[call].value) }
  if (kind === "again")
    return {
      input,
      expected: show(learner[0].value),
      got: show(learner[call].value),
      where: "the second time",
    }
  if (kind !== "value" && kind !== "gradient") return { input, got: show(learner[call].value) }
  const place = [difference?.path.length ? showPath(difference.path) : "", difference?.where ?? ""].filter(
    Boolean,
  )
  const about =
    gradient === undefined ? "" : `gradient by ${nameOf(plan, plan.calls[call].gradients![gradient])}`
  return {
    input,
    expected: show(difference!.want),
    got: show(difference!.got),
    ...(place.length || about ? { where: [about, ...place].filter(Boolean).join(", ") } : {}),
  }
}

/** Does the repetition of the first call give something else? */
export function keepsState({ again }: Plan, learner: CallResult[], tolerance: Tolerance): boolean {
  const [first, second] = [learner[0], learner[again]]
  return !first.error && !second.error && !alikeRaw(second.value, first.value, tolerance)
}

/** The name of an argument that the answer changed on some call. */
export function changedArgument(plan: Plan, learner: CallResult[]): string | undefined {
  for (let i = 0; i < plan.calls.length; i++) {
    const { args } = plan.calls[i]
    const position = args.findIndex((arg, k) => !alikeRaw(learner[i].argsAfter[k] ?? { t: "null" }, arg))
    if (position >= 0 && learner[i].argsAfter.length > 0) return nameOf(plan, position)
  }
  return undefined
}

/** As the reference calls it. */
export const nameOf = (plan: Plan, position: number): string =>
  plan.names[position] ?? `number ${position + 1}`
