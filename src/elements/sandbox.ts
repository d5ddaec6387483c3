/**
 * @file The place where a reader's code runs: a worker of an opaque origin, without network, storage or page. Owns its
 * life (start, spare, stop, death of its process). Knows nothing of cells or exercises beyond "asked" and "answered".
 */
import type { Reply, Request } from "../notebook/protocol.ts"
import workerText, { modules } from "../notebook/worker.ts?bundle-text"

export interface Sandbox {
  post(request: Request, transfer?: Transferable[]): void
  onreply: ((reply: Reply) => void) | undefined
  /** The worker ended without being asked to; says why in a reader's words. */
  ondeath: ((message: string) => void) | undefined
  /** Ends the worker at once, whatever it does. */
  stop(): void
}

const OUT_OF_MEMORY =
  "The browser ended the process that ran this code, most likely because it took too much memory. " +
  "The page and your text are safe; make the arrays smaller or the loop shorter and run it again."

/** A frame that misses this many pings in a row is gone; its event loop is free even while a worker is busy. */
const PING_EVERY = 500
const PINGS_MISSED = 4
/** While nothing runs: something that a run has left behind may still take memory. */
const IDLE_PING_EVERY = 4000
/** Before a worker is handed out, its frame has to answer within this time. */
const MOST_SILENCE = 2000

const LEFT_BEHIND =
  "The code of this page did not answer: something that an earlier cell left behind (a timer, a listener, a promise that " +
  "nobody awaits) never comes to an end. It has been ended; run the cell again."
const WORN = "This cell has changed, for good, what all code shares. The next run begins with everything new."

/** A worker that owes nothing takes up a run within this time, however slow the machine. */
const MOST_DELAY = 10_000

/** A `data:` worker can hold only a short script: it takes the real one by message and hands itself over. */
const LOADER =
  "onmessage=(e)=>{onmessage=null;(0,eval)(e.data+'\\n//# sourceURL=cells-runtime.js');onmessage(e)}"

/** Runs inside the frame: makes and ends workers, answers pings. It only listens to the page. */
const KEEPER = `
const loader = 'data:text/javascript,' + encodeURIComponent(${JSON.stringify(LOADER)})
const workers = new Map()
let code
addEventListener('message', (e) => {
  if (e.source !== parent) return
  const { type, id } = e.data
  if (type === 'code') code = e.data.code
  if (type === 'ping') parent.postMessage({ type: 'pong' }, '*')
  if (type === 'start') {
    const worker = new Worker(loader, { name: 'cells' })
    worker.onerror = (x) => { x.preventDefault(); parent.postMessage({ type: 'failed', id, message: x.message }, '*') }
    workers.set(id, worker)
    worker.postMessage(code, [e.ports[0]])
  }
  if (type === 'stop') { workers.get(id)?.terminate(); workers.delete(id) }
})
parent.postMessage({ type: 'frame-ready' }, '*')`

interface WorkerHandle extends Sandbox {
  ready: Promise<void>
  die(message: string): void
}

/** The hidden iframe. Chromium gives it a process of its own, so a memory bomb takes the frame and not the page. */
class Frame {
  readonly element: HTMLIFrameElement
  readonly loaded: Promise<void>
  #workers = new Map<number, WorkerHandle>()
  #busy = new Set<number>()
  #nextId = 1
  #missed = 0
  #timer: ReturnType<typeof setInterval> | undefined
  #isLoaded = false
  #isBuried = false
  /** Called at the next sign of life. */
  #listeners = new Set<() => void>()
  #markLoaded = () => {}

  constructor() {
    const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16)).join("")
    const policy = `default-src 'none'; script-src 'nonce-${nonce}' 'unsafe-eval' data:; worker-src data:`
    this.loaded = new Promise((resolve) => {
      this.#markLoaded = resolve
    })
    this.element = document.createElement("iframe")
    this.element.setAttribute("sandbox", "allow-scripts")
    this.element.setAttribute("aria-hidden", "true")
    this.element.title = "Where the code of this page runs"
    this.element.hidden = true
    this.element.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script nonce="${nonce}">${KEEPER}</script>`
    addEventListener("message", this.#hear)
    document.body.append(this.element)
  }

  #hear = (event: MessageEvent) => {
    if (event.source !== this.element.contentWindow || event.source === null) return
    this.#missed = 0
    for (const listener of this.#listeners) listener()
    if (event.data.type === "frame-ready") {
      this.#tell({ type: "code", code: workerText })
      this.#isLoaded = true
      this.#watch()
      this.#markLoaded()
    }
    if (event.data.type === "failed")
      this.#workers
        .get(event.data.id)
        ?.die(`The code’s worker failed: ${event.data.message || "no reason given"}.`)
  }

  #tell(message: unknown, transfer: Transferable[] = []): void {
    this.element.contentWindow?.postMessage(message, "*", transfer)
  }

  start(): WorkerHandle {
    const id = this.#nextId++
    const { port1: port, port2 } = new MessageChannel()
    let resolveReady = () => {}
    let rejectReady: (reason: Error) => void = () => {}
    const ready = new Promise<void>((resolve, reject) => {
      resolveReady = resolve
      rejectReady = reject
    })
    // A spare's failure is heard when it is taken, not as an unhandled rejection.
    ready.catch(() => undefined)
    let patience: ReturnType<typeof setTimeout> | undefined
    let isWorn = false
    const forget = () => {
      clearTimeout(patience)
      if (spare === worker) spare = undefined
      this.#workers.delete(id)
      this.#setBusy(id, false)
      port.onmessage = null
      port.close()
    }
    const worker: WorkerHandle = {
      ready,
      onreply: undefined,
      ondeath: undefined,
      post: (request, transfer = []) => {
        if (request.type === "run" || request.type === "change" || request.type === "probe") {
          if (!this.#busy.has(id) && request.type !== "probe")
            patience ??= setTimeout(() => worker.die(LEFT_BEHIND), MOST_DELAY)
          this.#setBusy(id, true)
        }
        if (request.type === "devices") this.#setBusy(id, true)
        port.postMessage(request, transfer)
      },
      stop: () => {
        this.#tell({ type: "stop", id })
        forget()
      },
      die: (message) => {
        this.#tell({ type: "stop", id })
        forget()
        rejectReady(new Error(message))
        worker.ondeath?.(message)
      },
    }
    port.onmessage = ({ data }: MessageEvent<Reply>) => {
      clearTimeout(patience)
      patience = undefined
      if (data.type === "ready") resolveReady()
      if (data.type === "worn") {
        isWorn = true
        if (data.isBroken) this.#setBusy(id, false)
      }
      if (data.type === "ready" || data.type === "idle" || data.type === "probed") this.#setBusy(id, false)
      if (data.type === "need-module") sendModule(worker, data.name)
      worker.onreply?.(data)
      // Whoever has it learns that it is gone, and takes another one for the next run.
      if (isWorn && !this.#busy.has(id)) worker.die(WORN)
    }
    this.#workers.set(id, worker)
    this.#setBusy(id, true)
    this.loaded.then(() => this.#tell({ type: "start", id }, [port2]))
    return worker
  }

  /** Whether its process still lives. */
  answers(): Promise<boolean> {
    if (this.#isBuried) return Promise.resolve(false)
    return new Promise((resolve) => {
      const end = (isAlive: boolean): void => {
        clearTimeout(timer)
        this.#listeners.delete(hear)
        resolve(isAlive)
      }
      const hear = (): void => end(true)
      const timer = setTimeout(() => end(false), MOST_SILENCE)
      this.#listeners.add(hear)
      this.#tell({ type: "ping" })
    })
  }

  #setBusy(id: number, busy: boolean): void {
    const was = this.#busy.size > 0
    busy ? this.#busy.add(id) : this.#busy.delete(id)
    if (was !== this.#busy.size > 0) this.#watch()
  }

  /** Pings often while some worker owes an answer, so that an idle page does next to nothing. */
  #watch(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#missed = 0
    if (!this.#isLoaded || this.#isBuried) return
    const isBusy = this.#busy.size > 0
    if (isBusy) this.#tell({ type: "ping" })
    this.#timer = setInterval(() => this.#ping(), isBusy ? PING_EVERY : IDLE_PING_EVERY)
  }

  #ping(): void {
    const most = this.#busy.size > 0 ? PINGS_MISSED : 1
    if (this.#missed++ >= most) this.bury()
    else this.#tell({ type: "ping" })
  }

  /** Its process is gone, and with it every worker, the spare one too: both are in the same process. */
  bury(): void {
    if (this.#isBuried) return
    this.#isBuried = true
    this.#watch()
    removeEventListener("message", this.#hear)
    this.element.remove()
    if (frame === this) {
      spare = undefined
      frame = new Frame()
      spare = frame.start()
    }
    for (const worker of [...this.#workers.values()]) worker.die(OUT_OF_MEMORY)
  }
}

/** What the worker's program can import so far: a module that is loaded may bring others. */
const known = { ...modules }

async function sendModule(worker: Sandbox, name: string): Promise<void> {
  try {
    const { default: text, modules: more } = await known[name]()
    Object.assign(known, more)
    worker.post({ type: "module", name, text })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    worker.post({ type: "module", name, error: `A part of the book could not be loaded: ${reason}` })
  }
}

let frame: Frame | undefined
let spare: WorkerHandle | undefined

/** A started worker that nobody has used, at once if the spare is ready. A new spare is started behind it. */
export async function openSandbox(): Promise<Sandbox> {
  frame ??= new Frame()
  const asked = frame
  await asked.loaded
  if (!(await asked.answers())) asked.bury()
  const worker = spare ?? frame.start()
  spare = undefined
  await worker.ready
  spare ??= frame?.start()
  return worker
}
