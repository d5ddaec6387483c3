/** @file Answers to any exercise, made from the exercise itself: right ones, every known mistake, none, broken ones. */
import type {
  Answer,
  Exercise,
  FunctionExercise,
  NumberExercise,
  PredictExercise,
  TableExercise,
} from "../../exercises/lib/exercise.ts"
import { givenBy } from "../../exercises/lib/judge-typed.ts"
import type { Raw } from "../../exercises/lib/raw.ts"
import { codeToRun, outcomeOf, valueJob } from "../../src/notebook/grade.ts"
import { runProbe } from "../../src/notebook/run-probe.ts"
import { handledAnswers, isHandled } from "./kind-answers.ts"

export type Valued = NumberExercise | PredictExercise | TableExercise

/** The value of a piece of the book's code. Throws: Error if it has none. */
export async function computed(code: string): Promise<Raw> {
  const { error, calls } = await runProbe(valueJob(code, 1))
  if (error) throw new Error(`${error.message}\n${code}`)
  return calls[0].value
}

/** What a piece of code gives as the answer to the exercise: its value, or what it prints. Throws: Error if nothing. */
export async function givenIn(exercise: Valued, code: string): Promise<Raw> {
  const result = await runProbe(valueJob(codeToRun(exercise, code), 1))
  const given = givenBy(exercise, outcomeOf(result, 1))
  if (!given) throw new Error(`${result.error?.message}\n${code}`)
  return given
}

/** The value as a learner who types every digit would answer. */
export async function typed(exercise: Valued, code: string): Promise<Answer> {
  return typedAs(exercise, await givenIn(exercise, code))
}

export function typedAs(exercise: Valued, value: Raw): Answer {
  const flat = (value: Raw): string[] =>
    value.t === "list"
      ? value.v.flatMap(flat)
      : value.t === "tensor"
        ? Array.from(value.v, String)
        : ["v" in value ? String(value.v) : ""]
  const texts = flat(value)
  if (exercise.kind !== "table") return { kind: exercise.kind, text: texts.join(", ") }
  const { rows, columns } = exercise
  return {
    kind: "table",
    cells: rows.map((_, i) => texts.slice(i * columns.length, (i + 1) * columns.length)),
  }
}

/** Named answers that should lead to every verdict that the exercise can give. */
export async function spreadOf(exercise: Exercise): Promise<Record<string, Answer>> {
  if (isHandled(exercise)) return handledAnswers(exercise)
  if ("entry" in exercise) return codeAnswers(exercise)
  if (exercise.kind === "choice") {
    const ids = exercise.options.map(({ id }) => id)
    const rights = exercise.options.filter(({ right }) => right).map(({ id }) => id)
    const chosen: Record<string, string[]> = { right: rights, none: [], all: ids, gone: ["no-such-option"] }
    for (const id of ids) chosen[`only ${id}`] = [id]
    return Object.fromEntries(
      Object.entries(chosen).map(([name, list]) => [name, { kind: "choice", chosen: list }]),
    )
  }
  const right = await typed(exercise, exercise.solution)
  const all = (text: string): Answer =>
    right.kind === "table"
      ? { kind: "table", cells: right.cells.map((row) => row.map(() => text)) }
      : { kind: exercise.kind as "number" | "predict", text }
  const spread: Record<string, Answer> = { right, none: all(" "), unreadable: all("0,5"), far: all("-987.5") }
  for (const { id, code } of exercise.misconceptions) spread[id] = await typed(exercise, code)
  if (right.kind === "table") {
    const lastOnly = right.cells.map((row, i) =>
      row.map((cell) => (i === right.cells.length - 1 ? "77" : cell)),
    )
    spread.partial = { kind: "table", cells: lastOnly }
    spread.incomplete = { kind: "table", cells: [...right.cells.slice(0, -1), []] }
  }
  return spread
}

function codeAnswers(exercise: FunctionExercise): Record<string, Answer> {
  const { entry, kind, starter, solution, misconceptions, alternates = [], without = [] } = exercise
  const codes: Record<string, string> = {
    // A comment, so that no program of the book is taken for the starter of a debugging task.
    right: `${solution}\n// mine`,
    starter,
    none: " \n",
    syntax: `// one\nfunction ${entry}( {`,
    threw: `function ${entry}() {\n  throw new RangeError("too far")\n}`,
    nothing: `function ${entry}() {}`,
    missing: "const somethingElse = 1",
  }
  for (const name of without) codes[`forbidden ${name}`] = `const ${entry} = (x) => ${name}(x)`
  for (const { id, code } of [...misconceptions, ...alternates]) codes[id] = `${code}\n// mine`
  return Object.fromEntries(Object.entries(codes).map(([name, source]) => [name, { kind, source }]))
}
