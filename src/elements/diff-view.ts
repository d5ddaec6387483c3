/** @file Two texts as one list of lines, with what came and what is gone. Knows nothing of cells. */
import { countChanges, diffLines, type LineChange } from "../notebook/line-diff.ts"
import css from "../styles/versions.css?inline"
import { addStyle } from "./added-style.ts"
import { element } from "./cell-head.ts"

/** Equal lines around a change that are shown; a longer stretch of them is folded. */
const CONTEXT = 3
const SIGNS = { same: " ", removed: "−", added: "+" }
const ELEMENTS = { same: "span", removed: "del", added: "ins" }

/** A figure: `title`, then the lines. */
export function diffView(title: string, before: string, after: string): HTMLElement {
  addStyle("versions", css)
  const changes = diffLines(before, after)
  const caption = `${title}: ${inWords(countChanges(changes))}`
  const figure = element("figure", "diff")
  const pre = element("pre", "code")
  pre.tabIndex = 0
  pre.setAttribute("role", "group")
  pre.setAttribute("aria-label", title)
  const code = element("code")
  let skipped = 0
  changes.forEach((change, i) => {
    if (isFar(changes, i)) skipped++
    else {
      if (skipped > 0) code.append(fold(skipped))
      skipped = 0
      code.append(lineOf(change))
    }
  })
  if (skipped > 0) code.append(fold(skipped))
  pre.append(code)
  figure.append(element("figcaption", "", caption), pre)
  return figure
}

/** Shows differences below a question, in the place of those that were there. */
export function compareIn(notice: HTMLElement, views: HTMLElement[]): void {
  for (const old of notice.querySelectorAll("figure")) old.remove()
  notice.append(...views)
  views[0].querySelector("pre")?.focus()
}

export function inWords({ added, removed }: { added: number; removed: number }): string {
  if (added + removed === 0) return "no difference"
  const lines = (n: number): string => `${n} ${n === 1 ? "line" : "lines"}`
  if (removed === 0) return `${lines(added)} added`
  if (added === 0) return `${lines(removed)} removed`
  return `${lines(added)} added, ${lines(removed)} removed`
}

function isFar(changes: LineChange[], i: number): boolean {
  const near = changes.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1)
  return near.every(({ kind }) => kind === "same")
}

function fold(lines: number): HTMLElement {
  return element("span", "diff-fold", `… ${lines} equal ${lines === 1 ? "line" : "lines"}\n`)
}

function lineOf({ kind, line }: LineChange): HTMLElement {
  const shown = element(ELEMENTS[kind])
  const sign = element("span", "diff-sign", SIGNS[kind])
  sign.setAttribute("aria-hidden", "true")
  shown.append(sign)
  if (kind !== "same") shown.append(element("span", "visually-hidden", `${kind}: `))
  shown.append(`${line}\n`)
  return shown
}
