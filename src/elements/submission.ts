/**
 * @file `<nn-hand-in>`: name and number as the learner types them, and the submission file to download. Nothing leaves the
 * machine by itself. Knows no verdict beyond those that were logged.
 */

import { FORMAT, GRADER, type Submission } from "../../exercises/lib/submission.ts"
import { version } from "../../package.json"
import { allAttempts } from "./progress.ts"
import { saveFile } from "./save-file.ts"
import * as store from "./store.ts"

const LEARNER = "learner"

interface Learner {
  name: string
  id: string
}

function savedLearner(): Learner {
  const saved = store.get<Partial<Learner>>(LEARNER)
  return { name: String(saved?.name ?? ""), id: String(saved?.id ?? "") }
}

function makeSubmission(learner: Learner): Submission {
  return {
    format: FORMAT,
    book: version,
    grader: GRADER,
    engine: version,
    learner,
    made: new Date().toISOString(),
    attempts: allAttempts(),
  }
}

const counted = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`

class HandInElement extends HTMLElement {
  #connected = false

  connectedCallback(): void {
    if (this.#connected) return
    this.#connected = true
    const form = this.querySelector("form")!
    const field = (name: keyof Learner) => form.elements.namedItem(name) as HTMLInputElement
    const { name, id } = savedLearner()
    field("name").value = name
    field("id").value = id
    const typed = (): Learner => ({ name: field("name").value.trim(), id: field("id").value.trim() })
    form.addEventListener("input", () => store.set(LEARNER, typed()))
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      const submission = makeSubmission(typed())
      const count = submission.attempts.length
      const exercises = new Set(submission.attempts.map((attempt) => attempt.exercise)).size
      const status = this.querySelector<HTMLElement>("[role=status]")!
      if (count === 0) {
        status.textContent = "There is nothing to hand in yet: check an answer first."
        return
      }
      const who = (submission.learner.id || submission.learner.name || "me").replace(/[^\p{L}\p{N}-]+/gu, "-")
      saveFile(`descent-${who}.json`, `${JSON.stringify(submission, null, 2)}\n`, "application/json")
      status.textContent = `Saved a file with ${counted(count, "attempt")} at ${counted(exercises, "exercise")}.`
    })
    form.hidden = false
  }
}

if (!customElements.get("nn-hand-in")) customElements.define("nn-hand-in", HandInElement)
