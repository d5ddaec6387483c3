/**
 * @file Grades the corpus and counts: what was accepted, rejected, named and explained, and whether a seed changes anything.
 * Knows nothing of tests, files or pages.
 */
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import type { Report } from "../../../exercises/lib/exercise.ts"
import { exerciseFiles } from "../../../scripts/grading/exercises.ts"
import { grade } from "../../../src/notebook/grade.ts"
import type { Bench, Case } from "./corpus.ts"
import type { Runner } from "./thread.ts"

/** Inputs that exercises share: who takes them is measured again when they change. */
const PROBES = new URL("../../../exercises/lib/probes.ts", import.meta.url)

export interface Graded {
  what: Case
  seed: number
  report: Report
  /** Milliseconds of work, of all threads together. */
  work: number
}

/** One answer under one seed. */
export async function gradeCase(bench: Bench, runner: Runner, what: Case, seed: number): Promise<Graded> {
  const before = process.cpuUsage()
  const exercise = bench.exercises.get(what.exercise)!
  const report = await grade({ id: what.exercise, exercise, answer: what.answer, seed }, runner.run)
  const { user, system } = process.cpuUsage(before)
  return { what, seed, report, work: (user + system) / 1000 }
}

export const accepted = ({ report }: Graded): boolean => report.verdict === "correct"

/** Did the answer get what it deserves: the verdict, and the note if it has one of its own? */
export function asDeserved(graded: Graded): boolean {
  const { deserves, note } = graded.what
  return (
    graded.report.verdict !== "grader-error" &&
    accepted(graded) === (deserves === "correct") &&
    (note === undefined || graded.report.note === note)
  )
}

/** Notes that say no more than that a value is another one. */
const UNEXPLAINED = new Set(["generic.value", "generic.cell"])
const EMPTY_PHRASE =
  /test failed|is inaccurate|something went wrong|^(wrong|incorrect|not yet|error|undefined)\W*$|\[object/i

/** What is wrong with the words of a report, or nothing. */
export function lint({ what, report }: Graded): string | undefined {
  const { message, evidence, verdict, note } = report
  if (message.length > 300) return `the message has ${message.length} characters`
  if (message.length < 15) return `the message says nothing: “${message}”`
  if (EMPTY_PHRASE.test(message)) return `an empty phrase: “${message}”`
  if (/[$\\]/.test(message.replace(/\$\{/g, ""))) return `markup in the message: “${message}”`
  if ((verdict !== "wrong" && verdict !== "partial") || !("source" in what.answer)) return undefined
  if (!evidence?.input) return "it does not say for which input"
  if (!evidence.got && !evidence.expected) return "it says neither what came nor what was expected"
  const compared =
    note !== "generic.argument-changed" && !note.startsWith("law.") && evidence.expected !== undefined
  if (compared && !evidence.got) return "it does not say what came"
  const many = /^\[|^\{/.test(evidence.expected ?? "") && /^\[|^\{/.test(evidence.got ?? "")
  const sameForm = evidence.got?.length !== 0 && !note.includes("shape") && !note.includes("type")
  if (compared && many && sameForm && !evidence.where && !/transposed|missing|promise/.test(note))
    return `it does not say where: ${evidence.expected} against ${evidence.got}`
  return undefined
}

/** `of` cases, `n` of them so, and the 95 % interval of the rate after Wilson (1927). */
export interface Rate {
  n: number
  of: number
  low: number
  high: number
}

export function rate(n: number, of: number): Rate {
  if (of === 0) return { n, of, low: 0, high: 1 }
  const z = 1.959964
  const p = n / of
  const middle = (p + z ** 2 / (2 * of)) / (1 + z ** 2 / of)
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((p * (1 - p)) / of + z ** 2 / (4 * of ** 2))
  return { n, of, low: n === 0 ? 0 : middle - half, high: n === of ? 1 : middle + half }
}

export interface Figures {
  /** Right answers that were not accepted. */
  falseRejects: Rate
  /** Wrong answers that were accepted. */
  falseAccepts: Rate
  /** Listed mistakes that got their own note. */
  notes: Rate
  /** Wrong answers about which nothing was said but that a value is another one. */
  unexplained: Rate
  /** Mutants of the reference that were told apart from it; those listed as equivalent are left out. */
  mutants: Rate
  equivalent: number
  graderErrors: Rate
  /** Right answers that ran out of time. */
  timeouts: Rate
  /** Answers that one seed accepts and another does not, and listed mistakes that a seed hides. */
  flaky: Rate
  /** Answers whose part of the marks or general note depends on the inputs that were drawn. */
  varies: Rate
  /** Gradings in all. */
  gradings: number
  /** Milliseconds of work for one grading. */
  work: { p50: number; p95: number }
}

/** One grading of each answer under a first seed, and more under others. */
export function figuresOf(first: Graded[], more: Graded[]): Figures {
  const share = (of: Graded[], is: (graded: Graded) => boolean) => rate(of.filter(is).length, of.length)
  const right = first.filter(({ what }) => what.deserves === "correct")
  const wrong = first.filter(({ what }) => what.deserves !== "correct")
  const named = first.filter(({ what }) => what.note !== undefined)
  const all = [...first, ...more]
  const said = ({ report }: Graded) => `${report.verdict} ${report.note}`
  const usual = new Map(first.map((graded) => [graded.what, said(graded)]))
  const changed = new Set(
    more.filter((graded) => said(graded) !== usual.get(graded.what)).map(({ what }) => what),
  )
  const flaky = new Set(more.filter((graded) => !asDeserved(graded)).map(({ what }) => what))
  const seeded = new Set(more.map(({ what }) => what))
  const works = first.map(({ work }) => work).sort((a, b) => a - b)
  const quantile = (q: number) => Number((works[Math.floor(q * (works.length - 1))] ?? 0).toFixed(1))
  return {
    falseRejects: share(right, (graded) => !accepted(graded)),
    falseAccepts: share(wrong, accepted),
    notes: share(named, ({ what, report }) => report.note === what.note),
    unexplained: share(wrong, ({ report }) => UNEXPLAINED.has(report.note)),
    mutants: share(
      first.filter(({ what }) => what.origin === "mutant"),
      (graded) => !accepted(graded),
    ),
    equivalent: first.filter(({ what }) => what.origin === "equivalent").length,
    graderErrors: share(all, ({ report }) => report.verdict === "grader-error"),
    timeouts: share(right, ({ report }) => report.verdict === "timeout"),
    flaky: rate(flaky.size, seeded.size),
    varies: rate(changed.size, seeded.size),
    gradings: all.length,
    work: { p50: quantile(0.5), p95: quantile(0.95) },
  }
}

/** Changes with the file of the exercise and with its answers. */
export function hashOf(id: string, cases: Case[]): string {
  const file = readFileSync(exerciseFiles().get(id)!, "utf8")
  const shared = file.includes("lib/probes.ts") ? readFileSync(PROBES, "utf8") : ""
  return createHash("sha256")
    .update(file)
    .update(shared)
    .update(JSON.stringify(cases))
    .digest("hex")
    .slice(0, 16)
}
