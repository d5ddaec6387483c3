/** @file What a cell's menu offers to take away: links to edited cells, the lesson as a program or a notebook. */
import { packCells, ShareError } from "../notebook/shared-cells.ts"
import { lessonLink, link } from "../site.ts"
import css from "../styles/versions.css?inline"
import { addStyle } from "./added-style.ts"
import { Answers } from "./answers.ts"
import { type CellDesk, desks } from "./cell-desk.ts"
import { button, element } from "./cell-head.ts"
import { createPad } from "./scratch-store.ts"

export function openTakeAway(desk: CellDesk): void {
  addStyle("versions", css)
  const { head } = desk
  head.notice.parentElement?.querySelector(".cell-panel")?.remove()
  const mine = desks().filter((one) => one.edits.edited || isSet(one))
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
      say(`${copied}${whatLinkHolds(cells)}`)
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
    ...(mine.length > 1 ? { [`Link to all ${mine.length} cells I changed`]: () => giveLink(mine) } : {}),
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

/** What the reader has set its inputs to; a file that was chosen stays with the page. */
const inputsOf = ({ lesson, id }: CellDesk): Record<string, unknown> => new Answers(lesson).of(id)

const isSet = (desk: CellDesk): boolean => Object.keys(inputsOf(desk)).length > 0

function whatLinkHolds(cells: readonly CellDesk[]): string {
  const texts = cells.some(({ edits }) => edits.edited)
  if (cells.some(isSet))
    return `The link holds ${texts ? "the code and " : ""}what the inputs are set to; nothing was sent anywhere.`
  return texts
    ? "The link holds the code itself; nothing was sent anywhere."
    : "The link leads to this cell as the book has it."
}

/** A copy of what can run on this page, with the reader's texts; from there on the two have nothing in common. */
function toScratchpad(): void {
  const lesson = document.querySelector("h1")?.textContent?.trim() ?? "Lesson"
  const cells = desks().map((desk) => {
    const { id, head, edits } = desk
    const { title } = head.notice.closest<HTMLElement>("nn-cell")?.dataset ?? {}
    return {
      id,
      ...(title && { title }),
      source: edits.source,
      ...(isSet(desk) && { inputs: inputsOf(desk) }),
    }
  })
  location.assign(`${link("scratchpad/")}?pad=${createPad(lesson, cells)}`)
}

async function linkField(desk: CellDesk, cells: CellDesk[]): Promise<HTMLElement> {
  const edited = cells.filter(({ edits }) => edits.edited)
  const set = cells.filter(isSet)
  const fragment =
    edited.length + set.length === 0
      ? (desk.head.notice.closest("nn-cell")?.id ?? "")
      : await packCells({
          lesson: desk.lesson,
          cells: Object.fromEntries(edited.map(({ id, edits }) => [id, edits.source])),
          inputs: Object.fromEntries(set.map((one) => [one.id, inputsOf(one)])),
        })
  const label = element("label", "cell-link", "Link ")
  const field = document.createElement("input")
  field.readOnly = true
  field.value = new URL(`${lessonLink(desk.lesson)}#${fragment}`, location.href).href
  label.append(field)
  return label
}
