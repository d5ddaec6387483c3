/** @file A lesson as it is taken away: its prose and its cells in order, with the reader's texts. Data only. */
import type { Cell } from "./cell.ts"

/** What a cell showed, as a notebook's file holds it: mimetype → content. */
export type OutputBundle = Record<string, string>

export type LessonPart =
  | { kind: "prose"; markdown: string }
  | {
      kind: "cell"
      cell: Cell
      /** The text is the reader's. */
      edited: boolean
      /** What the reader has set the cell's inputs to, by their keys. */
      inputs?: Record<string, unknown>
      /** What is on screen, if it belongs to the text. */
      outputs: OutputBundle[]
    }

export interface TakenLesson {
  what: "lesson" | "scratchpad"
  /** Names the files. */
  id: string
  title: string
  /** Where the lesson is read. */
  address: string
  parts: LessonPart[]
}

/** Where the cells live, as far as what they draw at random is concerned. */
export function placeOf({ what, id }: TakenLesson): string {
  return what === "scratchpad" ? what : id
}

/** As an argument of a call, behind the others; nothing where the reader has set nothing. */
export function inputsArgument(inputs: Record<string, unknown> = {}): string {
  return Object.keys(inputs).length === 0 ? "" : `, ${JSON.stringify(inputs)}`
}

export function cellsOf({ parts }: TakenLesson): Cell[] {
  return parts.flatMap((part) => (part.kind === "cell" ? [part.cell] : []))
}
