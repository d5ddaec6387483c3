/** @file Answers that attack the grader, in the processes that `npm run grade` uses: none passes, none hangs. */
import { afterAll, describe, expect, it } from "vitest"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import type { FunctionExercise } from "../../exercises/lib/exercise.ts"
import { Children } from "../../scripts/grading/children.ts"
import { grade } from "../../src/notebook/grade.ts"

const exercise: FunctionExercise = { ...softmax, limit: 2500 }
const children = new Children()
afterAll(() => children.close())

const submit = (source: string) =>
  grade({ id: "softmax", exercise, answer: { kind: "function", source }, seed: 3 }, children.run)

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
}

describe("an answer that", () => {
  it.each(Object.entries(attacks))("%s does not pass", { timeout: 60_000 }, async (_, source) => {
    const report = await submit(source)
    expect(["wrong", "partial", "threw", "timeout", "invalid"], report.message).toContain(report.verdict)
    expect(report.score).toBeLessThan(1)
    expect(report.message.length).toBeLessThanOrEqual(300)
    expect(report.console.length).toBeLessThanOrEqual(101)
  })

  it("is right is graded as usual after all that", { timeout: 60_000 }, async () => {
    expect(await submit(exercise.solution)).toMatchObject({ verdict: "correct", score: 1 })
  })

  it.each([
    ["reads a file", "dynamic import callback was not specified"],
    ["reads the environment", "process is not defined"],
    ["fetches", "fetch is not defined"],
    ["opens a socket", "dynamic import callback was not specified"],
  ])("%s is told that it cannot", { timeout: 60_000 }, async (name, says) => {
    expect((await submit(attacks[name])).message).toContain(says)
  })
})
