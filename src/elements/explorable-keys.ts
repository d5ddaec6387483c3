/** @file The keys of an explorable. They work only while the focus is inside of it (WCAG 2.1.4). */
import type { Desk } from "./explorable-desk.ts"
import type { Clock } from "./explorable-transport.ts"

export function keys(desk: Desk, clock: Clock): void {
  const fold = (selector: string) => () => {
    const details = desk.find<HTMLDetailsElement>(selector)
    if (details) details.open = !details.open
  }
  const does: Record<string, () => void> = {
    " ": () => clock.act("play"),
    ".": () => clock.act("step"),
    ",": () => clock.act("back"),
    r: () => clock.act("reset"),
    n: () => clock.act("seed"),
    l: () => clock.act("link"),
    d: () => clock.act("describe"),
    t: fold(".ex-table"),
    p: () => desk.root.dispatchEvent(new Event("ex-predict")),
    "?": () => clock.act("help"),
    Escape: () => {
      clock.pause()
      // The end of the figure takes the focus, so that the next Tab goes on behind it.
      const end = desk.find(".ex-live")
      if (end) end.tabIndex = -1
      end?.focus()
    },
  }
  desk.root.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const act = does[key]
    if (!act || (key !== "Escape" && belongsTo(event.target as Element, key))) return
    event.preventDefault()
    act()
  })
}

/** Does this element use the key itself? */
function belongsTo(target: Element, key: string): boolean {
  if (target.matches('input:is([type="number"], [type="text"]), select, textarea')) return true
  return key === " " && target.matches("button, summary, input:not([type=range])")
}
