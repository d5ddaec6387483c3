/**
 * @file Answers that take all they can get, time, memory, output, in the processes of `npm run grade`: each is ended at its
 * limit or told no, and the process that grades stays small.
 */
import { afterAll, describe, expect, it } from "vitest"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import { Children } from "../../scripts/grading/children.ts"
import { grade } from "../../src/notebook/grade.ts"

const children = new Children()
afterAll(() => children.close())

const LIMIT = 1000
const submit = (source: string) =>
  grade(
    { id: "softmax", exercise: { ...softmax, limit: LIMIT }, answer: { kind: "function", source }, seed: 3 },
    children.run,
  )

const body = (code: string): string => `function softmax(s) {\n${code}\n}`
const waiting = (code: string): string => `async function softmax(s) {\n${code}\n}`

const attacks: Record<string, string> = {
  "takes typed arrays without end": body(
    "const all = []; for (;;) all.push(new Float64Array(2 ** 20).fill(1))",
  ),
  "takes one typed array after the other until none is given": body(
    "const all = []; for (let n = 2 ** 32; ; ) { try { all.push(new Uint8Array(n).fill(1)) } catch { n /= 2; if (n < 8) n = 8 } }",
  ),
  "takes buffers that grow": body(
    "const all = []; for (;;) { const b = new ArrayBuffer(8, { maxByteLength: 2 ** 30 }); b.resize(2 ** 28); new Uint8Array(b).fill(1); all.push(b) }",
  ),
  "takes memories of WebAssembly": body(
    "const all = []; for (;;) { const m = new WebAssembly.Memory({ initial: 4096 }); new Uint8Array(m.buffer).fill(1); all.push(m) }",
  ),
  "takes tensors without end": body(
    "const all = []; for (;;) { const t = ones([1024, 1024]); t.data(); all.push(t) }",
  ),
  "doubles a text": body(
    'let t = "xy"; const all = []; for (;;) { t = t + t + all.length; all.push(t.split("")) }',
  ),
  "fills a map": body("const m = new Map(); for (let i = 0; ; i++) m.set(i, {})"),
  "adds keys to an object": body("const o = {}; for (let i = 0; ; i++) o['k' + i] = [i]"),
  "clones what it has cloned": body(
    "let all = [1]; for (;;) all = structuredClone([all, all, structuredClone([all, all])])",
  ),
  "squares a whole number": body("let n = 3n; for (;;) n = n * n"),
  "fills an array at once": body("return new Array(2 ** 32 - 1).fill(0).map(() => [0])"),
  "goes round in microtasks": waiting("for (;;) await null"),
  "lets microtasks make microtasks": waiting(
    "const go = () => Promise.resolve().then(go).then(go); go(); await new Promise(() => {})",
  ),
  "goes round in timers": waiting(
    "const go = () => { setTimeout(go); setTimeout(go) }; go(); await new Promise(() => {})",
  ),
  "sleeps for a day": waiting("await new Promise((done) => setTimeout(done, 86_400_000))"),
  "waits for what never comes": waiting("await new Promise(() => {})"),
  "waits in a promise that resolves to one": waiting("await { then() { for (;;); } }"),
  "loops in a getter of its result": body("return { get a() { for (;;); } }"),
  "loops in the keys of its result": body("return new Proxy({}, { ownKeys() { for (;;); } })"),
  "loops where its error is read": body("throw Object.assign(new Error(), { get message() { for (;;); } })"),
  "loops in the trace of its error": body(
    "Error.prepareStackTrace = () => { for (;;); }; throw new Error('x')",
  ),
  "backtracks for ever": body('return /^(a+)+$/.test("a".repeat(60) + "!")'),
  "sorts for ever": body("return [3, 2, 1].sort(() => { for (;;); })"),
  "prints without end": body("for (;;) console.log('x'.repeat(1e6))"),
  "prints one line of a gigabyte": body("console.log('x'.repeat(2 ** 29 - 24)); return s.mul(0)"),
  "prints a value without end": body(
    "const o = {}; o.o = o; o.list = Array(1e6).fill(o); for (let i = 0; i < 1000; i++) console.log(o); return s.mul(0)",
  ),
  "returns a list of a million texts": body("return Array(2 ** 18 - 10).fill('x'.repeat(10_000))"),
  "returns records in records": body("let o = { n: 1 }; for (let i = 0; i < 1e5; i++) o = { o }; return o"),
  "returns a list that is all holes": body("return new Array(2 ** 32 - 1)"),
  "returns a tensor of a hundred million numbers": body("return zeros([1e4, 1e4])"),
  "throws an error with a message of a gigabyte": body("throw new Error('x'.repeat(2 ** 29 - 24))"),
  "names its error without end": body("throw Object.assign(new Error('x'), { name: 'x'.repeat(2 ** 28) })"),
  "recurses for ever": body("return softmax(s)"),
  "recurses in a Proxy": body("const p = new Proxy({}, { get: (t, k, r) => r[k] }); return p.x"),
  "sends no length": `DataView.prototype.setUint32 = () => {}\n${body("return s.mul(0)")}`,
  "sends a length that is none": `DataView.prototype.setUint32 = function (at) { new Uint8Array(this.buffer).fill(255) }\n${body("return s.mul(0)")}`,
  "sends bytes that are no value": `Uint8Array.prototype.fill.call(new Uint8Array(1), 0)\nObject.getPrototypeOf(Uint8Array.prototype).set = function () { this.fill(7, 4) }\n${body("return s.mul(0)")}`,
  "breaks promises": `Promise.prototype.then = () => { for (;;); }\n${waiting("return s.mul(0)")}`,
  "leaves a rejection behind": `Promise.reject(new Proxy({}, { get() { for (;;); } }))\n${body("return s.mul(0)")}`,
  "leaves an exception behind": `setTimeout(() => { throw { toString() { for (;;); } } })\n${waiting("await new Promise((done) => setTimeout(done, 50)); return s.mul(0)")}`,
}

describe("an answer that", () => {
  it.each(Object.entries(attacks))("%s is ended", { timeout: 120_000 }, async (_, source) => {
    const report = await submit(source)
    expect(["wrong", "partial", "threw", "timeout", "invalid"], report.message).toContain(report.verdict)
    expect(report.score).toBeLessThan(1)
    expect(report.message.length).toBeLessThanOrEqual(300)
    expect(report.console.length).toBeLessThanOrEqual(101)
    expect(JSON.stringify(report).length).toBeLessThan(200_000)
  })

  it("is right is graded as usual after all that, by a process that has stayed small", {
    timeout: 60_000,
  }, async () => {
    expect(await submit(softmax.solution)).toMatchObject({ verdict: "correct", score: 1 })
    expect(process.memoryUsage.rss()).toBeLessThan(700 * 2 ** 20)
  })
})
