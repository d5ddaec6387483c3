/** @file How a class fared, as a table, and what whoever grades should look at, as a list. Knows no file and no grader. */
import type { Standing } from "../notebook/class-summary.ts"

export function showStandings(table: HTMLTableElement, standings: readonly Standing[]): void {
  const [body] = table.tBodies
  body.replaceChildren(
    ...standings.map(({ exercise, answers, correct, score, mistakes }) => {
      const line = document.createElement("tr")
      const [most] = mistakes
      const head = document.createElement("th")
      head.scope = "row"
      head.textContent = exercise
      const share = cell(`${correct} of ${answers}`, "number")
      line.append(head, share, cell(score.toFixed(2), "number"), cell(""))
      if (most) {
        const says = document.createElement("small")
        says.textContent = most.says
        line.cells[3].append(`${most.note} (${most.count})`, says)
      }
      return line
    }),
  )
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
