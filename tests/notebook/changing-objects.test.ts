/** @file Objects that one cell makes and another changes: when they are made anew. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { record } from "./record.ts"

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

  it("include a number that functions count in: a call that comes between is noticed", async () => {
    const r = record({ a: "let count = 0; const next = () => ++count", b: "", c: "next()" })
    await r.notebook.run(["a", "b", "c"])
    r.notebook.edit("b", "next()")
    await new Promise((done) => setTimeout(done))
    expect([r.state("c"), r.because("c")]).toEqual(["stale", "the code of cell “b” has changed"])
    await r.notebook.run(["c"])
    expect([r.state("c"), r.shown("c")]).toEqual(["ok", "2"])
  })

  it("make it run first also where only their value tells that it changes them", async () => {
    const draw = "const n = rand([1], { generator: gen }).item()\nn"
    const r = record({ a: "const gen = new Generator(1)", b: draw, c: draw })
    await r.notebook.run(["c"])
    expect([r.ran, r.state("c")]).toEqual([["a", "b", "c"], "ok"])
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
