/**
 * @file Runs probe jobs in child processes without files, network, environment or processes of their own, with limits on
 * time and memory. Owns the children's lives; knows nothing of exercises.
 */
import { type ChildProcess, fork } from "node:child_process"
import { readFile } from "node:fs/promises"
import * as nodeModule from "node:module"
import { join } from "node:path"
import type { ProbeJob } from "../../src/notebook/probe.ts"
import { ROOT } from "./exercises.ts"

/** Resident memory at which a child is ended. */
const MEMORY = 768 * 2 ** 20
const HEAP_MB = 384
const START_LIMIT = 30_000
const WATCH_EVERY = 50

/** What the code of the grader itself lies in; nothing else can be read. */
const READABLE = [
  "engine",
  "exercises/lib",
  "src/notebook",
  "scripts/grading",
  "node_modules",
  "package.json",
]

interface Child {
  process: ChildProcess
  ready: Promise<void>
}

function start(): Child {
  if (!("registerHooks" in nodeModule))
    throw new Error(
      `grade: Node ${process.version} cannot isolate answers; use Node 22.15 or newer, best 24.`,
    )
  const child = fork(join(ROOT, "scripts/grading/child.ts"), [], {
    cwd: ROOT,
    execArgv: [
      "--permission",
      ...READABLE.map((path) => `--allow-fs-read=${join(ROOT, path)}`),
      `--max-old-space-size=${HEAP_MB}`,
      "--experimental-strip-types",
      "--no-warnings",
    ],
    // Windows does not start a process without SystemRoot.
    env: process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {},
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  })
  let complaint = ""
  child.stderr?.on("data", (data: Buffer) => {
    complaint = (complaint + String(data)).slice(-2000)
  })
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error("grade: a child process did not start in time")),
      START_LIMIT,
    )
    child.once("message", () => {
      clearTimeout(timer)
      resolve()
    })
    child.once("exit", () => {
      clearTimeout(timer)
      reject(
        new Error(
          `grade: a child process did not start. ${complaint.trim().split("\n").slice(0, 6).join(" ")}`,
        ),
      )
    })
    child.once("error", reject)
  })
  // Whoever takes the child hears of the failure; until then nobody does.
  ready.catch(() => undefined)
  return { process: child, ready }
}

const broken = (job: ProbeJob, name: string, message: string): unknown => ({
  id: job.id,
  calls: [],
  console: [],
  error: { stage: "load", name, message },
})

/** Resident memory in bytes, where the system tells (Linux); else 0. The heap has its own limit everywhere. */
async function residentMemory(pid: number): Promise<number> {
  try {
    return Number((await readFile(`/proc/${pid}/statm`, "utf8")).split(" ")[1]) * 4096
  } catch {
    // No such file: another system, or the child has just ended.
    return 0
  }
}

function ask(child: Child, job: ProbeJob): Promise<unknown> {
  return new Promise((resolve) => {
    const { process: worker } = child
    const finish = (result: unknown) => {
      clearTimeout(timer)
      clearInterval(watch)
      worker.off("message", finish)
      worker.off("exit", died)
      resolve(result)
    }
    const died = () =>
      finish(broken(job, "OutOfMemory", "the code ended its own process, most likely by its memory"))
    const timer = setTimeout(() => finish("timeout"), job.limit)
    const watch = setInterval(async () => {
      if ((await residentMemory(worker.pid!)) > MEMORY)
        finish(broken(job, "OutOfMemory", `the code took more than ${MEMORY / 2 ** 20} MB of memory`))
    }, WATCH_EVERY)
    worker.once("message", finish)
    worker.once("exit", died)
    worker.send(job)
  })
}

/** One lane of grading: a child that runs the book's code, and a fresh one, started ahead, for each answer. */
export class Children {
  #book: Child | undefined
  #spare: Child | undefined

  /** Raw results, or "timeout". Rejects only if no child can be started. */
  run = async (job: ProbeJob): Promise<unknown> => {
    if (job.from === "book") return this.#runBook(job)
    const child = this.#spare ?? start()
    this.#spare = start()
    await child.ready
    try {
      return await ask(child, job)
    } finally {
      child.process.kill("SIGKILL")
    }
  }

  async #runBook(job: ProbeJob): Promise<unknown> {
    this.#book ??= start()
    const book = this.#book
    await book.ready
    const result = await ask(book, job)
    if (result === "timeout" || !book.process.connected) {
      book.process.kill("SIGKILL")
      this.#book = undefined
    }
    return result
  }

  close(): void {
    this.#book?.process.kill("SIGKILL")
    this.#spare?.process.kill("SIGKILL")
    this.#book = undefined
    this.#spare = undefined
  }
}
