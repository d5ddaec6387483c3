/**
 * @file Cells that came with the address: shown, not run, not saved before the reader changes or keeps them. Never takes
 * the place of the reader's own text unasked.
 */
import { type SharedCells, ShareError, unpackCells } from "../notebook/shared-cells.ts"
import { lessonLink } from "../site.ts"
import { Answers } from "./answers.ts"
import { type CellDesk, desks } from "./cell-desk.ts"
import { element } from "./cell-head.ts"
import { compareIn, diffView } from "./diff-view.ts"
import { tellPage } from "./page-notice.ts"

const NOTHING_LOST = "Nothing of yours was changed."

export async function openLink(): Promise<void> {
  const shared = await readLink(location.hash)
  if (!shared) return
  const [place] = shared.lesson.split("/")
  // The page of scratchpads shows them itself.
  if (place === "scratchpad" && document.querySelector("nn-scratchpad")) return
  const here = desks()
  const lesson = here[0]?.lesson
  if (shared.lesson !== lesson) {
    const address = `${lessonLink(place)}${location.hash}`
    tellPage(
      `The link is for ${place === "scratchpad" ? "a scratchpad" : `the lesson “${place}”, not for this one`}.`,
      {
        "Go there": () => location.assign(address),
      },
    )
    return
  }
  const open = new Set<string>()
  const settle = (id: string): void => {
    open.delete(id)
    // Once every cell is decided, a reload does not ask again.
    if (open.size === 0) history.replaceState(null, "", location.pathname + location.search)
  }
  const homeless: [id: string, source: string][] = []
  let first: CellDesk | undefined
  for (const [id, source] of Object.entries(shared.cells)) {
    const desk = here.find((one) => one.id === id && !one.readonly)
    if (!desk) homeless.push([id, source])
    else if (desk.edits.source !== source) {
      first ??= desk
      open.add(id)
      if (desk.edits.edited && !desk.edits.borrowed) askFirst(desk, source, () => settle(id))
      else show(desk, source, () => settle(id))
    }
  }
  const inputs = otherInputs(shared, here)
  if (homeless.length > 0) tellHomeless(homeless)
  else if (inputs.length > 0) offerInputs(inputs, () => open.size === 0 && settle(""))
  if (!first) {
    if (inputs.length > 0) return
    settle("")
    if (homeless.length === 0) tellPage("What was shared with you is what you have here already.")
    return
  }
  const host = first.head.notice.closest("nn-cell")
  const fold = host?.querySelector("details.cell-fold")
  fold?.setAttribute("open", "")
  host?.scrollIntoView({ block: "center" })
}

async function readLink(fragment: string): Promise<SharedCells | undefined> {
  try {
    return await unpackCells(fragment)
  } catch (error) {
    if (!(error instanceof ShareError)) throw error
    tellPage(`${error.message} ${NOTHING_LOST}`)
    return undefined
  }
}

function show(desk: CellDesk, source: string, settle: () => void): void {
  const { edits, head } = desk
  const before = edits.author
  edits.borrow(source)
  desk.refresh()
  const done = (words: string): void => {
    head.clearNotice()
    head.say(`${desk.label}: ${words}`)
    host?.removeEventListener("own", onOwn)
    settle()
  }
  const onOwn = (): void => done("this is your edit now")
  const host = head.notice.closest("nn-cell")
  host?.addEventListener("own", onOwn)
  head.ask("Shared with you: shown, not run, and not saved until you change or keep it.", {
    "Keep it": () => {
      desk.put(source, "shared")
      done("kept as your edit")
    },
    "Back to the book’s": () => {
      edits.giveBack()
      desk.refresh()
      done("the book’s text again")
    },
    Compare: () =>
      compareIn(head.notice, [diffView("From the book’s text to the shared one", before, source)]),
  })
}

function askFirst(desk: CellDesk, source: string, settle: () => void): void {
  const { edits, head } = desk
  const mine = edits.source
  head.ask("Somebody shared another text of this cell with you. You see your own.", {
    "Keep mine": () => {
      head.clearNotice()
      head.say(`${desk.label}: your text stays`)
      settle()
    },
    "Take the shared one": () => {
      desk.put(source, "shared")
      settle()
      head.ask("The shared text is here, not run. Yours is among the versions.", {
        "Bring mine back": () => {
          desk.put(mine, "shared")
          head.clearNotice()
          head.say(`${desk.label}: your text is back`)
        },
        "All right": () => head.clearNotice(),
      })
      head.notice.querySelector("button")?.focus()
    },
    Compare: () =>
      compareIn(head.notice, [diffView("From your text to the shared one", edits.source, source)]),
  })
}

interface SharedInputs {
  desk: CellDesk
  shared: Record<string, unknown>
  /** The reader's own. */
  mine: Record<string, unknown>
}

/** The inputs that the reader has set otherwise, or not at all. */
function otherInputs({ inputs = {} }: SharedCells, here: readonly CellDesk[]): SharedInputs[] {
  return here.flatMap((desk) => {
    if (!Object.hasOwn(inputs, desk.id)) return []
    const shared = inputs[desk.id]
    const mine = new Answers(desk.lesson).of(desk.id)
    const differs = Object.keys(shared).some(
      (key) => JSON.stringify(shared[key]) !== JSON.stringify(mine[key]),
    )
    return differs ? [{ desk, shared, mine }] : []
  })
}

/** The page begins anew with the values: what no longer agrees with them says so, and nothing has run. */
function offerInputs(all: SharedInputs[], settle: () => void): void {
  const own = all.some(({ mine, shared }) => Object.keys(shared).some((key) => key in mine))
  const lists = all.map(({ desk, shared }) =>
    element("p", "", `${desk.label}: ${Object.entries(shared).map(inputWords).join(", ")}`),
  )
  const question = `Somebody set inputs of this lesson and shared that with you.${own ? " You have set them otherwise." : ""} Nothing runs before you press Run.`
  const take = (): void => {
    for (const { desk, shared } of all) {
      const answers = new Answers(desk.lesson)
      for (const [key, value] of Object.entries(shared)) answers.set(desk.id, key, value)
    }
    settle()
    location.reload()
  }
  tellPage(
    question,
    { "Use these values": take, [own ? "Keep mine" : "Leave them as they are"]: settle },
    lists,
  )
}

function inputWords([key, value]: [string, unknown]): string {
  if (Array.isArray(value)) return `${key}: ${value.length} ${value.length === 1 ? "point" : "points"}`
  return typeof value === "boolean" ? `${key}: ${value ? "on" : "off"}` : `${key}: ${value}`
}

/** Texts of cells that this lesson has no longer: here they are, at least to read and copy. */
function tellHomeless(cells: [id: string, source: string][]): void {
  const texts = cells.map(([id, source]) => {
    const details = element("details")
    const pre = element("pre", "", source)
    pre.tabIndex = 0
    details.append(element("summary", "", `The text of “${id}”`), pre)
    return details
  })
  const which = cells.length === 1 ? "a cell" : `${cells.length} cells`
  tellPage(`The link also holds ${which} that this lesson does not have, or not to be changed.`, {}, texts)
}
