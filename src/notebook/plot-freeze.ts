/** @file From a recorded figure to cloneable data: accessors become arrays, fields become samples. Draws nothing. */
import { Tensor } from "../../engine/index.ts"
import { nestedOf, valuesOf } from "./late-values.ts"
import { MARKS, REDUCING } from "./plot-names.ts"

type Rows = ArrayLike<unknown> | null
type Options = Record<string, unknown>
interface Call {
  name: string
  args: unknown[]
}

/** More values than this make a figure that no page can draw while it is read. */
const MOST_VALUES = 500_000
const DEEPEST = 40
/** The grid on which a function of (x, y) is sampled. */
const FIELD = { width: 120, height: 80 }

/** Options that Plot calls itself while it draws: a function there cannot travel. */
const CALLED_WHEN_DRAWN = new Set(
  `tickFormat transform initializer render interpolate reduce thresholds interval curve format
   imageFilter projection order offset dx dy inset insetTop insetRight insetBottom insetLeft clip tip`.split(
    /\s+/,
  ),
)

const isPlain = (value: unknown): value is Options => {
  if (typeof value !== "object" || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const isOptions = (value: unknown): boolean => isPlain(value) && !(Symbol.iterator in value)

const advice: Record<string, string> = {
  tickFormat: 'use a d3-format string such as tickFormat: ".2f"',
  transform: "compute the values in the data",
  interpolate: "name a colour scheme",
  dx: "it is one number for the whole mark; use two marks for two offsets",
  dy: "it is one number for the whole mark; use two marks for two offsets",
  format: 'use a d3-format string such as ".2f", or false to hide the value',
}

/** A function that Plot would call while it draws: the figure cannot travel as data. */
export class Unrecordable extends TypeError {}

/** Not even where the cell runs: what these make is no data, but parts of a page. */
const NEVER = new Set(["render", "initializer", "marks"])

function refuse(name: string, path: string): never {
  const key = path.split(".").at(-1) ?? ""
  const hint = advice[key] ?? "compute the values in the data, or use one of the names that Plot knows"
  const Kind = NEVER.has(key) ? TypeError : Unrecordable
  throw new Kind(
    `Plot.${name}: the function at '${path}' cannot be shown, because a figure leaves the cell as data; ${hint}.`,
  )
}

/** One figure: shared arrays stay shared (Plot facets marks by the identity of their data). */
class Freezer {
  readonly #isCall: (value: unknown) => boolean
  readonly #copies = new Map<object, unknown>()
  readonly #keeps: boolean
  #values = 0
  #domains: Options = {}

  constructor(isCall: (value: unknown) => boolean, keeps: boolean) {
    this.#isCall = isCall
    this.#keeps = keeps
  }

  figure(name: string, args: unknown[]): unknown {
    const options = args[0]
    if (isPlain(options)) this.#domains = { x: options.x, y: options.y }
    return { $plot: name, args: args.map((arg) => this.#options(arg, facetRows(options), name, "", 0)) }
  }

  #count(n: number, name: string): void {
    this.#values += n
    if (this.#values > MOST_VALUES) {
      throw new RangeError(
        `Plot.${name}: more than ${MOST_VALUES} values are too many for a figure; plot a sample, or every n-th row.`,
      )
    }
  }

  #call(call: Call, rows: Rows, depth: number): unknown {
    const { name, args } = call
    if (name === "marks") return { $plot: name, args: args.map((arg) => this.#markOf(arg, depth)) }
    if (MARKS.has(name)) return this.#mark(name, args, depth)
    if (REDUCING.has(name) && args.length > 0) {
      const [outputs, ...rest] = args
      const first = this.#options(outputs, null, name, "", depth)
      return { $plot: name, args: [first, ...rest.map((arg) => this.#options(arg, rows, name, "", depth))] }
    }
    return { $plot: name, args: args.map((arg) => this.#options(arg, rows, name, "", depth)) }
  }

  #mark(name: string, args: unknown[], depth: number): unknown {
    const alone = args.length < 2 && (isOptions(args[0]) || this.#isCall(args[0]))
    const data = alone ? undefined : args[0]
    const options = alone ? args[0] : args[1]
    if ((name === "raster" || name === "contour") && data == null && isPlain(options)) {
      if (typeof options.fill === "function") return this.#field(name, options, depth)
    }
    const rows = toRows(data, name)
    const frozen = this.#options(options ?? {}, rows, name, "", depth)
    return { $plot: name, args: data === undefined ? [frozen] : [this.#data(rows ?? data, name, 0), frozen] }
  }

  /** A field over the plane, sampled at the centres of a grid from (x1, y1) to (x2, y2). */
  #field(name: string, options: Options, depth: number): unknown {
    const { pixelSize: _, fill, ...rest } = options
    const [x1, x2] = this.#extent(name, "x", options)
    const [y1, y2] = this.#extent(name, "y", options)
    const width = Number(options.width ?? FIELD.width)
    const height = Number(options.height ?? FIELD.height)
    this.#count(width * height, name)
    const values = new Float64Array(width * height)
    const at = fill as (x: number, y: number) => unknown
    for (let k = 0; k < values.length; k++) {
      const x = x1 + (((k % width) + 0.5) / width) * (x2 - x1)
      const y = y1 + ((Math.floor(k / width) + 0.5) / height) * (y2 - y1)
      const value = at(x, y)
      values[k] = value instanceof Tensor ? Number(valuesOf(value)[0]) : Number(value)
    }
    const grid = this.#options({ ...rest, x1, x2, y1, y2, width, height }, null, name, "", depth) as Options
    return { $plot: name, args: [values, { ...grid, fill: values }] }
  }

  #extent(name: string, axis: "x" | "y", options: Options): [number, number] {
    const scale = this.#domains[axis]
    const domain = isPlain(scale) && Array.isArray(scale.domain) ? scale.domain : []
    const from = options[`${axis}1`] ?? domain[0]
    const to = options[`${axis}2`] ?? domain.at(-1)
    if (typeof from === "number" && typeof to === "number") return [from, to]
    throw new TypeError(
      `Plot.${name}: a function of (x, y) needs to know where; give ${axis}1 and ${axis}2, or ${axis}: {domain: [from, to]}.`,
    )
  }

  #options(value: unknown, rows: Rows, name: string, path: string, depth: number): unknown {
    if (typeof value === "function") {
      const key = path.split(".").at(-1) ?? ""
      const called = path.split(".").some((part) => CALLED_WHEN_DRAWN.has(part))
      if (rows === null || called || /^\d+$/.test(key)) {
        if (this.#keeps && !NEVER.has(key)) return value
        refuse(name, path || "1")
      }
      this.#count(rows.length, name)
      if ((key === "sort" || name === "sort") && value.length === 2) {
        return ranks(rows, value as (a: unknown, b: unknown) => number)
      }
      return Array.from(rows, (row, i) =>
        this.#data((value as (d: unknown, i: number) => unknown)(row, i), name, 1),
      )
    }
    if (typeof value !== "object" || value === null) return typeof value === "symbol" ? undefined : value
    if (depth > DEEPEST) throw new RangeError(`Plot.${name}: '${path}' is nested too deeply for a figure.`)
    if (this.#isCall(value)) return this.#call(value as unknown as Call, rows, depth + 1)
    if (Array.isArray(value) && path.split(".").at(-1) === "marks" && name === "plot") {
      return value.map((mark) => this.#markOf(mark, depth + 1))
    }
    if (!isPlain(value)) return this.#data(value, name, 0)
    const copy: Options = {}
    for (const [key, part] of Object.entries(value)) {
      const isData = key === "data" || key === "domain"
      copy[key] = isData
        ? this.#data(part, name, 0)
        : this.#options(part, rows, name, path ? `${path}.${key}` : key, depth + 1)
    }
    return copy
  }

  #markOf(mark: unknown, depth: number): unknown {
    if (mark == null || mark === false) return null
    if (depth > DEEPEST) throw new RangeError("Plot.plot: 'marks' is nested too deeply.")
    if (Array.isArray(mark)) return mark.map((part) => this.#markOf(part, depth + 1))
    if (this.#isCall(mark)) return this.#call(mark as Call, null, depth)
    if (typeof mark === "function") refuse("plot", "marks")
    throw new TypeError(
      "Plot.plot: 'marks' takes a list of marks such as Plot.dot(…), not figures or other values.",
    )
  }

  /** Data as it can be cloned: tensors as numbers, rows without their functions. */
  #data(value: unknown, name: string, depth: number): unknown {
    if (typeof value === "function" || typeof value === "symbol") return undefined
    if (typeof value !== "object" || value === null) return value
    if (value instanceof Date) return value
    const seen = this.#copies.get(value)
    if (seen !== undefined) return seen
    const copy = this.#copy(value, name, depth)
    this.#copies.set(value, copy)
    return copy
  }

  #copy(value: object, name: string, depth: number): unknown {
    if (depth > DEEPEST)
      throw new RangeError(`Plot.${name}: the data is nested too deeply, or contains itself.`)
    if (value instanceof Tensor) {
      this.#count(value.size, name)
      return value.ndim === 1 ? valuesOf(value).slice() : nestedOf(value)
    }
    if (ArrayBuffer.isView(value)) {
      if (value instanceof DataView) return undefined
      this.#count((value as Float64Array).length, name)
      return (value as Float64Array).slice()
    }
    if (Array.isArray(value)) {
      this.#count(value.length, name)
      return value.map((part) => this.#data(part, name, depth + 1))
    }
    const iterable = value as Partial<Iterable<unknown>>
    if (typeof iterable[Symbol.iterator] === "function") {
      return this.#copy(take(iterable as Iterable<unknown>, name), name, depth)
    }
    const copy: Options = {}
    for (const [key, part] of Object.entries(value)) copy[key] = this.#data(part, name, depth + 1)
    this.#count(Object.keys(copy).length, name)
    return copy
  }
}

function take(iterable: Iterable<unknown>, name: string): unknown[] {
  const rows: unknown[] = []
  for (const row of iterable) {
    if (rows.length >= MOST_VALUES)
      throw new RangeError(`Plot.${name}: the data does not end; plot a part of it.`)
    rows.push(row)
  }
  return rows
}

/** The rows that accessors run over; null where the data is not a list (GeoJSON, nothing). */
function toRows(data: unknown, name: string): Rows {
  if (data === null || typeof data !== "object") return typeof data === "string" ? Array.from(data) : null
  if (Array.isArray(data)) return data
  if (ArrayBuffer.isView(data) && !(data instanceof DataView)) return data as unknown as ArrayLike<unknown>
  if (data instanceof Tensor) return data.ndim === 1 ? valuesOf(data) : (nestedOf(data) as unknown[])
  if (Symbol.iterator in data) return take(data as Iterable<unknown>, name)
  if ("length" in data && typeof data.length === "number") return Array.from(data as ArrayLike<unknown>)
  return null
}

function facetRows(options: unknown): Rows {
  const facet = isPlain(options) ? options.facet : undefined
  return isPlain(facet) ? toRows(facet.data, "plot") : null
}

/** A comparator as a channel: each row's place in the sorted order. */
function ranks(rows: ArrayLike<unknown>, compare: (a: unknown, b: unknown) => number): number[] {
  const order = Array.from(rows, (_, i) => i).sort((i, j) => compare(rows[i], rows[j]))
  const places = new Array<number>(order.length)
  order.forEach((row, place) => {
    places[row] = place
  })
  return places
}

/**
 * A figure's call as plain cloneable data, `{$plot, args}` nested.
 * @throws Unrecordable for a function that Plot would call while it draws, unless such functions are kept in their
 * places; RangeError for too much data.
 */
export function freezeFigure(
  name: string,
  args: unknown[],
  isCall: (value: unknown) => boolean,
  keepsFunctions = false,
): unknown {
  return new Freezer(isCall, keepsFunctions).figure(name, args)
}
