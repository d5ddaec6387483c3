/** @file From a recorded figure back to calls of Observable Plot, by an allow-list. Takes the library as an argument; touches no page. */
import { isPlotCall } from "./plot-names.ts"

type Options = Record<string, unknown>
/** The exports of Observable Plot. */
export type PlotLibrary = Readonly<Record<string, unknown>>

const DEEPEST = 60
/** What would load an address, leave the page, or take something that is not data. */
const DROPPED = new Set(
  `href target document render initializer className figure ownerDocument
   __proto__ constructor prototype`.split(/\s+/),
)

const isPlain = (value: unknown): value is Options =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value) &&
  !(value instanceof Date)

const isPicture = (src: unknown): boolean =>
  Array.isArray(src) ? src.every(isPicture) : typeof src === "string" && src.startsWith("data:image/")

/**
 * Draws `spec` with `library`. `finish` gets the options of the outermost call, to add a document and a theme.
 * @throws TypeError for a name that is not a mark, transform or figure of Plot. Functions are dropped unless they are kept.
 */
export function replay(
  library: PlotLibrary,
  spec: unknown,
  finish: (options: Options) => Options,
  keepsFunctions = false,
): unknown {
  if (!isPlain(spec) || (spec.$plot !== "plot" && spec.$plot !== "legend")) {
    throw new TypeError(
      "Plot: this is not a recorded figure; end with Plot.plot({marks: […]}) or a mark’s .plot().",
    )
  }
  return call({ library, keepsFunctions }, spec, 0, finish)
}

interface Replay {
  library: PlotLibrary
  keepsFunctions: boolean
}

function call(how: Replay, spec: Options, depth: number, finish?: (options: Options) => Options): unknown {
  const name = String(spec.$plot)
  const made = isPlotCall(name) && Object.hasOwn(how.library, name) ? how.library[name] : undefined
  if (typeof made !== "function") throw new TypeError(`Plot.${name}: no such mark or transform.`)
  const given = Array.isArray(spec.args) ? spec.args : []
  const args = given.map((arg) => build(how, arg, depth + 1))
  if (name === "image" && !args.some((arg) => isPlain(arg) && isPicture(arg.src))) {
    throw new TypeError('Plot.image: src must be pictures given as "data:image/…"; a figure loads nothing.')
  }
  if (finish) args[0] = finish(isPlain(args[0]) ? args[0] : {})
  return made(...args)
}

/** Lists without calls in them are data and keep their identity, by which Plot finds the facets. */
function holdsCalls(value: unknown, depth: number): boolean {
  if (depth > 8) return false
  if (Array.isArray(value)) return value.some((part) => holdsCalls(part, depth + 1))
  return isPlain(value) && typeof value.$plot === "string"
}

function build(how: Replay, value: unknown, depth: number): unknown {
  if (depth > DEEPEST) throw new RangeError("Plot: this figure is nested too deeply.")
  if (Array.isArray(value)) {
    return holdsCalls(value, 0) ? value.map((part) => build(how, part, depth + 1)) : value
  }
  if (!isPlain(value)) return typeof value === "function" && !how.keepsFunctions ? undefined : value
  if (typeof value.$plot === "string") return call(how, value, depth)
  const options: Options = {}
  for (const key of Object.keys(value)) {
    if (!DROPPED.has(key)) options[key] = build(how, value[key], depth + 1)
  }
  return options
}
