/** @file The engine's reference: every public name is in it, says what it must say, and shows an example that runs. */
import { readFileSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as engine from "../../engine/index.ts"
import { docstring } from "../../src/build/docstring.ts"
import { entries, exampleCell, isError, type Reference, reference } from "../../src/build/reference.ts"
import { groupOf } from "../../src/build/reference-groups.ts"
import { placesIn } from "../../src/build/reference-places.ts"
import { proseHtml } from "../../src/build/reference-prose.ts"
import { runCells } from "../../src/build/run-cells.ts"
import { analyze } from "../../src/notebook/analyze.ts"
import { bookLibrary } from "../../src/notebook/library.ts"
import { unpackCells } from "../../src/notebook/shared-cells.ts"
import { all as ops } from "../engine/cases.ts"

const all = entries()
const values = all.filter(({ kind }) => kind !== "type" && kind !== "namespace")
const source = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8").split("\n")

describe("in the reference", () => {
  it.each(all.map((entry) => [entry.name, entry] as const))(
    "%s has a sentence, a place and a line",
    (name, entry) => {
      expect(entry.doc.summary).toMatch(/\w.*[.?:]$/s)
      expect(groupOf(entry.file).id).toMatch(/^[a-z-]+$/)
      if (entry.kind !== "namespace") {
        const own = name === "var" ? "variance" : name.split(".").at(-1)
        expect(source(entry.file)[entry.line - 1]).toMatch(new RegExp(`\\b${own}\\b`))
      }
    },
  )

  it.each(values.map((entry) => [entry.name, entry] as const))(
    "%s has an example that stands for itself",
    (name, entry) => {
      const { uses, declares } = analyze(entry.doc.example)
      const own = name === "var" ? ".var(" : name
      expect(entry.doc.example.toLowerCase()).toContain(isError(entry) ? "" : own.toLowerCase())
      const library = bookLibrary(() => Promise.reject(new Error("no file")))
      const globals = ["Math", "NaN", "undefined", "Array", "String", "Uint8Array"]
      expect([...uses.keys()].filter((one) => !library.names.has(one) && !globals.includes(one))).toEqual([])
      expect([...declares].filter((one) => library.names.has(one))).toEqual([])
      expect(entry.doc.example.split("\n").length).toBeLessThanOrEqual(10)
    },
  )

  it.each(all.filter(({ options }) => options.length > 0).map((entry) => [entry.name, entry] as const))(
    "%s says of every option what it is, and states the default that the code has",
    (_, { options }) => {
      for (const { name, fallback, doc } of options) {
        expect(doc.summary, name).toMatch(/\w/)
        const words = doc.text.join(" ").toLowerCase()
        const isScalar = fallback !== undefined && /^(true|false|".*"|[\d.e-]+)$/.test(fallback)
        if (isScalar && /(\S+) by default/.test(words))
          expect(words, name).toContain(`${fallback} by default`)
      }
    },
  )
})

describe("the reference", () => {
  let folder: string
  let made: Reference
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "descent-reference-"))
    made = await reference({ cache: folder })
  })
  afterAll(() => rm(folder, { recursive: true }))

  it("has every name that the engine exports, each in one place", () => {
    const shown = made.flatMap((group) => [...group.entries, ...group.types, ...group.namespaces])
    const names = shown.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(Object.keys(engine).filter((name) => !names.includes(name))).toEqual([])
    for (const { name, names: parts } of made.flatMap(({ namespaces }) => namespaces))
      expect(parts.filter((part) => !names.includes(part) && !names.includes(`${name}.${part}`))).toEqual([])
  })

  it("shows the options of every exported type of options with what takes them", () => {
    const taken = all.map(({ optionsType = "" }) => optionsType).join(" ")
    const types = all.filter(({ kind, name }) => kind === "type" && name.endsWith("Options"))
    expect(types.map(({ name }) => name).filter((name) => !new RegExp(`\\b${name}\\b`).test(taken))).toEqual(
      [],
    )
  })

  it("shows what every example gives, and an error where it is about one", () => {
    for (const entry of made.flatMap((group) => group.entries)) {
      expect(entry.outputs.length, entry.name).toBeGreaterThan(0)
      expect(entry.outputs.join("").includes("output-error"), entry.name).toBe(isError(entry))
      expect(entry.outputs.join(""), entry.name).not.toContain("advice")
    }
  })

  it("shows the same when an example is run in another place, as in the scratchpad", async () => {
    const cells = values.map(exampleCell)
    const here = await runCells("reference", cells, [], { cache: folder })
    const there = await runCells("elsewhere", [...cells].reverse(), [], { cache: folder })
    for (const { id } of cells) expect(there.outputs[id], id).toEqual(here.outputs[id])
  })

  it("opens each example in the scratchpad as it stands", async () => {
    for (const { name, doc, fragment } of made.flatMap((group) => group.entries))
      expect(await unpackCells(fragment)).toEqual({
        lesson: `scratchpad/${name}`,
        cells: { example: doc.example },
      })
  })

  it("says how a gradient goes back through every op that has one, and which ops are methods", () => {
    const shown = new Map(made.flatMap((group) => group.entries).map((entry) => [entry.name, entry]))
    for (const { spec } of ops) {
      expect(shown.get(spec.name)?.method, spec.name).toBe(true)
      const labels = shown.get(spec.name)?.doc.facts.map(({ label }) => label)
      expect(labels, spec.name).toContain("Shape")
      if (spec.differentiable) expect(labels, spec.name).toContain("Gradient")
    }
    expect(shown.get("concat")?.method).toBe(false)
  })

  it("spells out how a name is called: defaults, options, what a tuple stands for", () => {
    const call = (name: string) => all.find((entry) => entry.name === name)?.signatures
    expect(call("softmax")).toEqual(["softmax(x: TensorLike, dim: number = -1): Tensor"])
    expect(call("leakyRelu")).toEqual(["leakyRelu(x: TensorLike, slope: number = 0.01): Tensor"])
    expect(call("SGD")).toEqual(["new SGD(params: Iterable<Tensor>, options: SGDOptions)"])
    expect(call("Module")).toEqual(["abstract class Module"])
    expect(call("profile")).toHaveLength(2)
    expect(all.find(({ name }) => name === "SGD")?.parent).toBe("Optimizer")
  })

  it("knows where each name stands", () => {
    expect(placesIn(made).get("crossEntropy")).toBe("reference/losses/#crossEntropy")
    expect(placesIn(made).get("Tensor")).toBe("reference/tensors/#Tensor")
  })

  it("refuses a file that belongs to no page, and says what to do", () => {
    expect(() => groupOf("engine/new.ts")).toThrow("engine/new.ts belongs to no group; add it to one")
  })
})

describe("a docstring", () => {
  it("is taken apart: first sentence, paragraphs, facts in one order, the example as it is written", () => {
    const comment = `/**
 * Picks rows, e.g. of a batch. Fast.
 *
 * Another paragraph. Gradient: ct. Shape: same
 * as x. Throws: never.
 * @example
 * const f = () => {
 *   return 1
 * }
 * f()
 */`
    expect(docstring(comment)).toEqual({
      summary: "Picks rows, e.g. of a batch.",
      text: ["Picks rows, e.g. of a batch. Fast.", "Another paragraph."],
      facts: [
        { label: "Shape", text: "same as x." },
        { label: "Gradient", text: "ct." },
        { label: "Throws", text: "never." },
      ],
      example: "const f = () => {\n  return 1\n}\nf()",
    })
    expect(docstring("/** Is it so? Result: bool. */").summary).toBe("Is it so?")
    expect(docstring("")).toEqual({ summary: "", text: [], facts: [], example: "" })
  })

  it("becomes markup: names are links, exponents are raised, indices lowered, signs escaped", () => {
    const href = (name: string) => (name === "exp" ? "#exp" : undefined)
    expect(proseHtml("`exp` of `x<1>`: e^{−x} < Σ_{j ≠ y} s_y, not max_value", href)).toBe(
      '<a href="#exp"><code>exp</code></a> of <code>x&lt;1&gt;</code>: e<sup>−x</sup> &lt; Σ<sub>j ≠ y</sub> s<sub>y</sub>, not max_value',
    )
  })
})
