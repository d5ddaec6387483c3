/** @file Answers that attack the grader, in the processes that `npm run grade` uses: none passes, none hangs. */
import { afterAll, describe, expect, it } from "vitest"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import type { FunctionExercise } from "../../exercises/lib/exercise.ts"
import { Children } from "../../scripts/grading/children.ts"
import { grade } from "../../src/notebook/grade.ts"

/** Enough for what ends; the many that do not are waited for. */
const exercise: FunctionExercise = { ...softmax, limit: 1200 }
const children = new Children()
afterAll(() => children.close())

const submit = (source: string, asked = exercise) =>
  grade({ id: "softmax", exercise: asked, answer: { kind: "function", source }, seed: 3 }, children.run)

const body = (code: string) => `function softmax(s) {\n${code}\n}`
const wrong = body("  return s.mul(0)")

const attacks: Record<string, string> = {
  "patches Math.abs": `Math.abs = () => 0\n${wrong}`,
  "patches every and some": `Array.prototype.every = () => true\nArray.prototype.some = () => true\n${wrong}`,
  "patches Number.isFinite and Object.is": `Number.isFinite = () => true\nObject.is = () => true\n${wrong}`,
  "patches the engine": `Tensor.prototype.data = () => [1]\nTensor.prototype.sub = function () { return this }\n${wrong}`,
  "patches push, map and iterators": `Array.prototype.push = () => 0\nArray.prototype.map = () => []\nArray.prototype[Symbol.iterator] = null\n${wrong}`,
  "patches Promise": `Promise.prototype.then = () => {}\n${wrong}`,
  "pollutes Object.prototype": `Object.prototype.verdict = "correct"\nObject.prototype.toJSON = () => "ok"\n${wrong}`,
  "returns NaN": body("  return s.mul(NaN)"),
  "returns Infinity": body("  return s.mul(Infinity)"),
  "returns an empty list": body("  return []"),
  "returns an empty tensor": body("  return tensor([])"),
  "returns a scalar to be broadcast": body("  return 0.3333"),
  "returns objects with valueOf": body("  return [0, 1, 2].map(() => ({ valueOf: () => NaN }))"),
  "returns a Proxy that is every number": body(
    "  return new Proxy([], { get: (_, k) => (k === 'length' ? 3 : NaN) })",
  ),
  "returns a Proxy without end": body(
    "  return new Proxy([], { get: (_, k) => (k === 'length' ? Infinity : 1) })",
  ),
  "returns a false tensor": body(
    "  return Object.create(Tensor.prototype, { shape: { value: [3] }, data: { value: () => [1, 1, 1] } })",
  ),
  "changes its input and gives it back": body("  s.data().fill(0)\n  s.assign(s.mul(0))\n  return s"),
  "throws a verdict": body("  throw { pass: true, verdict: 'correct' }"),
  "throws a trap": body("  throw new Proxy(new Error('x'), { get() { throw 1 } })"),
  "posts a forged result": `globalThis.postMessage?.({ type: "probed", result: {} })\nglobalThis.process?.send?.({})\n${wrong}`,
  "hard-codes the known case": body(
    "  return s.ndim === 1 ? tensor([0.1299825, 0.8690495, 0.0009679]) : s.mul(0)",
  ),
  "gives a thenable": body("  return { then(resolve) { resolve(1) } }"),
  "never resolves": `async ${body("  await new Promise(() => {})")}`,
  "resolves a loop": `async ${body("  await { then() { for (;;); } }")}`,
  "loops for ever": body("  while (true) {}"),
  "loops for ever at the top level": `while (true) {}\n${wrong}`,
  "recurses for ever": body("  return softmax(s)"),
  "asks for 2^40 numbers": body("  return new Float64Array(2 ** 40)"),
  "asks the engine for 2^40 numbers": body("  return zeros([2 ** 20, 2 ** 20]).add(1)"),
  "takes all memory in typed arrays": body(
    "  const all = []\n  for (;;) all.push(new Float64Array(2 ** 20).fill(1))",
  ),
  "takes all memory in the heap": body("  const all = []\n  for (;;) all.push([all.length])"),
  "prints without end": body("  for (let i = 0; ; i++) console.log(i)"),
  "reads a file": `async ${body('  return (await import("node:fs")).readFileSync("package.json", "utf8").length')}`,
  "opens a socket": `async ${body('  return (await import("node:net")).connect(80)')}`,
  "opens a socket through eval": `async ${body("  return (await eval(\"import('node:http')\")).get('http://localhost')")}`,
  fetches: `async ${body('  return await fetch("http://localhost")')}`,
  "reads the environment": body("  return process.env"),
  "reads the environment by detours": body(
    '  return (() => {}).constructor("return globalThis.process ?? process")().env',
  ),
  "starts a process": `async ${body('  return (await import("node:child_process")).execSync("id")')}`,
  "starts a worker": body('  return new Worker("data:text/javascript,1")'),
  "reaches the console's stream": body("  return new console._stdout.constructor()"),
  requires: body('  return require("fs")'),
  "calls the reference by its name": body("  return solution(s)"),
  "looks for the reference in the scope": body("  return eval('reference ?? expected ?? solution')(s)"),
  "calls itself what the judge may look for": `globalThis.verdict = "correct"; globalThis.passed = true\n${wrong}`,
  "counts its calls and guesses": `let n = 0\n${body("  n++\n  return n === 1 ? tensor([0.1299825, 0.8690495, 0.0009679]) : s")}`,
  "answers by the shape": body("  return full(s.shape, 1 / s.shape.at(-1))"),
  "patches Math.exp and Math.max": `Math.exp = () => 1\nMath.max = () => 0\n${wrong}`,
  "patches JSON and structuredClone": `JSON.stringify = () => '"correct"'\nglobalThis.structuredClone = () => ({ verdict: "correct" })\n${wrong}`,
  "patches Float64Array": `Float64Array.prototype.every = () => true\nObject.defineProperty(Float64Array.prototype, "length", { get: () => 0 })\n${wrong}`,
  "freezes the prototypes": `Object.freeze(Array.prototype); Object.freeze(Object.prototype); Object.freeze(Tensor.prototype)\n${wrong}`,
  "gives the result a getter that changes": body(
    "  let n = 0\n  return { get shape() { return n++ ? s.shape : [3] }, data: () => [1, 0, 0] }",
  ),
  "gives lists a length that lies": body("  const p = [0.1, 0.2, 0.7]\n  p.length = 2 ** 31\n  return p"),
  "gives a sparse list": body("  return Object.assign(new Array(3), { 1: 1 })"),
  "gives a list that holds itself": body("  const p = [0, 0, 1]\n  p[0] = p\n  return p"),
  "gives numbers as texts": body('  return ["0.1299825", "0.8690495", "0.0009679"]'),
  "gives big integers": body("  return [0n, 1n, 0n]"),
  "gives symbols": body("  return [Symbol('0.13'), 1, 0]"),
  "gives a DataView": body("  return new DataView(new ArrayBuffer(24))"),
  "gives a shared buffer that it changes later": body(
    "  const p = new Float64Array(new SharedArrayBuffer(24))\n  setTimeout(() => p.fill(0.3333), 0)\n  return p",
  ),
  "changes its result after returning it": body(
    "  const p = s.mul(0)\n  Promise.resolve().then(() => p.assign?.(s.exp()))\n  return p",
  ),
  "stops the clock": `Date.now = () => 0\nperformance.now = () => 0\n${body("  while (true) {}")}`,
  "clears the timers": `for (let i = 0; i < 1000; i++) { clearTimeout(i); clearInterval(i) }\n${body("  for (;;) {}")}`,
  "waits for ever on a promise of its own class": `class P extends Promise {}\nasync ${body("  await new P(() => {})")}`,
  "catches its own end and goes on": body("  for (;;) { try { softmax(s) } catch {} }"),
  "loops in a getter": body("  return { get p() { for (;;); } }"),
  "loops in toString": body("  throw { toString() { for (;;); }, get message() { for (;;); } }"),
  "throws from a getter of its error": body(
    "  const e = new Error('x')\n  Object.defineProperty(e, 'name', { get() { throw e } })\n  throw e",
  ),
  "throws an error of a million characters": body('  throw new Error("correct ".repeat(1e6))'),
  "says that it is still to be done": body('  const e = new Error("correct")\n  e.name = "Ok"\n  throw e'),
  "matches a regular expression without end": body('  /^(a+)+$/.test("a".repeat(40) + "!")\n  return s'),
  "sorts without end": body("  return [1, 2, 3].sort(() => { for (;;); })"),
  "makes texts without end": body('  let t = "x"\n  for (;;) t += t + "y"'),
  "asks for a list of 2^31 places and fills it": body("  return new Array(2 ** 31).fill(0)"),
  "posts to its parent": `globalThis.parent?.postMessage?.({ verdict: "correct" }, "*")\nself.postMessage?.({ id: 1, calls: [], console: [] })\n${wrong}`,
  "ends its own process": `globalThis.close?.()\nglobalThis.process?.exit?.(0)\n${wrong}`,
  "imports by a computed name": `async ${body('  return (await import(["node", "fs"].join(":"))).readdirSync("/")')}`,
  "imports from the network": `async ${body('  return (await import("http://localhost/x.js")).default')}`,
  "imports from data": `async ${body('  return (await import("data:text/javascript,export default 1")).default')}`,
  "opens a web socket": body('  return new WebSocket("ws://localhost")'),
  "builds functions from text": body('  return new Function("s", "return s.mul(0)")(s)'),
  "has a name in its code that ends the function":
    "function softmax(s) { return s.mul(0) }\n})(); globalThis.done = true; (() => {",
  "closes the wrapper": "}\nreturn () => 1\n{",
  "has U+2028 and a null byte in it": "function softmax(s) { const a = '\u2028\u0000'; return s.mul(0) }",
  "returns at the top level": `return 1\n${wrong}`,
}

describe("the attacks", () => {
  it("are at least 60", () => {
    console.log(`${Object.keys(attacks).length} attacks`)
    expect(Object.keys(attacks).length).toBeGreaterThanOrEqual(60)
  })
})

describe("an answer that", () => {
  it.each(Object.entries(attacks))("%s does not pass", { timeout: 60_000 }, async (_, source) => {
    const report = await submit(source)
    expect(["wrong", "partial", "threw", "timeout", "invalid"], report.message).toContain(report.verdict)
    expect(report.score).toBeLessThan(1)
    expect(report.message.length).toBeLessThanOrEqual(300)
    expect(report.console.length).toBeLessThanOrEqual(101)
  })

  it("is right is graded as usual after all that", { timeout: 60_000 }, async () => {
    expect(await submit(softmax.solution, softmax)).toMatchObject({ verdict: "correct", score: 1 })
  })

  it.each([
    ["reads a file", "dynamic import callback was not specified"],
    ["reads the environment", "process is not defined"],
    ["fetches", "code on this page has no network"],
    ["opens a socket", "dynamic import callback was not specified"],
  ])("%s is told that it cannot", { timeout: 60_000 }, async (name, says) => {
    expect((await submit(attacks[name])).message).toContain(says)
  })
})
