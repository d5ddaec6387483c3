/** @file Judges settings of a training by the curves that it gave under fixed seeds. Reads settings; runs nothing. */
import type { Answer, Settings, TuneExercise } from "./exercise.ts"
import { graderError, type Judgement, type Outcome } from "./judgement.ts"
import { readNumber } from "./number-text.ts"
import { numbersOf } from "./numbers.ts"
import { plain } from "./plain.ts"
import { clip, showNumber } from "./show.ts"

/** The settings as the training takes them, or why it cannot have them. */
export function readSettings(
  { knobs }: TuneExercise,
  { settings }: Extract<Answer, { kind: "tune" }>,
): { settings: Settings } | { says: string } {
  const read: Settings = {}
  for (const [name, knob] of Object.entries(knobs)) {
    const typed = String(settings[name] ?? "").trim()
    if ("options" in knob) {
      if (!knob.options.includes(typed))
        return { says: `${knob.label}: choose one of ${knob.options.join(", ")}.` }
      read[name] = typed
      continue
    }
    const number = readNumber(typed)
    if (!number.ok) return { says: `${knob.label}: ${number.says}` }
    const { value } = number
    if (!(value >= knob.from && value <= knob.to))
      return {
        says: `${knob.label}: ${showNumber(value)} is out of range. Choose from ${showNumber(knob.from)} to ${showNumber(knob.to)}.`,
      }
    if (knob.whole && !Number.isInteger(value)) return { says: `${knob.label}: only whole numbers.` }
    read[name] = value
  }
  return { settings: read }
}

export function judgeTune(exercise: TuneExercise, settings: Settings, outcome: Outcome): Judgement {
  const { goal, seeds, need, limit = 5000 } = exercise
  if (outcome === "timeout")
    return {
      verdict: "timeout",
      score: 0,
      note: "timeout",
      message: `Stopped after ${limit / 1000} s. Ask for less work.`,
      checks: [],
    }
  const failed = outcome.error ?? outcome.calls.find((call) => call.error)?.error
  if (failed) return graderError(`The training stopped: ${clip(failed.message, 120)}.`)
  const curves = outcome.calls.map(({ value }) => Array.from(numbersOf(value)?.values ?? []))
  if (curves.length !== seeds.length || curves.some((curve) => curve.length === 0))
    return graderError("The training gave no curve.")
  const reached = curves.map((curve) => goal.reached(curve, settings))
  const hits = reached.filter(Boolean).length
  const checks = curves.map((curve, i) => ({
    name: `run ${i + 1} ends at ${showNumber(Number(curve.at(-1)!.toPrecision(3)))}`,
    passed: reached[i],
  }))
  const shown = { kind: "runs" as const, curves, reached, line: goal.line, log: goal.log }
  if (hits >= need)
    return {
      verdict: "correct",
      score: 1,
      note: "ok",
      message: `Correct: ${goal.says} in ${hits} of ${seeds.length} runs.`,
      checks,
      shown,
    }
  const known = exercise.misconceptions.find(({ when }) => when(settings, curves))
  const found = known ? { note: known.id, message: plain(known.says) } : explain(curves)
  return {
    verdict: hits > 0 ? "partial" : "wrong",
    score: hits / seeds.length,
    note: found.note,
    message: clip(found.message),
    evidence: {
      expected: `${goal.says}, in ${need} of ${seeds.length} runs`,
      got: `in ${hits} of ${seeds.length}`,
    },
    checks,
    shown,
  }
}

function explain(curves: number[][]): { note: string; message: string } {
  const grew = curves.filter((curve) => !(curve.at(-1)! <= curve[0])).length
  if (grew > 0)
    return {
      note: "generic.diverges",
      message: `In ${grew} of ${curves.length} runs the curve ends higher than it began.`,
    }
  return {
    note: "generic.not-reached",
    message: "It goes down, but not far enough. Look at the shape of the curves.",
  }
}
