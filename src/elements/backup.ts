/**
 * @file All that a reader has in this browser as one file, and such a file merged into what is there. Loses no text of
 * either side. Knows neither page nor disk.
 */
import type { Answer } from "../../exercises/lib/exercise.ts"
import { bounded, isSpare, isVersion, type Version } from "./history.ts"
import { isAnswer, isSound } from "./progress-kept.ts"
import { asPad } from "./scratch-store.ts"
import { joinPads } from "./scratch-upkeep.ts"

const FORMAT = "descent-backup"
const VERSION = 1

/** Keys as in the store, with what is kept under them. */
export type Entries = Record<string, unknown>

export interface Backup {
  format: typeof FORMAT
  version: number
  /** ISO 8601. */
  made: string
  /** The book's version. */
  book: string
  entries: Entries
}

/** Why a file cannot be read, in a reader's words. */
export class BackupError extends Error {}

export function makeBackup(entries: Entries, book: string, made: Date): Backup {
  return { format: FORMAT, version: VERSION, made: made.toISOString(), book, entries }
}

/** The file's text as a backup. Throws {@link BackupError}: nothing has been changed then. */
export function readBackup(text: string): Backup {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    throw new BackupError("The file is damaged or cut off: it is no complete JSON.")
  }
  if (!isRecord(file) || file.format !== FORMAT)
    throw new BackupError("The file is not one that this book has saved.")
  if (typeof file.version !== "number" || typeof file.made !== "string" || !isRecord(file.entries))
    throw new BackupError("The file is damaged: parts of it are missing.")
  if (file.version > VERSION)
    throw new BackupError(
      "The file was saved by a newer version of this book. Reload the page and try again.",
    )
  for (const [key, value] of Object.entries(file.entries))
    if (!fits(key, value))
      throw new BackupError(`The file is damaged: what it holds under “${key}” cannot be read.`)
  return file as unknown as Backup
}

/** What a merge did, in numbers of cells, exercises, and the rest. */
export interface MergeReport {
  /** Cells that take the file's text: there was none here, or an older one. */
  cellsTaken: number
  /** Cells whose text here is newer; the file's is among the versions. */
  cellsKept: number
  exercises: number
  /** Scratchpads that are new here or have other cells now. */
  scratchpads: number
  /** Settings and whatever else was only in the file. */
  others: number
}

/**
 * The entries after the file's have been added to those here. Of two texts of a cell the newer is the cell's, the other
 * becomes a version; of two answers to an exercise likewise; versions and attempts are joined; a scratchpad has the cells of both sides, in the order of the newer;
 * of a setting, the one here stays. Doing it twice changes nothing.
 */
export function mergeEntries(here: Entries, file: Entries): { entries: Entries; report: MergeReport } {
  const merged = new Map(Object.entries(here))
  const report: MergeReport = { cellsTaken: 0, cellsKept: 0, exercises: 0, scratchpads: 0, others: 0 }
  const versions = (place: string, added: readonly Version[]): void => {
    const key = `history:${place}`
    const all = joined([...versionsIn(merged.get(key)), ...added])
    if (all.length > 0) merged.set(key, all)
  }
  const replaced = (place: string, added: readonly Answer[]): void => {
    const key = `replaced:${place}`
    const all = distinct([...answersIn(merged.get(key)), ...added])
    if (all.length > 0) merged.set(key, all)
  }
  for (const [key, theirs] of Object.entries(file)) {
    const [, kind, place] = /^([^:]*):?(.*)$/s.exec(key) ?? []
    const mine = merged.get(key)
    if (kind === "history") versions(place, versionsIn(theirs))
    else if (kind === "replaced") replaced(place, answersIn(theirs))
    else if (same(mine, theirs)) continue
    else if (kind === "edit") {
      if (!isEdit(mine) || (isEdit(theirs) && at(theirs) > at(mine))) {
        if (isEdit(mine)) versions(place, [asVersion(mine)])
        merged.set(key, theirs)
        report.cellsTaken++
      } else {
        if (isEdit(theirs)) versions(place, [asVersion(theirs)])
        report.cellsKept++
      }
    } else if (kind === "exercise") {
      const both = isRecord(mine) && isRecord(theirs) ? mergeProgress(mine, theirs) : theirs
      if (!same(mine, both)) report.exercises++
      merged.set(key, both)
      if (isRecord(mine) && isRecord(both)) replaced(place, overruled(mine, theirs as Progress, both))
    } else if (kind === "scratch") {
      const both = joinPads(asPad(mine), asPad(theirs))
      if (!same(mine, both)) report.scratchpads++
      merged.set(key, both)
    } else if (mine === undefined) {
      merged.set(key, theirs)
      if (kind !== "reset") report.others++
    }
  }
  return { entries: Object.fromEntries(merged), report }
}

interface Edit {
  source: string
  at?: number
}

const at = (edit: Edit): number => edit.at ?? 0
const asVersion = (edit: Edit): Version => ({ source: edit.source, at: at(edit), why: "import" })

function isEdit(value: unknown): value is Edit {
  return isRecord(value) && typeof value.source === "string" && /^(undefined|number)$/.test(typeof value.at)
}

function versionsIn(value: unknown): Version[] {
  return Array.isArray(value) ? value.filter(isVersion) : []
}

/** Each text once, at its latest time, for the reason that weighs most; as many as are kept of a cell. */
function joined(versions: Version[]): Version[] {
  const texts = new Map<string, Version>()
  for (const version of versions) {
    const known = texts.get(version.source)
    if (!known) texts.set(version.source, version)
    else {
      const { why } = weight(version) > weight(known) ? version : known
      texts.set(version.source, { ...known, at: Math.max(known.at, version.at), why })
    }
  }
  return bounded([...texts.values()].sort((a, b) => a.at - b.at || (a.source < b.source ? -1 : 1)))
}

/** Comparable as text: what was about to be replaced before what ran, then the later. */
function weight(version: Version): string {
  return `${isSpare(version) ? 0 : 1} ${String(version.at).padStart(20, "0")} ${version.why}`
}

type Progress = Record<string, unknown>

/** The answers of both sides that are neither the one that is kept nor among the attempts. */
function overruled(mine: Progress, theirs: Progress, both: Progress): Answer[] {
  const known = [both.answer, ...attemptsOf(both).map(({ answer }) => answer)]
  return [mine.answer, theirs.answer]
    .filter(isAnswer)
    .filter((one) => !known.some((other) => same(one, other)))
}

function answersIn(value: unknown): Answer[] {
  return Array.isArray(value) ? value.filter(isAnswer) : []
}

/** Each answer once. */
function distinct(answers: Answer[]): Answer[] {
  return answers.filter((one, i) => answers.findIndex((other) => same(one, other)) === i)
}

interface Attempt {
  at: string
  answer?: unknown
}

/** Attempts joined; the answer of the side that tried last; a solution seen or found on either side counts. */
function mergeProgress(mine: Progress, theirs: Progress): Progress {
  const attempts = new Map<string, Attempt>()
  for (const one of [...attemptsOf(theirs), ...attemptsOf(mine)]) attempts.set(one.at, one)
  const sorted = [...attempts.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const [later, earlier] = lastAt(theirs) > lastAt(mine) ? [theirs, mine] : [mine, theirs]
  const most = (name: string): number => Math.max(Number(mine[name]) || 0, Number(theirs[name]) || 0)
  const solved = most("solved")
  return {
    ...earlier,
    ...later,
    attempts: sorted,
    hintsUsed: most("hintsUsed"),
    revealed: mine.revealed === true || theirs.revealed === true,
    ...(solved > 0 || mine.solved === 0 || theirs.solved === 0 ? { solved } : {}),
  }
}

function attemptsOf({ attempts }: Progress): Attempt[] {
  return Array.isArray(attempts) ? attempts : []
}

const lastAt = (progress: Progress): string => {
  const saved = typeof progress.answeredAt === "string" ? progress.answeredAt : ""
  const tried = attemptsOf(progress).at(-1)?.at ?? ""
  return saved > tried ? saved : tried
}

/** Whether a value can be what is kept under the key. */
function fits(key: string, value: unknown): boolean {
  const kind = key.split(":")[0]
  if (kind === "edit") return isEdit(value)
  if (kind === "reset") return typeof value === "string"
  if (kind === "input") return isRecord(value)
  if (kind === "scratch") return asPad(value) !== undefined
  if (kind === "history") return Array.isArray(value) && value.every(isVersion)
  if (kind === "replaced") return Array.isArray(value) && value.every(isAnswer)
  if (kind === "exercise") return isSound(value)
  return key !== "" && value !== undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** Equal as JSON, whatever the order of the names. */
function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, one: unknown) =>
    isRecord(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
  )
}
