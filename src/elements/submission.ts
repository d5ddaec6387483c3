/**
 * @file `<nn-hand-in>`: name and number as the learner types them, and the button that saves the submission file. Nothing
 * leaves the machine by itself. Knows no attempt.
 */
import type { Submission } from "../../exercises/lib/submission.ts"
import * as store from "./store.ts"

type Learner = Submission["learner"]

const LEARNER = "learner"

function savedLearner(): Learner {
  const saved = store.get<Partial<Learner>>(LEARNER)
  return { name: String(saved?.name ?? ""), id: String(saved?.id ?? "") }
}

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
    form.addEventListener("submit", async (event) => {
      event.preventDefault()
      const status = this.querySelector<HTMLElement>("[role=status]")!
      try {
        status.textContent = (await import("./submission-file.ts")).saveSubmission(typed())
      } catch (error) {
        status.textContent = `The file could not be made (${String(error)}). Your answers are still here.`
      }
    })
    form.hidden = false
  }
}

if (!customElements.get("nn-hand-in")) customElements.define("nn-hand-in", HandInElement)
