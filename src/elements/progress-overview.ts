/**
 * @file The reader's way through all exercises: the state of each, how many there are of each state, where to go on, what
 * comes back for review. Knows neither the store nor the page.
 */
import { type Progress, type State, stateOf } from "./progress-kept.ts"

export interface Place {
  id: string
  lesson: string
  revision: number
}

/** One exercise of a review. */
export type Step = Pick<Place, "lesson" | "id">

export interface Row extends Place {
  state: State
  progress: Progress
  /** ISO 8601: when the reader last did something here; "" for never. */
  touched: string
}

export const STATES: readonly State[] = ["to do", "in progress", "not yet", "revealed", "changed", "correct"]
/** More would make a link too long for some, and a sitting too. */
const MOST_IN_REVIEW = 20

/** One row an exercise, in the order of the book. */
export function overview(places: readonly Place[], kept: (id: string) => Progress): Row[] {
  return places.map((place) => {
    const progress = kept(place.id)
    return { ...place, progress, state: stateOf(progress, place.revision), touched: lastTouched(progress) }
  })
}

export function countStates(rows: readonly Row[]): Record<State, number> {
  const counts = { "to do": 0, "in progress": 0, "not yet": 0, revealed: 0, changed: 0, correct: 0 }
  for (const { state } of rows) counts[state]++
  return counts
}

/**
 * Where the reader goes on: the exercise of the last activity, if it is not solved; else the next one in the book that is
 * to do or begun; else the first such one. Nothing if all are solved or seen.
 */
export function continueAt(rows: readonly Row[]): Row | undefined {
  const latest = rows.reduce<Row | undefined>(
    (best, row) => (row.touched > (best?.touched ?? "") ? row : best),
    undefined,
  )
  if (latest && latest.state !== "correct" && latest.state !== "revealed") return latest
  const open = (row: Row): boolean => row.state === "to do" || row.state === "in progress"
  const after = latest ? rows.slice(rows.indexOf(latest) + 1).find(open) : undefined
  return after ?? rows.find(open) ?? rows.find(({ state }) => state === "not yet" || state === "changed")
}

/** What comes back: answered wrongly, looked up, or changed since it was solved; what was left longest ago comes first. */
export function forReview(rows: readonly Row[]): Row[] {
  return rows
    .filter(({ state }) => state === "not yet" || state === "revealed" || state === "changed")
    .sort((a, b) => (a.touched < b.touched ? -1 : a.touched > b.touched ? 1 : 0))
    .slice(0, MOST_IN_REVIEW)
}

/** As part of an address: `perceptron/pocket,softmax/shift`. */
export function reviewText(steps: readonly Step[]): string {
  return steps.map(({ lesson, id }) => `${lesson}/${id}`).join(",")
}

/** The lessons and exercises of such a text; anything else in it is left out. */
export function readReview(text: string): Step[] {
  return text
    .split(",")
    .flatMap((part) => {
      const [, lesson, id] = /^([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(part) ?? []
      return id ? [{ lesson, id }] : []
    })
    .slice(0, MOST_IN_REVIEW)
}

function lastTouched({ answeredAt, attempts, revealedAt }: Progress): string {
  const times = [answeredAt, attempts.at(-1)?.at, revealedAt].filter((time) => typeof time === "string")
  return times.sort().at(-1) ?? ""
}
