/**
 * @file `<nn-your-work>`: what this browser keeps for the reader; to save, to bring in, to erase. Nothing is erased
 * without naming it. Knows no meaning of any key.
 */
import { BackupError, readBackup } from "./backup.ts"
import {
  allEntries,
  bringIn,
  erase,
  inventory,
  mergeInWords,
  saveEverything,
  workByLesson,
  write,
} from "./belongings.ts"
import { isOpen, listen } from "./store.ts"

class YourWorkElement extends HTMLElement {
  #connected = false

  connectedCallback(): void {
    if (this.#connected) return
    this.#connected = true
    this.#part<HTMLElement>("live").hidden = false
    this.#part<HTMLElement>("kept").hidden = !isOpen()
    this.#part<HTMLElement>("closed").hidden = isOpen()
    this.#onClick("save", () => this.#save())
    this.#onClick("erase", () => this.#askToErase())
    this.#onClick("save-first", () => this.#save())
    this.#onClick("erase-now", () => this.#erase())
    this.#onClick("keep", () => this.#closeQuestion("Nothing was erased."))
    const file = this.#part<HTMLInputElement>("file")
    file.addEventListener("change", () => {
      const [chosen] = file.files ?? []
      if (chosen) void this.#bringIn(chosen)
      // The same file can be chosen again.
      file.value = ""
    })
    listen("", () => this.#show())
    this.#show()
  }

  #part<T extends HTMLElement = HTMLButtonElement>(name: string): T {
    return this.querySelector<T>(`[data-part="${name}"]`)!
  }

  #onClick(name: string, act: () => void): void {
    this.#part(name).addEventListener("click", act)
  }

  #say(sentence: string): void {
    this.#part<HTMLElement>("status").textContent = sentence
  }

  #show(): void {
    const entries = allEntries()
    const parts = inventory(entries)
    const list = this.#part<HTMLElement>("inventory")
    list.replaceChildren(...parts.map((text) => item(text)))
    this.#part<HTMLElement>("nothing").hidden = parts.length > 0
    this.#part("save").disabled = parts.length === 0
    this.#part("erase").disabled = parts.length === 0
    const work = new Map(workByLesson(entries).map((one) => [one.lesson, one]))
    for (const row of this.querySelectorAll<HTMLElement>("[data-lesson]")) {
      const found = work.get(row.dataset.lesson ?? "")
      row.hidden = !found
      const words = row.querySelector("span")
      if (found && words)
        words.textContent = `: ${found.edited} edited, ${found.versions} ${found.versions === 1 ? "version" : "versions"}`
    }
    this.#part<HTMLElement>("lessons").hidden = work.size === 0
  }

  #save(): void {
    this.#say(`Saved as ${saveEverything()}, among your downloads.`)
  }

  async #bringIn(file: File): Promise<void> {
    try {
      const backup = readBackup(await file.text())
      const { report, kept } = bringIn(backup)
      const made = new Intl.DateTimeFormat("en", { dateStyle: "medium" }).format(new Date(backup.made))
      this.#say(
        `Read ${file.name} of ${made}. ${mergeInWords(report)}${kept ? "" : " The browser does not keep all of it: its storage is full or closed."}`,
      )
    } catch (error) {
      if (error instanceof BackupError) this.#say(`${error.message} Nothing here was changed.`)
      else this.#say(`The file could not be read (${String(error)}). Nothing here was changed.`)
    }
  }

  #askToErase(): void {
    const question = this.#part<HTMLElement>("question")
    this.#part<HTMLElement>("going").replaceChildren(...inventory(allEntries()).map((text) => item(text)))
    question.hidden = false
    this.#part("save-first").focus()
  }

  #closeQuestion(sentence: string): void {
    this.#part<HTMLElement>("question").hidden = true
    this.#say(sentence)
    this.#part<HTMLElement>("status").focus()
  }

  #erase(): void {
    const entries = erase()
    this.#closeQuestion("Erased: this browser keeps nothing of yours for this book any more. ")
    const undo = document.createElement("button")
    undo.type = "button"
    undo.textContent = "Undo"
    undo.addEventListener("click", () => {
      write(entries)
      this.#say("Everything is back.")
    })
    this.#part<HTMLElement>("status").append(undo)
  }
}

function item(text: string): HTMLLIElement {
  const made = document.createElement("li")
  made.textContent = text
  return made
}

if (!customElements.get("nn-your-work")) customElements.define("nn-your-work", YourWorkElement)
