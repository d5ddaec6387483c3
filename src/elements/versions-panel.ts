/** @file A cell's versions to look at, compare with the text that is there, and bring back. Knows no storage. */
import type { CellDesk } from "./cell-desk.ts"
import { button, element } from "./cell-head.ts"
import { diffView } from "./diff-view.ts"
import { type Version, versionsOf, type Why } from "./history.ts"

const REASONS: Record<Why, string> = {
  run: "as you ran it",
  pause: "as you paused",
  reset: "before a reset",
  restore: "before you restored another",
  "other tab": "before another tab changed it",
  shared: "before you took a shared one",
  import: "before an import",
  author: "before you took the author’s new one",
  "own answer": "before you took your answer to an exercise",
}

interface Choice {
  name: string
  source: string
}

export function openVersions(desk: CellDesk): void {
  desk.head.notice.parentElement?.querySelector(".cell-panel")?.remove()
  const panel = element("section", "cell-panel")
  panel.setAttribute("aria-label", `Versions of ${desk.label}`)
  const close = (): void => {
    panel.remove()
    desk.head.focusMenu()
  }
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close()
  })
  desk.edits.save()
  const choices = choicesOf(desk)
  const select = document.createElement("select")
  select.setAttribute("aria-label", "Version")
  choices.forEach(({ name }, i) => {
    select.append(new Option(name, String(i)))
  })
  const slot = element("p")
  const step = (by: number): void => {
    select.selectedIndex = Math.min(choices.length - 1, Math.max(0, select.selectedIndex + by))
    show()
  }
  const older = button("Older", () => step(1))
  const newer = button("Newer", () => step(-1))
  const restore = button("Restore this version", () => {
    const { name, source } = choices[select.selectedIndex]
    panel.remove()
    restoreVersion(desk, name, source)
  })
  let shown: HTMLElement = slot
  const show = (): void => {
    const { source } = choices[select.selectedIndex]
    const view = diffView("What Restore would change", desk.edits.source, source)
    shown.replaceWith(view)
    shown = view
    restore.disabled = source === desk.edits.source
    older.disabled = select.selectedIndex === choices.length - 1
    newer.disabled = select.selectedIndex === 0
    desk.head.say(`${choices[select.selectedIndex].name}. ${view.querySelector("figcaption")?.textContent}`)
  }
  select.addEventListener("change", show)
  const mine = choices.length - 1
  const count =
    mine === 0 ? "No version of yours is kept yet: one is kept when you run the cell or pause." : ""
  const intro = count || "Nothing changes before you press Restore, and that can be undone."
  panel.append(element("p", "", intro), select, older, newer, restore, button("Close", close), slot)
  desk.head.notice.after(panel)
  // The newest version is mostly what is there now; the first that differs says more.
  select.selectedIndex = Math.max(
    0,
    choices.findIndex(({ source }) => source !== desk.edits.source),
  )
  show()
  select.focus()
}

/** Newest first; the book's text is the oldest, or none where a cell is the reader's own. */
function choicesOf({ edits }: CellDesk): Choice[] {
  const mine = versionsOf(edits.place).reverse()
  return [
    ...mine.map((version) => ({ name: nameOf(version), source: version.source })),
    { name: edits.author === "" ? "Empty, as it began" : "The book’s text", source: edits.author },
  ]
}

function nameOf({ at, why }: Version): string {
  const today = new Date(at).toDateString() === new Date().toDateString()
  const time = new Intl.DateTimeFormat("en", {
    ...(today ? {} : { day: "numeric", month: "short", year: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(at)
  return `${time}, ${REASONS[why] ?? why}`
}

function restoreVersion(desk: CellDesk, name: string, source: string): void {
  const before = desk.edits.source
  desk.put(source, "restore")
  desk.head.ask(`Restored: ${name}.`, {
    "Undo restore": () => {
      desk.put(before, "restore")
      desk.head.clearNotice()
      desk.head.say(`${desk.label}: your text is back`)
    },
    "All right": () => desk.head.clearNotice(),
  })
  desk.head.notice.querySelector("button")?.focus()
}
