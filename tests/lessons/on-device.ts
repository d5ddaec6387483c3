/** @file Runs the cells of a lesson on one device and collects every number that they show. Same code in Node and in a page. */
import { setDevice } from "../../engine/index.ts"
import type { Cell } from "../../src/notebook/cell.ts"
import { bookLibrary } from "../../src/notebook/library.ts"
import { Notebook } from "../../src/notebook/notebook.ts"
import type { Output } from "../../src/notebook/output.ts"
import { buildLimits } from "../../src/notebook/run-outputs.ts"

export interface LessonTask {
  readonly id: string
  readonly cells: readonly Cell[]
}

/** What a cell showed: the numbers in the order in which they stand there, or why it stopped. */
export interface Shown {
  readonly numbers: number[]
  readonly error?: string
}

const written = /[-−]?(?:\d+\.?\d*|\.\d+)(?:e[-+−]?\d+)?/gi

/** The numbers in a value of any kind: themselves, and those that its texts spell. */
function collect(value: unknown, into: number[]): void {
  if (typeof value === "number") into.push(value)
  else if (typeof value === "string")
    for (const [text] of value.matchAll(written)) into.push(Number(text.replaceAll("−", "-")))
  else if (ArrayBuffer.isView(value)) into.push(...(value as Float32Array))
  else if (value instanceof Map) for (const [, entry] of value) collect(entry, into)
  else if (typeof value === "object" && value !== null)
    for (const part of Object.values(value)) collect(part, into)
}

/** How long it took is no result. */
function numbersOf(output: Output, into: number[]): void {
  if (output.kind === "progress") collect([output.value, output.max], into)
  else collect(output, into)
}

export async function shownOn(
  device: string,
  { id, cells }: LessonTask,
  readData: (name: string) => Promise<Uint8Array>,
): Promise<Record<string, Shown>> {
  const outputs = new Map<string, Map<number, Output>>()
  const notebook = new Notebook(cells, {
    lesson: id,
    library: bookLibrary(readData, device),
    limits: buildLimits,
    observer: {
      state: (cell, state) => {
        if (state === "running") outputs.set(cell, new Map())
      },
      output: (cell, _, slot, output) => outputs.get(cell)?.set(slot, output),
    },
  })
  const shown: Record<string, Shown> = {}
  for (const cell of cells) {
    if (cell.static) continue
    await notebook.run([cell.id])
    const list = [...(outputs.get(cell.id) ?? [])].sort(([a], [b]) => a - b).map(([, output]) => output)
    const numbers: number[] = []
    for (const output of list) numbersOf(output, numbers)
    const error = list.find((output) => output.kind === "error")
    shown[cell.id] = { numbers, ...(error?.kind === "error" ? { error: error.message } : {}) }
  }
  await setDevice("cpu")
  return shown
}
