/**
 * @file How long it takes to grade a class again: `npm run grade` on the files of a made-up class, as somebody who teaches
 * would start it. Node only; knows no exercise.
 */
import { execFileSync, spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join, resolve } from "node:path"
import type { GradingRow } from "./results.ts"

const root = resolve(import.meta.dirname, "..")
const EXERCISES = 10
/** Of a thousand learners so many have an answer that never ends. */
const ENDLESS = 0.003
const LOOK_EVERY = 200
/** As in package.json: garbage is collected early, so that memory is what is held and not what nobody has asked for. */
const NODE = ["--max-semi-space-size=4"]

interface Grades {
  rows: { exercise: string; verdict: string }[]
}

/** Makes the class in `folder`, and grades it on all cores. */
export async function gradeMadeUpClass(folder: string, learners: number): Promise<GradingRow> {
  const [files, out] = [join(folder, "class"), join(folder, "grades.json")]
  const endless = Math.ceil(learners * ENDLESS)
  const numbers = [learners, EXERCISES, endless, 1].map(String)
  execFileSync(process.execPath, ["scripts/sample-class.ts", files, ...numbers], { cwd: root })
  const start = performance.now()
  const memory = await run([...NODE, "scripts/grade.ts", files, "--quiet", "--json", out])
  const ms = performance.now() - start
  const answers = (JSON.parse(readFileSync(out, "utf8")) as Grades).rows.filter(({ exercise }) => exercise)
  return {
    learners,
    exercises: EXERCISES,
    answers: answers.length,
    endless: answers.filter(({ verdict }) => verdict === "timeout").length,
    failed: answers.filter(({ verdict }) => verdict === "grader-error").length,
    lanes: availableParallelism(),
    ms,
    ...memory,
  }
}

/** The most that the grading process has resident, in its second tenth and in its last, where the system tells. */
async function run(args: readonly string[]): Promise<Pick<GradingRow, "early" | "late">> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] })
  const seen: number[] = []
  const look = setInterval(() => {
    const bytes = residentOf(child.pid)
    if (bytes) seen.push(bytes)
  }, LOOK_EVERY)
  const code = await new Promise<number | null>((done) => child.once("close", done))
  clearInterval(look)
  // 1: graded, with damaged files among them, as there are.
  if (code !== 0 && code !== 1) throw new Error(`bench: grading ended with ${code}`)
  const tenth = Math.max(1, Math.floor(seen.length / 10))
  if (seen.length < 20) return {}
  return { early: Math.max(...seen.slice(tenth, 2 * tenth)), late: Math.max(...seen.slice(-tenth)) }
}

function residentOf(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
    return kilobytes ? Number(kilobytes) * 1024 : undefined
  } catch {
    // Another system, or it has just ended.
    return undefined
  }
}
