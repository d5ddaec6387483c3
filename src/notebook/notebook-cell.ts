/** @file What a notebook keeps of one of its cells: its text, what was read in it, its last run. Runs nothing. */
import type { Analysis } from "./analyze.ts"
import type { Cell, CellState } from "./cell.ts"
import type { Reading } from "./cell-reader.ts"
import type { CompiledCell } from "./compile.ts"
import type { KnownCell } from "./freshness.ts"

export class NotebookCell implements KnownCell {
  readonly id: string
  title?: string
  slow?: boolean
  readonly static?: boolean
  readonly steps?: boolean
  /** The text that `analysis` and `problem` belong to. */
  source = ""
  analysis: Analysis | undefined
  problem: unknown
  /** The reader's text; it becomes `source` when it has been parsed. */
  latest: string
  /** That text is not the author's. */
  edited: boolean
  reading: Promise<void> | undefined
  unread = false
  answers: ReadonlyMap<string, unknown>
  /** It has not run here, but what it depends on is no longer what its outputs were made of, in these words. */
  outdated: string | undefined
  ran: KnownCell["ran"]
  touched: KnownCell["touched"] = new Map()
  compiled: CompiledCell | undefined
  runs = 0
  doing: "queued" | "running" | undefined
  told = ""

  constructor(
    { id, title, slow, static: isStatic, steps, source, edited = false }: Cell,
    answers: Readonly<Record<string, unknown>> = {},
  ) {
    this.id = id
    this.title = title
    this.slow = slow
    this.static = isStatic
    this.steps = steps
    this.latest = source
    this.edited = edited
    this.answers = new Map(Object.entries(answers))
  }

  /** The reader arranged the cells: what can change besides its text. `back`: it had been taken away. */
  become({ title, slow }: Cell, back: boolean): void {
    this.title = title
    this.slow = slow
    if (back) this.outdated = "it was taken away for a while, and its values with it"
  }

  take(source: string, { analysis, problem, unread = false }: Reading): void {
    this.source = source
    this.analysis = analysis
    this.problem = problem
    this.unread = unread
    this.reading = undefined
  }

  /** What the observer hears; `because` is why its last outputs no longer hold, if they do not. */
  stateOf(because: string | undefined): [CellState, { because?: string; ms?: number }] {
    if (this.doing) return [this.doing, {}]
    if (because !== undefined) return ["stale", { because }]
    if (!this.ran) return ["idle", {}]
    const { failed, ms } = this.ran
    return [failed ? "error" : "ok", Number.isFinite(ms) ? { ms } : {}]
  }
}
