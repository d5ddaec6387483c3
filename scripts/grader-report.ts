/**
 * @file `npm run grader:report`: grades the corpus and writes content/grader-report.json, from which the page “How good is the
 * grader?” is made. Only exercises that changed, or whose corpus did, are graded anew; `--all` takes all, `--seeds n` so many.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { plain } from "../exercises/lib/plain.ts"
import { type Bench, type Case, loadBench } from "../tests/exercises/corpus/corpus.ts"
import { type Figures, figuresOf, type Graded, gradeCase, hashOf } from "../tests/exercises/corpus/measure.ts"
import { summed } from "../tests/exercises/corpus/summed.ts"
import { Thread } from "../tests/exercises/corpus/thread.ts"
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
const exercises: Record<string, ExerciseFigures> = {}
for (const [id, exercise] of bench.exercises) {
  const cases = bench.cases.filter((what) => what.exercise === id)
  const hash = hashOf(exercise, cases)
  const known = before?.exercises[id]
  if (!options.all && known?.hash === hash && known.seeds >= seeds) exercises[id] = known
  else {
    const figures = await figures_(bench, cases)
    exercises[id] = { title: plain(exercise.title), kind: exercise.kind, hash, seeds, ...figures }
    console.log(`${id}: ${line(figures)}`)
  }
}
await thread.close()
const overall = summed(Object.values(exercises))
const report: GraderReport = {
  made: new Date().toISOString().slice(0, 10),
  node: process.version,
  machine: cpus()[0]?.model.trim() ?? "",
  overall,
  exercises,
}
writeFileSync(FILE, `${JSON.stringify(report, undefined, 1)}\n`)
console.log(`all: ${line(overall)}`)

async function figures_(bench: Bench, cases: Case[]): Promise<Figures> {
  thread.forget()
  // What is loaded with the first answer is no time of any answer.
  await gradeCase(bench, thread, cases[0], 1)
  const first: Graded[] = []
  for (const what of cases) first.push(await gradeCase(bench, thread, what, 1))
  const more: Graded[] = []
  for (let seed = 2; seed <= seeds; seed++) {
    thread.forget()
    for (const { what, report } of first) {
      // A typed answer is compared with values that no seed changes; what never ends costs a thread each time.
      if (!("source" in what.answer) && seed > 3) continue
      if (report.verdict === "timeout" && seed > 3) continue
      more.push(await gradeCase(bench, thread, what, seed))
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
