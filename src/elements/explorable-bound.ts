/**
 * @file The inputs of cells that move with controls of an explorable: what the reader moves here goes there, and back.
 * What a link or a cell has set goes there without running anything. Knows inputs by their markup.
 */
import { explorableOf, fromInput, toInput } from "../explorables/lib/binding.ts"
import { fitting, type InputControl, type InputValue, sameValue } from "../notebook/input.ts"
import type { CellDesk } from "./cell-desk.ts"
import type { CellView } from "./cell-views.ts"
import type { Desk } from "./explorable-desk.ts"

/** An input that has not moved for so many milliseconds has been let go. */
const LET_GO = 300

type CellElement = HTMLElement & Partial<Pick<CellView, "outdate">> & { desk?: CellDesk }

interface BoundInput {
  field: HTMLElement
  cell: CellElement
  binding: string
  key: string
  control: InputControl
  feeds: string[]
  /** What it is set to. */
  value: InputValue
  /** The reader or somebody else has set it. */
  isSet: boolean
}

/** `linked`: the explorable stands as a link says, and not as the inputs have been left. */
export function bindings(desk: Desk, linked: boolean): void {
  let before = linked ? undefined : desk.place.params
  if (!linked)
    for (const { binding, value, isSet } of boundInputs(desk.name))
      if (isSet) desk.place.params = fromInput(desk.explorable, binding, desk.place.params, value)
  before &&= desk.place.params
  let byReader = !linked
  let rest = 0
  desk.onpaint(() => {
    const { params } = desk.place
    const moved = params !== before
    before = params
    if (moved) tell(desk, byReader && !desk.foreign)
    byReader = true
  })
  desk.root.addEventListener(
    "ex-bound",
    (event) => {
      const { binding, value } = (event as CustomEvent<{ binding: string; value: InputValue }>).detail
      desk.change({ params: fromInput(desk.explorable, binding, desk.place.params, value) }, false)
      clearTimeout(rest)
      rest = window.setTimeout(() => desk.change({}), LET_GO)
    },
    { signal: desk.signal },
  )
  desk.signal.addEventListener("abort", () => clearTimeout(rest))
}

/** Those of the page, as they are now: a run may bring new ones. */
function boundInputs(name: string): BoundInput[] {
  return [...document.querySelectorAll<HTMLElement>("[data-bound]")].flatMap((field) => {
    const { bound: binding = "", input: key = "", about = "{}" } = field.dataset
    const cell = field.closest<CellElement>("nn-cell")
    if (explorableOf(binding) !== name || !cell?.desk) return []
    const { control, initial, feeds = [] } = JSON.parse(about)
    const answer = cell.desk.inputs.answers()[key]
    const value = fitting(control, answer, initial)
    return [{ field, cell, binding, key, control, feeds, value, isSet: answer !== undefined }]
  })
}

/** Tells the inputs what the controls show now. Their cells run if the reader has moved it, else they are out of date. */
function tell({ name, explorable, place }: Desk, byReader: boolean): void {
  for (const { field, cell, binding, key, control, feeds, value } of boundInputs(name)) {
    const now = toInput(explorable, binding, place.params, control, value)
    if (sameValue(now, value)) continue
    const { inputs } = cell.desk!
    if (byReader) inputs.change(key, now)
    else {
      inputs.lend({ ...inputs.answers(), [key]: now })
      for (const id of [cell.dataset.cell, ...feeds])
        document
          .querySelector<CellElement>(`nn-cell[data-cell="${CSS.escape(id ?? "")}"]`)
          ?.outdate?.(`“${key}” has changed`)
    }
    field.dispatchEvent(new CustomEvent("bound", { detail: now }))
  }
}
