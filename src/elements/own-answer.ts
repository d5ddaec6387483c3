/**
 * @file A cell that declares what the reader builds in an exercise: once it is solved, their own code may take the place of
 * the book's. Knows neither grading nor running.
 */
import type { CellDesk } from "./cell-desk.ts"
import { progressOf } from "./progress.ts"
import * as store from "./store.ts"

/** The code of the reader's last right answer. */
function rightCode(exercise: string): string | undefined {
  const right = progressOf(exercise).attempts.findLast(({ report }) => report.verdict === "correct")
  const answer = right?.answer
  return answer && "source" in answer ? answer.source : undefined
}

/** `line` names the exercise; from now on it follows what is solved and what stands in the cell. */
export function offer(line: HTMLElement, desk: CellDesk): void {
  const exercise = line.dataset.exercise!
  const link = line.querySelector("a")!
  const words = document.createElement("span")
  const button = document.createElement("button")
  button.type = "button"
  const stands = (): boolean => desk.edits.source === rightCode(exercise)
  const show = (): void => {
    if (rightCode(exercise) === undefined) return
    if (!button.isConnected) line.replaceChildren(words, button)
    line.className = "cell-notice"
    words.replaceChildren(stands() ? "This is your own code, from " : "You have solved ", link, ".")
    button.textContent = stands() ? "Take the book’s" : "Use my code"
  }
  button.addEventListener("click", () => {
    if (stands()) desk.reset()
    else desk.put(rightCode(exercise) ?? desk.edits.source, "own answer")
    const whose = stands() ? "your own code stands here now" : "the book’s code is back"
    desk.head.say(`${desk.label}: ${whose}. The cells below compute with it when they are run.`)
    show()
  })
  store.listen(`exercise:${exercise}`, show)
  store.listen(`edit:${desk.edits.place}`, show)
  show()
}
