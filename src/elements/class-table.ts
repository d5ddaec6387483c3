/** @file A class's grades as a table that sorts by its headings and shows a part at a time. Knows no file and no grader. */
import { type Row, whose } from "../notebook/class-row.ts"
import { type CsvValue, compareValues } from "../notebook/csv-text.ts"

const AT_ONCE = 200

interface Column {
  name: string
  value: (row: Row) => CsvValue
  show?: (row: Row) => string
  numeric?: boolean
}

export const verdictInWords = (verdict: string): string => verdict.replaceAll("-", " ")

const COLUMNS: Column[] = [
  { name: "Learner", value: whose },
  { name: "Exercise", value: ({ exercise }) => exercise || null },
  { name: "Verdict", value: ({ verdict }) => verdictInWords(verdict) },
  {
    name: "Score",
    value: ({ exercise, score }) => (exercise ? score : null),
    show: ({ exercise, score }) => (exercise ? score.toFixed(2) : ""),
    numeric: true,
  },
  { name: "Note", value: ({ note }) => note },
  { name: "Message", value: ({ message }) => message },
  { name: "Attempts", value: ({ attempts }) => attempts || null, numeric: true },
  { name: "Claimed", value: ({ claimed }) => verdictInWords(claimed) || null },
  { name: "Changed since", value: ({ changed }) => (changed ? "yes" : null) },
]

/** All that stands in a row, to be searched. */
export const wordsOf = (row: Row): string => COLUMNS.map(({ value }) => value(row) ?? "").join(" ")

type Tell = (shown: number, of: number, order: string) => void

export class ClassTable {
  readonly #table: HTMLTableElement
  readonly #tell: Tell
  #rows: readonly Row[] = []
  #shown = AT_ONCE
  #by: { column: number; isDown: boolean } | undefined

  /** `tell` hears how many rows stand in the table, of how many that could, and in which order, in words. */
  constructor(table: HTMLTableElement, tell: Tell) {
    this.#table = table
    this.#tell = tell
    const head = table.createTHead().insertRow()
    COLUMNS.forEach(({ name }, column) => {
      const heading = document.createElement("th")
      heading.scope = "col"
      const button = document.createElement("button")
      button.type = "button"
      button.textContent = name
      button.addEventListener("click", () => this.#sortBy(column))
      heading.append(button)
      head.append(heading)
    })
    table.createTBody()
  }

  /** From the first of them again, in the order that was chosen before. */
  show(rows: readonly Row[]): void {
    this.#rows = rows
    this.#shown = AT_ONCE
    this.#draw()
  }

  more(): void {
    this.#shown += AT_ONCE
    this.#draw()
  }

  /** Up, down, as they came. */
  #sortBy(column: number): void {
    const was = this.#by?.column === column ? this.#by : undefined
    this.#by = was?.isDown ? undefined : { column, isDown: was !== undefined }
    this.#draw()
  }

  #draw(): void {
    const by = this.#by
    const headings = this.#table.tHead?.rows[0].cells ?? []
    for (const [column, heading] of [...headings].entries()) {
      if (by?.column === column) heading.setAttribute("aria-sort", by.isDown ? "descending" : "ascending")
      else heading.removeAttribute("aria-sort")
    }
    const rows = by ? sorted(this.#rows, COLUMNS[by.column], by.isDown) : this.#rows
    const shown = rows.slice(0, this.#shown)
    this.#table.tBodies[0].replaceChildren(...shown.map(rowElement))
    const order = by
      ? `by ${COLUMNS[by.column].name.toLowerCase()}, ${by.isDown ? "descending" : "ascending"}`
      : ""
    this.#tell(shown.length, rows.length, order)
  }
}

function sorted(rows: readonly Row[], { value }: Column, isDown: boolean): Row[] {
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)]
    // What is no value stays at the end, whichever way the others go.
    return x === null || y === null || !isDown ? compareValues(x, y) : compareValues(y, x)
  })
}

function rowElement(row: Row): HTMLTableRowElement {
  const line = document.createElement("tr")
  line.dataset.verdict = row.verdict
  COLUMNS.forEach(({ value, show, numeric }, column) => {
    const cell = document.createElement(column === 0 ? "th" : "td")
    if (column === 0) (cell as HTMLTableCellElement).scope = "row"
    cell.textContent = show ? show(row) : String(value(row) ?? "")
    if (numeric) cell.className = "number"
    line.append(cell)
  })
  return line
}
