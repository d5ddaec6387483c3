/** @file An op that an answer is asked to build may not be used in it; whatever merely has its name may. */
import { describe, expect, it } from "vitest"
import crossEntropy from "../../exercises/03-what-good-means/cross-entropy.ts"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import type { FunctionExercise } from "../../exercises/lib/exercise.ts"
import { loadExercises } from "../../scripts/grading/exercises.ts"
import { gradeHere } from "./in-process.ts"

const submit = (source: string, exercise: FunctionExercise = softmax) =>
  gradeHere("test", exercise, { kind: "function", source })

const core = "const e = s.sub(s.max(-1, { keepDim: true })).exp(); return e.div(e.sum(-1, { keepDim: true }))"
const shares = `(s: Tensor) => { ${core} }`

const refused: Record<string, string> = {
  "as a method": "function softmax(s) {\n  return s.softmax(-1)\n}",
  "as an optional method": "function softmax(s) {\n  return s?.softmax?.(-1)\n}",
  "by a text": 'function softmax(s) {\n  return s["softmax"](-1)\n}',
  "as a function": "const softmax = (s) =>\n  logSoftmax(s, -1).exp()",
  "under another name": "const log =\n  logSoftmax\nconst softmax = (s) => log(s, -1).exp()",
  "taken out of a tensor": "function softmax(s) {\n  const { softmax: own } = s\n  return own.call(s, -1)\n}",
  "as a layer": "const softmax = (s) =>\n  new nn.Softmax(-1).forward(s)",
  "in a way that never runs": `function softmax(s) { if (false)\n s.softmax(-1)\n ${core} }`,
  "in an exported function": "export default function softmax(s) {\n  return s.softmax(-1)\n}",
}

const allowed: Record<string, string> = {
  "in a comment or a text": `// not s.softmax(-1)\nfunction softmax(s) { const text = "logSoftmax"; ${core} }`,
  "as a function of the answer's own": `function logSoftmax(s) { return s.sub(s.exp().sum(-1, { keepDim: true }).log()) }\nfunction softmax(s) { return logSoftmax(s.sub(s.max(-1, { keepDim: true }))).exp() }`,
  "as a local variable": `function softmax(s) { const logSoftmax = s; { const s = logSoftmax; ${core} } }`,
  "as a parameter": `const softmax = (logSoftmax: Tensor) => { const s = logSoftmax; ${core} }`,
  "as a method of the answer's own object": `const mine = { softmax: ${shares} }\nconst softmax = (s) => mine.softmax(s)`,
  "as a method of the answer's own class": `class Mine { softmax(s) { ${core} } run(s) { return this.softmax(s) } }\nconst softmax = (s) => new Mine().run(s)`,
  "of the answer itself, which calls itself": `function softmax(s) { if (s.ndim === 1) return softmax(s.unsqueeze(0)).squeeze(0); ${core} }`,
  "of the exported answer, which calls itself": `export function softmax(s) { if (s.ndim === 1) return softmax(s.unsqueeze(0)).squeeze(0); ${core} }`,
}

describe("an op that the answer must do without", () => {
  it.each(Object.entries(refused))(
    "is refused %s, with its line, and no attempt is counted",
    async (_, code) => {
      const report = await submit(code)
      expect(report).toMatchObject({ verdict: "invalid", note: "forbidden", score: 0, checks: [] })
      expect(report.message).toMatch(
        /^Your answer uses (logS|s|S)oftmax \(line 2\)\. This exercise is to be done without softmax and logSoftmax:/,
      )
    },
  )

  it.each(Object.entries(allowed))("may be named %s", async (_, code) => {
    expect(await submit(code)).toMatchObject({ verdict: "correct", note: "ok" })
  })

  it("may be used by the code that the exercise gives, and the line is counted below it", async () => {
    const given = "const shares = (s: Tensor) =>\n  s.softmax(-1)"
    const exercise = { ...softmax, given }
    expect(await submit("const softmax = (s) => shares(s)", exercise)).toMatchObject({ verdict: "correct" })
    expect((await submit("const softmax = (s) => s.softmax(-1)", exercise)).message).toContain("(line 1)")
  })

  it("may be used where nothing is said", async () => {
    expect(
      await submit("const softmax = (s) => s.softmax(-1)", { ...softmax, without: undefined }),
    ).toMatchObject({ verdict: "correct" })
  })

  it("is the loss itself where a loss is to be written; log-softmax is a tool", async () => {
    const loss = (body: string) => submit(`const loss = (S, y) => ${body}`, crossEntropy)
    expect(await loss("crossEntropy(S, y)")).toMatchObject({ verdict: "invalid", note: "forbidden" })
    expect(await loss("nll(S.logSoftmax(1), y)")).toMatchObject({ verdict: "invalid", note: "forbidden" })
    expect(await loss("S.logSoftmax(1).gather(1, y.reshape([-1, 1])).mean().neg()")).toMatchObject({
      verdict: "correct",
    })
  })

  it("exists in the engine, and no program of the book uses it", async () => {
    const engine = await import("../../engine/index.ts")
    for (const [id, exercise] of await loadExercises()) {
      const without = "without" in exercise ? (exercise.without ?? []) : []
      for (const name of without) expect(name in engine || name in engine.Tensor.prototype, name).toBe(true)
      if (!("entry" in exercise) || without.length === 0) continue
      for (const { code } of [...exercise.misconceptions, ...(exercise.alternates ?? [])])
        expect((await gradeHere(id, exercise, { kind: exercise.kind, source: code })).note).not.toBe(
          "forbidden",
        )
    }
  })
})
