/**
 * @file What an exercise says about the answer that is kept: another tab gave another one, or the exercise has changed since
 * it was solved. Nothing happens to an answer without a button, and none is lost. Knows nothing of grading.
 */
import type { Answer } from "../../exercises/lib/exercise.ts"
import * as progress from "./progress.ts"

/** What is done with the exercise from here. */
export interface Desk {
  id: string
  /** Where it is said; heard by screen readers. */
  result: HTMLElement
  /** Keeps what is being typed. */
  save(): void
  /** Puts the answer that is kept into the form. */
  show(): void
  check(): void
}

/**
 * Another tab has written. `seen`: the answer here; `typed`: the reader gave it here, so it is kept when a newer one takes
 * its place. `news`: what has become of the exercise, if anything.
 */
export function follow(desk: Desk, seen: Answer | undefined, typed: boolean, news: string): void {
  const { answer, undo } = progress.progressOf(desk.id)
  if (progress.sameAnswer(answer, seen)) {
    if (progress.replacedAnswers(desk.id).length > 0) offerOther(desk)
    else if (news) say(desk, "tabs", `In another tab: ${news}.`)
    return
  }
  if (progress.isGone(desk.id)) {
    desk.show()
    desk.result.replaceChildren()
    return
  }
  if (seen && typed && !progress.sameAnswer(seen, undo)) progress.keepReplaced(desk.id, seen)
  desk.show()
  if (progress.replacedAnswers(desk.id).length > 0) offerOther(desk)
  else say(desk, "tabs", `Another tab ${answer ? "changed" : "reset"} this answer; you see what is kept now.`)
}

/** Two tabs have given two answers: the reader sees one, and can have the other. */
export function offerOther(desk: Desk): void {
  const other = progress.replacedAnswers(desk.id).at(-1)
  if (!other) return
  say(
    desk,
    "tabs",
    "There is another answer, from another tab or from a file. You see the newer one; the other is kept.",
    {
      "Show the other": () => {
        desk.save()
        progress.forgetReplaced(desk.id, other)
        // What is seen now is kept in its turn.
        progress.saveAnswer(desk.id, other)
        desk.show()
        offerOther(desk)
      },
      "Keep what I see": () => {
        progress.forgetReplaced(desk.id)
        say(desk, "tabs", "")
      },
    },
  )
}

/** Solved, but under another revision: the answer that solved it can be checked again. */
export function offerCheck(desk: Desk, revision: number): void {
  const { solved, attempts, answer } = progress.progressOf(desk.id)
  const right = attempts.findLast(({ report }) => report.verdict === "correct")?.answer ?? answer
  const since = `This exercise has changed since you solved it (you solved revision ${solved}; this is ${revision}).`
  const again = (): void => {
    desk.save()
    if (right && !progress.sameAnswer(progress.progressOf(desk.id).answer, right)) {
      progress.saveAnswer(desk.id, right)
      desk.show()
    }
    desk.check()
  }
  say(desk, "changed", since, right ? { "Check that answer again": again } : {})
}

/** Takes the place of what was said about the same; nothing is said without words. */
function say({ result }: Desk, about: string, words: string, choices: Record<string, () => void> = {}): void {
  const before = result.querySelector<HTMLElement>(`[data-about="${about}"]`)
  const focused = before?.contains(document.activeElement)
  before?.remove()
  if (!words) {
    if (focused)
      result.closest<HTMLElement>("nn-exercise")?.querySelector<HTMLElement>(".exercise-check")?.focus()
    return
  }
  const notice = document.createElement("div")
  notice.className = "exercise-notice"
  notice.dataset.about = about
  const sentence = document.createElement("p")
  sentence.textContent = words
  notice.append(sentence)
  for (const [text, act] of Object.entries(choices)) {
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = text
    button.addEventListener("click", act)
    notice.append(button, " ")
  }
  result.append(notice)
  if (focused) notice.querySelector("button")?.focus()
}
