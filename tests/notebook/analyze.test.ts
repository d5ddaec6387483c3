/** @file What a cell's text says about it. */
import { describe, expect, it } from "vitest"
import { analyze } from "../../src/notebook/analyze.ts"

const uses = (source: string) => [...analyze(source).uses.keys()].sort()
const declares = (source: string) => [...analyze(source).declares].sort()

describe("the analysis of a cell", () => {
  it("finds what is declared at the top, by any form of declaration", () => {
    expect(
      declares("const a = 1, { b, c: [d, ...e] } = x\nlet f\nfunction g() { let no }\nclass H {}\nvar i"),
    ).toEqual([..."abdefgi", "H"].sort())
    expect(declares("for (var k = 0; k < 2; k++) { let no }")).toEqual(["k"])
    expect(declares("type T = number\ninterface I {}")).toEqual([])
  })

  it("finds free names, not properties, labels, parameters or locals", () => {
    expect(uses("const a = b.c + d[e]\nout: for (const f of g) { let h = f; continue out }")).toEqual([
      "b",
      "d",
      "e",
      "g",
    ])
    expect(uses("const f = (x, { y = z }) => x + y + w; ({ k: v, s })")).toEqual(["s", "v", "w", "z"])
    expect(uses("function f(n) { return n < 1 ? 1 : f(n - 1) + arguments.length }")).toEqual([])
    expect(uses("try { a } catch (e) { e }\nclass A extends B { m() { return this.x + super.y } }")).toEqual([
      "B",
      "a",
    ])
    expect(uses("const x: Tensor = y as Other")).toEqual(["y"])
  })

  it("tells a name that is hidden by a local one from the free one", () => {
    expect(uses("{ const w = 1; w }")).toEqual([])
    expect(uses("{ const w = 1 }\nw")).toEqual(["w"])
  })

  it("gives the place of the first use", () => {
    expect(analyze("const a = 1\nconst c = a +\n  b").uses.get("b")).toEqual({ line: 3, column: 3 })
  })

  it("finds assignments to free names, not to members or own names", () => {
    const { assigns } = analyze("let a; a = 1; b = 2; c++; [d] = [1]; e.f = 1; for (g of h) {}")
    expect([...assigns.keys()].sort()).toEqual(["b", "c", "d", "g"])
  })

  it("finds the expression that is shown", () => {
    const source = "const a = 1\na + 1 // the value\n;"
    const { last } = analyze(source)
    expect(source.slice(last?.start, last?.end)).toBe("a + 1")
    expect(analyze("const a = 1").last).toBeUndefined()
    expect(analyze("if (a) b").last).toBeUndefined()
  })

  it("sees a top-level await, not one inside of a function", () => {
    expect(analyze("const a = await b").awaits).toBe(true)
    expect(analyze("for await (const a of b) {}").awaits).toBe(true)
    expect(analyze("const f = async () => { await b }").awaits).toBe(false)
  })

  it("refuses import and export with a sentence", () => {
    expect(() => analyze("const a = 1\nimport x from 'y'")).toThrow(
      /every name of the book is there without it/,
    )
    expect(() => analyze("export const a = 1")).toThrow(/later cells see every name/)
  })
})
