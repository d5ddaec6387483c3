/**
 * @file Judges an answer that is a function: raw results of the answer, the reference and known mistakes → verdict, score,
 * note and message. Pure; runs nothing and trusts nothing that came from the answer.
 */
import { alikeRaw, differ, GRADIENTS, type Tolerance, VALUES } from "./close.ts"
import type { FunctionExercise } from "./exercise.ts"
import {
  changedArgument,
  evidenceOf,
  explain,
  type Failure,
  keepsState,
  lineOf,
  nameOf,
} from "./explain-failure.ts"
import { graderError, type Judgement, type Outcome, type Outcomes } from "./judgement.ts"
import { broken } from "./laws.ts"
import { type CallResult, FORBIDDEN_ERROR, TODO_ERROR } from "./outcome.ts"
import { plain } from "./plain.ts"
import type { Plan } from "./plan.ts"
import { clip } from "./show.ts"
import { listed } from "./wording.ts"

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
  const answer = outcomes.learner as Exclude<Outcome, "timeout">
  const learner = answer.calls
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
    : explain(exercise, plan, learner, reference.calls, failure, tolerance, answer.slips)
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
  if (exercise.work !== undefined) pure.push(workCheck(exercise.work, learner, reference))
  const { again } = plan
  // Listed only where it fails: nobody needs to read that the same input gives the same result.
  const kept: Check[] = keepsState(plan, learner, tolerance)
    ? [{ name: "the first input once more", essential: false, failure: { call: again, kind: "again" } }]
    : []
  return [...values, ...gradients, ...laws, ...pure, ...kept]
}

/** Counted, never timed: a slow machine does not make an answer wasteful. */
function workCheck(times: number, learner: CallResult[], reference: CallResult[]): Check {
  const total = (calls: CallResult[]) => calls.reduce((sum, { work = 0 }) => sum + work, 0)
  const [mine, theirs] = [total(learner), total(reference)]
  const name = `at most ${times} times the work of our solution`
  if (mine <= times * theirs) return { name, essential: false }
  const worst = learner.reduce((a, { work = 0 }, i) => (work > (learner[a].work ?? 0) ? i : a), 0)
  const says = `Right, but your answer has the engine compute ${mine} operations where ${theirs} suffice. Look for work that a loop repeats.`
  return { name, essential: false, failure: { call: worst, kind: "work", says } }
}

/** Inputs of the same name are one check; its first failure stands. */
function addCheck(checks: Check[], name: string, essential: boolean, failure: Failure | undefined): void {
  const same = checks.find((check) => check.name === name)
  if (!same) checks.push({ name, essential, failure })
  else same.failure ??= failure
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
