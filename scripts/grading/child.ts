/**
 * @file The program that foreign code runs in: takes probe jobs from its standard input, sends raw results to its standard
 * output. Before the first job it gives up everything but the language itself. `program.ts` makes a snapshot of it.
 */
import { readSync, writeSync } from "node:fs"
import { deserialize, serialize, startupSnapshot } from "node:v8"
import { confine } from "../../src/notebook/confine.ts"
import type { ProbeJob } from "../../src/notebook/probe.ts"
import { loadParser, runProbe } from "../../src/notebook/run-probe.ts"

/** Beside what ECMAScript defines, code may use these. All else (process, require, fetch, Buffer, …) is removed. */
const KEPT = new Set(
  `globalThis Object Function Array Number String Boolean Symbol BigInt Math JSON Infinity NaN undefined eval isFinite
  isNaN parseFloat parseInt Date RegExp Intl Error EvalError RangeError ReferenceError SyntaxError TypeError URIError
  AggregateError SuppressedError Promise Proxy Reflect Map Set WeakMap WeakSet WeakRef FinalizationRegistry Iterator
  DisposableStack AsyncDisposableStack ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array
  Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array decodeURI
  decodeURIComponent encodeURI encodeURIComponent escape unescape WebAssembly structuredClone`.split(/\s+/),
)

/** As in the book's own worker: the line of an error may lie deep under the engine's. */
const STACK_DEPTH = 60
const HEAD = 4

function giveUpEverything(): void {
  const timers = plainTimers()
  for (const name of Reflect.ownKeys(globalThis))
    if (!KEPT.has(String(name)) && name !== Symbol.toStringTag && !Reflect.deleteProperty(globalThis, name))
      throw new Error(`the global ${String(name)} cannot be removed`)
  Object.assign(globalThis, timers)
  // What the book's worker refuses is refused in the same words, so that both say the same of an answer.
  confine(globalThis)
  Error.stackTraceLimit = STACK_DEPTH
}

/** Node hands out objects of its own and calls back on them; these give numbers, as a browser does. */
function plainTimers(): Record<string, unknown> {
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis
  const running = new Map<number, NodeJS.Timeout>()
  let last = 0
  type Start = (act: () => void, ms?: number) => NodeJS.Timeout
  const starter =
    (start: Start) =>
    (act: unknown, ms?: unknown, ...args: unknown[]): number => {
      const id = ++last
      const call = typeof act === "function" ? (act as (...args: unknown[]) => void) : () => {}
      running.set(
        id,
        start(() => call(...args), Number(ms) || 0),
      )
      return id
    }
  const end = (id: unknown): void => {
    clearTimeout(running.get(Number(id)))
    clearInterval(running.get(Number(id)))
    running.delete(Number(id))
  }
  return {
    setTimeout: starter(setTimeout as Start),
    setInterval: starter(setInterval as Start),
    clearTimeout: end,
    clearInterval: end,
    queueMicrotask: (act: () => void): void => void Promise.resolve().then(() => act()),
  }
}

/** Four bytes of length, then the value. Nothing: "I am ready". */
function send(value?: unknown): void {
  const body = value === undefined ? new Uint8Array(0) : serialize(value)
  const frame = new Uint8Array(HEAD + body.length)
  new DataView(frame.buffer).setUint32(0, body.length)
  frame.set(body, HEAD)
  for (let done = 0; done < frame.length; ) done += writeSync(1, frame, done)
}

/** Waits for the next job; nothing else goes on meanwhile. Nothing comes when the parent has ended. */
function receive(): ProbeJob | undefined {
  const head = new Uint8Array(HEAD)
  if (!fill(head)) return undefined
  const body = new Uint8Array(new DataView(head.buffer).getUint32(0))
  return fill(body) ? deserialize(body) : undefined
}

function fill(bytes: Uint8Array): boolean {
  for (let done = 0; done < bytes.length; ) {
    const more = readSync(0, bytes, done, bytes.length - done, null)
    if (more === 0) return false
    done += more
  }
  return true
}

async function main(): Promise<void> {
  // What nobody awaits is the answer's own affair, as it is in the book's worker.
  process.on("unhandledRejection", () => {})
  process.on("uncaughtException", () => {})
  const { exit } = process
  await loadParser()
  giveUpEverything()
  send()
  for (let job = receive(); job; job = receive()) send(await runProbe(job))
  exit.call(process, 0)
}

startupSnapshot.setDeserializeMainFunction(() => void main())
