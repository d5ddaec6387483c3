/**
 * @file Runs probe jobs in child processes without files, network, environment or processes of their own, with limits on
 * time and memory. Owns the children's lives; knows nothing of exercises.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process"
import type { Readable, Writable } from "node:stream"
import { deserialize, serialize } from "node:v8"
import type { ProbeJob } from "../../src/notebook/probe.ts"
import { program } from "./program.ts"
import { MOST_MEMORY, watch } from "./watch.ts"

const HEAP_MB = 384
/**
 * Where there is a shell, the system itself ends an answer's process after so many processor seconds, should nobody be
 * left who watches it; Linux also gives it no more than so many kB, should whoever watches look away for a moment.
 */
const LIMITS = `ulimit -t 300; ulimit -d ${(1.5 * MOST_MEMORY) / 1024}`
const START_LIMIT = 60_000
const HEAD = 4
/** A result is bounded by the child itself; a child that sends more has been taken over. */
const MOST_BYTES = 64 * 2 ** 20

type Heard =
  | { kind: "ready" }
  | { kind: "result"; result: unknown }
  | { kind: "flood" }
  | { kind: "ended"; quietly: boolean }

const alive = new Set<Child>()
process.once("exit", () => {
  for (const child of alive) child.kill()
})

class Child {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>
  readonly ready: Promise<void>
  #chunks: Buffer[] = []
  #bytes = 0
  #complaint = ""
  #last: Heard | undefined
  #hear: (heard: Heard) => void = () => {}

  constructor(blob: string, from: ProbeJob["from"]) {
    const node = ["--snapshot-blob", blob, "--permission", `--max-old-space-size=${HEAP_MB}`, "--no-warnings"]
    const isLimited = from === "learner" && process.platform !== "win32"
    const shell = ["-c", `${LIMITS}; exec "$0" "$@"`, process.execPath]
    this.#process = spawn(isLimited ? "/bin/sh" : process.execPath, isLimited ? [...shell, ...node] : node, {
      // Windows does not start a process without SystemRoot.
      env: process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {},
      stdio: ["pipe", "pipe", "pipe"],
    })
    alive.add(this)
    this.#process.stdout.on("data", (chunk: Buffer) => this.#take(chunk))
    this.#process.stderr.on("data", (chunk: Buffer) => {
      this.#complaint = (this.#complaint + String(chunk)).slice(-2000)
    })
    // It may end before it has read its job; that it has ended is told below.
    this.#process.stdin.on("error", () => {})
    this.#process.once("error", (error) => this.#end(false, error.message))
    this.#process.once("close", (code) => {
      alive.delete(this)
      this.#end(code === 0, this.#complaint)
    })
    this.ready = new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#end(false, "It did not start in time."), START_LIMIT)
      this.#hear = (heard) => {
        clearTimeout(timer)
        if (heard.kind === "ready") resolve()
        else reject(new Error(`grade: a child process did not start. ${firstLines(this.#complaint)}`))
      }
    })
    // Whoever takes the child hears of the failure; until then nobody does.
    this.ready.catch(() => undefined)
  }

  /** Raw results, or "timeout". */
  ask(job: ProbeJob): Promise<unknown> {
    return new Promise((resolve) => {
      const finish = (result: unknown): void => {
        stop()
        this.#hear = () => {}
        resolve(result)
      }
      const stop = watch(this.#process.pid ?? 0, job.limit, (excess) =>
        finish(
          excess === "time"
            ? "timeout"
            : broken(job, `the code took more than ${MOST_MEMORY / 2 ** 20} MB of memory`),
        ),
      )
      this.#hear = (heard) => {
        if (heard.kind === "result") finish(heard.result)
        if (heard.kind === "flood") finish(broken(job, "the code sent more than any answer needs"))
        // A process ends by itself when nothing in it can ever go on: it waits for what never comes.
        if (heard.kind === "ended" && heard.quietly) finish("timeout")
        else if (heard.kind === "ended")
          finish(broken(job, "the code ended its own process, most likely by its memory"))
      }
      if (this.#last) this.#hear(this.#last)
      const body = serialize(job)
      const head = Buffer.alloc(HEAD)
      head.writeUInt32BE(body.length)
      this.#process.stdin.write(Buffer.concat([head, body]))
    })
  }

  get isAlive(): boolean {
    return this.#last === undefined
  }

  kill(): void {
    this.#process.kill("SIGKILL")
  }

  #end(quietly: boolean, complaint: string): void {
    if (this.#last) return
    this.#complaint = complaint
    this.#last = { kind: "ended", quietly }
    this.#hear(this.#last)
  }

  #take(chunk: Buffer): void {
    this.#bytes += chunk.length
    this.#chunks.push(chunk)
    while (this.#bytes >= HEAD) {
      if (this.#chunks[0].length < HEAD) this.#chunks = [Buffer.concat(this.#chunks)]
      const length = this.#chunks[0].readUInt32BE(0)
      if (length > MOST_BYTES) {
        this.kill()
        this.#hear({ kind: "flood" })
        return
      }
      if (this.#bytes < HEAD + length) return
      const all = Buffer.concat(this.#chunks)
      this.#chunks = [all.subarray(HEAD + length)]
      this.#bytes = all.length - HEAD - length
      this.#hear(length === 0 ? { kind: "ready" } : heardIn(all.subarray(HEAD, HEAD + length)))
    }
  }
}

/** Nothing of it is trusted; whoever judges reads it as what a stranger sent. */
function heardIn(bytes: Buffer): Heard {
  try {
    return { kind: "result", result: deserialize(bytes) }
  } catch {
    // Whatever was sent, it was no value.
    return { kind: "result", result: undefined }
  }
}

const firstLines = (text: string): string => text.trim().split("\n").slice(0, 6).join(" ")

const broken = (job: ProbeJob, message: string): unknown => ({
  id: job.id,
  calls: [],
  console: [],
  error: { stage: "load", name: "OutOfMemory", message },
})

/** One lane of grading: a child that runs the book's code, and a fresh one, started ahead, for each answer. */
export class Children {
  #book: Promise<Child> | undefined
  #spare: Promise<Child> | undefined
  #isClosed = false

  /** Raw results, or "timeout". Rejects only if no child can be started. */
  run = async (job: ProbeJob): Promise<unknown> => {
    if (job.from === "book") return this.#runBook(job)
    const child = await (this.#spare ?? start("learner"))
    this.#spare = this.#isClosed ? undefined : start("learner")
    try {
      await child.ready
      return await child.ask(job)
    } finally {
      child.kill()
    }
  }

  async #runBook(job: ProbeJob): Promise<unknown> {
    this.#book ??= start("book")
    const book = await this.#book
    await book.ready
    const result = await book.ask(job)
    if (result === "timeout" || !book.isAlive) {
      book.kill()
      this.#book = undefined
    }
    return result
  }

  close(): void {
    this.#isClosed = true
    for (const child of [this.#book, this.#spare])
      child?.then(
        (started) => started.kill(),
        () => undefined,
      )
    this.#book = undefined
    this.#spare = undefined
  }
}

async function start(from: ProbeJob["from"]): Promise<Child> {
  return new Child(await program(), from)
}
