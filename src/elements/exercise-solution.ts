/** @file The solution of an exercise: the question before it is shown, and the reader's answer beside it. Knows no state. */
import type { Answer } from "../../exercises/lib/exercise.ts"
import css from "../styles/exercise-solution.css?inline"
import { addStyle } from "./added-style.ts"

export function askToReveal(solution: HTMLDetailsElement, reveal: () => void, stay: () => void): void {
  const question = document.createElement("div")
  question.className = "exercise-ask"
  const choice = (text: string, act: () => void) => {
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = text
    button.addEventListener("click", () => {
      question.remove()
      act()
    })
    return button
  }
  const show = choice("Show it", () => {
    reveal()
    solution.open = true
  })
  question.append(
    "You have not tried yet. Show the solution all the same? ",
    show,
    choice("Keep trying", stay),
  )
  solution.parentElement?.querySelector(".exercise-ask")?.remove()
  solution.before(question)
  show.focus()
}

/** The reader's last answer, next to the book's. Only code is worth comparing line by line. */
export function standBeside(solution: HTMLDetailsElement, answer: Answer): void {
  const place = solution.querySelector(".exercise-beside")
  if (!("source" in answer) || !place) return
  addStyle("exercise-solution", css)
  let mine = place.querySelector<HTMLElement>(".exercise-mine")
  if (!mine) {
    mine = document.createElement("div")
    mine.className = "exercise-mine"
    const head = document.createElement("p")
    head.className = "exercise-side"
    head.textContent = "Your answer"
    const frame = document.createElement("div")
    frame.className = "cell-code"
    const code = document.createElement("pre")
    code.className = "code"
    code.tabIndex = 0
    code.setAttribute("role", "group")
    code.setAttribute("aria-label", "Your answer as it was checked")
    frame.append(code)
    mine.append(head, frame)
    place.prepend(mine)
  }
  mine.querySelector("pre")!.textContent = answer.source
}
