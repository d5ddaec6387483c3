/**
 * @file What a cell asks its reader about its text, and what its menu leads to; loaded when it is wanted. Knows neither
 * running nor storage.
 */
import type { CellDesk } from "./cell-desk.ts"
import { compareIn, diffView } from "./diff-view.ts"
import { openVersions } from "./versions-panel.ts"

/** The author has changed the cell since the reader did. */
export function authorChanged(desk: CellDesk): void {
  const { edits, head } = desk
  const { base } = edits
  head.ask("The author changed this cell after you edited it. You see your text.", {
    "Keep mine": () => {
      edits.keep()
      head.clearNotice()
      desk.refresh()
      head.say(`${desk.label}: your text stays`)
    },
    "Take the new one": () => {
      edits.remember("author")
      desk.reset()
    },
    Compare: () =>
      compareIn(head.notice, [
        diffView("What the author changed", base, edits.author),
        diffView("From your text to the new one", edits.source, edits.author),
      ]),
  })
}

/** Another tab's newer text has taken the place of `before`. */
export function replaced(desk: CellDesk, before: string): void {
  const { edits, head } = desk
  head.ask(
    "Another tab changed this cell just now, and you see that text. What stood here is among the versions.",
    {
      "Bring mine back": () => {
        desk.put(before, "other tab")
        head.clearNotice()
        head.say(`${desk.label}: your text is back`)
      },
      Compare: () =>
        compareIn(head.notice, [diffView("From the text here to the other tab’s", before, edits.source)]),
      "All right": () => head.clearNotice(),
    },
  )
}

/** Another tab's text came while the reader typed here. */
export function overtook(desk: CellDesk): void {
  desk.head.ask(
    "Another tab changed this cell, too. Your newer text stays; the other is among the versions.",
    {
      "Versions…": () => {
        desk.head.clearNotice()
        openVersions(desk)
      },
      "All right": () => desk.head.clearNotice(),
    },
  )
}

export function versions(desk: CellDesk): void {
  openVersions(desk)
}

export async function takeAway(desk: CellDesk): Promise<void> {
  const { openTakeAway } = await import("./take-away.ts")
  openTakeAway(desk)
}
