/**
 * @file Brings the controls of one cell to life, those of the book and those of a run alike. The page's answer is what a
 * control shows; it is never taken from under the reader's fingers. Knows nothing of running.
 */
import {
  fitting,
  type InputControl,
  type InputFile,
  type InputValue,
  onStep,
  sameValue,
} from "../notebook/input.ts"
import { inputText } from "../notebook/render-input.ts"

/** What a control says about itself in its markup. */
interface About {
  control: InputControl
  initial: InputValue
  value: InputValue
  feeds?: string[]
}

export interface InputOwner {
  answers(): Record<string, unknown>
  /** The reader has set an input; without a value it is again as the cell says. */
  change(key: string, value: InputValue | undefined): void
  /** These values hold while the page is open; nothing runs. */
  lend(values: Record<string, unknown>): void
}

/** Controls that look the same are the same one: then the one on the page stays. */
export function sameControl(on: HTMLElement, html: string): boolean {
  const made = document.createElement("template")
  made.innerHTML = html
  const field = made.content.querySelector<HTMLElement>("[data-input]")
  if (!field || field.dataset.input !== on.dataset.input) return false
  const key = ({ control, initial }: About): string => JSON.stringify([control, initial])
  return key(aboutOf(field)) === key(aboutOf(on))
}

function aboutOf(field: HTMLElement): About {
  return JSON.parse(field.dataset.about ?? "{}")
}

/** Makes every control in `host` work. Returns the cells that are out of date because of them, and the input's name. */
export function bringAlive(host: ParentNode, owner: InputOwner): { key: string; feeds: string[] }[] {
  const moved: { key: string; feeds: string[] }[] = []
  for (const field of host.querySelectorAll<HTMLFieldSetElement>("fieldset[data-input]:disabled")) {
    const key = field.dataset.input ?? ""
    const about = aboutOf(field)
    const answer = fitting(about.control, owner.answers()[key], about.initial)
    const made = new LiveInput(field, key, about, owner)
    made.show(answer)
    // A file's bytes do not come back with the answer, its name does.
    if (about.control.type !== "file" && !sameValue(answer, about.value))
      moved.push({ key, feeds: about.feeds ?? [] })
  }
  return moved
}

class LiveInput {
  readonly #field: HTMLFieldSetElement
  readonly #key: string
  readonly #about: About
  readonly #owner: InputOwner
  readonly #back: HTMLButtonElement
  #value: InputValue
  #show: (value: InputValue) => void = () => {}

  constructor(field: HTMLFieldSetElement, key: string, about: About, owner: InputOwner) {
    this.#field = field
    this.#key = key
    this.#about = about
    this.#owner = owner
    this.#value = about.initial
    this.#back = document.createElement("button")
    this.#back.type = "button"
    this.#back.className = "input-back"
    this.#back.textContent = this.#backWords()
    this.#back.setAttribute("aria-label", `${this.#back.textContent}: ${about.control.label}`)
    this.#back.addEventListener("click", () => this.#goBack())
    field.querySelector(".input-note")?.remove()
    if (about.control.type !== "button") field.append(this.#back)
    field.disabled = false
    this.#listen()
    field.addEventListener("bound", (event) => this.show((event as CustomEvent<InputValue>).detail))
  }

  show(value: InputValue): void {
    this.#value = value
    this.#show(value)
    const written = this.#field.querySelector("output")
    if (written) written.textContent = inputText(this.#about.control, value)
    const isFirst = sameValue(value, this.#about.initial)
    // A browser ends the drag of a slider beside which a box appears: there the button keeps its place.
    if (this.#about.control.type === "slider") this.#back.style.visibility = isFirst ? "hidden" : ""
    else this.#back.hidden = isFirst
  }

  #set(value: unknown): void {
    const { control } = this.#about
    const before = this.#value
    this.show(fitting(control, value, before))
    if (!sameValue(this.#value, before)) this.#change(this.#value)
  }

  /** Its cell hears of it, and the explorable that it moves with. */
  #change(value: InputValue | undefined): void {
    this.#owner.change(this.#key, value)
    const { bound } = this.#field.dataset
    if (!bound) return
    const detail = { binding: bound, value: this.#value }
    const [name] = bound.split(".")
    const figure = document.querySelector(`nn-explorable[data-name="${CSS.escape(name)}"]`)
    figure?.dispatchEvent(new CustomEvent("ex-bound", { detail }))
  }

  #goBack(): void {
    const hadFocus = this.#back === document.activeElement
    this.show(this.#about.initial)
    this.#change(undefined)
    // The button is gone now; the focus goes to what it belongs to.
    if (hadFocus) this.#field.querySelector<HTMLElement>("input, select, button")?.focus()
  }

  #backWords(): string {
    const { control, initial } = this.#about
    if (control.type === "file") return "Without a file"
    if (control.type === "points" || control.type === "text") return "Back to the start"
    return `Back to ${inputText(control, initial)}`
  }

  #listen(): void {
    const { control } = this.#about
    const input = this.#field.querySelector("input")
    const on = (target: HTMLElement | null, event: string, act: () => void): void =>
      target?.addEventListener(event, act)
    switch (control.type) {
      case "slider":
        on(input, "input", () => this.#set(onStep(input?.valueAsNumber ?? Number.NaN, control)))
        this.#show = (value) => {
          if (!input) return
          if (input.valueAsNumber !== value) input.value = String(value)
          // Without it some readers hear 0.30000001 where 0.3 is written.
          input.setAttribute("aria-valuetext", inputText(control, value))
        }
        return
      case "number":
        on(input, "input", () => input?.value !== "" && this.#set(input?.valueAsNumber))
        // What was typed may be outside of the range.
        on(input, "change", () => input && write(input, this.#value))
        this.#show = (value) => {
          if (input && input !== document.activeElement) write(input, value)
        }
        return
      case "text":
        on(input, "input", () => this.#set(input?.value))
        this.#show = (value) => {
          if (input && input.value !== value) input.value = String(value)
        }
        return
      case "toggle":
        on(input, "change", () => this.#set(input?.checked))
        this.#show = (value) => {
          if (input) input.checked = value === true
        }
        return
      case "select": {
        const select = this.#field.querySelector("select")
        on(select, "change", () => this.#set(select?.value))
        this.#show = (value) => {
          if (select) select.value = String(value)
        }
        return
      }
      case "button":
        on(this.#field.querySelector("button"), "click", () => this.#set(Number(this.#value) + 1))
        return
      case "file":
        on(input, "change", () => void this.#read(input?.files?.[0]))
        this.#show = (value) => {
          if (input && value === null) input.value = ""
        }
        return
      case "points":
        void this.#points(control)
    }
  }

  async #read(file: File | undefined): Promise<void> {
    if (!file) return
    const chosen: InputFile = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
    this.#set(chosen)
  }

  async #points(control: Extract<InputControl, { type: "points" }>): Promise<void> {
    const { InputPoints } = await import("./input-points.ts")
    const editor = new InputPoints(this.#field, control, (points) => this.#set(points))
    this.#show = (value) => editor.show(Array.isArray(value) ? value : [])
    this.show(this.#value)
  }
}

function write(input: HTMLInputElement, value: InputValue): void {
  if (input.valueAsNumber !== value) input.value = String(value)
}
