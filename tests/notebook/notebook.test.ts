/** @file The order of cells: what runs before what, what is out of date and why, what chance and errors do. */
import { describe, expect, it } from "vitest"
import { record } from "./record.ts"

/** Longer than what follows by itself. */
const SLOW = "const until = performance.now() + 110\nwhile (performance.now() < until);"

describe("the order of cells", () => {
  it("runs the cells that a cell needs first, and no others", async () => {
    const r = record({ a: "const x = 1", other: "const q = 1", b: "const y = x + 1", c: "y * 10" })
    await r.notebook.run(["c"])
    expect(r.ran).toEqual(["a", "b", "c"])
    expect(r.shown("c")).toBe("20")
    expect(r.state("other")).toBe("idle")
  })

  it("does not run again what is fresh", async () => {
    const r = record({ a: "const x = 1", b: "x" })
    await r.notebook.run(["b"])
    await r.notebook.run(["b"])
    expect(r.ran).toEqual(["a", "b", "b"])
  })

  it("takes a name from the nearest cell above that declares it", async () => {
    const r = record({ a: "const x = 1", use1: "x", b: "const x = 2", use2: "x", c: "const x = 3" })
    await r.notebook.run(["use1", "use2"])
    expect([r.shown("use1"), r.shown("use2")]).toEqual(["1", "2"])
    expect(r.ran).toEqual(["a", "use1", "b", "use2"])
  })

  it("runs several cells in page order, however they are listed", async () => {
    const r = record({ a: "1", b: "2", c: "3" })
    await r.notebook.run(["c", "a"])
    expect(r.ran).toEqual(["a", "c"])
  })

  it("leaves static cells out", async () => {
    const r = record({ a: "const x = 1", b: { source: "const x = 2", static: true }, c: "x" })
    await r.notebook.run(["b", "c"])
    expect(r.ran).toEqual(["a", "c"])
    expect(r.shown("c")).toBe("1")
  })

  it("forgets everything on restart and ignores what still runs", async () => {
    const r = record({ a: "await new Promise((done) => setTimeout(done, 30)); 'late'" })
    const run = r.notebook.run(["a"])
    await new Promise((done) => setTimeout(done, 10))
    r.notebook.restart()
    await run
    expect(r.outputs("a")).toEqual([])
    expect(r.state("a")).toBe("idle")
    await r.notebook.run(["a"])
    expect(r.shown("a")).toBe("late")
  })
})

describe("stale marks", () => {
  it("are on cells that have not run here, once a cell that they need ran with the reader's text", async () => {
    const r = record({ a: { source: "const x = 2", edited: true }, b: "const y = x", c: "y", other: "1" })
    await r.notebook.run(["a"])
    expect([r.state("b"), r.because("c")]).toEqual(["stale", "the code of cell “a” has changed"])
    expect(r.state("other")).toBe("idle")
    await r.notebook.run(["c"])
    expect(["b", "c"].map(r.state)).toEqual(["ok", "ok"])
  })

  it("say that the cell's own code has changed, and go when the change is taken back", async () => {
    const r = record({ a: "const x = 1" })
    await r.notebook.run(["a"])
    r.notebook.edit("a", "const x = 2")
    expect([r.state("a"), r.because("a")]).toEqual(["stale", "its code has changed since it ran"])
    r.notebook.edit("a", "const x = 1")
    expect([r.state("a"), r.because("a")]).toEqual(["ok", undefined])
  })

  it("name the cell whose code has changed, for everything that depends on it", async () => {
    const r = record({ a: { source: "const x = 1", title: "Start" }, b: "const y = x", c: "y" })
    await r.notebook.run(["c"])
    r.notebook.edit("a", "const x = 2")
    expect(r.because("b")).toBe("the code of cell “Start” has changed")
    expect(r.because("c")).toBe("the code of cell “Start” has changed")
  })

  it("name the variable and the cell that ran again, where a cell is too slow to follow", async () => {
    const r = record({ a: { source: "const w = 1", title: "Initial weights" }, b: `${SLOW}\nw` })
    await r.notebook.run(["b"])
    r.notebook.edit("a", "const w = 2")
    await r.notebook.run(["a"])
    expect(r.ran).toEqual(["a", "b", "a"])
    expect([r.state("b"), r.because("b")]).toEqual(["stale", "`w` changed in cell “Initial weights”"])
  })

  it("do not last where a cell is quick: it follows, and what depends on it too", async () => {
    const r = record({ a: "const x = 1", b: "const y = x + 1", c: "y + 1" })
    await r.notebook.run(["c"])
    r.notebook.edit("a", "const x = 10")
    await r.notebook.run(["a"])
    expect(r.ran).toEqual(["a", "b", "c", "a", "b", "c"])
    expect(r.shown("c")).toBe("12")
    expect([r.state("b"), r.state("c")]).toEqual(["ok", "ok"])
  })

  it("stay on a cell that says it is slow, and on a quick one behind it", async () => {
    const r = record({ a: "const x = 1", b: { source: "const y = x", slow: true }, c: "y" })
    await r.notebook.run(["c"])
    await r.notebook.run(["a"])
    expect(r.ran).toEqual(["a", "b", "c", "a"])
    expect([r.state("b"), r.state("c")]).toEqual(["stale", "stale"])
  })

  it("never start a cell that has not run before", async () => {
    const r = record({ a: "const x = 1", b: "x" })
    await r.notebook.run(["a"])
    expect(r.ran).toEqual(["a"])
  })
})

describe("chance", () => {
  it("repeats when a cell runs again, and differs between cells", async () => {
    const r = record({ a: "randn([2]).tolist().join()", b: "randn([2]).tolist().join()" })
    await r.notebook.run(["a", "b"])
    const first = r.shown("a")
    await r.notebook.run(["a"])
    expect(r.shown("a")).toBe(first)
    expect(r.shown("b")).not.toBe(first)
  })

  it("follows a seed to the end of the cell that sets it", async () => {
    const r = record({
      a: "random.seed(7)\nrand([1]).item()",
      b: "rand([1]).item()",
      c: "random.seed(7)\nrand([1]).item()",
    })
    await r.notebook.run(["a", "b", "c"])
    expect(r.shown("a")).toBe(r.shown("c"))
    const alone = record({ b: "rand([1]).item()" })
    await alone.notebook.run(["b"])
    expect(alone.shown("b")).toBe(r.shown("b"))
  })
})

describe("failures", () => {
  it("tell the cells below which cell they wait for, and end when that is mended", async () => {
    const r = record({ a: { source: "const x = null.y", title: "Data" }, b: "x" })
    await r.notebook.run(["b"])
    expect(r.error("a")).toMatchObject({ name: "TypeError", line: 1, column: 16 })
    expect(r.error("b")).toMatchObject({
      name: "Waiting",
      message: "This cell waits for cell “Data”, which stopped with an error.",
    })
    expect([r.state("a"), r.state("b")]).toEqual(["error", "error"])
    r.notebook.edit("a", "const x = 5")
    await r.notebook.run(["b"])
    expect(r.shown("b")).toBe("5")
  })

  it("mark what ran before as waiting", async () => {
    const r = record({ a: "const x = 1", b: { source: "x", slow: true } })
    await r.notebook.run(["b"])
    r.notebook.edit("a", "const x = nothing")
    await r.notebook.run(["a"])
    expect([r.state("b"), r.because("b")]).toEqual([
      "stale",
      "it waits for cell “a”, which stopped with an error",
    ])
  })

  it("of the text are found at its line", async () => {
    const r = record({ a: "const x = 1\nconst y = (2" })
    await r.notebook.run(["a"])
    expect(r.error("a")).toMatchObject({
      name: "SyntaxError",
      line: 2,
      message: expect.stringContaining("ends too early"),
    })
  })

  it("in a function of another cell name that cell and its line", async () => {
    const r = record({ a: "const f = (x) => {\n  return x.y.z\n}", b: "f({})" })
    await r.notebook.run(["b"])
    expect(r.error("b")).toMatchObject({ cell: "a", line: 2 })
  })

  it("of the engine keep its words and get the author's line", async () => {
    const r = record({ a: "const x = ones([2, 3])\n\nx.matmul(ones([4, 5]))" })
    await r.notebook.run(["a"])
    expect(r.error("a")).toMatchObject({ line: 3, message: expect.stringMatching(/matmul.*2.*3.*4.*5/s) })
  })

  it("about a name say where it is declared further down, or what was meant", async () => {
    const r = record({
      a: "later + 1",
      b: { source: "const later = 1", title: "The end" },
      c: "tensr([1])",
      d: "xyzzyx",
    })
    await r.notebook.run(["a", "c", "d"])
    expect(r.error("a")).toMatchObject({
      name: "ReferenceError",
      line: 1,
      message: "`later` is not declared yet: cell “The end”, further down, declares it.",
    })
    expect(r.error("c")).toMatchObject({
      message: "`tensr` is not declared in this cell or above.",
      hint: "Did you mean `tensor`?",
    })
    expect(r.error("d")?.hint).toBeUndefined()
  })

  it("about a name are out of date as soon as they are no longer true", async () => {
    const r = record({ a: "1", b: "nam", c: "const other = 1", d: "x = 1" })
    await r.notebook.run(["b", "d"])
    expect(r.error("b")?.hint).toBeUndefined()
    r.notebook.edit("a", "const name2 = 1")
    await expect.poll(() => r.state("b")).toBe("error")
    r.notebook.edit("c", "const nam = 1")
    expect([r.state("b"), r.because("b")]).toEqual(["stale", "the names that it can use are others now"])
    r.notebook.edit("c", "const other = 1")
    expect(r.state("b")).toBe("error")
    expect(r.state("d")).toBe("error")
  })

  it("about another cell's variable are up to date once the cell has run", async () => {
    const r = record({ a: "let w = 1", b: "w = 2" })
    await r.notebook.run(["a", "b"])
    expect([r.state("b"), r.error("b")?.name]).toEqual(["error", "AssignmentError"])
  })

  it("about another cell's variable name its cell", async () => {
    const r = record({ a: { source: "let w = 1", title: "Initial weights" }, b: "const k = 1\nw = 2" })
    await r.notebook.run(["b"])
    expect(r.error("b")).toMatchObject({
      name: "AssignmentError",
      line: 2,
      message: "`w` belongs to cell “Initial weights” and cannot be assigned here.",
    })
  })

  it.each([
    ["const c = 1\nc = 2", /let/],
    ["const d = digits()\nd.x.shape", /await/],
    ["new Float32Array(2 ** 53)", /memory/],
    ["const f = () => f()\nf()", /without end/],
    ["undef = 1", /let undef/],
    ["process.exit()", undefined],
  ])("that are frequent come with a hint: %j", async (source, hint) => {
    const r = record({ a: source })
    await r.notebook.run(["a"])
    const error = r.error("a")
    expect(error?.kind).toBe("error")
    if (hint) expect(error?.hint).toMatch(hint)
  })

  it.each(["throw null", "throw 'words'", "throw { a: 1 }", "throw new Proxy({}, { get() { throw 1 } })"])(
    "can be any value: %s",
    async (source) => {
      const r = record({ a: source })
      await r.notebook.run(["a"])
      expect(r.state("a")).toBe("error")
      expect(r.error("a")?.message.length).toBeGreaterThan(0)
    },
  )
})

describe("values in prose", () => {
  it("are computed in the scope after their cell", async () => {
    const r = record({ a: "const x = [2]", b: "x.push(3)" })
    await r.notebook.run(["a"])
    expect(await r.notebook.evaluate("a", "x.length + Math.PI")).toBeCloseTo(1 + Math.PI)
    expect(await r.notebook.evaluate("a", "tensor(x).sum().item()")).toBe(2)
    await expect(r.notebook.evaluate("a", "nothing")).rejects.toThrow("nothing")
  })
})
