/**
 * @file What a lesson runs with when it has been taken away: everything that cells see, with outputs as text on the
 * terminal. Runs in Node, Deno and their notebooks. Knows no lesson.
 */
import { errorOutput } from "../notebook/display.ts"
import { outputText, stepLines } from "../notebook/export-text.ts"
import { Answers } from "../notebook/input-calls.ts"
import { bookLibrary, type Library } from "../notebook/library.ts"
import { Live } from "../notebook/live.ts"
import type { Output } from "../notebook/output.ts"
import { RunOutputs } from "../notebook/run-outputs.ts"
import { cellSeed } from "../notebook/seed.ts"

/** A terminal can be scrolled: more is shown than in a page, and every line at once. */
const limits = {
  lines: 100_000,
  characters: 20_000_000,
  outputs: 10_000,
  weight: Number.POSITIVE_INFINITY,
  frame: 0,
}
const files: Record<string, string> = { digits: "digits.bin", iris: "iris.csv" }
const print = console.log.bind(console)

export interface Program {
  /** What the lines between the cells call. */
  cell: CellRunner
  /** Everything that cells see, by name. */
  library: Record<string, unknown>
}

/** `home`: the address of this module, beside which the data files lie. */
export function openProgram(home: string): Program {
  const library = bookLibrary((name) => readBeside(home, files[name] ?? name))
  const runner = new CellRunner(library)
  return { cell: runner, library: sharedNames(library, runner) }
}

async function readBeside(home: string, name: string): Promise<Uint8Array> {
  const address = new URL(name, home)
  if (address.protocol === "file:") {
    const { readFile } = await import("node:fs/promises")
    return new Uint8Array(await readFile(address))
  }
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${name}: ${address.host} answered ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

interface Run {
  outputs: RunOutputs
  values: Record<string, unknown>
  /** Live outputs as they are now: shown when the cell has ended. */
  late: Map<number, Output>
  end: () => void
}

class CellRunner {
  readonly #library: Library
  #run: Run

  constructor(library: Library) {
    this.#library = library
    this.#run = this.#open()
  }

  get values(): Record<string, unknown> {
    return this.#run.values
  }

  #open(inputs: Record<string, unknown> = {}): Run {
    const late = new Map<number, Output>()
    let steps = 0
    const outputs = new RunOutputs((slot, output) => {
      if (output.kind === "steps") {
        for (const line of stepLines(output, steps)) print(line)
        steps = output.total
      } else if (output.kind === "curve" || output.kind === "progress") late.set(slot, output)
      else if (output.kind !== "input") print(outputText(output))
    }, limits)
    return { outputs, late, ...this.#library.bind(outputs, new Answers(new Map(Object.entries(inputs)))) }
  }

  /** A cell starts: `lesson/cell`, with random numbers of its own, as in the book. `inputs`: their values, by name. */
  begin(place: string, title?: string, inputs?: Record<string, unknown>): void {
    this.end()
    this.#run = this.#open(inputs)
    const slash = place.lastIndexOf("/")
    this.#library.seed(cellSeed(place.slice(0, slash), place.slice(slash + 1)))
    if (title !== undefined) print(`\n── ${title} ──`)
  }

  /** The value of a cell's last expression. */
  show(value: unknown): void {
    if (value !== undefined && !(value instanceof Live)) this.#run.outputs.show(value)
  }

  /** What is expected to fail, as the lesson's point. */
  async fails(code: () => Promise<void>): Promise<void> {
    try {
      await code()
    } catch (error) {
      this.#run.outputs.fail(errorOutput(error))
    }
  }

  /** The cell is over: shows how far its curves and bars have come. */
  end(): void {
    this.#run.end()
    this.#run.outputs.close()
    for (const output of this.#run.late.values()) print(outputText(output))
    this.#run.late.clear()
  }
}

/** Names that are new for each run stand for those of the present one. */
function sharedNames(library: Library, runner: CellRunner): Record<string, unknown> {
  const silent = (): Record<string, unknown> =>
    library.bind(new RunOutputs(() => {}, limits), new Answers(undefined)).values
  const [one, other] = [silent(), silent()]
  const names: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(one))
    names[name] = value === other[name] ? value : ofPresentRun(() => runner.values[name])
  return names
}

function ofPresentRun(present: () => unknown): unknown {
  return new Proxy(() => {}, {
    apply: (_, receiver, values) => Reflect.apply(present() as () => unknown, receiver, values),
    get: (_, name) => Reflect.get(Object(present()), name),
  })
}
