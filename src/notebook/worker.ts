/**
 * @file The program of the worker that runs a lesson's cells and a learner's answers: messages in, messages out.
 * Knows neither page nor frame; everything it does is elsewhere.
 */
import { cellConsole } from "./cell-console.ts"
import { bookLibrary } from "./library.ts"
import { Notebook } from "./notebook.ts"
import type { Reply, Request } from "./protocol.ts"
import { runProbe } from "./run-probe.ts"

// What this program needs after foreign code has run is taken before.
const { Promise: Task, Error: Failure, Uint8Array: Bytes } = globalThis
const send = MessagePort.prototype.postMessage
const freeze = Object.freeze

/** Frames of a cell lie deep under the engine's; ten are not enough to find the learner's line. */
const STACK_DEPTH = 60

class CellWorker {
  readonly #port: MessagePort
  #notebook: Notebook | undefined
  #files = new Map<string, Promise<Uint8Array>>()
  #awaited = new Map<string, { resolve: (bytes: Uint8Array) => void; reject: (error: Error) => void }>()

  constructor(port: MessagePort) {
    this.#port = port
  }

  reply(reply: Reply): void {
    send.call(this.#port, reply)
  }

  hear(request: Request): void {
    switch (request.type) {
      case "open":
        this.#notebook?.restart()
        this.#notebook = new Notebook(request.cells, {
          lesson: request.lesson,
          library: bookLibrary((name) => this.#file(name)),
          observer: {
            state: (id, state, details) => this.reply({ type: "state", id, state, ...details }),
            output: (id, run, slot, output) => this.reply({ type: "output", id, run, slot, output }),
          },
        })
        return
      case "edit":
        this.#notebook?.edit(request.id, request.source)
        return
      case "run":
        void this.#run(request.ids)
        return
      case "restart":
        this.#notebook?.restart()
        this.reply({ type: "idle" })
        return
      case "probe":
        void runProbe(request.job).then((result) => this.reply({ type: "probed", result }))
        return
      case "file":
        this.#receive(request.name, request.bytes, request.error)
        return
    }
  }

  print(...line: Parameters<Notebook["print"]>): void {
    this.#notebook?.print(...line)
  }

  async #run(ids: string[]): Promise<void> {
    const notebook = this.#notebook
    await notebook?.run(ids)
    if (!notebook || (notebook === this.#notebook && notebook.isIdle)) this.reply({ type: "idle" })
  }

  /** Asked for once; every caller gets a copy, so that none can spoil it for the others. */
  async #file(name: string): Promise<Uint8Array> {
    const pending =
      this.#files.get(name) ??
      new Task<Uint8Array>((resolve, reject) => {
        this.#awaited.set(name, { resolve, reject })
        this.reply({ type: "need-file", name })
      })
    this.#files.set(name, pending)
    return new Bytes(await pending)
  }

  #receive(name: string, bytes: Uint8Array | undefined, error: string | undefined): void {
    const awaited = this.#awaited.get(name)
    this.#awaited.delete(name)
    if (bytes) awaited?.resolve(bytes)
    else {
      this.#files.delete(name)
      awaited?.reject(new Failure(error ?? `the file ${name} could not be read`))
    }
  }
}

function start(port: MessagePort): void {
  const worker = new CellWorker(port)
  const print = (...line: Parameters<Notebook["print"]>): void => worker.print(...line)
  const console = cellConsole(print, (rows) => print("log", [rows]))
  Object.defineProperty(globalThis, "console", { value: freeze(console), configurable: true, writable: true })
  Reflect.set(Error, "stackTraceLimit", STACK_DEPTH)
  // What nobody awaits would otherwise reach the page's own error handler.
  self.addEventListener("error", (event) => {
    event.preventDefault()
    print("error", [event.message])
  })
  self.addEventListener("unhandledrejection", (event) => {
    event.preventDefault()
    print("error", [`A promise was rejected and nobody waited for it: ${String(event.reason)}`])
  })
  port.onmessage = (event: MessageEvent<Request>) => worker.hear(event.data)
  worker.reply({ type: "ready" })
}

self.onmessage = (event: MessageEvent) => {
  self.onmessage = null
  start(event.ports[0])
}
