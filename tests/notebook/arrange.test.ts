/** @file What a notebook says when its cells come, go and move: nothing runs, and what no longer holds says why. */
import { describe, expect, it } from "vitest"
import type { Cell } from "../../src/notebook/cell.ts"
import { type Recorded, record } from "./record.ts"

type Cells = Record<string, string | Partial<Cell>>

/** The reader arranges the notebook: these are all of its cells now. */
async function arrange({ notebook }: Recorded, cells: Cells): Promise<void> {
  notebook.arrange(
    Object.entries(cells).map(([id, cell]) => ({
      id,
      source: "",
      ...(typeof cell === "string" ? { source: cell } : cell),
    })),
  )
  // A new text is parsed after the first time at once.
  await new Promise((done) => setTimeout(done))
}

const three = { a: "const x = 1", b: "const y = x + 1", c: "y * 10" }

async function ranThree(): Promise<Recorded> {
  const r = record(three)
  await r.notebook.run(["c"])
  r.ran.length = 0
  return r
}

describe("an arrangement of cells", () => {
  it("runs nothing and keeps the values and states of the cells that stay", async () => {
    const r = await ranThree()
    await arrange(r, { ...three, d: "x + y" })
    expect(r.ran).toEqual([])
    expect(["a", "b", "c"].map(r.state)).toEqual(["ok", "ok", "ok"])
    await r.notebook.run(["d"])
    expect([r.ran, r.shown("d")]).toEqual([["d"], "3"])
  })

  it("that takes a cell away says of what depended on it that it is gone", async () => {
    const r = record({ a: { source: "const x = 1", title: "Start" }, b: "const y = x", c: "y", other: "1" })
    await r.notebook.run(["c", "other"])
    await arrange(r, { b: "const y = x", c: "y", other: "1" })
    expect([r.state("b"), r.because("b")]).toEqual(["stale", "cell “Start” is gone"])
    expect(r.because("c")).toBe("cell “Start” is gone")
    expect(r.state("other")).toBe("ok")
    await r.notebook.run(["b"])
    expect(r.error("b")?.message).toContain("`x` is not declared")
  })

  it("that brings a cell back forgets its values, and says so", async () => {
    const r = await ranThree()
    await arrange(r, { b: three.b, c: three.c })
    await arrange(r, three)
    expect([r.state("a"), r.because("a")]).toEqual([
      "stale",
      "it was taken away for a while, and its values with it",
    ])
    expect(r.because("c")).toBe("`x` comes from cell “a”, which has not run")
    await r.notebook.run(["c"])
    expect([r.ran, r.shown("c")]).toEqual([["a", "b", "c"], "20"])
  })

  it("that puts a declaration nearer makes stale what would take the name from there", async () => {
    const r = await ranThree()
    await arrange(r, { a: three.a, nearer: "const x = 5", b: three.b, c: three.c })
    expect(r.because("b")).toBe("`x` comes from cell “nearer”, which has not run")
    await r.notebook.run(["c"])
    expect([r.ran, r.shown("c")]).toEqual([["nearer", "b", "c"], "60"])
  })

  it("that moves a cell makes stale what takes its inputs from another one now, and nothing else", async () => {
    const cells = { one: "const x = 1", two: "const x = 2", use: "x", other: "7" }
    const r = record(cells)
    await r.notebook.run(["one", "use", "other"])
    const { one, two, use, other } = cells
    await arrange(r, { two, one, use, other })
    expect([r.state("use"), r.because("use")]).toEqual(["stale", "`x` now comes from cell “one”"])
    expect(["one", "two", "other"].map(r.state)).toEqual(["ok", "ok", "ok"])
    await arrange(r, { two, use, one, other })
    expect(r.state("use")).toBe("ok")
  })

  it("that lets two cells change roles makes stale what takes a name from the other one now", async () => {
    const cells = { one: "const x = 1\nconst p = 1", two: "const x = 2\nconst q = 1", use: "x + p + q" }
    const r = record(cells)
    await r.notebook.run(["use"])
    await arrange(r, { two: cells.two, one: cells.one, use: cells.use })
    expect([r.state("use"), r.because("use")]).toEqual(["stale", "`x` now comes from cell “one”"])
    await r.notebook.run(["use"])
    expect(r.shown("use")).toBe("3")
  })

  it("that moves a cell above what it uses leaves it stale, and its run says where the name is declared", async () => {
    const r = await ranThree()
    await arrange(r, { b: three.b, a: three.a, c: three.c })
    expect(r.because("b")).toBe("what it uses now comes from another cell")
    await r.notebook.run(["b"])
    expect(r.error("b")?.message).toContain("further down")
  })

  it("that takes a change of an object away makes the object anew for what sees it", async () => {
    const cells = { list: "const xs = [1]", push: "xs.push(2)", length: "xs.length" }
    const r = record(cells)
    await r.notebook.run(["length"])
    expect(r.shown("length")).toBe("2")
    await arrange(r, { list: cells.list, length: cells.length })
    expect(r.because("length")).toBe("cell “push” is gone")
    await r.notebook.run(["length"])
    expect(r.shown("length")).toBe("1")
  })

  it("takes over new texts and new titles", async () => {
    const r = await ranThree()
    await arrange(r, { a: { source: "const x = 4", title: "Four" }, b: three.b, c: three.c })
    expect(r.because("c")).toBe("the code of cell “Four” has changed")
  })

  it("gives a new cell what its inputs are set to", async () => {
    const r = record({ a: "1" })
    r.notebook.arrange(
      [
        { id: "a", source: "1" },
        { id: "b", source: 'input.toggle("On")' },
      ],
      { b: { On: true } },
    )
    await r.notebook.run(["b"])
    expect(r.outputs("b").find((output) => output.kind === "input")).toMatchObject({ value: true })
  })

  it("while cells run plans anew what is left: a new order counts, and what ran does not run again", async () => {
    const wait = "await new Promise((done) => setTimeout(done, 30));"
    const cells = { slow: `${wait} const x = 1`, use: "x", last: "x + 1" }
    const r = record(cells)
    const run = r.notebook.run(["slow", "use", "last"])
    await new Promise((done) => setTimeout(done, 15))
    await arrange(r, { slow: cells.slow, more: "const x = 5", use: cells.use })
    await run
    expect(r.ran).toEqual(["slow", "more", "use"])
    expect(r.shown("use")).toBe("5")
    expect(["slow", "more", "use"].map(r.state)).toEqual(["ok", "ok", "ok"])
  })

  it("ends the run of a cell that it takes away at the next thing that it shows", async () => {
    const loop =
      "for (let i = 0; i < 1000; i++) { console.log(i); await new Promise((d) => setTimeout(d, 5)) }"
    const r = record({ loop, after: "1" })
    const run = r.notebook.run(["loop", "after"])
    await new Promise((done) => setTimeout(done, 30))
    await arrange(r, { after: "1" })
    const told = r.messages.length
    await run
    expect(r.messages.slice(told).filter(({ id }) => id === "loop")).toEqual([])
    expect(r.shown("after")).toBe("1")
  })
})
