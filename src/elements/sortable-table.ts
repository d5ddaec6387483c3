/** @file A table on the page whose columns sort by a press of their heading. Knows no files and no cells. */
import { type CsvValue, compareValues, shownValue } from "../notebook/csv-text.ts"

type Direction = "ascending" | "descending"

export interface Order {
  column: number
  direction: Direction
}

export function cellValue(cell: HTMLTableCellElement): CsvValue {
  return shownValue(cell.dataset.value ?? cell.textContent ?? "")
}

/** Puts a button into each heading. `order` is what the reader wants, `chosen` hears when that changes. */
export function makeSortable(
  table: HTMLTableElement,
  order: Order | undefined,
  chosen: (order: Order | undefined) => void,
): void {
  const [body] = table.tBodies
  const headings = [...(table.tHead?.rows[0]?.cells ?? [])]
  if (!body || headings.length === 0 || body.rows.length < 2) return
  const rows = [...body.rows]
  const show = (next: Order | undefined): void => {
    headings.forEach((heading, column) => {
      if (next?.column === column) heading.setAttribute("aria-sort", next.direction)
      else heading.removeAttribute("aria-sort")
    })
    body.append(...(next ? sorted(rows, next) : rows))
  }
  let now = order
  headings.forEach((heading, column) => {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "sort"
    button.append(...heading.childNodes)
    button.addEventListener("click", () => {
      now = after(now?.column === column ? now : undefined, column)
      show(now)
      chosen(now)
    })
    heading.append(button)
  })
  if (now) show(now)
}

/** Up, down, as it was. */
function after(order: Order | undefined, column: number): Order | undefined {
  if (!order) return { column, direction: "ascending" }
  return order.direction === "ascending" ? { column, direction: "descending" } : undefined
}

function sorted(rows: readonly HTMLTableRowElement[], { column, direction }: Order): HTMLTableRowElement[] {
  const keyed = rows.map((row) => ({ row, value: cellValue(row.cells[column]) }))
  const isNone = (value: CsvValue): boolean => value === null || Number.isNaN(value)
  return keyed
    .sort((a, b) => {
      // What is no value stays at the end, whichever way the others go.
      if (isNone(a.value) || isNone(b.value) || direction === "ascending")
        return compareValues(a.value, b.value)
      return compareValues(b.value, a.value)
    })
    .map(({ row }) => row)
}
