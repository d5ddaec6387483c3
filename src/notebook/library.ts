/**
 * @file What every cell sees without asking: the engine, Plot, the ways to show things, the data sets; and what is
 * known of them for the order of cells. Runs no cell.
 */
import * as engine from "../../engine/index.ts"
import { cellConsole } from "./cell-console.ts"
import { CellDevices } from "./cell-device.ts"
import type { Openness } from "./changes.ts"
import { digits, iris, type ReadFile } from "./data-files.ts"
import type { DeviceUse } from "./device.ts"
import { display, recordTable } from "./display.ts"
import { explorableOutput } from "./explorable-call.ts"
import { drawn, traced } from "./graph-call.ts"
import { type Answers, Inputs } from "./input-calls.ts"
import { nestedOf, reading } from "./late-values.ts"
import type { Purity } from "./links.ts"
import { type CurveOptions, DisplayedValue, Live, LiveCurve, LiveProgress } from "./live.ts"
import type { Output } from "./output.ts"
import { Plot, PlotCall } from "./plot-record.ts"
import type { LiveSlot, RunOutputs } from "./run-outputs.ts"
import { StepRecorder } from "./steps.ts"

export interface Library extends Purity {
  names: ReadonlySet<string>
  openness: (value: unknown) => Openness
  /** Starts the default generator anew. */
  seed: (seed: number) => void
  /**
   * The library for one run: what it shows goes to `outputs`, its inputs have the values of `answers`; `steps`: the cell
   * is made to be stepped through. `begin` is to be called right before its code runs, `end` when the run is over.
   */
  bind: (
    outputs: RunOutputs,
    answers: Answers,
    steps?: boolean,
  ) => {
    values: Record<string, unknown>
    begin: (cell: string) => Promise<void>
    end: (failed?: boolean) => void
  }
  /** Devices and memory that the runs have used so far. */
  use: () => DeviceUse
}

/** Parts of a list that are looked at for iterators. */
const LOOKED_AT = 10

/** Names that the language keeps for itself, though an op has them as its method. */
const RESERVED = new Set(["default", "var"])

const shared: Record<string, unknown> = Object.freeze({
  ...Object.fromEntries(Object.entries(engine).filter(([name]) => !RESERVED.has(name))),
  Plot,
})

/** What one run shows. */
interface Shown {
  outputs: RunOutputs
  steps: StepRecorder
  curves: LiveCurve[]
  bars: Map<string, LiveProgress>
  explorables: Map<string, LiveSlot>
}

const NO_STEP =
  "This cell is made to be stepped through, but it recorded no step. Call step({ w, b }) wherever you want to look."

/** `device`: where cells compute that choose none. */
export function bookLibrary(read: ReadFile, device = "cpu"): Library {
  const devices = new CellDevices(device)
  let latest: Shown | undefined
  const bind: Library["bind"] = (outputs, answers, stepped = false) => {
    const tell = (text: string): void => void outputs.add({ kind: "advice", text })
    const steps = new StepRecorder(() => outputs.live(), stepped)
    const own: Shown = { outputs, steps, curves: [], bars: new Map(), explorables: new Map() }
    latest = own
    // A function of a cell above shows what it has to show in the cell that calls it.
    const present = (): Shown => (outputs.closed && latest && !latest.outputs.closed ? latest : own)
    const show = (...values: unknown[]): DisplayedValue => {
      const slots = values.map((value) => present().outputs.show(value))
      return new DisplayedValue(slots.at(-1) ?? present().outputs.show(undefined))
    }
    const table = (rows: unknown): DisplayedValue =>
      new DisplayedValue(present().outputs.add(reading(rows, tableOutput)), tableOutput)
    const values: Record<string, unknown> = {
      ...shared,
      console: cellConsole((level, line) => present().outputs.print(level, line), table),
      display: show,
      table,
      tex: (source: string, { display = true } = {}) => {
        const formula = (tex: unknown): Output => ({ kind: "tex", tex: String(tex), display })
        return new DisplayedValue(present().outputs.add(formula(source)), formula)
      },
      graph: (t: unknown, names?: unknown) =>
        new DisplayedValue(present().outputs.add(reading(traced(t, names), drawn))),
      curve: (title = "", options: CurveOptions = {}) => {
        const curve = new LiveCurve(present().outputs.live(), title, options)
        present().curves.push(curve)
        return curve
      },
      progress: (value: number, max: number, label = "") => {
        const { bars, outputs: shown } = present()
        const bar = bars.get(label) ?? new LiveProgress(shown.live(), label)
        bars.set(label, bar)
        return bar.update(value, max)
      },
      step: (...state: unknown[]) => present().steps.record(...state),
      explorable: (name: unknown, params: unknown, place?: { seed?: unknown; step?: unknown }) => {
        const output = reading(params, (given) => explorableOutput(name, given, place))
        const { explorables, outputs: shown } = present()
        const slot = explorables.get(String(name)) ?? shown.live()
        explorables.set(String(name), slot)
        slot.update(() => output)
        return new Live(slot)
      },
      input: Object.freeze(new Inputs(outputs, answers)),
      setDevice: (name: string) => devices.choose(name, tell),
      digits: () => digits(read),
      iris: () => iris(read),
    }
    return {
      values,
      begin: (cell) => devices.begin(cell, tell),
      end: (failed = false) => {
        for (const curve of own.curves) curve.settle()
        steps.end()
        if (stepped && steps.total === 0 && !failed) outputs.add({ kind: "advice", text: NO_STEP })
      },
    }
  }
  const names = new Set([
    ...Object.keys(shared),
    "console",
    "display",
    "table",
    "tex",
    "graph",
    "curve",
    "progress",
    "step",
    "explorable",
    "input",
    "digits",
    "iris",
  ])
  return {
    ...purity,
    names,
    has: (name) => names.has(name),
    openness,
    seed: (n) => engine.random.seed(n),
    bind,
    use: () => devices.use(),
  }
}

/** Rows of records, a record of columns, or rows of numbers, as a table; anything else as it is. */
function tableOutput(value: unknown): Output {
  if (value instanceof engine.Tensor) return value.ndim === 2 ? tableOutput(nestedOf(value)) : display(value)
  if (Array.isArray(value)) {
    const rows = value.every(Array.isArray)
      ? value.map((row: unknown[]) => Object.fromEntries(row.map((cell, i) => [`${i}`, cell])))
      : value
    return recordTable(rows) ?? display(value)
  }
  if (typeof value !== "object" || value === null) return display(value)
  const columns = Object.entries(value).map(([name, list]): [string, unknown] => [
    name,
    list instanceof engine.Tensor
      ? nestedOf(list)
      : ArrayBuffer.isView(list)
        ? [...(list as Float32Array)]
        : list,
  ])
  if (columns.length === 0 || !columns.every(([, list]) => Array.isArray(list)))
    return recordTable(columns.map(([name, one]) => ({ name, value: one }))) ?? display(value)
  const length = Math.max(...columns.map(([, list]) => (list as unknown[]).length))
  const rows = Array.from({ length }, (_, i) =>
    Object.fromEntries(columns.map(([name, list]) => [name, (list as unknown[])[i]])),
  )
  return recordTable(rows) ?? display(value)
}

function openness(value: unknown): Openness {
  if (typeof value === "function") return "function"
  if (typeof value !== "object" || value === null) return "fixed"
  try {
    if (isSpent(value, 2)) return "spent"
  } catch {
    // A proxy may refuse to be looked at.
    return "open"
  }
  return value instanceof engine.Tensor && !value.requiresGrad ? "fixed" : "open"
}

/** What iterators and generators inherit from. */
const kinds: ReadonlySet<object> = new Set([
  Object.getPrototypeOf(Object.getPrototypeOf([].values())),
  Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})()))),
])

/** Looks into lists, maps and plain records, as deep as `depth`. */
function isSpent(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false
  if (value instanceof engine.Generator) return true
  for (let kind = value; kind !== null; kind = Object.getPrototypeOf(kind)) if (kinds.has(kind)) return true
  if (depth === 0) return false
  const parts = Array.isArray(value)
    ? value.slice(0, LOOKED_AT)
    : value instanceof Map || value instanceof Set
      ? [...value.values()].slice(0, LOOKED_AT)
      : Object.getPrototypeOf(value) === Object.prototype
        ? Object.values(Object.getOwnPropertyDescriptors(value)).map((property) => property.value)
        : []
  return parts.some((part) => isSpent(part, depth - 1))
}

/** Methods of the engine that change what they are called on; all others of it change nothing. */
const changing = [
  "backward",
  "dispose",
  "step",
  "zeroGrad",
  "train",
  "eval",
  "fit",
  "fitTransform",
  "seed",
  "loadStateDict",
  "reserve",
  "next",
  "update",
  "push",
]

const languageChanging = [
  "push",
  "pop",
  "shift",
  "unshift",
  "splice",
  "sort",
  "reverse",
  "fill",
  "copyWithin",
  "set",
  "add",
  "delete",
  "clear",
]

/** Methods of the prototypes of the engine's classes, however deep in its records of exports. */
function engineMethods(): Set<string> {
  const found = new Set<string>()
  const seen = new Set<unknown>()
  const visit = (value: unknown): void => {
    if (seen.has(value)) return
    seen.add(value)
    if (typeof value === "function") {
      for (let p = value.prototype; p && p !== Object.prototype; p = Object.getPrototypeOf(p))
        for (const name of Object.getOwnPropertyNames(p)) found.add(name)
    } else if (typeof value === "object" && value !== null) {
      for (const part of Object.values(value)) visit(part)
    }
  }
  visit({ ...engine, PlotCall })
  return found
}

/** Methods of standard objects that change nothing: all but the listed ones. */
function languageMethods(): string[] {
  const prototypes: object[] = [
    Array,
    Map,
    Set,
    String,
    Number,
    Boolean,
    Date,
    Promise,
    Float32Array,
    Object.getPrototypeOf(Float32Array),
    RegExp,
    Function,
  ].map((kind) => kind.prototype)
  return prototypes.flatMap((prototype) => Object.getOwnPropertyNames(prototype))
}

const receiverMethods = new Set([...changing, ...languageChanging])

const purity = {
  receiverMethods,
  pureMethods: new Set(
    [...engineMethods(), ...languageMethods()].filter(
      // What another function does, nobody knows.
      (name) => !receiverMethods.has(name) && name !== "call" && name !== "apply",
    ),
  ),
  changers: new Set(["clipGradNorm"]),
}
