/** @file <theme-toggle>: goes round system, light, dark, and remembers. The first paint is the page head's business. */
import { get, set } from "./store.ts"

const names = { system: "System", light: "Light", dark: "Dark" } as const
type Choice = keyof typeof names
const order: Choice[] = ["system", "light", "dark"]
const system = matchMedia("(prefers-color-scheme: dark)")

class ThemeToggle extends HTMLElement {
  connectedCallback(): void {
    this.querySelector("button")?.addEventListener("click", () => {
      const next = order[(order.indexOf(this.choice) + 1) % order.length]
      set("theme", next)
      this.show()
    })
    system.addEventListener("change", () => this.show())
    this.show()
  }

  get choice(): Choice {
    const stored = get("theme")
    return order.find((one) => one === stored) ?? "system"
  }

  show(): void {
    const { choice } = this
    const dark = choice === "dark" || (choice === "system" && system.matches)
    document.documentElement.dataset.theme = dark ? "dark" : "light"
    const label = this.querySelector("[data-label]")
    if (label) label.textContent = names[choice]
    this.querySelector("button")?.setAttribute("aria-label", `Colours: ${names[choice]}. Change`)
  }
}

customElements.define("theme-toggle", ThemeToggle)
