/**
 * @file The header row of a cell: its buttons, its state, its notices, and what it says to a screen reader. Knows
 * nothing of what the buttons do.
 */

export interface CellActions {
  run(): void
  stop(): void
  /** Absent where the text is not the reader's to change. */
  edit?: () => void
  reset?: () => void
  copy(): Promise<void>
  runAbove(): void
  runAll(): void
  restart(): void
  /** Further entries of the menu, by what they say. */
  more: Record<string, () => void>
}

export interface HeadFacts {
  words: string
  running: boolean
  edited: boolean
  /** The text is somebody else's. */
  borrowed: boolean
  undoable: boolean
}

/** A run shorter than this never shows Stop, so that a double press of Run does not stop what it started. */
const SHOW_STOP_AFTER = 200

const icons = {
  run: "M4 2.5v11l9-5.5z",
  stop: "M3.5 3.5h9v9h-9z",
}

export class CellHead {
  #actions: CellActions
  #run: HTMLButtonElement
  #reset: HTMLButtonElement | undefined
  #state: HTMLElement
  #mine: HTMLElement
  #live: HTMLElement
  #notice: HTMLElement
  #label: string
  #running = false
  #stopTimer: ReturnType<typeof setTimeout> | undefined
  #behind: HTMLElement | undefined
  #summary!: HTMLElement

  constructor(cell: HTMLElement, label: string, actions: CellActions) {
    const head = cell.querySelector<HTMLElement>(".cell-head")!
    this.#actions = actions
    this.#label = label
    this.#state = cell.querySelector<HTMLElement>(".cell-state")!
    this.#mine = element("span", "cell-mine", "your edit")
    this.#mine.hidden = true
    head.append(this.#mine)
    const tools = element("div", "cell-tools")
    tools.setAttribute("role", "group")
    this.#run = button("", () => (this.#run.dataset.does === "stop" ? actions.stop() : actions.run()))
    this.#run.classList.add("cell-run")
    tools.append(this.#run)
    if (actions.edit) tools.append(button("Edit", actions.edit))
    if (actions.reset) {
      this.#reset = button("Reset", actions.reset)
      this.#reset.hidden = true
      tools.append(this.#reset)
    }
    const copy = button("Copy", async () => {
      const done = await actions.copy().then(
        () => "Copied",
        () => "The browser did not allow it",
      )
      copy.textContent = done
      this.say(`${this.#label}: ${done}`)
      setTimeout(() => {
        copy.textContent = "Copy"
      }, 1500)
    })
    tools.append(copy, this.#menu())
    head.append(tools)
    this.#live = element("div", "cell-live visually-hidden")
    this.#live.setAttribute("role", "status")
    this.#notice = element("div", "cell-notice")
    this.#notice.hidden = true
    head.after(this.#notice)
    head.append(this.#live)
    this.#showRun("run")
    this.rename(label)
  }

  /** What the cell is called in sentences. */
  rename(label: string): void {
    this.#label = label
    this.#run.parentElement?.setAttribute("aria-label", `Actions on ${label}`)
    this.#summary.setAttribute("aria-label", `More for ${label}`)
  }

  /** Calls back when the reader is about to press Run: a pointer has come to it, or the keyboard. */
  soon(act: () => void): void {
    for (const sign of ["pointerenter", "focus"]) this.#run.addEventListener(sign, act)
  }

  #menu(): HTMLElement {
    const menu = document.createElement("details")
    menu.className = "cell-menu"
    const summary = element("summary", "", "More")
    this.#summary = summary
    const list = element("div", "cell-menu-list")
    const entry = (text: string, act: () => void) =>
      button(text, () => {
        menu.open = false
        summary.focus()
        act()
      })
    list.append(
      entry("Run all above", this.#actions.runAbove),
      entry("Run all cells", this.#actions.runAll),
      entry("Restart and forget all values", this.#actions.restart),
      entry("Device and memory…", () => menu.dispatchEvent(new Event("devices", { bubbles: true }))),
      ...Object.entries(this.#actions.more).map(([text, act]) => entry(text, act)),
    )
    menu.append(summary, list)
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return
      menu.open = false
      summary.focus()
    })
    menu.addEventListener("focusout", (event) => {
      if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false
    })
    return menu
  }

  update({ words, running, edited, borrowed, undoable }: HeadFacts): void {
    if (this.#state.textContent !== words) this.#state.textContent = words
    this.#mine.hidden = !edited
    this.#mine.textContent = borrowed ? "shared with you" : "your edit"
    if (this.#reset) {
      this.#reset.hidden = !edited && !undoable
      this.#reset.textContent = undoable ? "Undo reset" : "Reset"
    }
    if (running === this.#running) return
    this.#running = running
    clearTimeout(this.#stopTimer)
    if (running) this.#stopTimer = setTimeout(() => this.#showRun("stop"), SHOW_STOP_AFTER)
    else this.#showRun("run")
  }

  #showRun(does: "run" | "stop"): void {
    const word = does === "run" ? "Run" : "Stop"
    this.#run.dataset.does = does
    this.#run.innerHTML = `<svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true"><path fill="currentColor" d="${icons[does]}"/></svg>${word}`
    this.#run.title = does === "run" ? "Shift+Enter in the code" : ""
  }

  /** Tells a screen reader, once the sentence is complete. */
  say(sentence: string): void {
    this.#live.textContent = sentence
  }

  /** Puts the focus between `code` and what follows, so that Tab leaves the editor. */
  focusBehind(code: HTMLElement): void {
    if (!this.#behind) {
      this.#behind = element(
        "p",
        "cell-left",
        "You left the editor. Tab goes on, Shift+Tab to the cell’s buttons.",
      )
      this.#behind.tabIndex = -1
      // Back into the editor would be no way out: there Shift+Tab takes an indent away.
      this.#behind.addEventListener("keydown", (event) => {
        if (event.key !== "Tab" || !event.shiftKey) return
        event.preventDefault()
        this.#run.focus()
      })
      code.after(this.#behind)
    }
    this.#behind.focus()
  }

  /** Asks the reader, and says the question. An answer takes the question away, unless it leads to something to read. */
  ask(question: string, answers: Record<string, () => void>): void {
    this.#notice.replaceChildren(
      element("p", "", question),
      ...Object.entries(answers).map(([text, act]) => button(text, act)),
    )
    this.#notice.hidden = false
    this.say(`${this.#label}: ${question}`)
  }

  /** What was opened from the menu is closed. */
  focusMenu(): void {
    this.#summary.focus()
  }

  /** What is asked, said or shown below the buttons. */
  get notice(): HTMLElement {
    return this.#notice
  }

  clearNotice(): void {
    if (this.#notice.contains(document.activeElement)) this.#run.focus()
    this.#notice.hidden = true
    this.#notice.replaceChildren()
  }
}

export function element(tag: string, className = "", text = ""): HTMLElement {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.textContent = text
  return made
}

export function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button")
  made.type = "button"
  made.textContent = text
  made.addEventListener("click", act)
  return made
}
