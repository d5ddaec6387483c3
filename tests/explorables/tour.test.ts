/** @file What the tour of the engine shows: formulas, loops, drawings, listings, and every part for many choices. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { layOut } from "../../src/drawing/layers.ts"
import {
  activations,
  type Choice,
  choiceFrom,
  codeOf,
  largest,
  queryOf,
  start,
} from "../../src/explorables/tour/choice.ts"
import { drawGraph, graphTable } from "../../src/explorables/tour/graph-picture.ts"
import { coloured, hexadecimal } from "../../src/explorables/tour/listing.ts"
import { loopText } from "../../src/explorables/tour/loops.ts"
import { apply, constant, formulaOf, nameOf } from "../../src/explorables/tour/names.ts"
import { parts, summary } from "../../src/explorables/tour/parts.ts"
import { heldResult, timesResult } from "../../src/explorables/tour/results.ts"
import { opening, studyOf } from "../../src/explorables/tour/study.ts"
import { held, timesOf } from "../../src/explorables/tour/times.ts"

const plainText = (html: string): string =>
  html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")

const size = fc.integer({ min: 1, max: 24 })
const choice: fc.Arbitrary<Choice> = fc.record({
  batch: size,
  fanIn: size,
  fanOut: size,
  activation: fc.constantFrom(...activations),
  gradient: fc.boolean(),
})

describe("formulas", () => {
  const [a, b, c] = ["a", "b", "c"].map((text) => ({ text }))
  it("have brackets where they are needed, and only there", () => {
    expect(apply("mul", [apply("add", [a, b]), c]).text).toBe("(a + b) · c")
    expect(apply("add", [apply("mul", [a, b]), c]).text).toBe("a · b + c")
    expect(apply("sub", [a, apply("sub", [b, c])]).text).toBe("a − (b − c)")
    expect(apply("sub", [apply("sub", [a, b]), c]).text).toBe("a − b − c")
    expect(apply("div", [a, apply("mul", [b, c])]).text).toBe("a / (b · c)")
    expect(apply("neg", [apply("add", [a, b])]).text).toBe("−(a + b)")
    expect(apply("max", [apply("add", [a, b]), constant(0)]).text).toBe("max(a + b, 0)")
  })

  it("say what the call says", async () => {
    const { plain } = await opening()
    const arrays = plain.graph.nodes.map((_, i) => plain.graph.inputs.length + i)
    expect(arrays.map((array) => `${nameOf(plain, array)} = ${formulaOf(plain, array)}`)).toEqual([
      "t1 = x × w",
      "t2 = t1 + b",
      "t3 = max(t2, 0)",
    ])
  })
})

it("loops say what the fused kernels do", async () => {
  const { plain } = await opening()
  expect(plain.kernels.map((kernel) => loopText(plain, kernel))).toEqual([
    "for i < 2, j < 4:\n  r = 0\n  for p < 3:\n    r = r + x[3·i + p] · w[4·p + j]\n  t1[4·i + j] = r",
    "for i < 2, j < 4:\n  t3[4·i + j] = max(t1[4·i + j] + b[j], 0)",
  ])
})

describe("the layers of a graph", () => {
  const graphs = fc.integer({ min: 1, max: 14 }).chain((count) =>
    fc
      .uniqueArray(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 24, selector: String })
      .map((pairs) => ({
        count,
        edges: pairs.filter(([a, b]) => a < b).map(([from, to]) => ({ from, to })),
      })),
  )
  it("put every box below what it is made from, and no two boxes over each other", () => {
    fc.assert(
      fc.property(graphs, ({ count, edges }) => {
        const widths = Array<number>(count).fill(1)
        const { boxes, columns, layers } = layOut(widths, edges)
        for (const { from, to } of edges) expect(boxes[from].y).toBeLessThan(boxes[to].y)
        for (const [i, a] of boxes.entries()) {
          expect(a.x).toBeGreaterThanOrEqual(0.499)
          expect(a.x).toBeLessThanOrEqual(columns - 0.499)
          expect(a.y).toBeLessThan(layers)
          for (const b of boxes.slice(i + 1))
            if (a.y === b.y) expect(Math.abs(a.x - b.x)).toBeGreaterThan(0.999)
        }
      }),
    )
  })

  it("route every edge from its beginning to its end, a layer at a time", () => {
    fc.assert(
      fc.property(graphs, ({ count, edges }) => {
        const { boxes, routes } = layOut(Array<number>(count).fill(1), edges)
        routes.forEach((route, e) => {
          expect(route[0]).toEqual(boxes[edges[e].from])
          expect(route.at(-1)).toEqual(boxes[edges[e].to])
          for (let i = 1; i < route.length; i++) expect(route[i].y - route[i - 1].y).toBe(1)
        })
      }),
    )
  })
})

describe("listings", () => {
  it("keep every character, in every language", async () => {
    const { plain } = await opening()
    for (const { text } of plain.wasm.functions) expect(plainText(coloured(text, "wat"))).toBe(text)
    for (const { code } of plain.wgsl) expect(plainText(coloured(code, "wgsl"))).toBe(code)
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const language of ["wat", "wgsl", "ts", "loop"] as const)
          expect(plainText(coloured(text, language))).toBe(text)
      }),
    )
  })

  it("have every byte", () => {
    const bytes = Uint8Array.from({ length: 37 }, (_, i) => (i * 91) & 255)
    const read = hexadecimal(bytes)
      .split("\n")
      .flatMap((row) => row.slice(6).split(" "))
    expect(read.map((text) => Number.parseInt(text, 16))).toEqual([...bytes])
  })
})

describe("the fields", () => {
  const fields = { batch: "2", fanIn: "3", fanOut: "4", activation: "relu" }
  it("make the choice that the page begins with", () => {
    expect(choiceFrom(fields)).toEqual(start)
    expect(choiceFrom({ ...fields, gradient: "on" })).toEqual({ ...start, gradient: true })
  })

  it("are said by the address, and read back from it", () => {
    expect(queryOf(start)).toBe("")
    fc.assert(
      fc.property(choice, (chosen) => {
        const query = new URLSearchParams(queryOf(chosen))
        expect(choiceFrom({ ...fields, ...Object.fromEntries(query) })).toEqual(chosen)
      }),
    )
  })

  it("make none where a size is no whole number within the bounds", () => {
    for (const batch of ["", "0", "-1", "1.5", "x", String(largest + 1), "NaN", "1e9"])
      expect(choiceFrom({ ...fields, batch })).toBeUndefined()
    expect(choiceFrom({ ...fields, activation: "constructor" })).toBeUndefined()
  })
})

describe("the parts of the page", () => {
  it("are complete for every choice, and their values agree", async () => {
    await fc.assert(
      fc.asyncProperty(choice, async (chosen) => {
        const study = await studyOf(chosen)
        const made = parts(study)
        for (const [name, html] of Object.entries(made)) {
          expect(`${name}: ${html}`).not.toMatch(/undefined|NaN|\[object|Infinity/)
          expect(html.length).toBeGreaterThan(20)
          for (const tag of ["details", "table", "p", "div", "pre", "svg", "span", "tr", "td"]) {
            const opened = html.match(new RegExp(`<${tag}[\\s>]`, "g"))?.length ?? 0
            expect(html.split(`</${tag}>`).length - 1).toBe(opened)
          }
        }
        expect(plainText(made.code)).toBe(codeOf(chosen))
        for (const { want, got } of study.values)
          want.forEach((value, i) => {
            expect(Math.abs(got[i] - value)).toBeLessThanOrEqual(1e-4 + 1e-4 * Math.abs(value))
          })
        expect(study.compiled.second).toBe(0)
        expect(summary(study)).toMatch(/^\d+ nodes?, \d+ kernels?, /)
      }),
      { numRuns: 25 },
    )
  })

  it("draw a box and a row for every array that is not a single number", async () => {
    const { plain } = await studyOf({ ...start, activation: "softmax", gradient: true })
    const count = plain.graph.inputs.length + plain.graph.nodes.length
    expect(drawGraph(plain).match(/class="tour-box/g)).toHaveLength(count)
    expect(graphTable(plain).match(/<tr>/g)).toHaveLength(count + 1)
  })

  it("mark the numbers of the form that another size changes, and none where the expression is another", async () => {
    const [small, wide, other] = await Promise.all([
      opening(),
      studyOf({ ...start, batch: 5 }),
      studyOf({ ...start, activation: "softmax" }),
    ])
    const marked = [...parts(wide, small).form.matchAll(/<mark>(\S+?)<\/mark>/g)].map(([, n]) => n)
    expect(new Set(marked)).toEqual(new Set(["5"]))
    expect(parts(small).form).not.toContain("<mark>")
    expect(parts(other, small).form).not.toContain("<mark>")
  })

  it("show the error that a wrong w gets", async () => {
    expect((await opening()).mistake).toMatch(/^ShapeError: matmul: inner sizes differ, \[2, 3\] · \[4, 4\]/)
  })
})

describe("what is measured", () => {
  it("is a time for each way, and bytes that do not grow without bound", async () => {
    const pause = async (): Promise<void> => {}
    const times = await timesOf(await opening(), pause)
    expect(times).toHaveLength(5)
    for (const { us } of times) expect(us).toBeGreaterThan(0)
    expect(timesResult(times).match(/<tr>/g)).toHaveLength(6)
    const first = await held(start, 10_000, 5000, pause)
    expect(first.calls).toBeGreaterThan(0)
    expect(first.after - first.before).toBeLessThan(2 ** 21)
    expect(heldResult(first)).toMatch(/After .* more calls? it holds/)
  })
})
