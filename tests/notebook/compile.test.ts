/** @file A compiled cell: its value, its names, and the way from a stack to the author's line. */
import { describe, expect, it } from "vitest"
import { analyze } from "../../src/notebook/analyze.ts"
import { compile, innermostFrame } from "../../src/notebook/compile.ts"

const compiled = (source: string, ...parameters: string[]) => compile("c-1", analyze(source), parameters)

async function placeOfThrow(source: string) {
  const cell = compiled(source)
  const error = await cell.run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  const frame = innermostFrame(error, "c-1")
  return frame && { cell: frame.cell, ...cell.locate(frame.line, frame.column) }
}

describe("a compiled cell", () => {
  it("gives the value of its last expression and the names it declares", async () => {
    const result = await compiled("const b = a + 1\nlet c: number = b\nc = 5\nb * 2 // shown", "a").run(2)
    expect(result).toEqual({ value: 6, names: { b: 3, c: 5 } })
  })

  it("has no value when it ends with a declaration", async () => {
    expect((await compiled("const b = 1").run()).value).toBeUndefined()
  })

  it("may await at the top, and declare a name that hides one from outside", async () => {
    expect((await compiled("const a = await Promise.resolve(7)\na").run()).value).toBe(7)
  })

  it.each([
    ["throw new Error('x')", 1, 7],
    ["const a: number = 1\nconst f = (x: any) => x.y.z\nf({})", 2, 27],
    ["1 + null.x", 1, 10],
    ["const q = 1\n\n   undefinedFunction(q)", 3, 4],
    ["await 1\nJSON.parse('{') // in the language itself", 2, 6],
  ])("finds the author's line and column: %j", async (source, line, column) => {
    expect(await placeOfThrow(source)).toEqual({ cell: "c-1", line, column })
  })

  it("reads a stack in the words of V8, Gecko and JavaScriptCore", () => {
    const at = (error: object) => innermostFrame(error, "mine")
    expect(
      at({ stack: "Error: x\n    at mul (cells-runtime.js:1:99)\n    at f (cell:///a%20b.ts:3:7)" }),
    ).toEqual({
      cell: "a b",
      line: 3,
      column: 7,
    })
    expect(at({ stack: "mul@cells-runtime.js:1:99\nf@cell:///a.ts:3:7\n@cell:///b.ts:1:1" })?.cell).toBe("a")
    expect(at({ stack: "f@\n@", line: 4, column: 2 })).toEqual({ cell: "mine", line: 4, column: 2 })
    expect(at({ stack: "f@engine.js:1:1", line: 4, column: 2, sourceURL: "engine.js" })).toBeUndefined()
    expect(innermostFrame("a string", "mine")).toBeUndefined()
  })
})
