/**
 * @file Where a stepper reads its states: from the output of a run, or from what the book's page shows of one. Draws
 * figures into their host; knows no buttons.
 */
import type { StepsOutput } from "../notebook/output.ts"
import { renderOutput } from "../notebook/render.ts"
import { stepsNotes, stepsTable } from "../notebook/render-steps.ts"
import { stepNumber, stepTexts } from "../notebook/step-text.ts"
import { mountFigure } from "./figure.ts"
import { setFormulas } from "./formula.ts"
import { unfoldable } from "./value-unfold.ts"

/** The states of one run, by their place from 0. */
export interface StepSource {
  names: string[]
  count: number
  /** Of all steps of the run, also those that were not kept. */
  total: number
  fromFirst: boolean
  number(k: number): number
  label(k: number): string | undefined
  texts(k: number): string[]
  /** Where it was recorded. */
  place(k: number): { cell: string; line: number } | undefined
  figure(k: number, host: HTMLElement): void
  /** What was left out and the table of all states, as markup, where they are not on the page yet. */
  notes?(): string
  table?(): string
}

export function sourceOf(output: StepsOutput): StepSource {
  const { states, figures, names, total, fromFirst } = output
  return {
    names,
    count: states.length,
    total,
    fromFirst,
    number: (k) => stepNumber(output, k),
    label: (k) => states[k].label,
    texts: (k) => stepTexts(output, states[k]),
    place: (k) => {
      const { cell, line } = states[k]
      return cell === undefined || line === undefined ? undefined : { cell, line }
    },
    figure: (k, host) => {
      const figure = states[k].figure === undefined ? undefined : figures[states[k].figure]
      // Until the new picture is drawn the old one holds its place.
      const picture = figure?.kind === "figure" ? [...(host.querySelector(".drawing")?.childNodes ?? [])] : []
      host.innerHTML = figure ? renderOutput(figure, "page") : ""
      host.querySelector("[data-figure]")?.append(...picture)
      if (figure?.kind === "figure") mountFigure(host, figure)
      if (figure?.kind === "value") unfoldable(host, figure.value)
      if (figure?.kind === "tex") setFormulas(host)
    },
    notes: () => stepsNotes(output),
    table: () => renderOutput(stepsTable(output), "page"),
  }
}

/** `root` and the table behind it were built with the page: what is told here is what they say. */
export function sourceOnPage(root: HTMLElement): StepSource {
  const table = root.parentElement?.querySelector<HTMLTableElement>(":scope > details table")
  const columns = [...(table?.tHead?.rows[0]?.cells ?? [])].map(({ textContent }) => textContent ?? "")
  const rows = [...(table?.tBodies[0]?.rows ?? [])].map((row) =>
    [...row.cells].map(({ textContent }) => textContent ?? ""),
  )
  const names = [...root.querySelectorAll("dt")].map(({ textContent }) => textContent ?? "")
  // A state may have words of its own between its number and its values.
  const first = columns.length - names.length
  const places = (root.dataset.places ?? "").split(" ")
  const figures = [...(root.querySelector("template")?.content.children ?? [])]
  const nodes = new Map<number, ChildNode[]>()
  /** Out of the template once, and then kept: whatever the reader did to it stays. */
  const taken = (k: number): ChildNode[] => {
    const own = nodes.get(k) ?? [...(figures[k]?.childNodes ?? [])]
    nodes.set(k, own)
    return own
  }
  const shown = Number(root.dataset.steps)
  const now = [...(root.querySelector(".steps-figure")?.childNodes ?? [])]
  return {
    names,
    count: rows.length,
    total: Number(root.dataset.total),
    fromFirst: root.dataset.first !== undefined,
    number: (k) => Number(rows[k][0]),
    label: (k) => (first > 1 ? rows[k][1] : undefined),
    texts: (k) => rows[k].slice(first).map((text) => text || "–"),
    place: (k) => {
      const [cell, line] = (places[k] ?? places[0]).split(":")
      return line === undefined ? undefined : { cell, line: Number(line) }
    },
    figure: (k, host) => swap(host, k === shown ? now : taken(k)),
  }
}

/** A figure that scrolls in its box stays where the reader has scrolled it, and in reach of the keyboard. */
function swap(host: HTMLElement, nodes: ChildNode[]): void {
  const before = host.querySelector(".drawing")
  const left = before?.scrollLeft ?? 0
  host.replaceChildren(...nodes)
  const now = host.querySelector(".drawing")
  if (!before || !now) return
  for (const name of ["tabindex", "role", "aria-label"]) {
    const own = before.getAttribute(name)
    if (own !== null) now.setAttribute(name, own)
  }
  now.scrollLeft = left
}
