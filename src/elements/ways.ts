/**
 * @file `<nn-ways>`: one algorithm in several ways, a tab for each. Which way the reader prefers is remembered in all of
 * the book; nothing that a link, a search or an error points to stays hidden. Knows nothing of what stands in a way.
 */
import { set } from "./store.ts"

/** What is remembered when the reader wants to see all ways, one after the other. */
const ALL = "all"

class Ways extends HTMLElement {
  #panels: HTMLElement[] = []
  #tabs: HTMLElement[] = []
  #all!: HTMLElement

  connectedCallback(): void {
    const [list, all] = this.querySelector(".ways-bar")!.children as unknown as HTMLElement[]
    this.#all = all
    this.#tabs = [...list.children] as HTMLElement[]
    this.#panels = [...this.children].filter((child) => child.matches(".way")) as HTMLElement[]
    const states = new MutationObserver(() => this.#mark())
    const group = [...document.querySelectorAll("nn-ways")].indexOf(this)
    this.#panels.forEach((panel, i) => {
      const tab = this.#tabs[i]
      panel.id = `way-${group}-${i}`
      panel.role = "tabpanel"
      panel.tabIndex = 0
      panel.ariaLabel = tab.textContent
      tab.setAttribute("aria-controls", panel.id)
      states.observe(panel, { subtree: true, attributeFilter: ["data-state"] })
      tab.onclick = () => prefer(nameOf(panel), tab)
      // A link, a search or an error leads into it. The reader's preference stays what it is.
      panel.addEventListener("beforematch", () => this.show(nameOf(panel)))
    })
    all.onclick = () => prefer(all.ariaPressed === "true" ? nameOf(this.#panels[0]) : ALL, all)
    list.onkeydown = (event) => this.#press(event)
    this.show(document.documentElement.dataset.ways)
  }

  /** One way, or all of them; the first one, where there is none of this name. */
  show(name?: string): void {
    const all = name === ALL
    const open = this.#panels.find((panel) => nameOf(panel) === name) ?? this.#panels[0]
    this.#panels.forEach((panel, i) => {
      const shown = panel === open
      if (all || shown) panel.hidden = false
      else panel.setAttribute("hidden", "until-found")
      this.#tabs[i].ariaSelected = String(shown && !all)
      this.#tabs[i].tabIndex = shown ? 0 : -1
    })
    this.#all.ariaPressed = String(all)
  }

  #press(event: KeyboardEvent): void {
    const { length } = this.#tabs
    const here = this.#tabs.indexOf(event.target as HTMLElement)
    const to = { ArrowLeft: here + length - 1, ArrowRight: here + 1, Home: 0, End: length - 1 }[event.key]
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const tab = this.#tabs[to % length]
    tab.focus()
    tab.click()
  }

  /** A cell in a way that is not open failed or is out of date: its tab says so. */
  #mark(): void {
    this.#panels.forEach((panel, i) => {
      const state = ["error", "stale"].find((one) => panel.querySelector(`[data-state=${one}]`))
      this.#tabs[i].dataset.state = state ?? ""
    })
  }
}

const nameOf = (panel: Element): string => panel.classList[1]

/** From now on the reader sees this way wherever there is one. What was pressed stays where it is on the screen. */
function prefer(name: string, pressed: HTMLElement): void {
  const { top } = pressed.getBoundingClientRect()
  set("ways", name)
  document.documentElement.dataset.ways = name
  for (const group of document.querySelectorAll<Ways>("nn-ways")) group.show(name)
  scrollBy({ top: pressed.getBoundingClientRect().top - top, behavior: "instant" })
}

/** Opens the way in which the address points to something. */
function follow(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  const panel = target?.closest(".way[hidden]")
  if (!panel) return
  panel.dispatchEvent(new Event("beforematch"))
  target!.scrollIntoView()
}

customElements.define("nn-ways", Ways)
follow()
addEventListener("hashchange", follow)
