/**
 * @file The program of the worker that runs a lesson's cells and a learner's answers: messages in, messages out.
 * Knows neither page nor frame; everything it does is elsewhere.
 */
import * as engine from "../../engine/index.ts"
import { cellConsole } from "./cell-console.ts"
import { Deliveries } from "./deliveries.ts"
import type { DeviceNews } from "./device.ts"
import { Suspicion } from "./first-nan.ts"
import { Guard } from "./guard.ts"
import { bookLibrary, type Library } from "./library.ts"
import { Notebook } from "./notebook.ts"
import { unpackTexts } from "./parsed.ts"
import type { ProbeJob } from "./probe.ts"
import type { Reply, Request } from "./protocol.ts"

// What this program needs after foreign code has run is taken before. The port above all must not be an argument of
// anything that foreign code can replace: whoever has it can speak to the page in our name.
const { Uint8Array: Bytes, eval: evaluate } = globalThis
const { apply } = Reflect
const send = MessagePort.prototype.postMessage
const dataOf = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data")!.get!
const freeze = Object.freeze

/** Frames of a cell lie deep under the engine's; ten are not enough to find the learner's line. */
const STACK_DEPTH = 60

class CellWorker {
  readonly #port: MessagePort
  readonly #guard: Guard
  #notebook: Notebook | undefined
  #library: Library | undefined
  readonly #files = new Deliveries<Uint8Array>((name) => this.reply({ type: "need-file", name }))
  readonly #modules = new Deliveries<unknown>((name) => this.reply({ type: "need-module", name }))

  constructor(port: MessagePort, guard: Guard) {
    this.#port = port
    this.#guard = guard
  }

  reply(reply: Reply): void {
    apply(send, this.#port, [reply])
  }

  hear(request: Request): void {
    switch (request.type) {
      case "open":
        this.#notebook?.restart()
        this.#notebook = this.#open(request)
        return
      case "edit":
        this.#notebook?.edit(request.id, request.source, request.edited)
        return
      case "arrange":
        this.#notebook?.arrange(request.cells, request.answers)
        return
      case "run":
        void this.#run((notebook) =>
          notebook.run(request.ids, () => this.reply({ type: "asked", n: request.n })),
        )
        return
      case "change":
        void this.#run((notebook) =>
          notebook.change(request.id, request.answers, request.held, () =>
            this.reply({ type: "begun", n: request.n, driven: [request.id, ...notebook.below(request.id)] }),
          ),
        )
        return
      case "restart":
        this.#notebook?.restart()
        this.reply({ type: "idle" })
        return
      case "probe":
        void this.#probe(request.job)
        return
      case "devices":
        void this.#tryDevices(request.compare)
        return
      case "file":
        this.#files.receive(request.name, request.bytes, request.error)
        return
      case "module":
        this.#take(request)
        return
    }
  }

  #open({ lesson, cells, answers, parsed, device }: Extract<Request, { type: "open" }>): Notebook {
    const suspicion = new Suspicion()
    const library = bookLibrary((name) => this.#file(name), device)
    this.#library = library
    const options = { lesson, parsed: parsed === undefined ? undefined : unpackTexts(parsed), library }
    return new Notebook(cells, {
      ...options,
      answers,
      tidy: () => this.#guard.tidy(),
      inspect: (id, known) => suspicion.resolve(id, known, options),
      observer: {
        state: (id, state, details) => this.reply({ type: "state", id, state, ...details }),
        output: (id, run, slot, output) => {
          suspicion.see(id, run, slot, output)
          this.reply({ type: "output", id, run, slot, output })
        },
      },
    })
  }

  print(...line: Parameters<Notebook["print"]>): void {
    this.#notebook?.print(...line)
  }

  /** What `import()` means in this program; see the rule of text bundles. */
  module(name: string): Promise<unknown> {
    return this.#modules.get(name)
  }

  async #run(act: (notebook: Notebook) => Promise<void>): Promise<void> {
    const notebook = this.#notebook
    // What an earlier cell has left behind may have been at work since.
    this.#guard.tidy()
    try {
      if (notebook) await act(notebook)
    } catch {
      // A cell has broken what this program itself is made of.
      this.reply({ type: "worn", isBroken: true })
      return
    }
    if (notebook && (notebook !== this.#notebook || !notebook.isIdle)) return
    this.reply({ type: "idle" })
    this.#tellUse()
    if (this.#guard.isSpoilt) this.reply({ type: "worn" })
  }

  #tellUse(): void {
    try {
      if (this.#library) this.reply({ type: "used", use: this.#library.use() })
    } catch {
      // Foreign code may have broken what this is counted with; the page then shows what it knew before.
      return
    }
  }

  /** Foreign code may have broken what the module needs: then it is not to be had, as without a network. */
  #take({ name, text, error }: Extract<Request, { type: "module" }>): void {
    try {
      const module = text === undefined ? undefined : evaluate(`${text}\n//# sourceURL=${name}`)
      this.#modules.receive(name, module, error)
    } catch {
      this.#modules.receive(name, undefined, `${name} could not be started`)
    }
  }

  async #probe(job: ProbeJob): Promise<void> {
    const { runProbe } = await import("./run-probe.ts")
    this.reply({ type: "probed", result: await runProbe(job) })
  }

  async #tryDevices(compare: boolean): Promise<void> {
    const tell = (news: DeviceNews): void => this.reply({ type: "device", news })
    try {
      const { lookAround, compareDevices } = await import("./device-lab.ts")
      if (compare) await compareDevices(engine, tell)
      else tell({ kind: "seen", devices: await lookAround(engine) })
    } catch (error) {
      tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) })
    }
    this.reply({ type: "idle" })
  }

  /** Every caller gets a copy, so that none can spoil it for the others. */
  async #file(name: string): Promise<Uint8Array> {
    return new Bytes(await this.#files.get(name))
  }
}

function start(port: MessagePort): void {
  const worker = new CellWorker(port, new Guard(globalThis))
  const print = (...line: Parameters<Notebook["print"]>): void => worker.print(...line)
  const console = cellConsole(print, (rows) => print("log", [rows]))
  Object.defineProperty(globalThis, "console", { value: freeze(console), configurable: true, writable: true })
  Object.defineProperty(globalThis, "__import", { value: (name: string) => worker.module(name) })
  Object.defineProperty(globalThis, "__engine", { value: engine })
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
  port.onmessage = (event: MessageEvent) => worker.hear(apply(dataOf, event, []))
  worker.reply({ type: "ready" })
}

self.onmessage = (event: MessageEvent) => {
  self.onmessage = null
  start(event.ports[0])
}
