/** @file The messages between a page and the worker that runs its cells. Plain cloneable data, one union each way. */
import type { Cell, CellState } from "./cell.ts"
import type { DeviceNews, DeviceUse } from "./device.ts"
import type { AllAnswers } from "./notebook.ts"
import type { Output } from "./output.ts"
import type { ProbeJob, ProbeResult } from "./probe.ts"

/** Page → worker. */
export type Request =
  /**
   * The lesson's cells in page order, with the reader's edits; nothing runs. `parsed` is the build's JSON about the
   * author's texts; every other text waits for the parser. `answers`: what inputs are set to, by cell and key.
   * `device`: where cells compute that choose none.
   */
  | {
      type: "open"
      lesson: string
      cells: Cell[]
      parsed?: string
      answers?: AllAnswers
      device?: string
    }
  | { type: "edit"; id: string; source: string; edited: boolean }
  /** The reader added, removed, moved or renamed cells: these are all, in page order; nothing runs. */
  | { type: "arrange"; cells: Cell[]; answers?: AllAnswers }
  /** Run these cells in page order; each after the stale or never-run cells that it needs. `asked` answers with `n`. */
  | { type: "run"; ids: string[]; n: number }
  /**
   * The reader has set inputs of a cell: it runs, and what depends on it follows, except for the `held` cells. `begun`
   * answers with `n` when that run begins; of many changes that wait only the newest values run.
   */
  | { type: "change"; id: string; answers: AllAnswers[string]; held: string[]; n: number }
  /** Forget everything that ran; sources stay. */
  | { type: "restart" }
  /** Run a learner's answer on probe inputs and return raw values (never a verdict). */
  | { type: "probe"; job: ProbeJob }
  /** Say which devices there are, or `compare` them. Answered by `device`, in a worker that runs no cell. */
  | { type: "devices"; compare: boolean }
  /** Files that a cell asked for by name (`digits`, `iris`), or why they are not to be had. */
  | { type: "file"; name: string; bytes?: Uint8Array; error?: string }
  /** The text bundle of a module that the worker's program imports on demand, or why it is not to be had. */
  | { type: "module"; name: string; text?: string; error?: string }

/** Worker → page. */
export type Reply =
  | { type: "ready" }
  /** `because` says in words why a cell is stale; `ms` how long the run took; `names` what the cell declares. */
  | { type: "state"; id: string; state: CellState; because?: string; ms?: number }
  /** One output of run `run` of cell `id`. An output with the same `slot` replaces the one before. */
  | { type: "output"; id: string; run: number; slot: number; output: Output }
  /** The run that was asked for with this number begins: what has been said of its cells before was of earlier ones. */
  | { type: "asked"; n: number }
  /** `driven`: the cells whose inputs have changed, and all that depend on them. */
  | { type: "begun"; n: number; driven: string[] }
  /** Nothing is queued or running. */
  | { type: "idle" }
  /** After `idle`: devices and memory of what has run in this worker. */
  | { type: "used"; use: DeviceUse }
  | { type: "device"; news: DeviceNews }
  /** A cell has spoilt for good what all code shares: this worker is of no use once it is idle, or at once if broken. */
  | { type: "worn"; isBroken?: boolean }
  | { type: "need-file"; name: string }
  | { type: "need-module"; name: string }
  | { type: "probed"; result: ProbeResult }
