/**
 * @file What a reader can do with an output: sort a table, take a table or a figure away as a file. Comes to the
 * outputs of a cell when the reader first touches it.
 */
import { csvText, seriesRows } from "../notebook/csv-text.ts"
import css from "../styles/output-tools.css?inline"
import { addStyle } from "./added-style.ts"
import { saveFile } from "./save-file.ts"
import { cellValue, makeSortable, type Order } from "./sortable-table.ts"

const equipped = new WeakSet<Element>()

/** Gives its tools to every output in `host`, also to those that come later. `name` begins the names of files. */
export function equip(host: HTMLElement, name: string): void {
  if (equipped.has(host)) return
  equipped.add(host)
  addStyle("output-tools", css)
  const orders = new WeakMap<Element, Order | undefined>()
  const all = (): void => {
    for (const output of host.querySelectorAll<HTMLElement>(".output")) equipOne(output, name, orders)
  }
  // Before the next picture of the page is drawn, so that nothing moves.
  new MutationObserver(all).observe(host, { childList: true, subtree: true })
  all()
}

function equipOne(output: HTMLElement, name: string, orders: WeakMap<Element, Order | undefined>): void {
  // The box outlives what is drawn into it while a cell runs.
  const box = output.closest<HTMLElement>(".cell-output") ?? output
  const isInner = output.parentElement?.closest(".output") != null
  const keeper = isInner ? output : box
  for (const table of output.querySelectorAll<HTMLTableElement>("table:not(.tensor-grid)")) {
    if (equipped.has(table) || table.closest(".output") !== output) continue
    equipped.add(table)
    makeSortable(table, orders.get(keeper), (order) => orders.set(keeper, order))
  }
  if (equipped.has(output)) return
  const table = ownOf<HTMLTableElement>(output, "table:not(.tensor-grid)")
  const drawing = ownOf<HTMLElement>(output, ".drawing")
  const kinds: Record<string, () => void | Promise<void>> = {}
  const file = `${name}${numbered(box)}`
  if (drawing) {
    const picture = () => import("./picture-file.ts")
    kinds.PNG = async () => saveFile(`${file}.png`, await (await picture()).pngBlob(drawing), "image/png")
    kinds.SVG = async () => saveFile(`${file}.svg`, (await picture()).svgText(drawing), "image/svg+xml")
  }
  if (table) kinds.CSV = async () => saveFile(`${file}.csv`, await csvOf(box, output), "text/csv")
  if (Object.keys(kinds).length === 0) return
  equipped.add(output)
  const place = drawing ?? table?.closest(".scroll") ?? table
  place?.after(toolbar(kinds))
}

/** An output may hold others, which have tools of their own. */
function ownOf<E extends Element>(output: HTMLElement, selector: string): E | undefined {
  return [...output.querySelectorAll<E>(selector)].find((one) => one.closest(".output") === output)
}

/** The second output of a cell is told from the first by the name of its file. */
function numbered(box: Element): string {
  const at = [...(box.parentElement?.children ?? [])].indexOf(box)
  return at > 0 ? `-${at + 1}` : ""
}

async function csvOf(box: HTMLElement, output: HTMLElement): Promise<string> {
  const drawing = output.querySelector("[data-figure]")
  const shown = drawing ? (await import("./figure.ts")).shownIn(box) : undefined
  if (shown?.kind === "curve") {
    const { columns, rows } = seriesRows(shown.x, shown.series)
    return csvText(columns, rows)
  }
  if (shown?.kind === "figure" && shown.data) return csvText(shown.data.columns, shown.data.rows)
  const table = output.querySelector<HTMLTableElement>("table:not(.tensor-grid)")
  const columns = [...(table?.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent ?? "")
  const rows = [...(table?.tBodies[0]?.rows ?? [])].map((row) => [...row.cells].map(cellValue))
  return csvText(columns, rows)
}

function toolbar(kinds: Record<string, () => void | Promise<void>>): HTMLElement {
  const bar = document.createElement("div")
  bar.className = "output-tools"
  bar.role = "group"
  bar.ariaLabel = "Download"
  for (const [kind, act] of Object.entries(kinds)) {
    const button = document.createElement("button")
    button.type = "button"
    button.ariaLabel = `Download ${kind}`
    button.textContent = kind
    button.addEventListener("click", async () => {
      try {
        await act()
      } catch (problem) {
        say(bar, `No file was made: ${problem instanceof Error ? problem.message : String(problem)}.`)
      }
    })
    bar.append(button)
  }
  bar.prepend("Download ")
  return bar
}

function say(bar: HTMLElement, words: string): void {
  const line = bar.querySelector("p") ?? document.createElement("p")
  line.role = "status"
  bar.append(line)
  line.textContent = words
}
