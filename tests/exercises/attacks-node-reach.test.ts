/**
 * @file Answers that try to get out of the process that `npm run grade` runs them in: to files, sockets, the environment,
 * other processes, other learners. Each is told no, and takes nothing with it.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { type AddressInfo, createServer, type Server } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import { Children } from "../../scripts/grading/children.ts"
import { grade } from "../../src/notebook/grade.ts"

const SECRET = "the-secret-of-this-test"
const folder = mkdtempSync(join(tmpdir(), "descent-attacks-"))
const secretFile = join(folder, "secret.txt")
const secretModule = join(folder, "secret.mjs")
const marker = join(folder, "was-here")
const children = new Children()
let server: Server
let port = 0
let visits = 0

beforeAll(async () => {
  writeFileSync(secretFile, SECRET)
  writeFileSync(secretModule, `export default ${JSON.stringify(SECRET)}`)
  process.env.DESCENT_SECRET = SECRET
  server = createServer((socket) => {
    visits++
    socket.end(SECRET)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  children.close()
  server.close()
  delete process.env.DESCENT_SECRET
  rmSync(folder, { recursive: true, force: true })
})

const submit = (source: string) =>
  grade(
    { id: "softmax", exercise: { ...softmax, limit: 2000 }, answer: { kind: "function", source }, seed: 3 },
    children.run,
  )

/** An answer that prints what it gets hold of, once, and is wrong. */
const thief = (code: string): string => `
let tried = false
async function softmax(s) {
  if (tried) return s.mul(0)
  tried = true
  let loot
  try {
    loot = await (async () => { ${code} })()
  } catch (error) {
    loot = "refused: " + error
  }
  console.log(String(loot))
  return s.mul(0)
}`

const q = (text: string): string => JSON.stringify(text)
const read = (fs: string): string => `return (await ${fs}).readFileSync(${q(secretFile)}, "utf8")`
const leave = `execSync("touch ${marker}")`

const attacks: Record<string, string> = {
  "reads a file": read('import("node:fs")'),
  "reads a file by its promise": `return (await import("node:fs/promises")).readFile(${q(secretFile)}, "utf8")`,
  "reads a file through eval": read(`eval('import("node:fs")')`),
  "reads a file through an eval of the global scope": read(`(0, eval)('import("node:fs")')`),
  "reads a file through Function": read(`Function('return import("node:fs")')()`),
  "reads a file through an async function's maker": read(
    `(async () => {}).constructor('return import("node:fs")')()`,
  ),
  "reads a file through a generator's maker": read(
    `(function* () {}).constructor('yield import("node:fs")')().next().value`,
  ),
  "reads a file through the makers of the engine": read(`zeros.constructor('return import("node:fs")')()`),
  "imports a file by its URL": `return (await import(${q(pathToFileURL(secretModule).href)})).default`,
  "imports a file by its path": `return (await import(${q(secretModule)})).default`,
  "imports a file as JSON": `return (await import(${q(pathToFileURL(secretFile).href)}, { with: { type: "json" } })).default`,
  "imports a data: URL that imports": `return (await import("data:text/javascript,import fs from 'node:fs'; export default fs")).default.readFileSync(${q(secretFile)}, "utf8")`,
  "imports an http: URL": `return (await import("http://127.0.0.1:PORT/x.mjs")).default`,
  "imports the process": 'return (await import("node:process")).env.DESCENT_SECRET',
  "imports worker threads": `const { Worker } = await import("node:worker_threads"); return new Worker("1", { eval: true })`,
  "imports the inspector": `const { Session } = await import("node:inspector"); const s = new Session(); s.connect(); return s`,
  "imports WASI": `const { WASI } = await import("node:wasi"); return new WASI({ version: "preview1", preopens: { "/": "/" } })`,
  "imports another realm": `return (await import("node:vm")).runInThisContext("process.env.DESCENT_SECRET")`,
  "imports the maker of require": `return (await import("node:module")).createRequire("/")("fs").readFileSync(${q(secretFile)}, "utf8")`,
  "imports a writer of heaps": `return (await import("node:v8")).writeHeapSnapshot(${q(marker)})`,
  "imports a database": `const { DatabaseSync } = await import("node:sqlite"); return new DatabaseSync(${q(marker)})`,
  "imports the cluster": `return (await import("node:cluster")).default.fork()`,
  "starts a process": `return (await import("node:child_process")).${leave}`,
  "starts a process by require": `return require("child_process").${leave}`,
  "opens a socket": `const net = await import("node:net"); return new Promise((done) => net.connect(PORT, "127.0.0.1").on("data", (d) => done(String(d))))`,
  "opens a socket by http": `const http = await import("node:http"); return new Promise((done) => http.get("http://127.0.0.1:PORT", done))`,
  "sends a datagram": `(await import("node:dgram")).createSocket("udp4").send("x", PORT, "127.0.0.1"); return "sent"`,
  "asks a name server": `return (await import("node:dns/promises")).lookup("localhost").then(JSON.stringify)`,
  fetches: `return (await fetch("http://127.0.0.1:PORT")).text()`,
  "opens a web socket": `return new WebSocket("ws://127.0.0.1:PORT")`,
  "opens an event source": `return new EventSource("http://127.0.0.1:PORT")`,
  requires: `return require("fs").readFileSync(${q(secretFile)}, "utf8")`,
  "requires through the module": `return module.constructor._load("fs").readFileSync(${q(secretFile)}, "utf8")`,
  "requires through the main module": `return process.mainModule.require("fs").readFileSync(${q(secretFile)}, "utf8")`,
  "asks for a binding": `return process.binding("fs")`,
  "asks for a built-in module": `return process.getBuiltinModule("fs").readFileSync(${q(secretFile)}, "utf8")`,
  "loads native code": `return process.dlopen({ exports: {} }, ${q(secretFile)})`,
  "reads the environment": "return process.env.DESCENT_SECRET",
  "reads the environment through Function": `return Function("return process")().env.DESCENT_SECRET`,
  "reads the environment through a sloppy this": `return Function("return this")().process.env.DESCENT_SECRET`,
  "reads the environment through the maker of a tensor": `return tensor([1]).constructor.constructor("return process")().env.DESCENT_SECRET`,
  "reads the environment through the console": `return console.log.constructor("return process")().env.DESCENT_SECRET`,
  "reads the environment through Reflect": `return Reflect.get(globalThis, "process").env.DESCENT_SECRET`,
  "reads the old name of the global scope": "return global.process.env.DESCENT_SECRET",
  "ends the process": "return process.exit(0)",
  "kills the parent": "return process.kill(process.ppid)",
  "forges a message to the parent": `return process.send({ id: 1, calls: [], console: [] })`,
  "writes to the parent's pipe": `return process.stdout.write("x".repeat(1000))`,
  "finds functions of the host on the stack": `
    Error.prepareStackTrace = (_, frames) => frames.flatMap((frame) => [frame.getFunction(), frame.getThis()])
    const found = new Error("x").stack.find((one) => one !== undefined)
    return found === undefined ? undefined : found.constructor("return process")().env.DESCENT_SECRET`,
  "finds functions of the host on a full stack": `
    Error.prepareStackTrace = (_, frames) => frames.flatMap((frame) => [frame.getFunction(), frame.getThis()])
    const deep = () => deep()
    let found
    try { deep() } catch (error) { found = error.stack.find((one) => one !== undefined && one !== deep) }
    return found && found.constructor("return process")().env.DESCENT_SECRET`,
  "finds functions of the host in the trace of a clone that fails": `
    Error.prepareStackTrace = (_, frames) => frames.map((frame) => frame.getFunction()).find(Boolean)
    try { structuredClone(() => {}) } catch (error) { return error.constructor.constructor("return process")().env.DESCENT_SECRET }`,
  "asks who called it": `const who = Function("return arguments.callee.caller"); return [1].map(who)[0] ?? who()`,
  "asks a getter who called it": `
    let found
    const get = Function("found = arguments.callee.caller")
    const trap = Object.defineProperty({}, "message", { get })
    try { console.log(trap) } catch {}
    return globalThis.found`,
  "takes a timer apart": `
    const timer = setTimeout(() => {}, 0)
    return Object.values(timer).find((one) => typeof one === "object") ?? timer._idleNext`,
  "takes the this of a timer": `return new Promise((done) => setTimeout(function () { done(this === undefined ? undefined : this._idlePrev) }, 0))`,
  "takes the this of a microtask": `return new Promise((done) => queueMicrotask(function () { done(this) }))`,
  "starts a worker": `return new Worker("data:text/javascript,1")`,
  "opens a channel": "return new MessageChannel().port1",
  "opens a broadcast": `return new BroadcastChannel("x")`,
  "shares memory": "return new SharedArrayBuffer(8)",
  "waits on shared memory": `const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }); return Atomics.wait(new Int32Array(buffer), 0, 0)`,
  "looks for other runtimes":
    "return globalThis.Deno ?? globalThis.Bun ?? globalThis.Buffer ?? globalThis.navigator",
  "stores something": `localStorage.setItem("x", "1"); return localStorage`,
  "makes a realm": "return new ShadowRealm().evaluate('process.env.DESCENT_SECRET')",
  "walks over everything that it can reach": `
    const seen = new Set()
    const queue = [globalThis, softmax, tensor([1]), (function* () {})(), (async function* () {})(), new Map().entries(), setTimeout(() => {})]
    const names = /^(process|require|internalBinding|binding|dlopen|fork|spawn|execPath|mainModule)$/
    while (queue.length > 0) {
      const one = queue.pop()
      if ((typeof one !== "object" && typeof one !== "function") || one === null || seen.has(one)) continue
      seen.add(one)
      if (typeof one === "function" && names.test(one.name)) return "found " + one.name
      queue.push(Object.getPrototypeOf(one))
      for (const key of Reflect.ownKeys(one)) {
        if (names.test(String(key))) return "found " + String(key)
        const { value, get, set } = Object.getOwnPropertyDescriptor(one, key)
        queue.push(value, get, set)
      }
    }
    return seen.size > 500 ? undefined : "saw only " + seen.size`,
}

describe("an answer that", () => {
  it.each(Object.entries(attacks))("%s gets nothing", { timeout: 60_000 }, async (_, code) => {
    const report = await submit(thief(code.replaceAll("PORT", String(port))))
    const loot = report.console.at(-1) ?? "nothing was printed"
    expect(loot).toMatch(/^(undefined|null|refused: )/)
    expect(JSON.stringify(report)).not.toContain(SECRET)
    expect(["wrong", "partial"], report.message).toContain(report.verdict)
    expect(report.score).toBeLessThan(1)
    expect(visits).toBe(0)
    expect(existsSync(marker)).toBe(false)
  })

  it("is one of more than forty", () => {
    expect(Object.keys(attacks).length).toBeGreaterThan(40)
  })
})

describe("what an answer leaves behind", () => {
  const spoilt = `
Object.prototype.polluted = "yes"
Array.prototype.map = () => []
Tensor.prototype.exp = function () { return this }
Math.exp = () => 0
globalThis.stolen = softmax
setInterval(() => {}, 1)
function softmax(s) { return s.mul(0) }`

  it("is not there for the next one", { timeout: 60_000 }, async () => {
    expect((await submit(spoilt)).verdict).not.toBe("correct")
    const next = await submit(
      thief(
        "return [{}.polluted, globalThis.stolen, [1].map((x) => x + 1)[0] === 2 ? undefined : 'patched'].find(Boolean)",
      ),
    )
    expect(next.console.at(-1)).toBe("undefined")
    expect(await submit(softmax.solution)).toMatchObject({ verdict: "correct", score: 1 })
  })
})
