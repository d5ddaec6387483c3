/**
 * @file `<nn-exercise>`: an exercise comes to life. Owns its buttons, its state in words, hints one by one, and the solution
 * beside the reader's answer. Loads nothing before the reader answers.
 */
import type { Answer, Kind } from "../../exercises/lib/exercise.ts"
import { type AnswerForm, answerForm } from "./answer-form.ts"
import type { Desk } from "./exercise-notices.ts"
import { near } from "./near.ts"
import * as progress from "./progress.ts"
import { type State, stateOf } from "./progress-kept.ts"

const SAVE_AFTER = 250

const SIGNS: Record<State, string> = {
  "to do": "○",
  "in progress": "◔",
  correct: "✓",
  changed: "△",
  "not yet": "✗",
  revealed: "◇",
}

const notices = () => import("./exercise-notices.ts")

class ExerciseElement extends HTMLElement {
  #form!: AnswerForm
  #check!: HTMLButtonElement
  #reset!: HTMLButtonElement
  #mark!: HTMLElement
  #result!: HTMLElement
  #solution!: HTMLDetailsElement
  #timer: ReturnType<typeof setTimeout> | undefined
  #checking = false
  #connected = false
  /** As it was last kept or shown here. */
  #seen: Answer | undefined
  /** The reader gave it here. */
  #typed = false

  connectedCallback(): void {
    if (this.#connected) return
    this.#connected = true
    this.#result = this.querySelector<HTMLElement>(".exercise-result")!
    this.#solution = this.querySelector<HTMLDetailsElement>(".exercise-solution")!
    this.#form = answerForm(this.dataset.kind as Kind, this.querySelector<HTMLElement>(".exercise-answer")!, {
      id: this.#id,
      title: this.dataset.title ?? this.#id,
      onChange: () => this.#changed(),
      onCheck: () => this.check(),
      onLeave: () => this.#check.focus(),
    })
    this.#makeBar()
    this.#openHintsOneByOne()
    this.#guardSolution()
    const { answer, solved } = progress.progressOf(this.#id)
    this.#seen = answer
    if (answer?.kind === this.dataset.kind) this.#form.write(answer)
    if (solved !== undefined && solved < this.#revision)
      void notices().then(({ offerCheck }) => offerCheck(this.#desk, this.#revision))
    if (progress.replacedAnswers(this.#id).length > 0)
      void notices().then(({ offerOther }) => offerOther(this.#desk))
    progress.onOtherTab(this.#id, () => this.#follow())
    this.#tell()
    if (this.dataset.variants)
      near(this, () => void import("./exercise-variant.ts").then(({ fill }) => fill(this, this)))
    addEventListener("pagehide", () => this.#save())
  }

  get #id(): string {
    return this.dataset.exercise!
  }

  get #revision(): number {
    return Number(this.dataset.revision)
  }

  /** Grades the answer as it stands, with fresh inputs. */
  async check(): Promise<void> {
    if (this.#checking) return
    this.#save()
    this.#checking = true
    this.#check.setAttribute("aria-disabled", "true")
    this.#check.textContent = "Checking…"
    this.#form.mark?.()
    const answer = this.#form.read()
    try {
      const { checkAnswer } = await import("./exercise-check.ts")
      const { report, kept } = await checkAnswer(this, answer)
      const line = /\(line (\d+)\)/.exec(report.message)?.[1]
      if (line) this.#form.mark?.(Number(line), report.message)
      if (!kept) this.#say("Your browser does not keep this: it will be gone when you close the page.")
    } catch (error) {
      this.#say(`The check could not be loaded (${(error as Error).message}). This attempt does not count.`)
    } finally {
      this.#checking = false
      this.#check.removeAttribute("aria-disabled")
      this.#check.textContent = "Check"
      this.#tell()
    }
  }

  #changed(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#save(), SAVE_AFTER)
    this.#result.firstElementChild?.setAttribute("data-old", "")
  }

  #save(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    const answer = this.#form.read()
    progress.saveAnswer(this.#id, answer, this.#seen)
    this.#seen = answer
    this.#typed = true
    this.#tell()
  }

  /** Another tab has written; what is being typed here is newer. */
  async #follow(): Promise<void> {
    const { follow } = await notices()
    this.#save()
    const before = this.#mark.textContent
    this.#tell()
    const news = this.#mark.textContent ?? ""
    follow(this.#desk, this.#seen, this.#typed, news === before ? "" : news)
  }

  get #desk(): Desk {
    return {
      id: this.#id,
      result: this.#result,
      save: () => this.#save(),
      show: () => this.#show(),
      check: () => this.check(),
    }
  }

  /** The answer that is kept, or the start. */
  #show(): void {
    this.#seen = progress.progressOf(this.#id).answer
    this.#typed = false
    this.#form.write(this.#seen?.kind === this.dataset.kind ? this.#seen : undefined)
    this.#form.mark?.()
    this.#result.firstElementChild?.setAttribute("data-old", "")
    this.#tell()
  }

  #makeBar(): void {
    const button = (text: string, className: string, act: () => void): HTMLButtonElement => {
      const made = document.createElement("button")
      made.type = "button"
      made.className = className
      made.textContent = text
      made.addEventListener("click", act)
      return made
    }
    this.#check = button("Check", "exercise-check", () => this.check())
    this.#check.title = "Compare your answer with the book’s on fresh inputs"
    this.#reset = button("Reset", "exercise-reset", () => this.#resetOrUndo())
    this.#mark = document.createElement("span")
    this.#mark.className = "exercise-state"
    this.querySelector(".exercise-bar")!.append(this.#check, this.#reset, this.#mark)
  }

  #resetOrUndo(): void {
    const { undo } = progress.progressOf(this.#id)
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (undo && this.#reset.dataset.does === "undo") {
      progress.saveAnswer(this.#id, undo)
    } else {
      progress.resetAnswer(this.#id, this.#form.read())
    }
    this.#show()
    this.#result.replaceChildren()
  }

  /** Each hint appears when the one before it has been opened. */
  #openHintsOneByOne(): void {
    const hints = [...this.querySelectorAll<HTMLDetailsElement>(".exercise-hint")]
    const { hintsUsed } = progress.progressOf(this.#id)
    hints.forEach((hint, i) => {
      hint.hidden = i > hintsUsed
      hint.addEventListener("toggle", () => {
        if (!hint.open) return
        progress.useHint(this.#id, i + 1)
        if (hints[i + 1]) hints[i + 1].hidden = false
      })
    })
  }

  /** Before the first attempt the solution asks once; afterwards it stands beside the answer. */
  #guardSolution(): void {
    this.#solution.querySelector("summary")!.addEventListener("click", async (event) => {
      const { attempts, revealed } = progress.progressOf(this.#id)
      if (this.#solution.open || revealed || attempts.length > 0) return
      event.preventDefault()
      const { askToReveal } = await import("./exercise-solution.ts")
      askToReveal(
        this.#solution,
        () => progress.reveal(this.#id),
        () => this.#form.focus(),
      )
    })
    this.#solution.addEventListener("toggle", async () => {
      if (!this.#solution.open) return
      progress.reveal(this.#id)
      this.#tell()
      const last = progress.progressOf(this.#id).attempts.at(-1)
      if (last) (await import("./exercise-solution.ts")).standBeside(this.#solution, last.answer)
    })
  }

  #say(text: string): void {
    const line = document.createElement("p")
    line.className = "exercise-notice"
    line.textContent = text
    this.#result.append(line)
  }

  #tell(): void {
    const saved = progress.progressOf(this.#id)
    const state = stateOf(saved, this.#revision)
    this.dataset.state = state.replace(" ", "-")
    const tries = saved.attempts.length
    const times = tries === 0 ? "" : `, ${tries} ${tries === 1 ? "attempt" : "attempts"}`
    this.#mark.textContent = `${SIGNS[state]} ${state}${times}`
    const undo = saved.undo !== undefined && saved.answer === undefined
    this.#reset.textContent = undo ? "Undo reset" : "Reset"
    this.#reset.dataset.does = undo ? "undo" : "reset"
    this.#reset.hidden = !undo && saved.answer === undefined
  }
}

if (!customElements.get("nn-exercise")) customElements.define("nn-exercise", ExerciseElement)
if (location.search.includes("review=")) void import("./review-bar.ts")
