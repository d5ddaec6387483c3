/** @file The reference that a reader sees in the editor: every public name says what it must say. */
import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { all } from "./cases.ts"

const folder = new URL("../../engine/", import.meta.url)
const read = (path: string) => readFileSync(new URL(path, folder), "utf8")
const files = (path: string) => readdirSync(new URL(path, folder)).filter((file) => file.endsWith(".ts"))

/** Exported functions, classes and ops of a file with their docstrings; "" where there is none. */
function docsOf(source: string): Map<string, string> {
  const found = new Map<string, string>()
  const pattern =
    /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export (?:abstract )?(?:async )?(?:function|class|const) (\w+)/g
  for (const [, doc = "", name] of source.matchAll(pattern))
    if (!doc.includes("@internal")) found.set(name, doc)
  return found
}

const exported = (path: string, keep: (name: string) => boolean = () => true): [string, string][] =>
  files(path)
    .filter((file) => file !== "index.ts")
    .flatMap((file) => [...docsOf(read(`${path}${file}`))])
    .filter(([name]) => keep(name))

describe("every op", () => {
  const docs = new Map(exported("ops/"))
  it.each(all.map((op) => [op.spec.name, op.spec] as const))(
    "%s says its shape and its gradient",
    (name, spec) => {
      const doc = docs.get(name === "var" ? "variance" : name) ?? ""
      expect(doc).toMatch(/Shape:\s/)
      if (spec.differentiable) expect(doc).toMatch(/Gradient:\s/)
    },
  )
})

it.each(exported("losses/"))("the loss %s says shape, range, errors and gradient", (_, doc) => {
  for (const word of ["Shape: ", "Range: ", "Throws: ", "Gradient: "]) expect(doc).toContain(word)
})

it.each([...docsOf(read("init.ts"))])("the initialiser %s says its shape", (_, doc) => {
  expect(doc).toContain("Shape: ")
})

it.each(exported("nn/", (name) => name !== "Module" && name !== "Sequential"))(
  "the layer %s says its shape or where to look",
  (_, doc) => {
    expect(doc).toMatch(/Shape: |See `/)
  },
)

it.each(exported("optim/", (name) => /^(SGD|Ada|RMS)/.test(name)))(
  "the optimizer %s names formula and source",
  (_, doc) => {
    for (const word of ["←", "Reference: "]) expect(doc).toContain(word)
  },
)

it.each(exported("datasets/"))("%s of the data sets has a docstring", (_, doc) => {
  expect(doc.length).toBeGreaterThan(20)
})
