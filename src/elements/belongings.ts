/** @file All that is kept for the reader in this browser: read, counted in words, written, erased. Draws nothing. */
import { version } from "../../package.json"
import { type Backup, type Entries, type MergeReport, makeBackup, mergeEntries } from "./backup.ts"
import { ERASED } from "./edits.ts"
import { progressOf, touched } from "./progress.ts"
import { stateOf } from "./progress-kept.ts"
import { saveFile } from "./save-file.ts"
import * as store from "./store.ts"

export function allEntries(): Entries {
  // Reading puts aside what is damaged, under other keys.
  for (const key of store.keys()) store.get(key)
  for (const id of touched()) progressOf(id)
  const keys = store.keys().filter((key) => key !== ERASED)
  return Object.fromEntries(keys.map((key) => [key, store.get(key)]))
}

/** What is kept under a key, in words. */
export function belongingOf(key: string): string {
  const [, kind, place] = /^([^:]*):?(.*)$/s.exec(key) ?? []
  if (kind === "exercise") return `the answer to “${place}”`
  if (kind === "edit") return `your text of the cell “${place}”`
  if (kind === "history") return `the versions of the cell “${place}”`
  if (kind === "scratch") return "a scratchpad"
  return `“${key}”`
}

/** Saves everything to a file. Returns its name. */
export function saveEverything(): string {
  const now = new Date()
  const name = `descent-${now.toISOString().slice(0, 10)}.json`
  saveFile(name, `${JSON.stringify(makeBackup(allEntries(), version, now), null, 1)}\n`, "application/json")
  return name
}

/** Merges a file into what is here. Returns what it did, and whether all of it will outlive the page. */
export function bringIn({ entries: theirs }: Backup): { report: MergeReport; kept: boolean } {
  const { entries, report } = mergeEntries(allEntries(), theirs)
  return { report, kept: write(entries) }
}

/** Puts back what {@link erase} has taken away. */
export function write(entries: Entries): boolean {
  let kept = true
  for (const [key, value] of Object.entries(entries)) kept = store.set(key, value) && kept
  return kept
}

/** Removes everything, in other tabs too, and returns it. */
export function erase(): Entries {
  const entries = allEntries()
  store.set(ERASED, Date.now())
  for (const key of Object.keys(entries)) store.remove(key)
  return entries
}

export interface LessonWork {
  lesson: string
  edited: number
  versions: number
}

/** Lessons with cells of the reader's, by id. */
export function workByLesson(entries: Entries): LessonWork[] {
  const found = new Map<string, LessonWork>()
  for (const [key, value] of Object.entries(entries)) {
    const [, kind, lesson] = /^(edit|history):(.*)\/[^/]*$/s.exec(key) ?? []
    if (kind === undefined || lesson.startsWith("scratchpad/")) continue
    const work = found.get(lesson) ?? { lesson, edited: 0, versions: 0 }
    if (kind === "edit") work.edited++
    else work.versions += Array.isArray(value) ? value.length : 0
    found.set(lesson, work)
  }
  return [...found.values()].sort((a, b) => (a.lesson < b.lesson ? -1 : 1))
}

/** Everything in words, most precious first: `["2 edited cells", "7 older versions of cells", …]`. */
export function inventory(entries: Entries): string[] {
  const lessons = workByLesson(entries)
  const sum = (of: (work: LessonWork) => number): number => lessons.reduce((n, work) => n + of(work), 0)
  const keys = Object.keys(entries)
  const exercises = keys.filter((key) => key.startsWith("exercise:"))
  const solved = exercises.filter((key) => stateOf(progressOf(key.slice("exercise:".length))) === "correct")
  const pads = keys.filter((key) => key.startsWith("scratch:"))
  const known =
    /^(edit|history|reset|exercise|replaced|damaged|input|scratch|device):|^(learner|theme|ways|scratch-last|variants)$/
  const others = keys.filter((key) => !known.test(key)).length
  return [
    counted(
      sum(({ edited }) => edited),
      "edited cell",
      "edited cells",
    ),
    counted(
      sum(({ versions }) => versions),
      "kept version of cells",
      "kept versions of cells",
    ),
    exercises.length > 0
      ? `answers to ${counted(exercises.length, "exercise", "exercises")}, ${solved.length} of them solved`
      : "",
    counted(pads.length, "scratchpad", "scratchpads"),
    counted(
      keys.filter((key) => key.startsWith("input:")).length,
      "cell whose inputs you set",
      "cells whose inputs you set",
    ),
    counted(
      keys.filter((key) => key.startsWith("device:")).length,
      "page whose device you chose",
      "pages whose device you chose",
    ),
    counted(
      keys.filter((key) => key.startsWith(store.DAMAGED)).length,
      "damaged entry, put aside as it was",
      "damaged entries, put aside as they were",
    ),
    keys.includes("learner") ? "your name and number for handing in" : "",
    keys.includes("theme") ? "your choice of colours" : "",
    keys.includes("ways") ? "the way in which you like to see an algorithm" : "",
    counted(others, "other entry, such as a prediction", "other entries, such as predictions"),
  ].filter((part) => part !== "")
}

/** What a merge did, as sentences. */
export function mergeInWords({ cellsTaken, cellsKept, exercises, scratchpads, others }: MergeReport): string {
  const parts = [
    cellsTaken > 0 && `${counted(cellsTaken, "cell has", "cells have")} the file’s text now`,
    cellsKept > 0 &&
      `${counted(cellsKept, "cell keeps its newer text", "cells keep their newer texts")} (the file’s is among the versions)`,
    exercises > 0 && `${counted(exercises, "exercise was", "exercises were")} brought up to date`,
    scratchpads > 0 && `${counted(scratchpads, "scratchpad was", "scratchpads were")} brought up to date`,
    others > 0 && `${counted(others, "setting was", "settings were")} added`,
  ].filter((part) => part !== false)
  return parts.length > 0 ? `${parts.join("; ")}.` : "All of it was here already."
}

function counted(n: number, one: string, many: string): string {
  return n === 0 ? "" : `${n} ${n === 1 ? one : many}`
}
