/**
 * @file A lesson's cells in page order: runs them, each after what it needs, and says which are out of date and why.
 * Owns the values of the cells. Knows no page, no worker and no build.
 */
import type { Analysis } from "./analyze.ts"
import type { Cell, CellState } from "./cell.ts"
import { CellReader, type LoadParser, type Reading } from "./cell-reader.ts"
import { type CompiledCell, compile } from "./compile.ts"
import { CellMistake, explain } from "./explain.ts"
import { Freshness, type KnownCell, label } from "./freshness.ts"
import type { Library } from "./library.ts"
import { Live } from "./live.ts"
import { nearestName } from "./nearest-name.ts"
import type { Output } from "./output.ts"
import type { ParsedTexts } from "./parsed.ts"
import { type Level, type OutputLimits, pageLimits, RunOutputs } from "./run-outputs.ts"
import { cellSeed } from "./seed.ts"

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
}

/** Names of the machine that runs the build, which no page has. */
const machineNames =
  /^(process|Buffer|require|module|exports|global|__filename|__dirname|setImmediate|clearImmediate)$/

class NotebookCell implements KnownCell {
  readonly id: string
  readonly title?: string
  readonly slow?: boolean
  readonly static?: boolean
  /** The text that `analysis` and `problem` belong to. */
  source = ""
  analysis: Analysis | undefined
  problem: unknown
  /** The reader's text; it becomes `source` when it has been parsed. */
  latest: string
  reading: Promise<void> | undefined
  unread = false
  ran: KnownCell["ran"]
  touched: KnownCell["touched"] = new Map()
  compiled: CompiledCell | undefined
  runs = 0
  doing: "queued" | "running" | undefined
  told = ""

  constructor({ id, title, slow, static: isStatic, source }: Cell) {
    this.id = id
    this.title = title
    this.slow = slow
    this.static = isStatic
    this.latest = source
  }

  take(source: string, { analysis, problem, unread = false }: Reading): void {
    this.source = source
    this.analysis = analysis
    this.problem = problem
    this.unread = unread
    this.reading = undefined
  }
}

export class Notebook {
  readonly #options: NotebookOptions
  readonly #reader: CellReader
  #cells: NotebookCell[]
  #epoch = 0
  #serial = 0
  #queue: Promise<void> = Promise.resolve()
  #waiting = 0
  #current: RunOutputs | undefined

  /** Nothing runs. Cells marked `static` take no part. */
  constructor(cells: readonly Cell[], options: NotebookOptions) {
    this.#options = options
    this.#reader = new CellReader(options.parsed, options.loadParser)
    this.#cells = cells.filter((cell) => !cell.static).map((cell) => new NotebookCell(cell))
    for (const cell of this.#cells) this.#read(cell, () => {})
  }

  /** The reader changed a cell's text; nothing runs. It counts as soon as it is parsed, before anything runs after it. */
  edit(id: string, source: string): void {
    const cell = this.#find(id)
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
   * that depend on them. Calls queue up. Resolves when these cells are through; never rejects because of a cell.
   */
  run(ids: readonly string[]): Promise<void> {
    const epoch = this.#epoch
    this.#waiting++
    const turn = this.#queue
      .then(() => (epoch === this.#epoch ? this.#runAll(ids, epoch) : undefined))
      .finally(() => this.#waiting--)
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  /** Nothing is queued or running. */
  get isIdle(): boolean {
    return this.#waiting === 0
  }

  /** Forgets everything that ran, and ignores what still runs. Sources stay. */
  restart(): void {
    this.#epoch++
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
    this.#current?.print(level, values)
  }

  /** The value of an expression in the scope after a cell that has run. Throws what the expression throws. */
  async evaluate(id: string, expression: string): Promise<unknown> {
    const { analysis, problem } = await this.#reader.read(`(${expression}\n)`)
    if (!analysis) throw problem
    const after = this.#cells.slice(0, this.#cells.findIndex((cell) => cell.id === id) + 1)
    const { values } = this.#options.library.bind(new RunOutputs(() => {}, pageLimits))
    const scope: Record<string, unknown> = {}
    for (const name of analysis.uses.keys()) {
      const home = after.findLast((cell) => cell.analysis?.declares.has(name))
      if (home?.ran) scope[name] = home.ran.names[name]
      else if (Object.hasOwn(values, name)) scope[name] = values[name]
    }
    const names = Object.keys(scope)
    return (await compile(`${id}-value`, analysis, names).run(...names.map((name) => scope[name]))).value
  }

  #find(id: string): NotebookCell | undefined {
    return this.#cells.find((cell) => cell.id === id)
  }

  #freshness(): Freshness {
    return new Freshness(this.#cells, this.#options.library, this.#options.library.openness)
  }

  async #runAll(ids: readonly string[], epoch: number): Promise<void> {
    await this.#readAll()
    if (epoch !== this.#epoch) return
    const targets = this.#cells.filter((cell) => ids.includes(cell.id))
    if (targets.length === 0) return
    const freshness = this.#freshness()
    const plan = freshness.withFollowers(freshness.plan(targets)) as NotebookCell[]
    for (const cell of plan) cell.doing = "queued"
    this.#settle()
    for (const cell of plan) {
      await cell.reading
      if (epoch !== this.#epoch) return
      await this.#runOne(cell, epoch)
      if (epoch !== this.#epoch) return
      this.#settle()
    }
  }

  async #runOne(cell: NotebookCell, epoch: number): Promise<void> {
    const { library, lesson, observer, limits = pageLimits } = this.#options
    const run = ++cell.runs
    const outputs = new RunOutputs((slot, output) => {
      if (epoch === this.#epoch) observer.output(cell.id, run, slot, output)
    }, limits)
    const bound = library.bind(outputs)
    this.#current = outputs
    cell.doing = "running"
    this.#settle()
    const ran = {
      serial: ++this.#serial,
      source: cell.source,
      inputs: new Map<string, number>(),
      failed: false,
      // A run that never starts says nothing about how long the cell takes.
      ms: cell.ran?.ms ?? Number.POSITIVE_INFINITY,
      names: {} as Record<string, unknown>,
    }
    let scope: Record<string, unknown> = {}
    const analysis = cell.analysis
    try {
      scope = this.#scope(cell, bound.values, ran.inputs)
      const names = Object.keys(scope)
      cell.compiled = compile(cell.id, analysis as Analysis, names)
      this.#touch(cell)
      library.seed(cellSeed(lesson, cell.id))
      const began = performance.now()
      try {
        const result = await cell.compiled.run(...names.map((name) => scope[name]))
        ran.names = result.names
        if (result.value !== undefined && !(result.value instanceof Live)) outputs.show(result.value)
      } finally {
        ran.ms = performance.now() - began
      }
      bound.end()
    } catch (error) {
      ran.failed = true
      bound.end()
      outputs.fail(
        explain(error, {
          cell: cell.id,
          analysis,
          inputs: scope,
          compiled: (id) => this.#find(id)?.compiled,
        }),
      )
    }
    outputs.close()
    if (epoch !== this.#epoch) return
    cell.doing = undefined
    cell.ran = ran
    cell.touched = new Map()
  }

  /** What the cell gets from outside. Throws a {@link CellMistake} where that is not to be had. */
  #scope(
    cell: NotebookCell,
    library: Record<string, unknown>,
    inputs: Map<string, number>,
  ): Record<string, unknown> {
    if (!cell.analysis) throw cell.problem
    const freshness = this.#freshness()
    this.#checkAssignments(cell, freshness)
    for (const id of freshness.needs(cell).keys()) {
      const other = this.#find(id)
      if (other?.ran) inputs.set(id, other.ran.serial)
    }
    for (const id of freshness.needs(cell).keys()) {
      const other = this.#find(id)
      if (!other?.ran || !freshness.isFresh(other))
        throw new CellMistake(
          "Waiting",
          `This cell waits for ${label(other ?? { id })}, which stopped with an error.`,
        )
    }
    const scope: Record<string, unknown> = {}
    for (const [name, at] of cell.analysis.uses) {
      const home = freshness.source(cell, name)
      if (home?.ran) scope[name] = home.ran.names[name]
      else if (Object.hasOwn(library, name)) scope[name] = library[name]
      else if (machineNames.test(name) || !(name in globalThis)) throw this.#undeclared(cell, name, at)
    }
    return scope
  }

  #checkAssignments(cell: NotebookCell, freshness: Freshness): void {
    for (const [name, at] of cell.analysis?.assigns ?? []) {
      const home = freshness.source(cell, name)
      if (home)
        throw new CellMistake(
          "AssignmentError",
          `\`${name}\` belongs to ${label(home)} and cannot be assigned here.`,
          at,
          `Declare a name of this cell, such as \`let ${name}2 = ${name}\`, or make the change in ${label(home)}.`,
        )
      if (this.#options.library.has(name))
        throw new CellMistake(
          "AssignmentError",
          `\`${name}\` belongs to the book's library and cannot be assigned.`,
          at,
          `Declare your own: \`let ${name} = …\`.`,
        )
      if (!(name in globalThis)) throw this.#undeclared(cell, name, at, `Declare it: \`let ${name} = …\`.`)
    }
  }

  #undeclared(
    cell: NotebookCell,
    name: string,
    at: { line: number; column: number },
    hint?: string,
  ): CellMistake {
    const below = this.#cells.slice(this.#cells.indexOf(cell) + 1).find((c) => c.analysis?.declares.has(name))
    if (below)
      return new CellMistake(
        "ReferenceError",
        `\`${name}\` is not declared yet: ${label(below)}, further down, declares it.`,
        at,
        "A cell sees the names of the cells above it only. Move the declaration up.",
      )
    const above = this.#cells.slice(0, this.#cells.indexOf(cell))
    const known = [
      ...(cell.analysis?.declares ?? []),
      ...above.flatMap((c) => [...(c.analysis?.declares ?? [])]),
      ...this.#options.library.names,
    ]
    const meant = nearestName(name, known)
    return new CellMistake(
      "ReferenceError",
      `\`${name}\` is not declared in this cell or above.`,
      at,
      hint ?? (meant && `Did you mean \`${meant}\`?`),
    )
  }

  /** Notes whose objects the cell may change from now on, even if it fails half way. */
  #touch(cell: NotebookCell): void {
    for (const place of this.#freshness().changed(cell)) {
      const home = this.#find(place.cell)
      home?.touched.set(place.name, [...(home.touched.get(place.name) ?? []), cell.id])
    }
  }

  /** Tells the observer every state that is not what it heard last. */
  #settle(): void {
    const freshness = this.#freshness()
    for (const cell of this.#cells) {
      const because = cell.doing ? undefined : freshness.because(cell)
      const state: CellState =
        cell.doing ??
        (!cell.ran ? "idle" : because !== undefined ? "stale" : cell.ran.failed ? "error" : "ok")
      const details = {
        ...(state === "stale" && { because }),
        ...(cell.ran &&
          Number.isFinite(cell.ran.ms) &&
          (state === "ok" || state === "error") && { ms: cell.ran.ms }),
      }
      const told = JSON.stringify([state, details, cell.ran?.serial])
      if (told === cell.told) continue
      cell.told = told
      this.#options.observer.state(cell.id, state, details)
    }
  }
}
