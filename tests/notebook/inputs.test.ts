/** @file Inputs of cells: what a call gives, what follows a change, what is overtaken. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Output } from "../../src/notebook/output.ts"
import { record } from "./record.ts"

type InputOutput = Extract<Output, { kind: "input" }>
const SLIDER = 'const lr = input.slider("rate", { min: 0, max: 1, step: 0.01, value: 0.1 })'
const soon = { interval: 2 }
const controls = (outputs: Output[]) => outputs.filter((o): o is InputOutput => o.kind === "input")
const bytes = (...values: number[]) => ({ name: "some.csv", bytes: new Uint8Array(values) })

/** What `expression` is in a cell whose inputs have these answers. */
async function value(expression: string, answers: Record<string, unknown> = {}): Promise<string | undefined> {
  const r = record(
    { a: `const got = ${expression}\nconsole.log(JSON.stringify(got))` },
    { answers: { a: answers } },
  )
  await r.notebook.run(["a"])
  return r.shown("a") ?? r.error("a")?.message
}

describe("an input", () => {
  it("is its value at first, and the reader's once there is one", async () => {
    expect(await value('input.slider("s", { value: 0.25 })')).toBe("0.25")
    expect(await value('input.slider("s", { value: 0.25 })', { s: 0.5 })).toBe("0.5")
    expect(await value('input.select("s", ["sgd", "adam"])')).toBe('"sgd"')
    expect(await value('input.select("s", ["sgd", "adam"])', { s: "adam" })).toBe('"adam"')
    expect(await value('input.select("s", { small: 8, large: 64 }, { value: 64 })')).toBe("64")
    expect(await value('input.select("s", { small: 8, large: 64 }, { value: 64 })', { s: "small" })).toBe("8")
    expect(await value('input.toggle("s")')).toBe("false")
    expect(await value('input.toggle("s")', { s: true })).toBe("true")
    expect(await value('input.number("s", { value: 3 })', { s: 4.5 })).toBe("4.5")
    expect(await value('input.text("s", { value: "a" })', { s: "b" })).toBe('"b"')
    expect(await value('input.button("s")')).toBe("0")
    expect(await value('input.button("s")', { s: 2 })).toBe("2")
    expect(await value('input.points("s", { value: [{ x: 1, y: 2 }] })')).toBe('[{"x":1,"y":2,"label":1}]')
    expect(await value('input.points("s")', { s: [{ x: 1, y: 9, label: -1 }] })).toBe(
      '[{"x":1,"y":3,"label":-1}]',
    )
  })

  it("gives the bytes of a file, which the engine's readers take", async () => {
    expect(await value('input.file("s")')).toBe("null")
    const csv = bytes(...new TextEncoder().encode("a,b\n1,2\n3,4\n"))
    expect(await value('csv(input.file("s")!).x.tolist()', { s: csv })).toBe("[[1,2],[3,4]]")
    const idx = bytes(0, 0, 8, 1, 0, 0, 0, 2, 7, 9)
    expect(await value('idx(input.file("s")!).tolist()', { s: idx })).toBe("[7,9]")
  })

  it("ignores an answer that its control does not allow", async () => {
    expect(await value('input.slider("s", { max: 2, step: 0.5, value: 1 })', { s: 7 })).toBe("2")
    expect(await value('input.slider("s", { max: 2, step: 0.5, value: 1 })', { s: 0.7 })).toBe("0.5")
    expect(await value('input.slider("s", { value: 1 })', { s: "7" })).toBe("1")
    expect(await value('input.select("s", ["a", "b"])', { s: "gone" })).toBe('"a"')
    expect(await value('input.toggle("s")', { s: 1 })).toBe("false")
    expect(await value('input.file("s")', { s: { name: "x" } })).toBe("null")
  })

  it("says in a learner's words what is wrong with its options", async () => {
    expect(await value('input.slider("s", { min: 2, max: 1 })')).toBe(
      "input.slider: min 2 must be below max 1; swap them or leave them out.",
    )
    expect(await value('input.select("s", [])')).toMatch(/nothing to choose from/)
    expect(await value('input.points("s", { x: [1, 1] })')).toMatch(/x goes from 1 to 1/)
  })

  it("is shown as a control; two with one label have their own keys", async () => {
    const r = record({ a: 'input.slider("rate"); input.slider("rate", { value: 0.2 })\nundefined' })
    await r.notebook.run(["a"])
    expect(controls(r.outputs("a")).map(({ key, value }) => [key, value])).toEqual([
      ["rate", 0.5],
      ["rate (2)", 0.2],
    ])
  })

  it("sends no file back to the page that it came from", async () => {
    const r = record({ a: 'input.file("s")?.length' }, { answers: { a: { s: bytes(1, 2, 3) } } })
    await r.notebook.run(["a"])
    expect(r.shown("a")).toBe("3")
    expect(controls(r.outputs("a"))[0].value).toEqual({ name: "some.csv", bytes: new Uint8Array() })
  })
})

describe("a changed input", () => {
  it("runs its cell and all that depends on it, whether or not they have run here", async () => {
    const r = record({ data: "const n = 3", a: SLIDER, b: "const c = lr * n", other: "n", c: "c * 10" })
    await r.notebook.change("a", { rate: 0.5 }, [])
    expect(r.ran).toEqual(["data", "a", "b", "c"])
    expect(r.shown("c")).toBe("15")
    expect(r.state("other")).toBe("idle")
    await r.notebook.change("a", { rate: 0.2 }, [])
    expect(r.ran.slice(4)).toEqual(["a", "b", "c"])
    expect(r.shown("c")).toBe("6.000000000000001")
  })

  it("drives slow dependents too, except for those that are marked, which say why they are out of date", async () => {
    const busy = "const until = performance.now() + 120\nwhile (performance.now() < until);"
    const r = record({ a: SLIDER, b: `${busy}\nlr`, c: { source: "lr", slow: true } })
    await r.notebook.change("a", { rate: 0.5 }, [])
    await r.notebook.change("a", { rate: 0.6 }, [])
    expect(r.ran).toEqual(["a", "b", "a", "b"])
    expect(r.shown("b")).toBe("0.6")
    expect([r.state("c"), r.because("c")]).toEqual(["stale", "“rate” has changed"])
    await r.notebook.run(["c"])
    expect(r.state("c")).toBe("ok")
    await r.notebook.change("a", { rate: 0.7 }, [])
    expect(r.because("c")).toBe("`lr` changed in cell “a”")
  })

  it("never runs a held cell, nor one that needs it", async () => {
    const r = record({ a: SLIDER, b: "const twice = lr * 2", c: "twice", d: "lr" })
    await r.notebook.change("a", { rate: 0.5 }, ["b"])
    expect(r.ran).toEqual(["a", "d"])
    expect(["b", "c"].map(r.state)).toEqual(["stale", "stale"])
  })

  it("runs once with the newest value, however many changes come before its turn", async () => {
    const r = record({ a: SLIDER, b: "lr" })
    let begun = 0
    const changes = [0.2, 0.3, 0.4].map((rate) => r.notebook.change("a", { rate }, [], () => begun++))
    await Promise.all(changes)
    expect(r.ran).toEqual(["a", "b"])
    expect(r.shown("b")).toBe("0.4")
    expect(begun).toBe(3)
  })

  it("ends a run that it overtakes at the next thing that it shows, and shows nothing of it", async () => {
    const wait = "await new Promise((done) => setTimeout(done, 20))"
    const r = record({ a: SLIDER, b: `for (let i = 0; i < 50; i++) { progress(i, 50); ${wait} }\nlr` })
    r.notebook.change("a", { rate: 0.2 }, [])
    await expect.poll(() => r.state("b"), soon).toBe("running")
    r.notebook.change("a", { rate: 0.3 }, [])
    await expect.poll(() => r.ran, soon).toEqual(["a", "b", "a", "b"])
    // The second run has not shown its value yet: the first one cannot have come to its end.
    expect(r.shown("b")).toBe(undefined)
    await r.notebook.change("a", { rate: 0.4 }, [])
    expect(r.shown("b")).toBe("0.4")
    expect(r.messages.filter(({ id, output }) => id === "b" && output.kind === "value")).toHaveLength(1)
  })

  it("is no answer to who asks for a run meanwhile: that one begins after it", async () => {
    const r = record({ a: SLIDER, b: "await new Promise((done) => setTimeout(done, 20))\nlr" })
    const change = r.notebook.change("a", { rate: 0.2 }, [])
    await expect.poll(() => r.state("b"), soon).toBe("running")
    let [before, runs] = ["", 0]
    const run = r.notebook.run(["b"], () => {
      before = `${r.state("b")} ${r.shown("b")}`
      runs = r.ran.length
    })
    await change
    await run
    expect([before, runs, r.ran]).toEqual(["ok 0.2", 2, ["a", "b", "b"]])
  })

  it("leaves a run alone that does not depend on it", async () => {
    const r = record({
      a: SLIDER,
      other: "await new Promise((done) => setTimeout(done, 40))\ndisplay('through')",
      b: "lr",
    })
    const other = r.notebook.run(["other"])
    await expect.poll(() => r.state("other"), soon).toBe("running")
    await r.notebook.change("a", { rate: 0.3 }, [])
    await other
    expect(r.ran).toEqual(["other", "a", "b"])
    expect(r.state("other")).toBe("ok")
  })

  it("finishes what the overtaken turn had left to do", async () => {
    const wait = "await new Promise((done) => setTimeout(done, 30))"
    const r = record({ a: SLIDER, b: `${wait}\ndisplay(lr)`, z: { source: "'asked for'", slow: true } })
    const asked = r.notebook.run(["b", "z"])
    await expect.poll(() => r.state("b"), soon).toBe("running")
    await r.notebook.change("a", { rate: 0.3 }, [])
    await asked
    expect(r.shown("b")).toBe("0.3")
    expect(r.shown("z")).toBe("asked for")
  })

  it("takes its change back: what had not run again is fresh as before", async () => {
    const r = record({ a: { source: SLIDER }, b: { source: "lr", slow: true } })
    await r.notebook.run(["b"])
    r.notebook.change("a", { rate: 0.3 }, [])
    expect(r.because("b")).toBe("“rate” has changed in cell “a”")
    r.notebook.change("a", { rate: undefined }, [])
    expect(r.state("b")).toBe("ok")
  })
})

describe("inputs and order", () => {
  const cells = {
    a: 'const x = input.slider("x", { min: 0, max: 9, step: 1, value: 1 })',
    b: "const list = [x]",
    c: 'const y = input.number("y", { value: 2 })\nlist.push(y)',
    d: "const sum = list.reduce((s, v) => s + v, 0) + rand([1]).item() * 0",
    e: "await new Promise((done) => setTimeout(done, 1))\n;[...list, sum, x, y].join()",
  }
  const change = fc.record({
    cell: fc.constantFrom("a", "c"),
    value: fc.integer({ min: 0, max: 9 }),
    /** Milliseconds until the next change; −1: when all is at rest. */
    pause: fc.constantFrom(-1, 0, 0, 1, 3),
  })

  it("whatever is changed when: at rest the page shows what a fresh run with the last values shows", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const r = record(cells)
        const answers: Record<string, Record<string, number>> = { a: {}, c: {} }
        const all: Promise<void>[] = []
        for (const { cell, value, pause } of changes) {
          const key = cell === "a" ? "x" : "y"
          answers[cell][key] = value
          const done = r.notebook.change(cell, { [key]: value }, [])
          all.push(done)
          if (pause < 0) await done
          else if (pause > 0) await new Promise((then) => setTimeout(then, pause))
        }
        await Promise.all(all)
        const fresh = record(cells, { answers })
        await fresh.notebook.run(Object.keys(cells))
        for (const id of Object.keys(cells)) {
          expect([id, r.state(id), r.outputs(id)]).toEqual([id, "ok", fresh.outputs(id)])
        }
      }),
      { numRuns: 60, seed: 4 },
    )
  })
})
