/**
 * @file Where NaN or an infinite number that a cell shows came from: the cell runs again, beside the notebook, with
 * somebody watching. Nothing of that second run is shown or kept but the answer.
 */
import { innermostFrame } from "./compile.ts"
import type { Library } from "./library.ts"
import { type AnsweredCell, Notebook, type NotebookOptions } from "./notebook.ts"
import type { Output, ValueNode } from "./output.ts"
import { buildLimits } from "./run-outputs.ts"
import type { Finding, Kind } from "./watch.ts"

type Advice = Extract<Output, { kind: "advice" }>

/** How long the search may take, in milliseconds. */
const PATIENCE = 1000

/** Who moves a slider waits for numbers, not for the search: it takes one part of so many of the time. */
const SHARE = 20

/** The worse of the numbers that an output shows: NaN, an infinite one, or neither. */
function notFinite(output: Output): Kind | undefined {
  switch (output.kind) {
    case "text":
    case "console":
      return inText(output.text)
    case "value":
      return inTree(output.value)
    case "tensor":
      return output.nonFinite > 0 ? (inNumbers(output.values) ?? "NaN") : undefined
    case "table":
      return inNumbers(output.rows.flat())
    case "curve":
      return worst(output.series.map(({ y }) => inNumbers(y)))
    default:
      return undefined
  }
}

function inText(text: string): Kind | undefined {
  if (/\bNaN\b/.test(text)) return "NaN"
  return /(?<![\w])-?Infinity\b/.test(text) ? "infinite" : undefined
}

function inNumbers(values: readonly unknown[]): Kind | undefined {
  if (values.some((v) => Number.isNaN(v))) return "NaN"
  return values.some((v) => v === Infinity || v === -Infinity) ? "infinite" : undefined
}

function inTree(node: ValueNode): Kind | undefined {
  if (node.type === "primitive") return node.of === "number" ? inText(node.text) : undefined
  if (node.type === "tensor") return notFinite(node.tensor)
  return "entries" in node ? worst(node.entries.map(([, part]) => inTree(part))) : undefined
}

function worst(kinds: readonly (Kind | undefined)[]): Kind | undefined {
  return kinds.includes("NaN") ? "NaN" : kinds.find((kind) => kind !== undefined)
}

type Around = Pick<NotebookOptions, "lesson" | "parsed" | "loadParser"> & { library: Library }

/** What the runs of a notebook have shown of such numbers, and the search for where they came from. */
export class Suspicion {
  readonly #seen = new Map<string, { run: number; kinds: Map<number, Kind> }>()
  #notBefore = 0

  /** An output is about to be shown; the newest of a slot counts. */
  see(id: string, run: number, slot: number, output: Output): void {
    const kind = notFinite(output)
    let seen = this.#seen.get(id)
    if (seen?.run !== run) {
      seen = { run, kinds: new Map() }
      this.#seen.set(id, seen)
    }
    if (kind) seen.kinds.set(slot, kind)
    else seen.kinds.delete(slot)
  }

  /** What is to be said of the last run of a cell, if it has shown such a number and it can be told. Never rejects. */
  async resolve(id: string, cells: readonly AnsweredCell[], around: Around): Promise<Advice | undefined> {
    const kind = worst([...(this.#seen.get(id)?.kinds.values() ?? [])])
    this.#seen.delete(id)
    const began = performance.now()
    if (!kind || (began < this.#notBefore && cells.some(({ answers }) => answers.size > 0))) return undefined
    try {
      return await firstNotFinite(id, cells, kind, around)
    } catch {
      // A search that fails leaves the number as it stands there.
      return undefined
    } finally {
      const now = performance.now()
      this.#notBefore = now + SHARE * (now - began)
    }
  }
}

async function firstNotFinite(
  id: string,
  cells: readonly AnsweredCell[],
  kind: Kind,
  options: Around,
): Promise<Advice | undefined> {
  const { Watch, wordsOf } = await import("./watch.ts")
  const watch = new Watch(performance.now() + PATIENCE)
  const { library } = options
  const second = new Notebook(cells, {
    ...options,
    answers: Object.fromEntries(cells.map((cell) => [cell.id, Object.fromEntries(cell.answers)])),
    limits: buildLimits,
    library: {
      ...library,
      bind: (...to) => {
        const bound = library.bind(...to)
        return { ...bound, values: watch.values(bound.values) }
      },
    },
    observer: { state: () => {}, output: () => {} },
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    const late = new Promise<void>((done) => {
      timer = setTimeout(done, PATIENCE)
    })
    await Promise.race([second.run([id]), late])
  } finally {
    clearTimeout(timer)
    watch.end()
    second.restart()
  }
  const found = kind === "NaN" ? watch.nan : watch.infinite
  return found && adviceOf(found, kind === "NaN" ? watch.infinite : undefined, id, wordsOf)
}

function adviceOf(
  found: Finding,
  before: Finding | undefined,
  id: string,
  wordsOf: (finding: Finding) => string,
): Advice {
  const frame = innermostFrame(found.where, id)
  const earlier = before && innermostFrame(before.where, id)
  const isOther =
    earlier && (earlier.line !== frame?.line || earlier.cell !== frame?.cell || before.op !== found.op)
  const place = earlier ? `line ${earlier.line}${earlier.cell === id ? "" : ` of cell ${earlier.cell}`}` : ""
  const text = `${wordsOf(found)}${isOther ? ` Before it, in ${place}: ${lowerFirst(wordsOf(before))}` : ""}`
  return {
    kind: "advice",
    text,
    ...(frame && { line: frame.line, column: frame.column }),
    ...(frame && frame.cell !== id && { cell: frame.cell }),
  }
}

function lowerFirst(text: string): string {
  return text[0].toLowerCase() + text.slice(1)
}
