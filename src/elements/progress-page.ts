/**
 * @file `<nn-progress>`: fills the list of all exercises with what the reader has done, and keeps it in step with other tabs.
 * Counts, filter, where to go on, review. Changes nothing that is kept.
 */
import { verdictWord } from "../../exercises/lib/wording.ts"
import { progressOf } from "./progress.ts"
import type { State } from "./progress-kept.ts"
import { continueAt, countStates, forReview, overview, type Row, STATES } from "./progress-overview.ts"
import { reviewLink } from "./review-link.ts"
import { isOpen, listen } from "./store.ts"

const WORDS: Record<State, { sign: string; word: string }> = {
  "to do": { sign: "○", word: "to do" },
  "in progress": { sign: "◔", word: "in progress" },
  "not yet": { sign: "✗", word: "not yet" },
  revealed: { sign: "◇", word: "solution seen" },
  changed: { sign: "△", word: "changed since you solved it" },
  correct: { sign: "✓", word: "solved" },
}

class ProgressElement extends HTMLElement {
  #connected = false
  #filter: State | "all" = "all"

  connectedCallback(): void {
    if (this.#connected) return
    this.#connected = true
    this.#part("live").hidden = false
    this.#makeFilter()
    this.#show()
    listen("exercise:", () => this.#show())
    // Back from a lesson the browser may show this page as it was left.
    addEventListener("pageshow", (event) => event.persisted && this.#show())
  }

  #part<T extends HTMLElement = HTMLElement>(name: string): T {
    return this.querySelector<T>(`[data-part="${name}"]`)!
  }

  #items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-exercise]")]
  }

  #rows(): Row[] {
    const places = this.#items().map(({ dataset, parentElement }) => ({
      id: dataset.exercise!,
      lesson: parentElement!.closest<HTMLElement>("[data-lesson]")!.dataset.lesson!,
      revision: Number(dataset.revision),
    }))
    return overview(places, progressOf)
  }

  #makeFilter(): void {
    const field = this.#part("filter")
    for (const value of ["all", ...STATES] as const) {
      const label = document.createElement("label")
      const radio = document.createElement("input")
      radio.type = "radio"
      radio.name = "state"
      radio.value = value
      radio.checked = value === this.#filter
      const words = document.createElement("span")
      words.dataset.count = value
      label.append(radio, words)
      field.append(label)
    }
    field.addEventListener("change", (event) => {
      this.#filter = (event.target as HTMLInputElement).value as State | "all"
      const shown = this.#applyFilter(this.#rows())
      this.#part("shown").textContent = shown === 0 ? "None." : `${shown} shown.`
    })
    field.hidden = false
  }

  #show(): void {
    const rows = this.#rows()
    const counts = countStates(rows)
    const tried = rows.filter(({ progress }) => progress.attempts.length > 0).length
    this.#part("sum").textContent = isOpen()
      ? `${counts.correct} of ${rows.length} solved, ${tried} tried, ${counts["to do"]} still to do.`
      : "This browser does not let the book keep anything, so nobody knows what you have solved."
    for (const words of this.querySelectorAll<HTMLElement>("[data-count]")) {
      const state = words.dataset.count as State | "all"
      words.textContent = state === "all" ? `all (${rows.length})` : `${WORDS[state].word} (${counts[state]})`
    }
    this.#items().forEach((item, i) => {
      this.#showRow(item, rows[i])
    })
    for (const section of this.querySelectorAll<HTMLElement>(".progress-lesson")) {
      const mine = rows.filter(({ lesson }) => lesson === section.dataset.lesson)
      section.querySelector(".progress-of")!.textContent =
        `${mine.filter(({ state }) => state === "correct").length} of ${mine.length} solved`
    }
    this.#showContinue(rows)
    this.#showReview(rows)
    this.#applyFilter(rows)
  }

  #showRow(item: HTMLElement, { state, progress }: Row): void {
    const { sign, word } = WORDS[state]
    item.dataset.state = state.replace(" ", "-")
    const tries = progress.attempts.length
    const times = tries === 0 ? "" : `, ${tries} ${tries === 1 ? "attempt" : "attempts"}`
    const icon = document.createElement("span")
    icon.setAttribute("aria-hidden", "true")
    icon.textContent = `${sign} `
    item.querySelector(".progress-state")!.replaceChildren(icon, `${word}${times}`)
    item.querySelector(".progress-note")?.remove()
    const last = progress.attempts.at(-1)?.report
    if (!last || last.verdict === "correct") return
    const note = document.createElement("p")
    note.className = "progress-note"
    const verdict = Object.hasOwn(verdictWord, last.verdict) ? verdictWord[last.verdict].word : "Checked"
    const share = last.verdict === "partial" ? ` (${Math.round(last.score * 100)} %)` : ""
    note.textContent = `Last time: ${verdict}${share}.`
    item.append(note)
    void this.#addNote(note, item.dataset.notes ?? "", last.note)
  }

  /** What the book said about the mistake, where that is the same for every reader. */
  async #addNote(place: HTMLElement, address: string, note: string): Promise<void> {
    if (note === "ok" || note.startsWith("generic.")) return
    try {
      const says = (await (await fetch(address)).json()) as Record<string, string>
      if (!Object.hasOwn(says, note)) return
      const text = document.createRange().createContextualFragment(says[note])
      if (!text.querySelector("[data-given]")) place.append(" ", text)
    } catch {
      // Offline: the verdict has to do.
      place.dataset.alone = ""
    }
  }

  #linkOf({ id }: Row): HTMLAnchorElement {
    return this.#items()
      .find((item) => item.dataset.exercise === id)!
      .querySelector("a")!
  }

  #showContinue(rows: readonly Row[]): void {
    const row = continueAt(rows)
    const link = this.#part<HTMLAnchorElement>("continue")
    link.hidden = !row
    if (!row) return
    const { href, textContent } = this.#linkOf(row)
    link.href = href
    const begun = rows.some(({ touched }) => touched !== "")
    link.textContent = `${begun ? "Continue where you left off" : "Begin"}: exercise ${textContent}`
  }

  #showReview(rows: readonly Row[]): void {
    const back = forReview(rows)
    const link = this.#part<HTMLAnchorElement>("review")
    link.hidden = back.length === 0
    const what =
      "what was not right yet, whose solution you looked at, or what has changed since you solved it"
    this.#part("review-words").textContent =
      back.length === 0
        ? `Nothing to review. Here comes back ${what}.`
        : `${back.length} ${back.length === 1 ? "exercise comes" : "exercises come"} back, one after the other: ${what}. What you left longest ago comes first.`
    if (back.length > 0) link.href = reviewLink(back, back[0])
  }

  #applyFilter(rows: readonly Row[]): number {
    let shown = 0
    this.#items().forEach((item, i) => {
      item.hidden = this.#filter !== "all" && rows[i].state !== this.#filter
      if (!item.hidden) shown++
    })
    for (const section of this.querySelectorAll<HTMLElement>(".progress-lesson"))
      section.hidden = !section.querySelector("[data-exercise]:not([hidden])")
    return shown
  }
}

if (!customElements.get("nn-progress")) customElements.define("nn-progress", ProgressElement)
