/** @file Reads and writes `bench/results.json`, and says which machine it was. Node only. */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import type { Results, Run } from "./results.ts"

export const resultsFile = join(import.meta.dirname, "results.json")

/** What a run may say about its machine: nothing that names it. */
export function machine(): Pick<Run, "platform" | "cores"> {
  return { platform: `${process.platform} ${process.arch}`, cores: availableParallelism() }
}

/** Five digits are more than any of these numbers is good for. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value
}

/** Puts those parts of a run beside the kept one's that have a table of their own; the rows of the engines stay. */
export function add(run: Run, file = resultsFile): void {
  const old: Results = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}
  const before = old[run.environment] ?? run
  const { cold, notebooks = [], recoveries = [], explorables = [], grading, bundles } = run
  const measured = { cold, notebooks, recoveries, explorables, bundles }
  const parts = Object.fromEntries(Object.entries(measured).filter(([, part]) => part.length > 0))
  keep({ ...before, ...parts, ...(grading && { grading }) }, file)
}

/** Puts a run beside those of other environments; pairs of numbers stay on one line. */
export function keep(run: Run, file = resultsFile): void {
  const old: Results = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}
  const text = JSON.stringify({ ...old, [run.environment]: run }, rounded, 2)
  writeFileSync(file, `${text.replace(/\[\s+([-\d.e+]+),\s+([-\d.e+]+)\s+\]/g, "[$1, $2]")}\n`)
}
