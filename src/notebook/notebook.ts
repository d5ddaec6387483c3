/**
 * @file A lesson's cells in page order: runs them, each after what it needs, and says which are out of date and why.
 * Owns the values of the cells. Knows no page, no worker and no build.
 */
import { adviceFor } from "./advice.ts"
import type { Cell, CellState } from "./cell.ts"
import { CellReader, type LoadParser, type Reading } from "./cell-reader.ts"
import { compile } from "./compile.ts"
import { Driven } from "./driven.ts"
import { explain, readable } from "./explain.ts"
import { Freshness, type KnownCell, label } from "./freshness.ts"
import { Answers } from "./input-calls.ts"
import type { Library } from "./library.ts"
import { Links } from "./links.ts"
import { Live } from "./live.ts"
import { NotebookCell } from "./notebook-cell.ts"
import type { Output } from "./output.ts"
import type { ParsedTexts } from "./parsed.ts"
import { type Level, type OutputLimits, pageLimits, RunOutputs } from "./run-outputs.ts"
import { otherNames, scopeOf, wordsOf } from "./scope.ts"
import { cellSeed } from "./seed.ts"
import { valueAfter } from "./value-after.ts"

/** Hears what happens, in order. */
export interface NotebookObserver {
  state: (id: string, state: CellState, details: { because?: string; ms?: number }) => void
  /** An output with the same run and slot replaces the one before. */
  output: (id: string, run: number, slot: number, output: Output) => void
}

export interface NotebookOptions {
  lesson: string
  library: Library
  observer: NotebookObserver
  limits?: OutputLimits
  /** Texts that need no parser any more. */
  parsed?: ParsedTexts
  loadParser?: LoadParser
  /** What the reader has set inputs to: cell → key → value. */
  answers?: AllAnswers
  /** Looks at a run that is over, before the next one begins; what it finds is shown with it. Never rejects. */
  inspect?: (id: string, cells: readonly AnsweredCell[]) => Promise<Output | undefined>
  /** Called as soon as a cell's own code is through, before ours goes on; what it says is shown with the outputs. */
  tidy?: () => string | undefined
}

export type AnsweredCell = Cell & { answers: ReadonlyMap<string, unknown> }

export type AllAnswers = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export class Notebook {
  readonly #options: NotebookOptions
  readonly #reader: CellReader
  #cells: NotebookCell[]
  #epoch = 0
  #serial = 0
  /** The serial of the last run before this turn. */
  #since = 0
  #links: Links | undefined
  #queue: Promise<void> = Promise.resolve()
  #waiting = 0
  #current: RunOutputs | undefined
  /** The cells that are still to run in this turn, the running one first. */
  #left: NotebookCell[] = []
  #overtaken = false
  /** Waits for its turn; further changes join it. */
  #driven: Driven | undefined
  /** Cells came, went or moved since the plan was made. */
  #arranged = false
  /** The cells that were taken away, by id: what they are called. */
  readonly #gone = new Map<string, string>()

  /** Nothing runs. Cells marked `static` take no part. */
  constructor(cells: readonly Cell[], options: NotebookOptions) {
    this.#options = options
    this.#reader = new CellReader(options.parsed, options.loadParser)
    this.#cells = cells
      .filter((cell) => !cell.static)
      .map((cell) => new NotebookCell(cell, options.answers?.[cell.id]))
    for (const cell of this.#cells) this.#read(cell, () => {})
  }

  /**
   * The reader added, removed, moved or renamed cells: these are all, in page order. Nothing runs. A known cell keeps its
   * values, a new one takes its `answers`; what was still to run is planned anew.
   */
  arrange(cells: readonly Cell[], answers?: AllAnswers): void {
    const known = new Map(this.#cells.map((cell) => [cell.id, cell]))
    const listed = cells.filter((cell) => !cell.static)
    this.#cells = listed.map((cell) => known.get(cell.id) ?? new NotebookCell(cell, answers?.[cell.id]))
    this.#arranged = true
    for (const cell of listed) {
      if (known.delete(cell.id)) this.edit(cell.id, cell.source, cell.edited)
      else this.#read(this.#find(cell.id)!, () => this.#settle())
      this.#find(cell.id)?.become(cell, this.#gone.delete(cell.id))
    }
    for (const cell of known.values()) {
      this.#gone.set(cell.id, label(cell))
      if (cell.doing === "running") this.#current?.overtake()
    }
    this.#settle()
  }

  /** The reader changed a cell's text; nothing runs. It counts as soon as it is parsed, before anything runs after it. */
  edit(id: string, source: string, edited = false): void {
    const cell = this.#find(id)
    if (cell) cell.edited = edited
    if (!cell || cell.latest === source) return
    cell.latest = source
    this.#read(cell, () => this.#settle())
  }

  #read(cell: NotebookCell, then: () => void): void {
    const source = cell.latest
    const take = (reading: Reading): void => {
      if (cell.latest !== source) return
      cell.take(source, reading)
      then()
    }
    const reading = this.#reader.read(source)
    if (reading instanceof Promise) cell.reading = reading.then(take)
    else take(reading)
  }

  /** Resolves when every cell's text has been parsed, or cannot be. */
  async #readAll(): Promise<void> {
    for (const cell of this.#cells) if (cell.unread) this.#read(cell, () => {})
    while (this.#cells.some((cell) => cell.reading))
      await Promise.all(this.#cells.map((cell) => cell.reading))
  }

  /**
   * Runs these cells in page order, each after the cells that it needs and that are not fresh; then the quick cells
   * that depend on them. Calls queue up; `begins` is called when their turn comes. Resolves when these cells are through;
   * never rejects because of a cell.
   */
  run(ids: readonly string[], begins = (): void => {}): Promise<void> {
    return this.#takeTurn((epoch) => this.#runAll(ids, epoch, begins))
  }

  #takeTurn(act: (epoch: number) => Promise<void>): Promise<void> {
    const epoch = this.#epoch
    this.#waiting++
    const begin = (): Promise<void> => {
      this.#since = this.#serial
      return act(epoch)
    }
    const turn = this.#queue
      .then(() => (epoch === this.#epoch ? begin() : undefined))
      .finally(() => this.#waiting--)
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  /**
   * The reader has set inputs of a cell. It runs again, and the cells that depend on it follow by themselves, except
   * for those that are slow or `held`. A run that is overtaken by this ends at the next thing that it shows, and what is
   * left of its turn joins this one. However often it is called before its turn comes, it runs once, with the newest
   * values; then `begins` is called, each time.
   */
  change(
    id: string,
    answers: AllAnswers[string],
    held: readonly string[],
    begins = (): void => {},
  ): Promise<void> {
    const cell = this.#find(id)
    if (!cell) return Promise.resolve()
    cell.answers = new Map([...cell.answers, ...Object.entries(answers)])
    const below = this.#freshness().below(cell) as Set<NotebookCell>
    const [running] = this.#left
    if (running && this.#left.some((other) => other === cell || below.has(other))) {
      this.#overtaken = true
      if (running === cell || below.has(running)) this.#current?.overtake()
    }
    // A cell that has not run here has nothing to say yet: the page knows what it shows of it.
    this.#settle((other) => other.ran !== undefined)
    this.#driven ??= new Driven((driven) => this.#takeTurn((epoch) => this.#runDriven(driven, epoch)))
    return this.#driven.join(id, Object.keys(answers), held, begins)
  }

  /** The cells that depend on a cell, in page order. */
  below(id: string): string[] {
    const cell = this.#find(id)
    return cell ? [...this.#freshness().below(cell)].map((other) => other.id) : []
  }

  /** Nothing is queued or running. */
  get isIdle(): boolean {
    return this.#waiting === 0
  }

  /** Forgets everything that ran, and ignores what still runs. Sources stay. */
  restart(): void {
    this.#epoch++
    this.#driven = undefined
    this.#left = []
    this.#current?.close()
    this.#queue = Promise.resolve()
    for (const cell of this.#cells) {
      cell.ran = undefined
      cell.touched = new Map()
      cell.doing = undefined
    }
    this.#settle()
  }

  /** A line printed by code that has no console of its own. */
  print(level: Level, values: readonly unknown[]): void {
    if (!this.#current?.overtaken) this.#current?.print(level, values)
  }

  /** The value of an expression in the scope after a cell that has run. Throws what the expression throws. */
  async evaluate(id: string, expression: string): Promise<unknown> {
    const { analysis, problem } = await this.#reader.read(`(${expression}\n)`)
    if (!analysis) throw problem
    const after = this.#cells.slice(0, this.#cells.findIndex((cell) => cell.id === id) + 1)
    return valueAfter(after, analysis, this.#options.library)
  }

  #find(id: string): NotebookCell | undefined {
    return this.#cells.find((cell) => cell.id === id)
  }

  #freshness(): Freshness {
    const { library } = this.#options
    if (!this.#links?.fit(this.#cells)) this.#links = new Links(this.#cells, library)
    return new Freshness(this.#cells, this.#links, library.openness, this.#gone)
  }

  async #runAll(ids: readonly string[], epoch: number, begins = (): void => {}): Promise<void> {
    await this.#readAll()
    if (epoch !== this.#epoch) return
    begins()
    const targets = this.#cells.filter((cell) => ids.includes(cell.id))
    if (targets.length === 0) return
    const freshness = this.#freshness()
    await this.#runPlan(freshness.withFollowers(freshness.plan(targets)) as NotebookCell[], targets, epoch)
  }

  async #runDriven(driven: Driven, epoch: number): Promise<void> {
    // What the reader did while another cell ran is heard before anything runs.
    await driven.rest()
    if (epoch !== this.#epoch) return
    await this.#readAll()
    if (epoch !== this.#epoch) return
    this.#driven = undefined
    driven.begin()
    const targets = this.#cells.filter((cell) => driven.has(cell.id))
    const freshness = this.#freshness()
    const mayFollow = ({ id, slow, ran, source, analysis }: KnownCell): boolean =>
      !slow && !driven.held.has(id) && analysis !== undefined && (!ran || ran.source === source)
    const down = freshness.driven(targets, mayFollow)
    const plan = freshness.withFollowers(down) as NotebookCell[]
    for (const target of targets) this.#outdate(target, driven.because(target.id), plan)
    await this.#runPlan(plan, down, epoch)
  }

  async #runPlan(plan: NotebookCell[], asked: readonly KnownCell[], epoch: number): Promise<void> {
    for (const cell of plan) cell.doing = "queued"
    this.#left = [...plan]
    this.#overtaken = false
    this.#arranged = false
    this.#settle()
    let lacks = false
    for (const cell of plan) {
      await cell.reading
      if (epoch !== this.#epoch) return
      // What has just run may have shown that a cell between changes its object.
      lacks = cell !== plan[0] && this.#freshness().lacks(plan, cell, this.#since)
      if (this.#arranged || lacks) break
      await this.#runOne(cell, epoch)
      if (epoch !== this.#epoch) return
      if (this.#overtaken) break
      this.#left.shift()
      this.#settle()
    }
    const left = this.#left.filter((cell) => !lacks || asked.includes(cell))
    for (const cell of this.#left.splice(0)) {
      cell.doing = undefined
      if (this.#overtaken) this.#driven?.also(cell.id)
    }
    if (left.length > 0 || lacks) this.#settle()
    const ids = left.map(({ id }) => id)
    if (ids.length > 0 && !this.#overtaken) await this.#runAll(ids, epoch)
  }

  async #runOne(cell: NotebookCell, epoch: number): Promise<void> {
    const { library, lesson, observer, limits = pageLimits } = this.#options
    const run = ++cell.runs
    const outputs = new RunOutputs((slot, output) => {
      if (epoch === this.#epoch && this.#find(cell.id) === cell) observer.output(cell.id, run, slot, output)
    }, limits)
    const answers = new Answers(cell.answers)
    const bound = library.bind(outputs, answers, cell.steps)
    this.#current = outputs
    cell.doing = "running"
    this.#settle()
    const ran = {
      serial: ++this.#serial,
      source: cell.source,
      inputs: new Map<string, number>(),
      homes: new Map<string, string>(),
      answers: answers.read,
      failed: false,
      mistake: undefined as string | undefined,
      // A run that never starts says nothing about how long the cell takes.
      ms: cell.ran?.ms ?? Number.POSITIVE_INFINITY,
      names: {} as Record<string, unknown>,
    }
    let scope: Record<string, unknown> = {}
    const analysis = cell.analysis
    try {
      if (!analysis) throw cell.problem
      scope = scopeOf(cell, this.#cells, this.#freshness(), library, bound.values, ran)
      const names = Object.keys(scope)
      cell.compiled = compile(cell.id, analysis, names)
      this.#touch(cell)
      await bound.begin(cell.id)
      library.seed(cellSeed(lesson, cell.id))
      const began = performance.now()
      try {
        const result = await cell.compiled.run(...names.map((name) => scope[name]))
        this.#tidy(outputs)
        ran.names = result.names
        if (result.value !== undefined && !(result.value instanceof Live)) outputs.show(result.value)
        for (const advice of adviceFor(analysis, { ...scope, ...result.names }, result.value))
          outputs.add(advice)
      } finally {
        ran.ms = performance.now() - began
      }
      bound.end()
    } catch (thrown) {
      this.#tidy(outputs)
      const error = readable(thrown)
      if (outputs.overtaken && epoch === this.#epoch) {
        // Nobody waits for it any more: what ran before still counts, and says that it is out of date.
        outputs.close()
        cell.doing = undefined
        return
      }
      ran.failed = true
      ran.mistake = wordsOf(error)
      bound.end(true)
      outputs.fail(
        await explain(error, {
          cell: cell.id,
          source: cell.source,
          analysis,
          inputs: scope,
          compiled: (id) => this.#find(id)?.compiled,
        }),
      )
    }
    await outputs.settled()
    const found = await this.#options.inspect?.(cell.id, this.#cells)
    if (found && !outputs.overtaken) outputs.add(found)
    outputs.close()
    if (epoch !== this.#epoch) return
    cell.doing = undefined
    cell.outdated = undefined
    cell.ran = ran
    cell.touched = new Map()
    if (cell.edited) this.#outdate(cell, `the code of ${label(cell)} has changed`, this.#left)
  }

  #tidy(outputs: RunOutputs): void {
    const said = this.#options.tidy?.()
    if (said !== undefined && !outputs.overtaken) outputs.add({ kind: "advice", text: said })
  }

  /** Cells that have not run here and will not now: what is on screen of them was made before. */
  #outdate(cell: NotebookCell, because: string | undefined, plan: readonly NotebookCell[]): void {
    for (const other of this.#freshness().below(cell) as Set<NotebookCell>)
      if (!other.ran && !plan.includes(other)) other.outdated ??= because
  }

  /** Notes whose objects the cell may change from now on, even if it fails half way. */
  #touch(cell: NotebookCell): void {
    for (const place of this.#freshness().changed(cell)) {
      const home = this.#find(place.cell)
      home?.touched.set(place.name, [...(home.touched.get(place.name) ?? []), cell.id])
    }
  }

  /** Tells the observer every state that is not what it heard last. */
  #settle(concerns = (_: NotebookCell): boolean => true): void {
    const freshness = this.#freshness()
    for (const cell of this.#cells.filter(concerns)) {
      const because = cell.ran
        ? (freshness.because(cell) ?? otherNames(cell, this.#cells, freshness, this.#options.library))
        : cell.outdated
      const [state, details] = cell.stateOf(because)
      const told = JSON.stringify([state, details, cell.ran?.serial])
      if (told === cell.told) continue
      cell.told = told
      this.#options.observer.state(cell.id, state, details)
    }
  }
}
