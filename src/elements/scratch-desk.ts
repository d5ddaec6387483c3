/** @file What the parts of a scratchpad's page may ask of the one that is open. Does none of it. */
import type { FilledCell } from "./scratch-store.ts"

export interface ScratchDesk {
  readonly padId: string
  readonly name: string
  /** With the texts as they are on the page. */
  cells(): FilledCell[]
  /** Tells the reader, a screen reader too. */
  say(sentence: string): void
}
