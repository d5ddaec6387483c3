/**
 * @file What a reader has done in each exercise, kept under the exercise's id: answer, attempts, hints, whether the
 * solution was looked at. Never keyed by content. Knows neither the page nor grading.
 */
import type { Answer } from "../../exercises/lib/exercise.ts"
import { asProgress, isAnswer, isSound, type Progress } from "./progress-kept.ts"
import * as store from "./store.ts"

const PREFIX = "exercise:"
/** Texts that another one took the place of, unseen or in another tab. */
const REPLACED = "replaced:"
const MOST_REPLACED = 10

/** What is stored; where that is damaged, the sound part of it, and the whole is put aside. */
export function progressOf(id: string): Progress {
  const saved = store.get<unknown>(PREFIX + id)
  if (saved !== undefined && !isSound(saved)) store.putAside(PREFIX + id, asProgress(saved))
  return asProgress(saved)
}

/** Nothing is kept at all: never was, or the reader has erased it. */
export function isGone(id: string): boolean {
  return store.get(PREFIX + id) === undefined
}

/** The ids of all exercises that something is kept of. */
export function touched(): string[] {
  return store.keys(PREFIX).map((key) => key.slice(PREFIX.length))
}

/** Calls back when another tab has changed what is kept of the exercise. */
export function onOtherTab(id: string, act: () => void): void {
  // Erasing all tells the prefix alone.
  store.listen(PREFIX, (key, elsewhere) => {
    if (elsewhere && (key === PREFIX + id || key === PREFIX)) act()
  })
}

/** Changes what is stored now, which another tab may have written since it was read. Returns whether it will last. */
export function change(id: string, update: (progress: Progress) => Partial<Progress>): boolean {
  const progress = progressOf(id)
  return store.set(PREFIX + id, { ...progress, ...update(progress) })
}

/** `seen`: what stood here before. If another tab has saved another answer since, that is not lost. */
export function saveAnswer(id: string, answer: Answer, seen?: Answer): boolean {
  return change(id, (kept) => {
    if (kept.answer && !sameAnswer(kept.answer, seen) && !sameAnswer(kept.answer, answer))
      keepReplaced(id, kept.answer)
    return { answer, answeredAt: new Date().toISOString(), undo: undefined }
  })
}

export function sameAnswer(a: Answer | undefined, b: Answer | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Answers whose place another one has taken, the latest last. */
export function replacedAnswers(id: string): Answer[] {
  const kept = store.get<unknown>(REPLACED + id)
  return Array.isArray(kept) ? kept.filter(isAnswer) : []
}

export function keepReplaced(id: string, answer: Answer): void {
  const others = replacedAnswers(id).filter((other) => !sameAnswer(other, answer))
  store.set(REPLACED + id, [...others, answer].slice(-MOST_REPLACED))
}

export function forgetReplaced(id: string, answer?: Answer): void {
  const rest = answer ? replacedAnswers(id).filter((other) => !sameAnswer(other, answer)) : []
  if (rest.length > 0) store.set(REPLACED + id, rest)
  else store.remove(REPLACED + id)
}

export function resetAnswer(id: string, thrownAway: Answer): void {
  change(id, () => ({ answer: undefined, undo: thrownAway }))
}

export function useHint(id: string, number: number): void {
  change(id, ({ hintsUsed }) => ({ hintsUsed: Math.max(hintsUsed, number) }))
}

export function reveal(id: string): void {
  change(id, ({ revealedAt }) => ({ revealed: true, revealedAt: revealedAt ?? new Date().toISOString() }))
}
