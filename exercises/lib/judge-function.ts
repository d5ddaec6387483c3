/**
 * @file Judges an answer that is a function: raw results of the answer, the reference and known mistakes → verdict, score,
 * note and message. Pure; runs nothing and trusts nothing that came from the answer.
 */
import type { Tensor } from "../../engine/index.ts"
import {
  alikeRaw,
  close,
  type Difference,
  differ,
  GRADIENTS,
  type Path,
  type Tolerance,
  VALUES,
} from "./close.ts"
import { diagnose, type Pair, transpose } from "./diagnose.ts"
import type { FunctionExercise } from "./exercise.ts"
import { graderError, type Judgement, type Outcome, type Outcomes } from "./judgement.ts"
import { numbersOf } from "./numbers.ts"
import { type AnswerError, type CallResult, FORBIDDEN_ERROR, TODO_ERROR } from "./outcome.ts"
import { plain } from "./plain.ts"
import type { Plan } from "./plan.ts"
import { decode, encode, type Raw } from "./raw.ts"
import { clip, describe, show, showPath } from "./show.ts"
import { listed } from "./wording.ts"

/** A check that failed on one call. `values` is what to look at when the mistake is explained. */
interface Failure {
  call: number
  kind: "error" | "value" | "gradient" | "law" | "pure"
  difference?: Difference
  says?: string
  /** Which gradient (position among those asked for). */
  gradient?: number
}

interface Check {
  name: string
  failure?: Failure
  /** Compares with the reference: the part of the score that cannot be had by obeying laws alone. */
  essential: boolean
}

export function judgeFunction(exercise: FunctionExercise, plan: Plan, outcomes: Outcomes): Judgement {
  const { reference } = outcomes
  if (reference === "timeout") return graderError("The reference solution did not end.")
  const failed = reference.error ?? reference.calls.find((call) => call.error)?.error
  if (failed) return graderError(`The reference solution stopped: ${clip(failed.message, 120)}.`)
  if (plan.probes.length === 0) return graderError("There is nothing to compare.")
  const early = beforeValues(exercise, outcomes.learner)
  if (early) return early
  const learner = (outcomes.learner as Exclude<Outcome, "timeout">).calls
  const todo = learner.find(({ error }) => error?.name === TODO_ERROR)?.error
  if (todo)
    return verdictOf(
      "not-attempted",
      "todo",
      `TODO() is still there${lineOf(todo)}. Replace it by your code.`,
    )

  const tolerance = exercise.tolerance ?? VALUES
  const checks = makeChecks(exercise, plan, learner, reference.calls, tolerance)
  const first = checks.find((check) => check.failure)
  const list = checks.map(({ name, failure }) => ({ name, passed: !failure }))
  if (!first) return right(plan, learner, list)

  const spoils = checks.some(({ failure }) => failure?.kind === "pure")
  const alternate = exercise.alternates?.find(
    (_, i) => !spoils && matches(learner, outcomes.alternates?.[i], tolerance),
  )
  if (alternate)
    return {
      ...verdictOf("correct", alternate.id, plain(alternate.says ?? "Right.")),
      score: 1,
      checks: list.map(({ name }) => ({ name, passed: true })),
    }

  const essential = checks.filter((check) => check.essential)
  const passed = list.filter((check) => check.passed).length
  const score = essential.some((check) => !check.failure) ? passed / checks.length : 0
  const known = exercise.misconceptions.find((_, i) =>
    matches(learner, outcomes.misconceptions?.[i], tolerance),
  )
  const failure = first.failure!
  const error = failure.kind === "error" ? learner[failure.call].error : undefined
  const found = known
    ? { note: known.id, says: plain(known.says) }
    : explain(exercise, plan, learner, reference.calls, failure, tolerance)
  return {
    verdict: error && !known ? "threw" : score > 0 ? "partial" : "wrong",
    score,
    note: found.note,
    message: clip(found.says),
    evidence: evidenceOf(plan, learner, reference.calls, failure),
    checks: list,
  }
}

function verdictOf(verdict: Judgement["verdict"], note: string, message: string): Judgement {
  return { verdict, score: 0, note, message: clip(message), checks: [] }
}

const lineOf = ({ line }: AnswerError): string => (line === undefined ? "" : ` (line ${line})`)

/** What ends the matter before any value is looked at. */
function beforeValues(
  { entry, without = [], limit = 5000 }: FunctionExercise,
  learner: Outcome,
): Judgement | undefined {
  if (learner === "timeout")
    return verdictOf(
      "timeout",
      "timeout",
      `Stopped after ${limit / 1000} s. Look for a loop that never ends: does its condition become false?`,
    )
  const { error } = learner
  if (!error) return undefined
  if (error.name === TODO_ERROR)
    return verdictOf("not-attempted", "todo", `TODO() is still there${lineOf(error)}.`)
  if (error.stage === "syntax" && error.name === FORBIDDEN_ERROR)
    return verdictOf(
      "invalid",
      "forbidden",
      `Your answer uses ${error.message}${lineOf(error)}. This exercise is to be done without ${listed(without)}: build it from simpler operations.`,
    )
  if (error.stage === "syntax") return verdictOf("invalid", "syntax", `${error.message}${lineOf(error)}`)
  if (error.name === "MissingEntry")
    return verdictOf("invalid", "no-entry", `The answer must declare a function named ${entry}.`)
  return verdictOf("threw", "threw", `${error.name}: ${error.message}${lineOf(error)}`)
}

function right(plan: Plan, learner: CallResult[], checks: Judgement["checks"]): Judgement {
  const changed = changedArgument(plan, learner)
  const message = changed
    ? `Correct. One thing to know: your function changed its argument ${changed}, which surprises whoever called it.`
    : "Correct on every check."
  return { ...verdictOf("correct", changed ? "right.argument-changed" : "ok", message), score: 1, checks }
}

function changedArgument(plan: Plan, learner: CallResult[]): string | undefined {
  for (let i = 0; i < plan.calls.length; i++) {
    const { args } = plan.calls[i]
    const position = args.findIndex((arg, k) => !alikeRaw(learner[i].argsAfter[k] ?? { t: "null" }, arg))
    if (position >= 0 && learner[i].argsAfter.length > 0) return nameOf(plan, position)
  }
  return undefined
}

const nameOf = (plan: Plan, position: number): string => plan.names[position] ?? `number ${position + 1}`

function makeChecks(
  exercise: FunctionExercise,
  plan: Plan,
  learner: CallResult[],
  reference: CallResult[],
  tolerance: Tolerance,
): Check[] {
  const values: Check[] = []
  const gradients: Check[] = []
  plan.probes.forEach(({ name }, call) => {
    const { error, value, gradients: got } = learner[call]
    const difference = error ? undefined : differ(value, reference[call].value, tolerance)
    const failure: Failure | undefined = error
      ? { call, kind: "error" }
      : difference && { call, kind: "value", difference }
    addCheck(values, name, true, failure)
    if (!plan.calls[call].gradients) return
    plan.calls[call].gradients.forEach((position, gradient) => {
      const want = reference[call].gradients?.[gradient] ?? { t: "undefined" }
      const wrong = differ(got?.[gradient] ?? { t: "undefined" }, want, GRADIENTS)
      addCheck(
        gradients,
        `gradient by ${nameOf(plan, position)}: ${name}`,
        true,
        wrong && { call, kind: "gradient", difference: wrong, gradient },
      )
    })
  })
  const laws = plan.laws.map(({ property, from, to }): Check => {
    for (let call = from; call < to; call++) {
      const says = broken(property.holds, plan.calls[call].args, learner[call], reference[call])
      if (says !== undefined)
        return {
          name: property.says,
          essential: false,
          failure: { call, kind: "law", says: says || property.says },
        }
    }
    return { name: property.says, essential: false }
  })
  const pure: Check[] = []
  if (exercise.pure) {
    const changed = changedArgument(plan, learner)
    pure.push({
      name: "arguments stay as they are",
      essential: false,
      ...(changed ? { failure: { call: 0, kind: "pure", says: changed } satisfies Failure } : {}),
    })
  }
  return [...values, ...gradients, ...laws, ...pure]
}

/** Inputs of the same name are one check; its first failure stands. */
function addCheck(checks: Check[], name: string, essential: boolean, failure: Failure | undefined): void {
  const same = checks.find((check) => check.name === name)
  if (!same) checks.push({ name, essential, failure })
  else same.failure ??= failure
}

/** What a law says against one call; the empty text where the result cannot even be asked. */
function broken(
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

/** Does the answer agree with a known program on every call: values, gradients, and where both throw? */
function matches(learner: CallResult[], known: Outcome | undefined, tolerance: Tolerance): boolean {
  if (!known || known === "timeout" || known.error || known.calls.length !== learner.length) return false
  return learner.every((mine, i) => {
    const theirs = known.calls[i]
    if (mine.error || theirs.error) return Boolean(mine.error && theirs.error)
    if (!alikeRaw(mine.value, theirs.value, tolerance)) return false
    return (theirs.gradients ?? []).every((gradient, k) =>
      alikeRaw(mine.gradients?.[k] ?? { t: "undefined" }, gradient, GRADIENTS),
    )
  })
}

/** No listed misconception: the plain facts, or a generic rule that explains every call. */
function explain(
  exercise: FunctionExercise,
  plan: Plan,
  learner: CallResult[],
  reference: CallResult[],
  failure: Failure,
  tolerance: Tolerance,
): { note: string; says: string } {
  const { call, kind, difference, gradient } = failure
  if (kind === "error") {
    const error = learner[call].error!
    return { note: "threw", says: `${error.name}: ${error.message}${lineOf(error)}` }
  }
  if (kind === "law") return { note: "generic.law", says: failure.says ?? "" }
  if (kind === "pure")
    return {
      note: "generic.argument-changed",
      says: `Your function changed its argument ${failure.says}. Work on a copy.`,
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

function evidenceOf(
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
