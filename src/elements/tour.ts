/**
 * @file <nn-tour>: waits until the reader touches a field or a button of the tour, and only then loads the engine and
 * what shows it. Knows nothing of either.
 */
import type { LiveTour } from "./tour-live.ts"

class TourElement extends HTMLElement {
  #live: Promise<LiveTour> | undefined
  #end: AbortController | undefined

  connectedCallback(): void {
    this.#end = new AbortController()
    const { signal } = this.#end
    const listen = (type: string, heard: (target: Element) => void): void =>
      this.addEventListener(type, ({ target }) => target instanceof Element && heard(target), { signal })
    const near = (target: Element): void => {
      if (target.closest(".tour-controls, [data-do]")) void this.#load()
    }
    listen("focusin", near)
    listen("pointerdown", near)
    listen("input", (target) => {
      if (target.closest(".tour-controls")) void this.#load().then((live) => live?.choose())
    })
    this.addEventListener("submit", (event) => event.preventDefault(), { signal })
    listen("click", (target) => {
      const button = target.closest<HTMLButtonElement>("button[data-do]")
      if (button) void this.#load().then((live) => live?.act(button))
    })
    this.#fromAddress()
  }

  /** Puts what the address asks for into the fields. */
  #fromAddress(): void {
    const form = this.querySelector<HTMLFormElement>("form.tour-controls")
    const asked = new URLSearchParams(location.search)
    let changed = false
    for (const [name, value] of asked) {
      const field = form?.elements.namedItem(name)
      if (field instanceof HTMLInputElement && field.type === "checkbox")
        field.checked = value === field.value
      else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value
      else continue
      changed = true
    }
    if (changed) void this.#load().then((live) => live?.choose())
  }

  disconnectedCallback(): void {
    this.#end?.abort()
  }

  async #load(): Promise<LiveTour | undefined> {
    this.#live ??= import("./tour-live.ts").then(({ LiveTour }) => new LiveTour(this))
    try {
      return await this.#live
    } catch (error) {
      // Offline before the first visit, say. The page stays readable, and the next touch tries again.
      this.#live = undefined
      console.error(error)
      const status = this.querySelector("[data-status]")
      if (status) status.textContent = "The engine could not be loaded. Try again."
      return undefined
    }
  }
}

if (!customElements.get("nn-tour")) customElements.define("nn-tour", TourElement)
