/**
 * @file Plays a story on a page and holds what is on screen against the plain model after every act. Says the first
 * thing that is wrong, in words.
 */
import { isDeepStrictEqual } from "node:util"
import type { Cell } from "../../src/notebook/cell.ts"
import { bookLibrary } from "../../src/notebook/library.ts"
import type { Output } from "../../src/notebook/output.ts"
import { type PlainResult, plainRun, sameOutputs } from "./random-model.ts"
import { Page, type View } from "./random-page.ts"
import { type Act, isEdit, type Story } from "./random-story.ts"

const lesson = "law"
const library = bookLibrary(async () => new Uint8Array())

/** What was looked at. */
export interface Tally {
  edits: number
  acts: number
  /** Cells with outputs of the reader's run, at rest, and how many of them were claimed to hold. */
  shown: number
  fresh: number
  /** How many of these were errors. */
  failed: number
  /** Runs of cells. */
  runs: number
}

export const noTally: Tally = { edits: 0, acts: 0, shown: 0, fresh: 0, failed: 0, runs: 0 }

/** The first act after which something is wrong, and what. */
export interface Wrong {
  after: number
  what: string
}

export async function play({ withBook, cells, acts }: Story, tally: Tally): Promise<Wrong | undefined> {
  const page = new Page(
    cells.map(({ id, lines, slow }) => ({ id, source: lines.join("\n"), slow })),
    withBook,
    { lesson, library },
  )
  const judge = new Judge(page)
  const past: { id: string; source: string }[] = []
  for (const [i, act] of acts.entries()) {
    const before = page.views.map(({ id, source }) => ({ id, source }))
    perform(page, act, past)
    if (act.do !== "undo")
      for (const was of before) if ((page.view(was.id)?.source ?? was.source) !== was.source) past.push(was)
    tally.acts++
    if (isEdit(act)) tally.edits++
    if (act.rest === false) {
      await new Promise((done) => setTimeout(done, 0))
      continue
    }
    await page.rest()
    const what = (await judge.law(tally)) ?? judge.liveness(act)
    if (what !== undefined) return { after: i, what }
  }
  tally.runs += page.ran.length
  return undefined
}

function perform(page: Page, act: Act, past: { id: string; source: string }[]): void {
  const ids = page.views.map((view) => view.id)
  const cells = page.views.map((view) => view.cell)
  const isThere = !("id" in act) || act.id === undefined || ids.includes(act.id)
  if (!isThere && act.do !== "insert") return
  switch (act.do) {
    case "run":
      page.run([act.id])
      break
    case "above":
      page.run(ids.slice(0, ids.indexOf(act.id)))
      break
    case "all":
      page.run(ids)
      break
    case "stop":
      page.stop()
      break
    case "restart":
      page.restart()
      break
    case "edit":
      page.edit(act.id, act.lines.join("\n"))
      break
    case "rename":
      for (const { id, source } of cells)
        if (act.id === undefined || act.id === id)
          page.edit(id, source.replaceAll(new RegExp(`\\b${act.from}\\b`, "g"), act.to))
      break
    case "change":
      page.change(act.id, act.key, act.value)
      break
    case "delete":
      page.arrange(cells.filter((cell) => cell.id !== act.id))
      break
    case "move": {
      const rest = cells.filter((cell) => cell.id !== act.id)
      page.arrange(rest.toSpliced(act.to, 0, cells.find((cell) => cell.id === act.id)!))
      break
    }
    case "insert": {
      if (isThere) break
      const cell: Cell = { id: act.id, source: (act.lines ?? []).join("\n") }
      page.arrange(cells.toSpliced(act.to, 0, cell))
      break
    }
    case "undo": {
      const was = past.pop()
      if (was) page.edit(was.id, was.source)
      break
    }
  }
}

class Judge {
  readonly #page: Page
  #key = ""
  #plain = new Map<string, PlainResult>()
  #anew: Map<string, Output[]> | undefined

  constructor(page: Page) {
    this.#page = page
  }

  /** What is on screen is what the model shows, or marked. */
  async law(tally: Tally): Promise<string | undefined> {
    await this.#model()
    for (const view of this.#page.views) {
      const { told, shown, because, outputs } = view
      if (told === "queued" || told === "running") return `“${view.id}” is ${told} while nothing runs`
      if (view.state === "stale" && !because) return `“${view.id}” is stale without a reason`
      if (shown !== "you") continue
      tally.shown++
      if (told === "stale" || told === "stopped") continue
      tally.fresh++
      if (told === "error") tally.failed++
      const plain = this.#plain.get(view.id)?.outputs ?? []
      if (!sameOutputs(outputs, plain) && !this.#mayWait(view))
        return `“${view.id}” is ${told} and shows ${print(outputs)}; the plain model shows ${print(plain)}`
      if (isDeepStrictEqual(outputs, plain)) continue
      // The words of a mistake are the notebook's own.
      const anew = (await this.#inNewNotebook()).get(view.id) ?? []
      if (!isDeepStrictEqual(outputs, anew))
        return `“${view.id}” is ${told} and shows ${print(outputs)}; a new notebook shows ${print(anew)}`
    }
    return undefined
  }

  /** A cell that says which cell it waits for shows less than the model: right where that cell failed, or waits too. */
  #mayWait(view: View): boolean {
    const error = view.outputs.find((output) => output.kind === "error")
    if (error?.kind !== "error" || error.name !== "Waiting") return false
    const cause = this.#page.view(/“(.*)”/.exec(error.message)?.[1] ?? "")
    return cause !== undefined && (this.#plain.get(cause.id)?.failed === true || this.#mayWait(cause))
  }

  /** Not everything is stale: what the reader has just run is not, whatever ran or follows with it. */
  liveness(act: Act): string | undefined {
    const { views } = this.#page
    const ids = views.map((view) => view.id)
    const asked =
      act.do === "all"
        ? ids
        : act.do === "above"
          ? ids.slice(0, Math.max(0, ids.indexOf(act.id)))
          : act.do === "run" || act.do === "change"
            ? [act.id]
            : []
    for (const view of views)
      if (asked.includes(view.id) && view.told !== "ok" && view.told !== "error")
        return `“${view.id}” is ${view.told} (${view.because}) after the reader has run it`
    return undefined
  }

  /** What the present texts and answers show when everything runs. */
  async #model(): Promise<void> {
    const { views, answers } = this.#page
    const cells = views.map((view) => view.cell)
    const key = JSON.stringify([cells, answers])
    if (key === this.#key) return
    this.#key = key
    this.#anew = undefined
    this.#plain = await plainRun(lesson, cells, answers, library)
  }

  async #inNewNotebook(): Promise<Map<string, Output[]>> {
    if (this.#anew) return this.#anew
    const page = new Page(
      this.#page.views.map((view) => view.cell),
      false,
      { lesson, library },
    )
    Object.assign(page.answers, this.#page.answers)
    page.run(page.views.map((view) => view.id))
    await page.rest()
    this.#anew = new Map(page.views.map((view) => [view.id, view.outputs]))
    return this.#anew
  }
}

function print(outputs: readonly Output[]): string {
  return JSON.stringify(outputs).slice(0, 400)
}
