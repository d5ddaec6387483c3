/** @file The order of cells: what runs before what, what is out of date and why, what an object that changed means. */
import fc from "fast-check"
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

describe("objects that change", () => {
  it("are made anew before the cell that changes them runs again", async () => {
    const r = record({ a: "const list = [1]", b: "list.push(2)\nlist.length" })
    await r.notebook.run(["b"])
    await r.notebook.run(["b"])
    expect(r.ran).toEqual(["a", "b", "a", "b"])
    expect(r.shown("b")).toBe("2")
  })

  it("are made anew for a cell above the change", async () => {
    const r = record({
      a: "const list = [1]",
      look: "list.length",
      b: { source: "list.push(2)", slow: true },
    })
    await r.notebook.run(["b"])
    await r.notebook.run(["look"])
    expect(r.shown("look")).toBe("1")
    expect([r.state("b"), r.because("b")]).toEqual(["stale", "`list` changed in cell “a”"])
  })

  it("make the cell that changes them run before a cell below it", async () => {
    const r = record({ a: "const list = [1]", b: "list.push(2)", look: "list.length" })
    await r.notebook.run(["look"])
    expect(r.ran).toEqual(["a", "b", "look"])
    expect(r.shown("look")).toBe("2")
  })

  it("leave other slow users stale when they are made anew", async () => {
    const r = record({
      a: "const list = [1]",
      look: { source: "list.length", slow: true },
      b: "list.push(2)",
    })
    await r.notebook.run(["look", "b"])
    expect(r.state("look")).toBe("ok")
    await r.notebook.run(["b"])
    expect([r.state("look"), r.because("look")]).toEqual(["stale", "`list` changed in cell “a”"])
  })

  it.each([
    ["an assignment to a member", "const o = { n: 0 }", "o.n += 1\no.n"],
    ["an element", "const o = [0]", "o[0]++\no[0]"],
    ["a method that is not known", "class C { n = 0; go() { this.n++ } }\nconst o = new C()", "o.go()\no.n"],
    ["a function of another cell", "const o = { n: 0 }\nfunction go() { o.n++ }", "go()\no.n"],
    ["an argument of a function", "const o = { n: 0 }\nconst go = (p) => { p.n++ }", "go(o)\no.n"],
    ["another name for it", "const o = { n: 0 }\nconst p = [o]", "for (const q of p) q.n++\no.n"],
    ["a callback", "const o = [{ n: 0 }]", "o.forEach((p) => { p.n++ })\no[0].n"],
    ["the language", "const o = { n: 0 }", "Object.assign(o, { n: o.n + 1 })\no.n"],
    ["a getter", "const o = { n: 0, get more() { return ++this.n } }", "o.more"],
    ["a setter", "const o = { n: 0, set more(x) { this.n += x } }", "o.more = 1\no.n"],
    ["a getter of a class", "class C { n = 0; get more() { return ++this.n } }\nconst o = new C()", "o.more"],
    [
      "a private method",
      "class C { n = 0; #up() { this.n++ }; go() { this.#up() } }\nconst o = new C()",
      "o.go()\no.n",
    ],
    ["a constructor", "const o = { n: 0 }\nclass C { constructor(x) { x.n++ } }", "new C(o)\no.n"],
    [
      "an inherited constructor",
      "const o = { n: 0 }\nclass C { constructor(x) { x.n++ } }\nclass D extends C {}",
      "new D(o)\no.n",
    ],
    ["a static method", "class C { static n = 0; static go() { C.n++ } }", "C.go()\nC.n"],
    ["a tag", "const o = { n: 0 }\nconst tag = (texts, x) => { x.n++ }", "tag`$" + "{o}`\no.n"],
    ["a borrowed method", "const o = []", "Array.prototype.push.call(o, 1)\no.length"],
    ["a method that is handed on", "const o = []", ";[1].forEach(o.push, o)\no.length / 3"],
    [
      "a function that is handed on",
      "let n = 0\nconst go = () => { n++ }\nconst look = () => n",
      ";[1].forEach(go)\nlook()",
    ],
    ["a function in a list", "const o = { n: 0 }\nconst all = [() => { o.n++ }]", "all[0]()\no.n"],
    [
      "a function that a function made",
      "const make = () => { let n = 0; return () => ++n }\nconst next = make()",
      "next()",
    ],
    ["what a function gives", "const o = { n: 0 }\nconst get = () => o", "get().n++\no.n"],
    ["the default of a parameter", "const o = { n: 0 }\nfunction go(p = o) { p.n++ }", "go()\no.n"],
    ["an iterator that is used up", "const o = [1, 2].values()", "o.next().value"],
    [
      "a loop over an iterator",
      "const o = [1, 2].values()",
      "let first = 0\nfor (const x of o) { first = x; break }\nfirst",
    ],
    ["a spread of a generator", "function* make() { yield 1 }\nconst o = make()", "[...o].length"],
    ["an iterator in a record", "const o = { it: [1].values() }", "[...o.it].length"],
  ])("are noticed when changed by %s", async (_, above, below) => {
    const r = record({ a: above, b: below })
    await r.notebook.run(["b"])
    const first = r.shown("b")
    await r.notebook.run(["b"])
    expect([first, r.shown("b")]).toEqual(["1", "1"])
    expect(r.ran).toEqual(["a", "b", "a", "b"])
  })

  it.each([
    ["a pure method of a list", "const o = [1, 2]", "o.map((x) => x + 1).length"],
    ["an op", "const o = tensor([1, 2])", "o.mul(2).sum().item()"],
    ["a function that only reads", "const o = { n: 1 }\nconst f = (p) => p.n + 1", "f(o)"],
    [
      "a loss that is not differentiated by it",
      "const o = tensor([1, 2])",
      "const v = tensor([1, 1], { requiresGrad: true })\no.dot(v).backward()\nv.grad.tolist()[0]",
    ],
    ["a figure", "const o = [{ x: 1 }]", "Plot.dot(o, { x: (d) => d.x }).plot()"],
    ["a loop over a list", "const o = [1, 2]", "let sum = 0\nfor (const x of o) sum += x\nsum"],
    [
      "a loop over the entries of a map",
      "const o = new Map([[1, 2]])",
      "for (const [k, v] of o.entries()) console.log(k, v)",
    ],
    ["a spread", "const o = [1, 2]", "Math.max(...o)"],
    ["a getter that only reads", "const o = { n: 1, get twice() { return this.n * 2 } }", "o.twice"],
    [
      "a change of what a function made anew",
      "const o = [1]\nconst make = () => ({ n: 0 })",
      "const p = make()\np.n++\no.length",
    ],
  ])("are not suspected after %s", async (_, above, below) => {
    const r = record({ a: above, b: below })
    await r.notebook.run(["b"])
    await r.notebook.run(["b"])
    expect(r.ran).toEqual(["a", "b", "b"])
  })

  it.each([
    ["put into it", "a.list = b", "a.list.push(2)"],
    ["kept by a function", "const keep = (x) => { a.list = x }\nkeep(b)", "a.list.push(2)"],
    ["kept by a method", "class C { constructor(x) { this.x = x } }\nconst c = new C(b)", "c.x.push(2)"],
    [
      "that put itself there",
      "class C { list = b; constructor() { a.me = this } }\nconst c = new C()",
      "a.me.list.push(2)",
    ],
    ["kept by the language", "Object.assign(a, { list: b })", "a.list.push(2)"],
  ])("are noticed through another object that holds them: %s", async (_, hold, change) => {
    const r = record({ a: "const a = { list: [] }\nconst b = [1]", hold, change, look: "b.length" })
    await r.notebook.run(["look"])
    expect(r.shown("look")).toBe("2")
    await r.notebook.run(["look"])
    expect(r.shown("look")).toBe("2")
  })

  it("are made anew for all that depends on them, however many cells lie between", async () => {
    const r = record({
      a: "const o = { n: 0 }",
      b: "const p = o",
      c: { source: "const q = p", slow: true },
      d: "o.n++\nq.n",
    })
    await r.notebook.run(["d"])
    await r.notebook.run(["d"])
    expect(r.ran).toEqual(["a", "b", "c", "d", "a", "b", "c", "d"])
    expect([r.shown("d"), r.state("d")]).toEqual(["1", "ok"])
  })

  it("are followed through functions that call each other", async () => {
    const r = record({
      a: "const o = { n: 0 }",
      b: "const even = (n) => (n > 0 ? odd(n - 1) : 0)\nconst odd = (n) => { o.n++; return even(n - 1) }",
      c: "even(2)\no.n",
    })
    await r.notebook.run(["c"])
    await r.notebook.run(["c"])
    expect([r.shown("c"), r.ran.length]).toEqual(["1", 6])
  })

  it("include parameters that an optimizer of another cell holds: training again starts again", async () => {
    const r = record({
      weights: "const w = randn([3], { requiresGrad: true })",
      opt: "const opt = new optim.SGD([w], { lr: 0.1 })",
      train:
        "for (let i = 0; i < 5; i++) { opt.zeroGrad(); w.square().sum().backward(); opt.step() }\nw.sum().item()",
      after: "w.sum().item()",
    })
    await r.notebook.run(["after"])
    const first = r.shown("after")
    expect(r.ran).toEqual(["weights", "opt", "train", "after"])
    await r.notebook.run(["train"])
    expect(r.ran.slice(4)).toEqual(["weights", "opt", "train", "after"])
    expect([r.shown("train"), r.shown("after")]).toEqual([first, first])
  })

  it("give what running the page from the top gives, after any runs in any order", async () => {
    const cells = {
      a: "const o = [1]\nconst n = 2",
      b: "const half = o.map((x) => x * n)\nhalf.join()",
      c: "o.push(n)\no.join()",
      d: "const p = o\np[0] += 10\np.join()",
      e: "[...o, ...half, ...p].join()",
    }
    const top = record(cells)
    await top.notebook.run(Object.keys(cells))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(cells)), { minLength: 1, maxLength: 6 }),
        async (runs) => {
          const r = record(cells)
          for (const id of runs) {
            await r.notebook.run([id])
            expect(r.outputs(id)).toEqual(top.outputs(id))
          }
          for (const id of Object.keys(cells))
            if (r.state(id) === "ok") expect(r.outputs(id)).toEqual(top.outputs(id))
        },
      ),
      { numRuns: 60 },
    )
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
