/** @file What the parts of a cell that are loaded on demand may ask of it: its texts, its notices. Does none of it. */
import type { CellHead } from "./cell-head.ts"
import type { InputOwner } from "./cell-inputs.ts"
import type { Edits } from "./edits.ts"
import type { Why } from "./history.ts"

export interface CellDesk {
  readonly lesson: string
  readonly id: string
  /** What it is called in sentences. */
  label: string
  readonly readonly: boolean
  readonly edits: Edits
  readonly head: CellHead
  readonly inputs: InputOwner
  /** Puts a text in the place of the reader's, which stays among the versions. It is shown and saved, not run. */
  put(source: string, why: Why): void
  /** Takes the author's text, as the button does. */
  reset(): void
  /** Draws what the edits hold now, which somebody has changed. */
  refresh(): void
}

/** The cells of this page that are alive, in order. */
export function desks(): CellDesk[] {
  return [...document.querySelectorAll<HTMLElement & { desk?: CellDesk }>("nn-cell")].flatMap(({ desk }) =>
    desk ? [desk] : [],
  )
}
