/**
 * @file What a worker's global scope has that code of a cell must not: ways out, and ways to take what nobody counts. The
 * browser refuses the ways out as well; this is the second wall. Knows no cell.
 */

type Scope = typeof globalThis

/** What a learner may try, and what there is instead. */
const refusals: Readonly<Record<string, string>> = {
  fetch:
    "code on this page has no network; `digits()` and `iris()` are data of the book, `input.file` opens yours",
  XMLHttpRequest: "code on this page has no network; `digits()` and `iris()` are data of the book",
  WebSocket: "code on this page has no network",
  EventSource: "code on this page has no network",
  importScripts: "code on this page has no network; everything that the book exports is here already",
  Worker: "code on this page runs in one thread",
  SharedWorker: "code on this page runs in one thread",
  indexedDB: "code on this page stores nothing; what you write is kept by the page itself",
  caches: "code on this page stores nothing; what you write is kept by the page itself",
  close: "code on this page cannot end its own worker; `throw` ends the cell",
}

/** Names by their beginnings. What stays: the language, timers, texts, streams, canvases, WebGPU, performance. */
const outward = new RegExp(
  `^(${[
    "fetch$|XMLHttp|WebSocket|WebTransport|EventSource|Request$|Response$|Headers$|FormData$|RTC|onrtc",
    "import|Worker$|SharedWorker|ServiceWorker|NavigationPreload|Navigat\\w+UAData|close$|postMessage$|reportError$",
    "BroadcastChannel|Notification|Push|Sync|Periodic|Background|Report|Security|Trusted|trusted|Origin$|Subscri",
    "indexedDB|IDB|caches$|Cache|Storage|Lock|FileSystem|FileReader|FileList|File$|webkit|TEMPORARY|PERSISTENT",
    "fonts$|FontFace|createImage|Image(Decoder|Track)|Video|Audio|Encoded|Media|SourceBuffer|WebGL|CSS",
    "HID|USB|Serial|Idle|Pressure|Permission|NetworkInformation|Crop|Restriction|Create|UserActivation|scheduler$",
  ].join("|")})`,
)

/** Of the navigator. */
const kept = /^(constructor|gpu|hardwareConcurrency|deviceMemory|userAgent|language|languages|platform)$/

/** To be called before any code of a cell has run. */
export function confine(scope: Scope): void {
  for (let owner: object = scope; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner))
    for (const name of Object.getOwnPropertyNames(owner))
      if (outward.test(name) || name in refusals) Reflect.deleteProperty(owner, name)
  for (const [name, why] of Object.entries(refusals)) {
    const refuse = (): never => {
      throw new Error(`${name}: ${why}.`)
    }
    const isObject = name === "indexedDB" || name === "caches"
    const value = new Proxy(class {}, { apply: refuse, construct: refuse, ...(isObject && { get: refuse }) })
    Object.defineProperty(scope, name, { value, writable: true, configurable: true })
  }
  const navigator = Reflect.get(scope, "navigator")
  for (let owner = navigator; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner))
    for (const name of Object.getOwnPropertyNames(owner))
      if (!kept.test(name)) Reflect.deleteProperty(owner, name)
}
