/** @file `Plot` as a cell sees it: calls of Observable Plot are kept as data. Neither draws nor loads Plot. */
import { finishLater, reading } from "./late-values.ts"
import { freezeFigure, Unrecordable } from "./plot-freeze.ts"
import { FIGURES, isPlotCall, MARKS } from "./plot-names.ts"

/** One recorded call, `Plot.name(...args)`, not yet made into data. */
export class PlotCall {
  readonly name: string
  readonly args: unknown[]

  constructor(name: string, args: unknown[]) {
    this.name = name
    this.args = args
  }

  /** A mark alone as a figure, as in Observable Plot: `Plot.dot(…).plot({grid: true})`. */
  plot(options: Record<string, unknown> = {}): PlotFigure {
    if (!MARKS.has(this.name)) {
      throw new TypeError(`Plot.${this.name}: only a mark has .plot(); put this inside a mark’s options.`)
    }
    const marks = options.marks === undefined ? [this] : [options.marks, this]
    return new PlotFigure("plot", [{ ...options, marks }])
  }
}

const isCall = (value: unknown): boolean => value instanceof PlotCall

/** A finished figure: its functions have been called and its data copied, so that it can be sent and drawn. */
export class PlotFigure {
  /** `{$plot: "plot", args: [{marks: [{$plot: "dot", args: […]}], …}]}`: plain cloneable data. */
  spec: unknown
  /** As markup, where functions of the cell are called while it is drawn: then it is drawn where the cell runs. */
  svg: string | undefined

  constructor(name: string, args: unknown[]) {
    try {
      const spec = reading(args, (all) => freezeFigure(name, all, isCall))
      if (spec instanceof Promise) finishLater(this, this.#take(spec))
      else this.spec = spec
    } catch (problem) {
      if (!(problem instanceof Unrecordable)) throw problem
      this.spec = freezeFigure(name, args, isCall, true)
      finishLater(this, this.#draw())
    }
  }

  async #take(spec: Promise<unknown>): Promise<void> {
    this.spec = await spec
  }

  async #draw(): Promise<void> {
    const { drawHere } = await import("./draw-here.ts")
    this.svg = drawHere(this.spec)
  }
}

const VALUES: Record<string, unknown> = {
  identity: (value: unknown) => value,
  indexOf: (_: unknown, index: number) => index,
  valueof: (data: Iterable<Record<string, unknown>>, value: unknown) =>
    Array.from(data, typeof value === "function" ? (value as () => unknown) : (row) => row[String(value)]),
  interpolateNone: "none",
  interpolateNearest: "nearest",
}

function record(name: string): unknown {
  if (name in VALUES) return VALUES[name]
  if (!isPlotCall(name)) return undefined
  if (FIGURES.has(name)) return (...args: unknown[]) => new PlotFigure(name, args)
  return (...args: unknown[]) => new PlotCall(name, args)
}

const made = new Map<string, unknown>()

/**
 * Observable Plot, recorded: every mark, transform and `plot` takes the arguments that it takes in the library.
 * Accessor functions are called at once over the mark's data; a field given as a function of (x, y) is sampled.
 */
export const Plot: Record<string, (...args: never[]) => unknown> = new Proxy(
  {},
  {
    get(_, key) {
      if (typeof key !== "string") return undefined
      if (!made.has(key)) made.set(key, record(key))
      return made.get(key)
    },
    has: (_, key) => typeof key === "string" && record(key) !== undefined,
  },
)
