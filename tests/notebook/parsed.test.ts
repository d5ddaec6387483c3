/** @file Cells that were parsed beforehand, and the parser that comes later: same runs, same errors, same order. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { bookMap } from "../../src/build/book-map.ts"
import { contentRoot } from "../../src/build/content-root.ts"
import { CellReader, type Parser } from "../../src/notebook/cell-reader.ts"
import { type Parsed, packTexts, unpackTexts } from "../../src/notebook/parsed.ts"
import { parseCell } from "../../src/notebook/parser.ts"
import { record } from "./record.ts"

const texts = (...sources: string[]) => new Map(sources.map((source) => [source, parseCell(source)]))
const neverLoaded = (): Promise<Parser> => Promise.reject(new Error("no parser here"))

/** What is known of each text, after it has gone through JSON. */
function throughJson(parsed: ReadonlyMap<string, Parsed>): ReadonlyMap<string, Parsed | undefined> {
  const known = unpackTexts(packTexts(parsed))
  return new Map([...parsed.keys()].map((source) => [source, known.get(source)]))
}

describe("what the build has parsed", () => {
  it("comes out of JSON as it went in, for every cell of the book", () => {
    const sources = [...bookMap(contentRoot).values()].flatMap(({ cells }) =>
      cells.map(({ source }) => source),
    )
    expect(sources.length).toBeGreaterThan(10)
    const parsed = texts(...sources, "const a: number = ", "f(x); { let $map = [{ $set: [1] }] }")
    expect(throughJson(parsed)).toEqual(parsed)
  })

  it("leaves the texts to the page, and knows no other text", () => {
    const json = packTexts(texts("const loss: number = 1 // a comment", "const a = ;"))
    expect(json).not.toContain("a comment")
    const known = unpackTexts(json)
    expect(known.get("const loss: number = 1 // another one")).toBeUndefined()
    expect(known.get("const a = ;")).toMatchObject({ problem: { line: 1, column: 11 } })
  })

  it("comes out of JSON as it went in, whatever the names", () => {
    const name = fc.stringMatching(/^[$_a-z][$_a-z0-9]{0,5}$/).filter((one) => {
      const reserved =
        /^(do|if|in|for|let|new|try|var|case|else|enum|null|this|true|void|with|await|yield|super|throw|catch|class|const|break|false)$/
      return !reserved.test(one)
    })
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 3, maxLength: 3 }), ([a, b, c]) => {
        const parsed = texts(
          `const ${a}: unknown[] = [${b}]\n${a}.push(${c}.${b}, ${b}())\nfunction ${c}(${b}) { ${b}.x = 1 }`,
        )
        expect(throughJson(parsed)).toEqual(parsed)
      }),
    )
  })

  it("runs without a parser", async () => {
    const cells = { a: "const x: number = 1", b: "x + 1" }
    const known = texts(...Object.values(cells))
    const r = record(cells, { parsed: known, loadParser: neverLoaded })
    await r.notebook.run(["b"])
    expect(r.ran).toEqual(["a", "b"])
    expect(r.shown("b")).toBe("2")
  })

  it("tells a syntax error as the parser does", async () => {
    const source = "const a = 1\nconst b = ;"
    const now = record({ a: source })
    const before = record({ a: source }, { parsed: texts(source), loadParser: neverLoaded })
    await now.notebook.run(["a"])
    await before.notebook.run(["a"])
    expect(before.error("a")).toMatchObject({ name: "SyntaxError", line: 2, column: 11 })
    expect(before.error("a")).toEqual(now.error("a"))
  })
})

describe("a text that is not parsed yet", () => {
  /** A notebook whose parser comes when `arrive` is called. */
  const waiting = (cells: Record<string, string>) => {
    let arrive = (): void => {}
    const parser = new Promise<Parser>((resolve) => {
      arrive = () => resolve({ parseCell })
    })
    const r = record(cells, { parsed: texts(...Object.values(cells)), loadParser: () => parser })
    return { ...r, arrive }
  }
  const turn = () => new Promise((done) => setTimeout(done, 5))

  it("runs as the reader left it, after the parser has come", async () => {
    const r = waiting({ a: "const x = 1", b: "x" })
    r.notebook.edit("a", "const x = 2")
    const run = r.notebook.run(["b"])
    await turn()
    expect(r.ran).toEqual([])
    expect(r.notebook.isIdle).toBe(false)
    r.arrive()
    await run
    expect(r.ran).toEqual(["a", "b"])
    expect(r.shown("b")).toBe("2")
  })

  it("is the last of several edits", async () => {
    const r = waiting({ a: "1" })
    for (const source of ["10", "20", "30"]) r.notebook.edit("a", source)
    const run = r.notebook.run(["a"])
    r.arrive()
    await run
    expect(r.shown("a")).toBe("30")
  })

  it("does not hold up a reader who takes the edit back", async () => {
    const r = waiting({ a: "'author'" })
    r.notebook.edit("a", "'reader'")
    r.notebook.edit("a", "'author'")
    await r.notebook.run(["a"])
    expect(r.shown("a")).toBe("author")
    r.arrive()
    await turn()
    expect(r.state("a")).toBe("ok")
  })

  it("marks what depends on it as soon as it is parsed, and not with another reason before", async () => {
    const r = waiting({ a: "const x = 1", b: "x" })
    await r.notebook.run(["b"])
    r.notebook.edit("a", "const x = 2")
    expect(r.state("b")).toBe("ok")
    r.arrive()
    await turn()
    expect(r.because("a")).toBe("its code has changed since it ran")
    expect(r.because("b")).toBe("the code of cell “a” has changed")
  })

  it("is waited for by a run that is under way", async () => {
    const r = waiting({ a: "await new Promise((done) => setTimeout(done, 10))", b: "'old'" })
    const run = r.notebook.run(["a", "b"])
    await turn()
    r.notebook.edit("b", "'new'")
    setTimeout(r.arrive, 30)
    await run
    expect(r.shown("b")).toBe("new")
  })

  it("does not run when everything was forgotten meanwhile", async () => {
    const r = waiting({ a: "1" })
    r.notebook.edit("a", "2")
    const run = r.notebook.run(["a"])
    r.notebook.restart()
    r.arrive()
    await run
    expect(r.ran).toEqual([])
  })

  it("says why there is no parser, and is tried again with the next run", async () => {
    let loads = 0
    const loadParser = async (): Promise<Parser> => {
      if (++loads < 3) throw new Error("the network is gone")
      return { parseCell }
    }
    const r = record({ a: "6 * 7" }, { loadParser })
    await turn()
    await r.notebook.run(["a"])
    expect(r.error("a")?.message).toBe("the network is gone")
    await r.notebook.run(["a"])
    expect(r.shown("a")).toBe("42")
  })
})

describe("the reader of cells", () => {
  it("answers at once what is known, and everything when the parser is here", async () => {
    const reader = new CellReader(texts("1"), async () => ({ parseCell }))
    expect(reader.read("1")).toMatchObject({ analysis: { code: "1" } })
    expect(reader.read("2")).toBeInstanceOf(Promise)
    await reader.read("2")
    expect(reader.read("3")).toMatchObject({ analysis: { code: "3" } })
  })

  it("gives the parser's own failure as the text's problem", async () => {
    const broken = (): Parsed => {
      throw new RangeError("too deep")
    }
    const reader = new CellReader(new Map(), async () => ({ parseCell: broken }))
    expect(await reader.read("1")).toEqual({ problem: new RangeError("too deep") })
  })
})
