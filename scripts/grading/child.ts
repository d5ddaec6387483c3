/**
 * @file The process that foreign code runs in: takes probe jobs from its parent and sends raw results back. Before the
 * first job it gives up everything but the language itself. Started by `children.ts` under Node's permission model.
 */
import * as nodeModule from "node:module"
import type { ProbeJob } from "../../src/notebook/probe.ts"
import { loadParser, runProbe } from "../../src/notebook/run-probe.ts"

/** Beside what ECMAScript defines, code may use these. All else (process, require, fetch, Buffer, …) is removed. */
const KEPT = new Set([
  ...[
    "globalThis",
    "Object",
    "Function",
    "Array",
    "Number",
    "String",
    "Boolean",
    "Symbol",
    "BigInt",
    "Math",
    "JSON",
  ],
  ...[
    "Infinity",
    "NaN",
    "undefined",
    "eval",
    "isFinite",
    "isNaN",
    "parseFloat",
    "parseInt",
    "Date",
    "RegExp",
    "Intl",
  ],
  ...[
    "Error",
    "EvalError",
    "RangeError",
    "ReferenceError",
    "SyntaxError",
    "TypeError",
    "URIError",
    "AggregateError",
  ],
  ...[
    "Promise",
    "Proxy",
    "Reflect",
    "Map",
    "Set",
    "WeakMap",
    "WeakSet",
    "WeakRef",
    "FinalizationRegistry",
    "Iterator",
  ],
  ...["ArrayBuffer", "DataView", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array"],
  ...[
    "Int32Array",
    "Uint32Array",
    "Float16Array",
    "Float32Array",
    "Float64Array",
    "BigInt64Array",
    "BigUint64Array",
  ],
  ...[
    "decodeURI",
    "decodeURIComponent",
    "encodeURI",
    "encodeURIComponent",
    "escape",
    "unescape",
    "WebAssembly",
  ],
  ...["setTimeout", "clearTimeout", "setInterval", "clearInterval", "queueMicrotask", "structuredClone"],
])

function giveUpEverything(): void {
  for (const name of Object.getOwnPropertyNames(globalThis))
    if (!KEPT.has(name) && !Reflect.deleteProperty(globalThis, name))
      throw new Error(`the global ${name} cannot be removed`)
  const refuse = (): never => {
    throw new Error("modules cannot be loaded here")
  }
  nodeModule.registerHooks({ resolve: refuse, load: refuse })
}

const send = process.send?.bind(process)
if (!send) throw new Error("child.ts is started by the grader, not by hand")
process.on("message", (job: ProbeJob) => {
  // What is not caught here ends the process, which the parent reports as an answer that broke its own run.
  void runProbe(job).then((result) => send(result))
})
await loadParser()
giveUpEverything()
send("ready")
