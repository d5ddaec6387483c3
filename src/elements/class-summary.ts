/** @file How a class fared, as a table, and what whoever grades should look at, as a list. Knows no file and no grader. */
import type { Standing } from "../notebook/class-summary.ts"
import { makeSortable, type Order } from "./sortable-table.ts"

const HEADINGS = ["Exercise", "Answers", "Correct", "Mean score", "Most frequent mistake"]

/** `order` is the one that the reader has chosen, `chosen` hears of another. */
export function showStandings(
  table: HTMLTableElement,
  standings: readonly Standing[],
  order: Order | undefined,
  chosen: (order: Order | undefined) => void,
): void {
  const headings = HEADINGS.map((text) => {
    const heading = document.createElement("th")
    heading.scope = "col"
    heading.textContent = text
    return heading
  })
  table.createTHead().replaceChildren(document.createElement("tr"))
  table.tHead?.rows[0].append(...headings)
  const body = table.tBodies[0] ?? table.createTBody()
  body.replaceChildren(
    ...standings.map(({ exercise, answers, correct, score, mistakes }) => {
      const line = document.createElement("tr")
      const [most] = mistakes
      const head = document.createElement("th")
      head.scope = "row"
      head.textContent = exercise
      const share = cell(`${correct} (${Math.round((100 * correct) / answers)} %)`, "number")
      share.dataset.value = String(correct / answers)
      line.append(head, cell(`${answers}`, "number"), share, cell(score.toFixed(2), "number"), cell(""))
      if (most) {
        const says = document.createElement("small")
        says.textContent = most.says
        line.cells[4].append(`${most.note} (${most.count})`, says)
      }
      return line
    }),
  )
  makeSortable(table, order, chosen)
}

export function showList(list: HTMLElement, sentences: readonly string[]): void {
  list.replaceChildren(
    ...sentences.map((sentence) => {
      const item = document.createElement("li")
      item.textContent = sentence
      return item
    }),
  )
  list.hidden = sentences.length === 0
}

function cell(text: string, name = ""): HTMLTableCellElement {
  const made = document.createElement("td")
  made.textContent = text
  if (name) made.className = name
  return made
}
