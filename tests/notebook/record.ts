/** @file A notebook for tests that remembers what it said. */
import { readFile } from "node:fs/promises"
import type { Cell, CellState } from "../../src/notebook/cell.ts"
import { bookLibrary } from "../../src/notebook/library.ts"
import { Notebook, type NotebookOptions } from "../../src/notebook/notebook.ts"
import type { CellError, Output } from "../../src/notebook/output.ts"
import { buildLimits } from "../../src/notebook/run-outputs.ts"

export interface Recorded {
  notebook: Notebook
  /** Every run, in order. */
  ran: string[]
  /** Every output message, in order. */
  messages: { id: string; run: number; slot: number; output: Output }[]
  state: (id: string) => CellState | undefined
  because: (id: string) => string | undefined
  /** The outputs of the last run of a cell. */
  outputs: (id: string) => Output[]
  /** The text of the last text output or simple value of a cell. */
  shown: (id: string) => string | undefined
  error: (id: string) => CellError | undefined
}

/** `cells`: id → source, or options and source, in page order. */
export function record(
  cells: Record<string, string | Partial<Cell>>,
  options: Partial<NotebookOptions> = {},
): Recorded {
  const ran: string[] = []
  const states = new Map<string, { state: CellState; because?: string }>()
  const messages: Recorded["messages"] = []
  const list = Object.entries(cells).map(([id, cell]) => ({
    id,
    source: "",
    ...(typeof cell === "string" ? { source: cell } : cell),
  }))
  const notebook = new Notebook(list, {
    lesson: "test",
    library: bookLibrary(
      async (name) =>
        new Uint8Array(await readFile(`content/data/${name === "digits" ? "digits.bin" : "iris.csv"}`)),
    ),
    limits: buildLimits,
    ...options,
    observer: {
      state: (id, state, { because }) => {
        if (state === "running") ran.push(id)
        states.set(id, { state, because })
      },
      output: (id, run, slot, output) => messages.push({ id, run, slot, output }),
    },
  })
  const outputs = (id: string): Output[] => {
    const own = messages.filter((message) => message.id === id)
    const last = Math.max(...own.map(({ run }) => run))
    const slots = new Map(own.filter(({ run }) => run === last).map(({ slot, output }) => [slot, output]))
    return [...slots].sort(([a], [b]) => a - b).map(([, output]) => output)
  }
  return {
    notebook,
    ran,
    messages,
    state: (id) => states.get(id)?.state,
    because: (id) => states.get(id)?.because,
    outputs,
    shown: (id) => {
      const last = outputs(id).at(-1)
      if (last?.kind === "text" || last?.kind === "console") return last.text
      return last?.kind === "value" && last.value.type === "primitive" ? last.value.text : undefined
    },
    error: (id) => outputs(id).find((output) => output.kind === "error"),
  }
}
