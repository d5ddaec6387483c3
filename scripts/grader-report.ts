/**
 * @file `npm run grader:report`: grades the corpus and writes content/grader-report.json, from which the page “How good is the
 * grader?” is made. Only exercises that changed, or whose corpus did, are graded anew; `--all` takes all, `--seeds n` so many.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { FunctionExercise, Report } from "../exercises/lib/exercise.ts"
import { plain } from "../exercises/lib/plain.ts"
import { grade } from "../src/notebook/grade.ts"
import { attacks } from "../tests/exercises/corpus/attacks.ts"
import { type Bench, type Case, loadBench } from "../tests/exercises/corpus/corpus.ts"
import { type Figures, figuresOf, type Graded, gradeCase, hashOf } from "../tests/exercises/corpus/measure.ts"
import { summed } from "../tests/exercises/corpus/summed.ts"
import { Here, Thread } from "../tests/exercises/corpus/thread.ts"
import { Children } from "./grading/children.ts"
import { ROOT } from "./grading/exercises.ts"

export interface ExerciseFigures extends Figures {
  title: string
  kind: string
  /** Of the exercise and its answers, as they were measured. */
  hash: string
  seeds: number
}

export interface GraderReport {
  made: string
  node: string
  machine: string
  overall: Figures
  /** Answers that attack the grader, in the processes that a class is graded in. */
  attacks: { n: number; accepted: number; graderErrors: number; rightAfterwards: boolean }
  exercises: Record<string, ExerciseFigures>
}

const FILE = join(ROOT, "content/grader-report.json")

const { values: options } = parseArgs({
  options: { seeds: { type: "string", default: "200" }, all: { type: "boolean", default: false } },
})
const seeds = Number(options.seeds)

const thread = new Thread()
const bench = await loadBench(thread.run)
if (bench.problems.length > 0) throw new Error(bench.problems.join("\n"))
const before: GraderReport | undefined = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : undefined
const attacked = await underAttack()
const exercises: Record<string, ExerciseFigures> = {}
for (const [id, exercise] of bench.exercises) {
  const cases = bench.cases.filter((what) => what.exercise === id)
  const hash = hashOf(id, cases)
  const known = before?.exercises[id]
  if (!options.all && known?.hash === hash && known.seeds >= seeds) exercises[id] = known
  else {
    const figures = await measured(bench, cases)
    exercises[id] = { title: plain(exercise.title), kind: exercise.kind, hash, seeds, ...figures }
    console.log(`${id}: ${line(figures)}`)
  }
  // After each exercise, so that what was measured is not lost when the rest is broken off.
  write({ ...before?.exercises, ...exercises })
}
await thread.close()
console.log(`all: ${line(write(exercises).overall)}`)

function write(parts: Record<string, ExerciseFigures>): GraderReport {
  const exercises = Object.fromEntries(Object.entries(parts).filter(([id]) => bench.exercises.has(id)))
  const report: GraderReport = {
    made: new Date().toISOString().slice(0, 10),
    node: process.version,
    machine: `${process.platform} ${process.arch}`,
    overall: summed(Object.values(exercises)),
    attacks: attacked,
    exercises,
  }
  writeFileSync(FILE, `${JSON.stringify(report, undefined, 1)}\n`)
  return report
}

async function underAttack(): Promise<GraderReport["attacks"]> {
  const children = new Children()
  const exercise = bench.exercises.get("softmax") as FunctionExercise
  const submit = (source: string, limit?: number) =>
    grade(
      { id: "softmax", exercise: { ...exercise, limit }, answer: { kind: "function", source }, seed: 3 },
      children.run,
    )
  const reports: Report[] = []
  for (const source of Object.values(attacks)) reports.push(await submit(source, 1200))
  const after = await submit(exercise.solution)
  children.close()
  const count = (verdict: string) => reports.filter((report) => report.verdict === verdict).length
  return {
    n: reports.length,
    accepted: count("correct"),
    graderErrors: count("grader-error"),
    rightAfterwards: after.verdict === "correct",
  }
}

async function measured(bench: Bench, cases: Case[]): Promise<Figures> {
  thread.forget()
  // What is loaded with the first answer is no time of any answer.
  await gradeCase(bench, thread, cases[0], 1)
  const first: Graded[] = []
  for (const what of cases) first.push(await gradeCase(bench, thread, what, 1))
  const more: Graded[] = []
  const here = new Here()
  for (let seed = 2; seed <= seeds; seed++) {
    thread.forget()
    here.forget()
    for (const { what, report } of first) {
      // A typed answer is compared with values that no seed changes; what never ends costs a thread each time.
      if (!("source" in what.answer) && seed > 3) continue
      const endless = report.verdict === "timeout"
      if (endless && seed > 3) continue
      more.push(await gradeCase(bench, endless ? thread : here, what, seed))
    }
  }
  return figuresOf(first, more)
}

function line({
  falseAccepts,
  falseRejects,
  notes,
  mutants,
  graderErrors,
  flaky,
  gradings,
}: Figures): string {
  const shown = Object.entries({ falseAccepts, falseRejects, notes, mutants, graderErrors, flaky })
  return `${shown.map(([name, { n, of }]) => `${name} ${n}/${of}`).join(", ")}; ${gradings} gradings`
}
