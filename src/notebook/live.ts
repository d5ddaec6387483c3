/** @file Outputs that change while a cell runs: displayed values, curves, progress. Knows slots, not cells. */
import { Tensor } from "../../engine/index.ts"
import { display } from "./display.ts"
import { reading, valuesOf } from "./late-values.ts"
import type { CurveSeries, Output } from "./output.ts"
import type { LiveSlot } from "./run-outputs.ts"

/** What `display` and its like return: it is on the page already, so as a cell's last value it shows nothing. */
export class Live {
  readonly #slot: LiveSlot

  constructor(slot: LiveSlot) {
    this.#slot = slot
  }

  protected replace(make: () => Output | Promise<Output>): void {
    this.#slot.update(make)
  }

  /** The run is not over before this has come. */
  protected wait(coming: Promise<unknown>): void {
    this.#slot.wait(coming)
  }
}

/** A value on the page that can be replaced; a table by another table. */
export class DisplayedValue extends Live {
  readonly #as: (value: unknown) => Output

  constructor(slot: LiveSlot, as: (value: unknown) => Output = display) {
    super(slot)
    this.#as = as
  }

  /**
   * Shows `value` instead, at most about 30 times a second; the last one is always shown. A function is called only
   * when a frame is drawn, so that costly pictures are made only when somebody can see them.
   */
  update(value: unknown): this {
    this.replace(() => reading(typeof value === "function" ? value() : value, this.#as))
    return this
  }
}

export interface CurveOptions {
  /** Label of the horizontal axis. */
  x?: string
  /** Label of the vertical axis, with its unit. */
  y?: string
  /** Logarithmic vertical axis. */
  log?: boolean
}

/** A longer series keeps every second point, again and again. */
const MOST_POINTS = 4000

/** A value that is still to come is NaN, a gap. */
interface Point {
  x: number
  y: number
}

/** One line of a curve: evenly thinned, its last point always there. */
class Series {
  readonly name: string
  #points: Point[] = []
  #stride = 1
  #count = 0
  #last: Point = { x: 0, y: 0 }

  constructor(name: string) {
    this.name = name
  }

  get count(): number {
    return this.#count
  }

  push(point: Point): void {
    this.#last = point
    if (this.#count++ % this.#stride !== 0) return
    this.#points.push(point)
    if (this.#points.length < MOST_POINTS) return
    this.#points = this.#points.filter((_, i) => i % 2 === 0)
    this.#stride *= 2
  }

  output(): CurveSeries {
    const isComplete = (this.#count - 1) % this.#stride === 0
    const points = isComplete ? this.#points : [...this.#points, this.#last]
    return { name: this.name, x: points.map(({ x }) => x), y: points.map(({ y }) => y) }
  }
}

/** A curve that grows: `const losses = curve("Loss", { x: "step" })`, then `losses.push({ train: loss })`. */
export class LiveCurve extends Live {
  #title: string
  #options: CurveOptions
  #series = new Map<string, Series>()
  #isOver = false

  constructor(slot: LiveSlot, title: string, options: CurveOptions) {
    super(slot)
    this.#title = title
    this.#options = options
  }

  /** Adds one point to each named line, at `x` or, without it, at 0, 1, 2, … */
  push(values: Record<string, number | Tensor>, x?: number): this {
    if (typeof values !== "object" || values === null || values instanceof Tensor)
      throw new TypeError(
        "curve.push: the values need names, because a curve can have several lines; write push({ loss: value }).",
      )
    for (const [name, value] of Object.entries(values)) {
      const series = this.#series.get(name) ?? new Series(name)
      this.#series.set(name, series)
      const number = reading(value, (one) => (one instanceof Tensor ? numberOf(one) : Number(one)))
      const point = { x: x ?? series.count, y: typeof number === "number" ? number : Number.NaN }
      series.push(point)
      if (typeof number !== "number") this.wait(number.then((y) => this.#fill(point, y)))
    }
    this.#show()
    return this
  }

  #fill(point: Point, y: number): void {
    point.y = y
    this.#show()
  }

  #show(): void {
    this.replace(() => this.output(!this.#isOver))
  }

  output(live: boolean): Output {
    const { x = "step", y = "", log = false } = this.#options
    const series = [...this.#series.values()].map((one) => one.output())
    return { kind: "curve", title: this.#title, x, y, log, series, live }
  }

  /** The run is over: the curve becomes a figure. */
  settle(): void {
    this.#isOver = true
    this.#show()
  }
}

/** Throws: ShapeError unless it has one. */
function numberOf(t: Tensor): number {
  return t.size === 1 ? Number(valuesOf(t)[0]) : t.item()
}

/** How far a loop has come. */
export class LiveProgress extends Live {
  #began = performance.now()
  #label: string
  #value = 0
  #max = 1

  constructor(slot: LiveSlot, label: string) {
    super(slot)
    this.#label = label
  }

  update(value: number, max: number = this.#max): this {
    this.#value = value
    this.#max = max
    this.replace(() => ({
      kind: "progress",
      label: this.#label,
      value: this.#value,
      max: this.#max,
      ms: performance.now() - this.#began,
      done: this.#value >= this.#max,
    }))
    return this
  }
}
