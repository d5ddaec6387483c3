/** @file Right answers in unusual clothes pass; wrong ones without a note of their own get a generic one that is true. */
import { describe, expect, it } from "vitest"
import { tensor } from "../../engine/index.ts"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import { defineExercise, type FunctionExercise } from "../../exercises/lib/exercise.ts"
import { gradeHere } from "./in-process.ts"
import { texts } from "./texts.ts"

const submit = (source: string, exercise: FunctionExercise = softmax) =>
  gradeHere("test", exercise, { kind: "function", source })

const core = "const e = s.sub(s.max(-1, { keepDim: true })).exp(); return e.div(e.sum(-1, { keepDim: true }))"

const right: Record<string, string> = {
  "an arrow function": `const softmax = (s: Tensor) => { ${core} }`,
  "an async function": `async function softmax(s: Tensor) { ${core} }`,
  "an exported function": `export function softmax(s: Tensor): Tensor { ${core} }`,
  "a default export": `export default function softmax(s: Tensor): Tensor { ${core} }`,
  "types, interfaces and further functions": `interface Row { s: Tensor }\nexport const unused = 1\nfunction top(s: Tensor) { return s.max(-1, { keepDim: true }) }\nfunction softmax(s: Tensor) { const e = s.sub(top(s)).exp(); return e.div(e.sum(-1, { keepDim: true })) }`,
  "shadowed names": `const exp = (t: Tensor) => t.exp()\nconst sum = 3\nfunction softmax(s: Tensor) { const tensor = s; const e = exp(tensor.sub(tensor.max(-1, { keepDim: true }))); return e.div(e.sum(-1, { keepDim: true })) }`,
  "a byte order mark, CRLF and no semicolons": `\ufefffunction softmax(s) {\r\n  const e = s.sub(s.max(-1, { keepDim: true })).exp()\r\n  return e.div(e.sum(-1, { keepDim: true }))\r\n}\r\n`,
  "a comment with forbidden words": `// while (true) process.exit() TODO()\nfunction softmax(s) { ${core} }`,
  "functions instead of methods": `function softmax(s) { const e = exp(sub(s, max(s, -1, { keepDim: true }))); return div(e, sum(e, -1, { keepDim: true })) }`,
  "log-softmax":
    "function softmax(s) { const t = s.sub(s.max(-1, { keepDim: true })); return t.sub(t.exp().sum(-1, { keepDim: true }).log()).exp() }",
  "a default parameter and a console line": `function softmax(s, dim = -1) { console.log("s", s); ${core} }`,
}

describe("a right answer with", () => {
  it.each(Object.entries(right))("%s passes", async (_, source) => {
    expect(await submit(source)).toMatchObject({ verdict: "correct", score: 1, note: "ok" })
  })
})

const ce = defineExercise({
  kind: "function",
  ...texts,
  entry: "f",
  starter: "function f(X) {\n  TODO()\n}",
  solution: "function f(X) {\n  return X.map((row) => row.map((x) => x * x + 1))\n}",
  probes: (random) => [
    {
      args: [
        [
          [1, 2, -3],
          [0.5, 4, 7],
        ],
      ],
      note: "two rows",
    }, // prettier-ignore
    { args: [Array.from({ length: 4 }, () => [random.normal(), random.normal(), 3])], note: "four rows" },
  ],
  misconceptions: [],
})

const generic: [string, string, string][] = [
  ["generic.sign", "X.map((row) => row.map((x) => -x * x - 1))", "wrong sign"],
  ["generic.factor", "X.map((row) => row.map((x) => (x * x + 1) / X.length))", "size of X along dimension 0"],
  ["generic.factor", "X.map((row) => row.map((x) => (x * x + 1) * 3.7))", "3.7 times"],
  ["generic.offset", "X.map((row) => row.map((x) => x * x))", "by the same amount, 1"],
  ["generic.transposed", "X[0].map((_, j) => X.map((row) => row[j] ** 2 + 1))", "transposed"],
  ["generic.permuted", "X.map((row) => row.map((x) => x * x + 1)).toReversed()", "another order"],
  [
    "generic.one-row",
    "X.map((row, i) => row.map((x) => (i === X.length - 1 ? 0 : x * x + 1)))",
    "the last row",
  ],
  ["generic.all-equal", "X.map((row) => row.map(() => 2))", "the same"],
  [
    "generic.not-finite",
    "X.map((row) => row.map((x, j) => (j === 1 ? 0 / 0 : x)))",
    "NaN from row 0, column 1",
  ],
  ["generic.shape", "X.map((row) => row[0])", "[2, 3] is expected"],
  ["generic.type", "'text'", "is a text"],
  ["generic.no-return", "undefined", "returned nothing"],
  ["generic.promise", "X.map((row) => row.map(async (x) => x * x + 1))", "await"],
  ["generic.value", "X.map((row) => row.map((x) => x ** 3 + 1))", "values differ"],
]

describe("a wrong answer without a note of its own", () => {
  it.each(generic)("gets %s for %s", async (note, code, says) => {
    const report = await submit(`function f(X) { return ${code} }`, ce)
    expect(report).toMatchObject({ verdict: "wrong", note })
    expect(report.message).toContain(says)
    expect(report.message.length).toBeLessThanOrEqual(300)
    expect(report.evidence).toMatchObject({
      input: expect.stringContaining("X = [["),
      expected: expect.any(String),
    })
  })

  it("is told that it spoils its argument", async () => {
    const report = await submit(
      "function f(X) { for (const r of X) r.reverse(); return X.map((r) => r.map((x) => x * x + 1 + 0.1 * r[0])) }",
      ce,
    )
    expect(report).toMatchObject({ verdict: "wrong", note: "generic.argument-changed" })
  })

  it("is told of a broken path to the gradient", async () => {
    const none = { ...softmax, misconceptions: [], without: [] }
    const report = await submit("function softmax(s) { return s.softmax(-1).detach() }", none)
    expect(report).toMatchObject({ verdict: "partial", note: "generic.detached" })
  })

  it("is told that it fails for large inputs only", async () => {
    const none = { ...softmax, misconceptions: [], properties: [] }
    const report = await submit(
      "function softmax(s) { const e = s.exp(); return e.div(e.sum(-1, { keepDim: true })) }",
      none,
    )
    expect(report).toMatchObject({ verdict: "partial", note: "generic.unstable" })
  })
})

describe("the grader", () => {
  it("never blames the learner for an exercise that is broken", async () => {
    const good = "function f(X) { return X }"
    const broken: Partial<FunctionExercise>[] = [
      { solution: "function f() { throw new Error('ours') }" },
      { solution: "function f( {" },
      { probes: () => [] },
      {
        probes: () => {
          throw new Error("ours")
        },
      },
      { properties: [{ says: "x", holds: () => (undefined as unknown as string[])[0] }] },
    ]
    for (const part of broken) {
      const report = await submit(part.properties ? ce.solution : good, { ...ce, ...part })
      expect(report, JSON.stringify(part)).toMatchObject({ verdict: "grader-error", score: 0 })
      expect(report.message).toContain("not with your answer")
    }
  })

  it("never lets a reference that computes nothing pass anything", async () => {
    for (const value of ["NaN", "[]", "undefined", "() => 1", "tensor([])"]) {
      const solution = `function f(X) { return ${value} }`
      const report = await submit(`${solution} // mine`, { ...ce, solution })
      expect(report.verdict).not.toBe("correct")
    }
  })

  it("tells a right answer that it changed its argument, and fails it only where purity is asked for", async () => {
    const source =
      "function f(X) { const out = X.map((r) => r.map((x) => x * x + 1)); X[0][0] = 99; return out }"
    expect(await submit(source, ce)).toMatchObject({ verdict: "correct", note: "right.argument-changed" })
    expect(await submit(source, { ...ce, pure: true })).toMatchObject({ note: "generic.argument-changed" })
  })

  it("counts a TODO() that is still reached as not attempted", async () => {
    const report = await submit("function f(X) {\n  const half = X.length / 2\n  TODO()\n}", ce)
    expect(report).toMatchObject({ verdict: "not-attempted" })
    expect(report.message).toContain("line 3")
  })

  it("gives the line in the answer, not counting the code above it", async () => {
    const given = "const base = 1\nconst other = 2"
    const threw = await submit("function f(X) {\n  return base.no.such\n}", { ...ce, given })
    expect(threw).toMatchObject({ verdict: "threw" })
    expect(threw.message).toContain("(line 2)")
    const syntax = await submit("function f(X) {\n  return ]\n}", { ...ce, given })
    expect(syntax.verdict).toBe("invalid")
    expect(syntax.message).toContain("(line 2)")
  })

  it("draws the same inputs from the same seed", async () => {
    const wrong = "function f(X) { return X }"
    const [a, b] = [await submit(wrong, ce), await submit(wrong, ce)]
    expect({ ...a, ms: 0 }).toEqual({ ...b, ms: 0 })
  })

  it("compares tensors that are nested in what a function returns", async () => {
    const exercise = {
      ...ce,
      solution: "function f(x) { return { twice: x.mul(2), parts: [x.sum(), x] } }",
      probes: () => [{ args: [tensor([1, 2, 3])] }],
    }
    const report = await submit("function f(x) { return { parts: [7, x], twice: [2, 4, 6] } }", exercise)
    expect(report).toMatchObject({
      verdict: "wrong",
      evidence: { expected: "6", got: "7", where: ".parts[0]" },
    })
    expect(
      await submit("function f(x) { return { parts: [6, x], twice: [2, 4, 6] } }", exercise),
    ).toMatchObject({
      verdict: "correct",
    })
  })
})
