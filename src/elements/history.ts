/**
 * @file The versions that a cell's text has had, kept under lesson and cell id: when, why, bounded in number and size,
 * thinned by age. Knows neither cells nor how versions are shown.
 */
import * as store from "./store.ts"

/** What was about to happen to the text, or had just happened. */
export type Why =
  | "run"
  | "pause"
  | "reset"
  | "restore"
  | "other tab"
  | "shared"
  | "import"
  | "author"
  | "own answer"

export interface Version {
  source: string
  /** Milliseconds since 1970. */
  at: number
  why: Why
}

const PREFIX = "history:"
export const MOST_VERSIONS = 50
/** Characters of all versions of one cell. */
const MOST_CHARACTERS = 100_000
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Oldest first. `place` is `lesson/cell`. What is damaged is left out. */
export function versionsOf(place: string): Version[] {
  const saved = store.get<unknown>(PREFIX + place)
  return Array.isArray(saved) ? saved.filter(isVersion) : []
}

export function isVersion(value: unknown): value is Version {
  if (typeof value !== "object" || value === null) return false
  const { source, at, why } = value as Record<string, unknown>
  return typeof source === "string" && typeof at === "number" && typeof why === "string"
}

/** Adds a version. The same text is not there twice: the later time counts. */
export function keepVersion(place: string, source: string, why: Why, at = Date.now()): void {
  const versions = versionsOf(place)
  const last = versions.at(-1)
  if (last?.source === source) return
  // Pauses of one minute are one version: the last.
  if (last?.why === "pause" && why === "pause" && at - last.at < MINUTE) versions.pop()
  store.set(PREFIX + place, thin([...versions.filter((v) => v.source !== source), { source, at, why }], at))
}

/**
 * Of runs and pauses all of the last hour, then one per ten minutes, after a day one per hour, after a week one per
 * day. What something else was about to replace stays as long as there is room.
 */
export function thin(versions: readonly Version[], now: number): Version[] {
  const kept: Version[] = []
  for (const version of [...versions].reverse()) {
    const next = kept.at(-1)
    if (!next || !isSpare(version) || next.at - version.at >= gap(now - version.at)) kept.push(version)
  }
  return bounded(kept.reverse())
}

/** As many as are kept of a cell: the oldest runs and pauses go first. The newest version stays. */
export function bounded(versions: readonly Version[]): Version[] {
  const kept = [...versions]
  let characters = kept.reduce((sum, { source }) => sum + source.length, 0)
  while (kept.length > 1 && (kept.length > MOST_VERSIONS || characters > MOST_CHARACTERS)) {
    const spare = kept.slice(0, -1).findIndex(isSpare)
    const [gone] = kept.splice(Math.max(0, spare), 1)
    characters -= gone.source.length
  }
  return kept
}

/** Of a run or a pause: what can be spared when there are many. */
export function isSpare({ why }: Version): boolean {
  return why === "run" || why === "pause"
}

function gap(age: number): number {
  if (age < HOUR) return 0
  if (age < DAY) return 10 * MINUTE
  return age < 7 * DAY ? HOUR : DAY
}

/** Forgets the older half of every cell's versions. Returns whether there was anything to forget. */
export function makeRoom(): boolean {
  let made = false
  for (const key of store.keys(PREFIX)) {
    const versions = versionsOf(key.slice(PREFIX.length))
    made ||= versions.length > 0
    if (versions.length < 2) store.remove(key)
    else store.set(key, versions.slice(Math.ceil(versions.length / 2)))
  }
  return made
}
