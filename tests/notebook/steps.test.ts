/** @file What `step` records: copies, places, limits; and what a run leaves behind that ends half way. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { tensor } from "../../engine/index.ts"
import type { StepsOutput } from "../../src/notebook/output.ts"
import { pageLimits } from "../../src/notebook/run-outputs.ts"
import { stepText } from "../../src/notebook/step-text.ts"
import { stepValue } from "../../src/notebook/step-value.ts"
import { StepRecorder } from "../../src/notebook/steps.ts"
import { type Recorded, record } from "./record.ts"

const stepsOf = (r: Recorded, id = "a"): StepsOutput => {
  const found = r.outputs(id).filter((output) => output.kind === "steps")
  expect(found.length).toBe(1)
  return found[0] as StepsOutput
}

async function ran(source: string, options = {}): Promise<Recorded> {
  const r = record({ a: { source, ...options } })
  await r.notebook.run(["a"])
  return r
}

describe("step", () => {
  it("records what values are at the time, whatever changes them afterwards", () => {
    const numbers = fc.double({ noDefaultInfinity: true })
    const change = fc.record({ at: fc.nat(2), to: numbers })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const w = [0, 0, 0]
        const box = { row: [w, w] }
        const copies = changes.map(() => [] as number[])
        let made: StepsOutput | undefined
        const slot = {
          update: (make: () => unknown) => {
            made = make() as StepsOutput
          },
          wait: () => {},
        }
        const steps = new StepRecorder(() => slot, true)
        changes.forEach(({ at, to }, k) => {
          w[at] = to
          steps.record({ w, typed: Float64Array.from(w), rows: box.row, sum: w[0] })
          copies[k] = [...w]
        })
        steps.end()
        expect((made?.states ?? []).map(({ values }) => values)).toEqual(
          copies.map((copy) => [copy, copy, [copy, copy], copy[0]]),
        )
      }),
    )
  })

  it("keeps numbers as numbers, small tensors as vectors and matrices, the rest as a short text", () => {
    expect(stepValue(tensor(0.5))).toBe(0.5)
    expect(stepValue(tensor([1, 2]))).toEqual([1, 2])
    expect(stepValue(tensor([[1], [2]]))).toEqual([[1], [2]])
    expect(stepValue(tensor(true))).toBe(true)
    expect(stepValue(new Float32Array(100))).toBe("[100]: 0, 0, 0, 0, 0, 0, 0, 0, …")
    expect(stepValue({ x: 1 / 3, of: ["a", { b: null }] })).toBe("{x: 0.3333, of: [a, {b: null}]}")
    expect(stepValue(new Map([["k", 1]]))).toBe("Map {k: 1}")
    expect(stepValue([])).toBe("[]")
    const around: unknown[] = []
    around.push(around)
    expect(stepValue(around)).toBe("[the same object as above]")
    expect(stepValue("x".repeat(10_000))).toHaveLength("… (9800 more characters)".length + 200)
    const hostile = new Proxy([], {
      getPrototypeOf: () => {
        throw new Error("no")
      },
    })
    expect(() => stepValue({ hostile })).not.toThrow()
    expect(
      stepText([
        [1, 2],
        [Number.NaN, -0.5],
      ]),
    ).toBe("[[1, 2],\n [NaN, −0.5]]")
  })

  it("remembers its words and the line that called it, also in a function of a cell above", async () => {
    const r = record({
      tools: "const double = (x: number) => {\n\n  step({ x })\n  return 2 * x\n}",
      a: "step(\n  'first', { y: 1 })\n\ndouble(2)\nstep({ y: 3 })\n'shown'",
    })
    await r.notebook.run(["a"])
    const { names, states, total } = stepsOf(r)
    expect(names).toEqual(["y", "x"])
    expect(total).toBe(3)
    expect(states).toEqual([
      { label: "first", values: [1], cell: "a", line: 1 },
      { values: [null, 2], cell: "tools", line: 3 },
      { values: [3, null], cell: "a", line: 5 },
    ])
    expect(r.shown("a")).toBe("shown")
  })

  it("stands where the first step was recorded, and shows nothing as a cell's last expression", async () => {
    const r = await ran('display(1)\nstep({ a: 1 })\n"between"\ndisplay(2)\nstep({ a: 2 })')
    expect(r.outputs("a").map(({ kind }) => kind)).toEqual(["value", "steps", "value"])
  })

  it("leaves the steps of a run that throws, before its error", async () => {
    const r = await ran(
      "for (let i = 0; i < 9; i++) {\n  step({ i })\n  if (i === 4) throw new Error('half way')\n}",
    )
    expect(stepsOf(r).states.map(({ values }) => values)).toEqual([[0], [1], [2], [3], [4]])
    expect(r.outputs("a").map(({ kind }) => kind)).toEqual(["steps", "error"])
  })

  it("sends every step before what follows, which may never end", async () => {
    const seen: number[] = []
    const r = record(
      { a: "for (let i = 0; i < 30; i++) step({ i })\nglobalThis.heard()" },
      { limits: { ...pageLimits, frame: 1e9 } },
    )
    Reflect.set(globalThis, "heard", () => {
      for (const { output } of r.messages) if (output.kind === "steps") seen.push(output.total)
    })
    await r.notebook.run(["a"])
    Reflect.deleteProperty(globalThis, "heard")
    expect(seen.at(-1)).toBe(30)
  })

  it("keeps two thousand steps and the last of ten thousand", async () => {
    const r = record(
      { a: "const w = [0, 0]\nfor (let i = 1; i <= 10_000; i++) {\n  w[i % 2] = i\n  step({ i, w })\n}" },
      { limits: pageLimits },
    )
    await r.notebook.run(["a"])
    const { states, total } = stepsOf(r)
    expect(total).toBe(10_000)
    expect(states.length).toBe(2001)
    expect(states[1999].values[0]).toBe(2000)
    expect(states[2000].values).toEqual([10_000, [10_000, 9999]])
  })

  it("has a figure a step, made when it is recorded, and says how many a page has no room for", async () => {
    const r = await ran(
      "let n = 0\nfor (let i = 0; i < 320; i++) {\n  n = i\n  step({ i }, i === 1 ? tensor([1, 2]) : () => [{ n }])\n}\nn = -1",
    )
    const { figures, states, withoutFigure } = stepsOf(r)
    expect(figures.length).toBe(300)
    expect(withoutFigure).toBe(20)
    expect(figures[1]).toMatchObject({ kind: "tensor", values: [1, 2] })
    expect(figures[7]).toMatchObject({ kind: "table", rows: [[7]] })
    expect(states[299].figure).toBe(299)
    expect(states[300].figure).toBeUndefined()
  })

  it("says what to write where the values have no names, and what is on the page already", async () => {
    for (const wrong of ["step(1)", "step('words')", "step([1, 2])", "step(tensor([1]))", "step()"])
      expect((await ran(wrong)).error("a")?.message).toMatch(
        /^step: the values need names; write step\(\{ w, b \}\)/,
      )
    expect((await ran("step({ a: 1 }, table([{ a: 1 }]))")).error("a")?.message).toMatch(
      /on the page already/,
    )
  })

  it("is begun at the first one where the cell is marked, else at the last", async () => {
    expect(stepsOf(await ran("step({ a: 1 })", { steps: true })).fromFirst).toBe(true)
    expect(stepsOf(await ran("step({ a: 1 })")).fromFirst).toBe(false)
  })

  it("is missed in a sentence where the cell is marked and records none, unless it failed", async () => {
    expect((await ran("1", { steps: true })).outputs("a").at(-1)).toMatchObject({
      kind: "advice",
      text: expect.stringMatching(/recorded no step\. Call step/),
    })
    expect((await ran("x()", { steps: true })).outputs("a").map(({ kind }) => kind)).toEqual(["error"])
    expect((await ran("1")).outputs("a").map(({ kind }) => kind)).toEqual(["value"])
  })

  it("is recorded in the cell that calls, when a function of a cell above does it", async () => {
    const r = record({
      tools: "const learn = (n: number) => {\n  for (let i = 0; i < n; i++) step({ i })\n}",
      a: "learn(2)",
      b: "learn(3)",
    })
    await r.notebook.run(["a", "b"])
    expect([stepsOf(r, "a").total, stepsOf(r, "b").total]).toEqual([2, 3])
  })

  it("does not count as a change of what it is given", async () => {
    const r = record({ a: "const w = [1]", b: "step({ w })", c: "w[0]" })
    await r.notebook.run(["c"])
    await r.notebook.run(["b"])
    expect(r.state("c")).toBe("ok")
    expect(r.state("a")).toBe("ok")
  })
})
