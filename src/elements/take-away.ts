/** @file What a cell's menu offers to take away: links to edited cells, the lesson as a program or a notebook. */
import { packCells, ShareError } from "../notebook/shared-cells.ts"
import { lessonLink, link } from "../site.ts"
import css from "../styles/versions.css?inline"
import { addStyle } from "./added-style.ts"
import { type CellDesk, desks } from "./cell-desk.ts"
import { button, element } from "./cell-head.ts"
import { createPad } from "./scratch-store.ts"

export function openTakeAway(desk: CellDesk): void {
  addStyle("versions", css)
  const { head } = desk
  head.notice.parentElement?.querySelector(".cell-panel")?.remove()
  const edited = desks().filter((one) => one.edits.edited)
  const status = element("p")
  const say = (words: string): void => {
    status.textContent = words
    head.say(words)
  }
  const giveLink = async (cells: CellDesk[]): Promise<void> => {
    try {
      const field = await linkField(desk, cells)
      head.notice.querySelector(".cell-link")?.remove()
      status.after(field)
      const address = field.querySelector("input")!
      address.select()
      const copied = await navigator.clipboard.writeText(address.value).then(
        () => "Copied. ",
        () => "",
      )
      const texts = cells.some(({ edits }) => edits.edited)
      say(
        `${copied}${texts ? "The link holds the code itself; nothing was sent anywhere." : "The link leads to this cell as the book has it."}`,
      )
    } catch (error) {
      if (!(error instanceof ShareError)) throw error
      say(error.message)
    }
  }
  const download = async (what: "downloadProgram" | "downloadNotebook"): Promise<void> => {
    say("Making the file…")
    try {
      const files = await import("./download.ts")
      say(await files[what](files.takenLesson(desk.lesson)))
    } catch (error) {
      say(`The file could not be made: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const actions: Record<string, () => void> = {
    "Link to this cell": () => giveLink([desk]),
    ...(edited.length > 1 ? { [`Link to all ${edited.length} cells I edited`]: () => giveLink(edited) } : {}),
    "Lesson as a program (.zip)": () => download("downloadProgram"),
    "Lesson as a notebook (.ipynb)": () => download("downloadNotebook"),
    "Its cells in a scratchpad": toScratchpad,
  }
  head.ask("Take this with you:", actions)
  const all = element("a", "", "All your work")
  all.setAttribute("href", link("your-work/"))
  head.notice.append(
    all,
    button("Close", () => {
      head.clearNotice()
      head.focusMenu()
    }),
    status,
  )
  head.notice.querySelector("button")?.focus()
}

/** A copy of what can run on this page, with the reader's texts; from there on the two have nothing in common. */
function toScratchpad(): void {
  const lesson = document.querySelector("h1")?.textContent?.trim() ?? "Lesson"
  const cells = desks().map(({ id, head, edits }) => {
    const { title } = head.notice.closest<HTMLElement>("nn-cell")?.dataset ?? {}
    return { id, ...(title && { title }), source: edits.source }
  })
  location.assign(`${link("scratchpad/")}?pad=${createPad(lesson, cells)}`)
}

async function linkField(desk: CellDesk, cells: CellDesk[]): Promise<HTMLElement> {
  const edited = cells.filter(({ edits }) => edits.edited)
  const fragment =
    edited.length === 0
      ? (desk.head.notice.closest("nn-cell")?.id ?? "")
      : await packCells({
          lesson: desk.lesson,
          cells: Object.fromEntries(edited.map(({ id, edits }) => [id, edits.source])),
        })
  const label = element("label", "cell-link", "Link ")
  const field = document.createElement("input")
  field.readOnly = true
  field.value = new URL(`${lessonLink(desk.lesson)}#${fragment}`, location.href).href
  label.append(field)
  return label
}
