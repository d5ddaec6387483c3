/**
 * @file Judges answers that are typed or chosen: a number, a prediction, a table, options. Pure; the values to compare
 * with were computed by the exercise's own code.
 */
import { alikeRaw, differ, type Tolerance, TYPED } from "./close.ts"
import type {
  Answer,
  ChoiceExercise,
  Exercise,
  NumberExercise,
  PredictExercise,
  TableExercise,
} from "./exercise.ts"
import { graderError, type Judgement, type Outcome, type Outcomes, rawOf } from "./judgement.ts"
import { readNumber } from "./number-text.ts"
import { numbersOf } from "./numbers.ts"
import { plain } from "./plain.ts"
import { isEndsOf, linesRight, partsOf, sameText } from "./printed-text.ts"
import type { Raw } from "./raw.ts"
import { clip, show, showNumber } from "./show.ts"

type TypedOutcomes = Pick<Outcomes, "reference" | "misconceptions">

function refuse(verdict: Judgement["verdict"], note: string, message: string): Judgement {
  return { verdict, score: 0, note, message: clip(message), checks: [] }
}

/** What the code of an exercise gives: its value, or what it prints as one text. */
export function givenBy(exercise: Exercise, outcome: Outcome | undefined): Raw | undefined {
  const value = rawOf(outcome)
  if (exercise.kind !== "predict" || !exercise.printed) return value
  return value && outcome && outcome !== "timeout"
    ? { t: "string", v: outcome.console.join("\n") }
    : undefined
}

export function judgeNumber(
  exercise: NumberExercise | PredictExercise,
  answer: Extract<Answer, { kind: "number" | "predict" }>,
  outcomes: TypedOutcomes,
): Judgement {
  if (answer.text.trim() === "") return refuse("not-attempted", "empty", "Type your answer first.")
  const want = givenBy(exercise, outcomes.reference)
  if (!want) return graderError("The expected value could not be computed.")
  const output = isPrinted(exercise, want) ? want.v : show(want)
  const shown = exercise.kind === "predict" ? { shown: { kind: "output" as const, text: output } } : {}
  const tolerance = exercise.tolerance ?? TYPED
  const read = readAs(want, answer.text, tolerance)
  if ("says" in read) return refuse("invalid", "invalid", read.says)
  if (
    isPrinted(exercise, want) &&
    !sameText(answer.text, want.v, tolerance) &&
    isEndsOf(answer.text, want.v, tolerance)
  )
    return refuse(
      "invalid",
      "incomplete",
      "These are the ends of the lines. Write each line whole, as it is printed.",
    )
  const evidence = { expected: show(want), got: show(read.got) }
  const checks = [{ name: exercise.label, passed: false }]
  const difference = differ(read.got, want, tolerance)
  if (!difference && !(exercise.tolerance === undefined && isMiscounted(read.got, want)))
    return {
      verdict: "correct",
      score: 1,
      note: "ok",
      message: "Correct.",
      evidence,
      checks: checks.map(({ name }) => ({ name, passed: true })),
      ...shown,
    }
  const wrong = { verdict: "wrong" as const, score: 0, evidence: { got: show(read.got) }, checks, ...shown }
  const known = exercise.misconceptions.find((_, i) =>
    agrees(read.got, givenBy(exercise, outcomes.misconceptions?.[i]), tolerance),
  )
  if (known) return { ...wrong, note: known.id, message: clip(plain(known.says)) }
  if (difference?.kind === "shape")
    return {
      ...wrong,
      note: "generic.shape",
      message: `You wrote ${read.got.t === "list" ? read.got.v.length : 1} numbers; ${numbersOf(want)?.values.length ?? 1} are expected.`,
    }
  if (isPrinted(exercise, want) && read.got.t === "string" && want.v.includes("\n"))
    return { ...wrong, ...lineAt(read.got.v, want.v, tolerance) }
  return { ...wrong, ...hintAt(read.got, want, tolerance) }
}

/** A whole number beside a whole number is a count: what is near it is not it. */
function isMiscounted(got: Raw, want: Raw): boolean {
  if (got.t !== "number" || want.t !== "number") return false
  return Number.isInteger(got.v) && Number.isInteger(want.v) && got.v !== want.v
}

function isPrinted(exercise: Exercise, want: Raw): want is Extract<Raw, { t: "string" }> {
  return exercise.kind === "predict" && exercise.printed === true && want.t === "string"
}

/** Where a text of several lines goes wrong, without saying what should stand there. */
function lineAt(got: string, want: string, tolerance: Tolerance): { note: string; message: string } {
  const right = linesRight(got, want, tolerance)
  const lines = want.split("\n").length
  if (right === lines)
    return { note: "generic.lines", message: `All ${lines} lines are right, and then you wrote more.` }
  const isShort = partsOf(got).length === partsOf(want.split("\n").slice(0, right).join(" ")).length
  return isShort
    ? { note: "generic.lines", message: `${right} of ${lines} lines are right, and the rest is missing.` }
    : { note: "generic.lines", message: `Line ${right + 1} of ${lines} is the first that is not right.` }
}

function agrees(got: Raw, value: Raw | undefined, tolerance: Tolerance): boolean {
  if (!value) return false
  if (got.t === "string" && value.t === "string") return sameText(got.v, value.v, tolerance)
  const flat = numbersOf(value)
  return flat && got.t === "list"
    ? alikeRaw(got, listOf(flat.values), tolerance)
    : alikeRaw(got, value, tolerance)
}

const listOf = (values: Iterable<number>): Raw => ({
  t: "list",
  v: Array.from(values, (v) => ({ t: "number", v })),
})

/** Reads a typed answer as the kind of value that is expected. */
function readAs(want: Raw, text: string, tolerance: Tolerance): { got: Raw } | { says: string } {
  const numbers = numbersOf(want)
  if (numbers && numbers.shape.length > 0) {
    const parts = text
      .replace(/(\d)\s*[x×*]\s*(?=\d)/gi, "$1 ")
      .replace(/[[\]()]/g, " ")
      .split(/[,;\s]+/)
      .filter(Boolean)
    const read = parts.map(readNumber)
    const bad = read.find((part) => !part.ok)
    if (bad && !bad.ok) return { says: bad.says }
    const got = listOf(read.map((part) => (part.ok ? part.value : Number.NaN)))
    return { got: numbers.shape.length === 1 ? got : reshaped(got, numbers.shape) }
  }
  if (numbers) {
    const read = readNumber(text)
    return read.ok ? { got: { t: "number", v: read.value } } : { says: read.says }
  }
  if (want.t === "boolean") {
    const word = text.trim().toLowerCase()
    if (/^(true|yes)$/.test(word)) return { got: { t: "boolean", v: true } }
    if (/^(false|no)$/.test(word)) return { got: { t: "boolean", v: false } }
    return { says: "Answer true or false." }
  }
  if (want.t === "string")
    return { got: { t: "string", v: sameText(text, want.v, tolerance) ? want.v : text.trim() } }
  return { says: "This answer cannot be read." }
}

/** Numbers typed in one row for an expected matrix; left flat if the count is another. */
function reshaped(list: Raw, shape: number[]): Raw {
  const flat = numbersOf(list)
  const size = shape.reduce((a, b) => a * b, 1)
  return flat && flat.values.length === size ? { t: "tensor", shape, dtype: "float64", v: flat.values } : list
}

function hintAt(got: Raw, want: Raw, tolerance: Tolerance): { note: string; message: string } {
  if (got.t !== "number" || numbersOf(want)?.shape.length !== 0)
    return { note: "generic.value", message: `${show(got, 120)} is not it yet.` }
  const [value, right] = [got.v, numbersOf(want)!.values[0]]
  const near = (a: number) => Math.abs(a - right) <= tolerance.atol + tolerance.rtol * Math.abs(right)
  if (right !== 0 && near(-value))
    return { note: "generic.sign", message: "The size is right, the sign is not." }
  if (near(value * Math.LN2) || near(value * Math.LN10))
    return {
      note: "generic.log-base",
      message: "That is the value with another logarithm. Take the natural one.",
    }
  if (near(value / 100) || near(value * 100))
    return { note: "generic.percent", message: "Off by a factor of 100: is one of the two a per cent value?" }
  if (
    !isMiscounted(got, want) &&
    Math.abs(value - right) <= 10 * (tolerance.atol + tolerance.rtol * Math.abs(right))
  )
    return {
      note: "generic.rounding",
      message: "Close, but not within the tolerance. Keep more digits on the way.",
    }
  return { note: "generic.value", message: `${showNumber(value)} is not it yet.` }
}

export function judgeTable(
  exercise: TableExercise,
  answer: Extract<Answer, { kind: "table" }>,
  outcomes: TypedOutcomes,
): Judgement {
  const filled = new Set((exercise.filled ?? []).map(([row, column]) => `${row},${column}`))
  const open = exercise.rows.flatMap((_, row) =>
    exercise.columns.flatMap((_, column) => (filled.has(`${row},${column}`) ? [] : [{ row, column }])),
  )
  const typed = (row: number, column: number) => String(answer.cells[row]?.[column] ?? "")
  const name = (row: number, column: number) => `${exercise.rows[row]}, ${exercise.columns[column]}`
  const blank = open.filter(({ row, column }) => typed(row, column).trim() === "")
  if (blank.length === open.length) return refuse("not-attempted", "empty", "Fill in the table first.")
  if (blank.length > 0)
    return refuse(
      "invalid",
      "incomplete",
      `${blank.length} of ${open.length} cells are still empty, the first at ${name(blank[0].row, blank[0].column)}.`,
    )
  const want = matrixOf(rawOf(outcomes.reference), exercise)
  if (!want) return graderError("The expected table could not be computed.")
  const got = want.map((line) => [...line])
  for (const { row, column } of open) {
    const read = readNumber(typed(row, column))
    if (!read.ok) return refuse("invalid", "invalid", `${name(row, column)}: ${read.says}`)
    got[row][column] = read.value
  }
  const tolerance = exercise.tolerance ?? TYPED
  const near = (a: number, b: number) => Math.abs(a - b) <= tolerance.atol + tolerance.rtol * Math.abs(b)
  const checks = open.map(({ row, column }) => ({
    name: name(row, column),
    passed: near(got[row][column], want[row][column]),
  }))
  const passed = checks.filter((check) => check.passed).length
  if (passed === checks.length)
    return { verdict: "correct", score: 1, note: "ok", message: "Correct.", checks }
  const known = exercise.misconceptions.find((_, i) => {
    const wrong = matrixOf(rawOf(outcomes.misconceptions?.[i]), exercise)
    return wrong && open.every(({ row, column }) => near(got[row][column], wrong[row][column]))
  })
  const first = open[checks.findIndex((check) => !check.passed)]
  const where = name(first.row, first.column)
  return {
    verdict: passed > 0 ? "partial" : "wrong",
    score: passed / checks.length,
    note: known?.id ?? "generic.cell",
    message: known
      ? clip(plain(known.says))
      : `${passed} of ${checks.length} cells are right. The first that is not: ${where}.`,
    evidence: { got: showNumber(got[first.row][first.column]), where },
    checks,
  }
}

function matrixOf(raw: Raw | undefined, { rows, columns }: TableExercise): number[][] | undefined {
  const numbers = raw && numbersOf(raw)
  if (!numbers || numbers.values.length !== rows.length * columns.length) return undefined
  if (!numbers.values.every(Number.isFinite)) return undefined
  return rows.map((_, i) => Array.from(numbers.values.subarray(i * columns.length, (i + 1) * columns.length)))
}

export function judgeChoice(
  exercise: ChoiceExercise,
  { chosen }: Extract<Answer, { kind: "choice" }>,
): Judgement {
  const picked = new Set(chosen)
  if (picked.size === 0) return refuse("not-attempted", "empty", "Choose an answer first.")
  const { options, several } = exercise
  const rights = options.filter((option) => option.right)
  if (rights.length === 0) return graderError("No option is marked as right.")
  if ([...picked].some((id) => !options.some((option) => option.id === id)))
    return refuse("invalid", "invalid", "This option is not there any more. Choose again.")
  if (!several && picked.size > 1) return refuse("invalid", "invalid", "Choose one answer.")
  // Only what was chosen is listed: a list of all options would give the answer away.
  const checks = options
    .filter(({ id }) => picked.has(id))
    .map(({ text, right }) => ({ name: clip(plain(text), 120), passed: right }))
  const hits = rights.filter(({ id }) => picked.has(id)).length
  const misses = options.filter(({ id, right }) => picked.has(id) && !right)
  const score = Math.max(0, (hits - misses.length) / rights.length)
  if (hits === rights.length && misses.length === 0)
    return {
      verdict: "correct",
      score: 1,
      note: "ok",
      message: clip(rights.map((o) => plain(o.says)).join(" ")),
      checks,
    }
  const message = misses.length
    ? plain(misses[0].says)
    : `What you chose is right, but ${rights.length - hits} more ${rights.length - hits === 1 ? "option is" : "options are"} right too.`
  return {
    verdict: score > 0 ? "partial" : "wrong",
    score,
    note: misses[0]?.id ?? "incomplete",
    message: clip(message),
    checks,
  }
}
