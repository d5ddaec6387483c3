/** @file What a judge can ask beyond values: laws on generated inputs, counted work, no state; and what it reads in the text. */
import { describe, expect, it } from "vitest"
import { ones, type Tensor } from "../../engine/index.ts"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import { defineExercise, type FunctionExercise } from "../../exercises/lib/exercise.ts"
import { gradeHere } from "./in-process.ts"
import { texts } from "./texts.ts"

const submit = (source: string, exercise: FunctionExercise) =>
  gradeHere("test", exercise, { kind: "function", source })

const square = defineExercise({
  kind: "function",
  ...texts,
  entry: "f",
  starter: "function f(X) {\n  TODO()\n}",
  solution: "function f(X) {\n  return X.map((x) => x ** 2 + 1)\n}",
  probes: (random) => [
    { args: [[1, 2, -3]], note: "three values" },
    { args: [[random.normal(), random.normal(), 5]], note: "random values" },
  ],
  misconceptions: [],
})

const stable =
  "const e = s.sub(s.max(-1, { keepDim: true })).exp(); const p = e.div(e.sum(-1, { keepDim: true }));"

describe("a law that only some inputs break", () => {
  const submitted = (result: string) => submit(`function softmax(s) { ${stable} return ${result} }`, softmax)

  it("is shown on the smallest of them, a row of six zeros where six columns are too many", async () => {
    const report = await submitted("s.shape.at(-1) >= 6 ? p.mul(1.01) : p")
    expect(report).toMatchObject({ verdict: "partial", note: "generic.law" })
    expect(report.evidence?.input).toBe("s = [[0, 0, 0, 0, 0, 0]]")
    expect(report.message).toContain("row 0 of your result sums to 1.0100")
  })

  it("is shown on a single score where one large score is enough", async () => {
    const report = await submitted(
      "s.ndim === 2 && s.data().some((v) => v > 200 && v < 900) ? p.mul(0.9) : p",
    )
    expect(report.note).toBe("generic.law")
    expect(report.evidence?.input).toMatch(/^s = \[\[\d+(\.\d+)?\]\]$/)
  })

  it("costs a right answer nothing", async () => {
    expect(await submitted("p")).toMatchObject({ verdict: "correct" })
  })
})

describe("counted work", () => {
  const powers = defineExercise({
    ...square,
    work: 4,
    solution: "function f(A, n) {\n  let P = A\n  for (let k = 1; k < n; k++) P = P.matmul(A)\n  return P\n}",
    probes: () => [{ args: [ones([3, 3]).mul(0.3), 12], note: "the twelfth power" }],
  })

  it("fails an answer that is right and begins again with every step", async () => {
    const report = await submit(
      "function f(A, n) {\n  let P = A\n  for (let k = 2; k <= n; k++) { P = A; for (let i = 1; i < k; i++) P = P.matmul(A); P.data() }\n  return P\n}",
      powers,
    )
    expect(report).toMatchObject({ verdict: "partial", note: "generic.work" })
    expect(report.message).toMatch(/compute \d+ operations where \d+ suffice/)
  })

  it("passes one that needs fewer, and one that needs a few more", async () => {
    const halved =
      "function f(A, n) { if (n === 1) return A; const h = f(A, n >> 1); const q = h.matmul(h); return n % 2 ? q.matmul(A) : q }"
    expect(await submit(halved, powers)).toMatchObject({ verdict: "correct" })
    const idle =
      "function f(A, n) { let P = A; for (let k = 1; k < n; k++) { P = P.matmul(A); P.exp().data() } return P }"
    expect(await submit(idle, powers)).toMatchObject({ verdict: "correct" })
  })
})

const said: [string, string, string, string][] = [
  [
    "state kept from call to call",
    "let n = 0\nfunction f(X) { return X.map((x) => x * x + 1 + n++) }",
    "generic.state",
    "the second time",
  ],
  [
    "a result that ignores its input",
    "function f() { return [2, 5, 10] }",
    "generic.constant",
    "whatever the input",
  ],
  [
    "^ for a power",
    "function f(X) {\n  return X.map((x) => (x ^ 2) + 1)\n}",
    "js.xor",
    "Line 2: in JavaScript ^",
  ],
  ["nothing returned", "function f(X) { X.map((x) => x * x + 1) }", "generic.no-return", "returned nothing"],
  ["a missing await", "function f(X) { return X.map(async (x) => x * x + 1) }", "generic.promise", "await"],
]

describe("a wrong answer", () => {
  it.each(said)("with %s is told so", async (_, source, note, says) => {
    const report = await submit(source, square)
    expect(report).toMatchObject({ verdict: expect.stringMatching(/wrong|partial/), note })
    expect(report.message).toContain(says)
  })

  it("whose rows are one array is told so, with the line", async () => {
    const rows: FunctionExercise = {
      ...square,
      solution: "function f(X) {\n  return X.map((x) => [x, x * x])\n}",
    }
    const shared =
      "function f(X) {\n  const rows = Array(X.length).fill([])\n  X.forEach((x, i) => { rows[i][0] = x; rows[i][1] = x * x })\n  return rows\n}"
    const report = await submit(shared, rows)
    expect(report.note).toBe("js.fill-alias")
    expect(report.message).toContain("Line 2: fill puts the same array")
  })
})

describe("a right answer", () => {
  it.each([
    ["uses ^ for bits", "function f(X) { const flag = 1 ^ 1; return X.map((x) => x * x + 1 + flag) }"],
    [
      "fills an array with an array that it never changes",
      "function f(X) { const pairs = Array(3).fill([1]); return X.map((x, i) => x * x + pairs[i][0]) }",
    ],
    [
      "keeps what it has computed",
      "const known = new Map()\nfunction f(X) { return X.map((x) => { if (!known.has(x)) known.set(x, x * x + 1); return known.get(x) }) }",
    ],
    ["counts its calls", "let calls = 0\nfunction f(X) { calls++; return X.map((x) => x * x + 1) }"],
  ])("that %s is right", async (_, source) => {
    expect(await submit(source, square)).toMatchObject({ verdict: "correct", note: "ok" })
  })

  it("that is right once only is not", async () => {
    const source = "let seen = 0\nfunction f(X) { seen++; return X.map((x) => x * x + (seen > 2 ? 0 : 1)) }"
    const report = await submit(source, square)
    expect(report).toMatchObject({ verdict: "partial", note: "generic.state" })
    expect(report.checks.at(-1)).toEqual({ name: "the first input once more", passed: false })
  })
})

describe("smaller tensors", () => {
  it("are never empty, never the same, and end at zeros", async () => {
    const { smallerTensors } = await import("../../exercises/lib/shrink.ts")
    let x: Tensor = ones([4, 3]).mul(7.5)
    for (let round = 0; round < 20; round++) {
      const smaller = smallerTensors(x)
      for (const t of smaller) {
        expect(t.size).toBeGreaterThan(0)
        expect(JSON.stringify([t.shape, t.tolist()])).not.toBe(JSON.stringify([x.shape, x.tolist()]))
      }
      if (smaller.length === 0) break
      x = smaller[0]
    }
    expect(x.tolist()).toEqual([[0]])
  })
})
