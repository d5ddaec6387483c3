/** @file `<nn-sorts>`: every table in it sorts by its headings. Says which order that is, for those who do not see it. */
import { makeSortable } from "./sortable-table.ts"

class SortsElement extends HTMLElement {
  #connected = false

  connectedCallback(): void {
    if (this.#connected) return
    this.#connected = true
    const status = document.createElement("p")
    status.className = "visually-hidden"
    status.role = "status"
    this.append(status)
    for (const table of this.querySelectorAll("table")) {
      const names = [...(table.tHead?.rows[0].cells ?? [])].map((heading) => heading.textContent?.trim())
      makeSortable(table, undefined, (order) => {
        status.textContent = order
          ? `Sorted by ${names[order.column]}, ${order.direction}.`
          : "In the order of the book."
      })
    }
  }
}

if (!customElements.get("nn-sorts")) customElements.define("nn-sorts", SortsElement)
