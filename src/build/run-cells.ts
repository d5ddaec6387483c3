/**
 * @file Runs the cells of a lesson at build, in a process with limits on time and memory, and keeps the results under a
 * hash of everything that they depend on. Knows no MDX and no page.
 */
import { fork } from "node:child_process"
import { createHash } from "node:crypto"
import { globSync, readFileSync } from "node:fs"
import { mkdir, readFile, rename, writeFile } from "node:fs/promises"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { deserialize, serialize } from "node:v8"
import type { Cell } from "../notebook/cell.ts"
import type { Output } from "../notebook/output.ts"

/** What the cells of a lesson gave. */
export interface CellsRun {
  /** By cell: its final outputs, figures drawn and formulas set. A cell that threw ends with an error output. */
  outputs: Record<string, Output[]>
  /** `cell.expression` → its value right after the cell ran: plain data, tensors as numbers or nested lists. */
  values: Record<string, unknown>
  /** By cell: how long it ran. */
  ms: Record<string, number>
}

/** What the process says. */
export type CellsMessage =
  | { type: "starts"; cell: string }
  | { type: "done"; run: CellsRun }
  | { type: "failed"; message: string }

export interface CellsTask {
  lesson: string
  cells: Cell[]
  values: string[]
}

export interface RunCellsOptions {
  /** Milliseconds for each cell. */
  timeout?: number
  /** Megabytes of heap for the lesson. */
  memory?: number
  /** Folder of the results. */
  cache?: string
}

/** The cells could not be run to the end: no result at all. */
export class CellsError extends Error {
  /** The cell that ran when it ended. */
  readonly cell: string | undefined

  constructor(message: string, cell?: string) {
    super(message)
    this.name = "CellsError"
    this.cell = cell
  }
}

/** Milliseconds that a process may need to load, on a busy machine, before its first cell. */
const START = 60_000

const root = fileURLToPath(new URL("../..", import.meta.url))

/** Whatever can change a result besides the cells: the code that runs them and the data that they read. */
const sources = [
  "engine/**/*.ts",
  "exercises/lib/*.ts",
  "src/notebook/**/*.ts",
  "src/drawing/*.ts",
  "src/build/{run-cells,cells-process,draw-figure,minidom,png,math}.ts",
  "content/data/*",
  "package-lock.json",
]

/**
 * Runs all cells in order and evaluates `values` (`cell.expression`), each right after its cell. A cell that throws
 * does not reject: its last output is the error. Rejects with {@link CellsError} on a cell without end, on exhausted
 * memory and on a value that cannot be computed.
 */
export async function runCells(
  lesson: string,
  cells: Cell[],
  values: string[] = [],
  options: RunCellsOptions = {},
): Promise<CellsRun> {
  const task: CellsTask = { lesson, cells, values }
  const key = cacheKey(task)
  const folder = options.cache ?? join(root, ".cells-cache")
  const running = inFlight.get(folder + key) ?? cachedRun(join(folder, `${key}.bin`), task, options)
  inFlight.set(folder + key, running)
  try {
    return await running
  } finally {
    inFlight.delete(folder + key)
  }
}

const inFlight = new Map<string, Promise<CellsRun>>()

function cacheKey(task: CellsTask): string {
  const hash = createHash("sha256")
  for (const pattern of sources)
    for (const file of globSync(pattern, { cwd: root }).sort())
      hash.update(file).update(readFileSync(join(root, file)))
  hash.update(process.versions.node.split(".")[0]).update(JSON.stringify(task))
  return hash.digest("hex").slice(0, 32)
}

async function cachedRun(file: string, task: CellsTask, options: RunCellsOptions): Promise<CellsRun> {
  try {
    return deserialize(await readFile(file)) as CellsRun
  } catch {
    // Not there, or written by half: it is made again.
    const run = await inTurn(() => inProcess(task, options))
    await mkdir(join(file, ".."), { recursive: true })
    const part = `${file}.${process.pid}`
    await writeFile(part, serialize(run))
    await rename(part, file)
    return run
  }
}

const turns = { free: Math.max(1, availableParallelism() - 1), waiting: [] as (() => void)[] }

/** As many processes as the machine has cores for: a cell's time limit is not eaten by its neighbours. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (turns.free === 0) await new Promise<void>((resolve) => turns.waiting.push(resolve))
  else turns.free--
  try {
    return await work()
  } finally {
    const next = turns.waiting.shift()
    if (next) next()
    else turns.free++
  }
}

/** A process of its own, since a heap that overflows in a thread can end the whole build. */
function inProcess(task: CellsTask, { timeout = 30_000, memory = 1024 }: RunCellsOptions): Promise<CellsRun> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL("./cells-process.ts", import.meta.url)), {
      execArgv: [
        `--max-old-space-size=${memory}`,
        ...(process.features.typescript ? [] : ["--experimental-strip-types", "--no-warnings"]),
      ],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    })
    let cell: string | undefined
    let complaint = ""
    let timer: ReturnType<typeof setTimeout>
    const end = (settle: () => void): void => {
      clearTimeout(timer)
      child.kill("SIGKILL")
      settle()
    }
    const fail = (what: string): void =>
      end(() => reject(new CellsError(`${cell ? `cell "${cell}"` : "the process"} ${what}`, cell)))
    const wait = (limit: number): void => {
      clearTimeout(timer)
      timer = setTimeout(() => fail(`ran longer than ${limit / 1000} s`), limit)
    }
    wait(timeout + START)
    child.stderr?.on("data", (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-4000)
    })
    child.on("message", (message: CellsMessage) => {
      if (message.type === "starts") {
        cell = message.cell
        wait(timeout)
      } else if (message.type === "done") end(() => resolve(message.run))
      else end(() => reject(new CellsError(message.message, cell)))
    })
    child.on("error", (error) => fail(`could not be run: ${error.message}`))
    child.on("close", () => {
      if (/heap out of memory/.test(complaint)) fail(`needs more than ${memory} MB of memory`)
      else fail(`ended its process: ${complaint.trim().split("\n").at(-1) ?? ""}`)
    })
    child.send(task)
  })
}
