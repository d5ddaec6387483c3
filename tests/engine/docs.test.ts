/** @file The reference that a reader sees in the editor: every public name says what it must say. */
import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import * as dl from "../../engine/index.ts"
import { all } from "./cases.ts"

const folder = new URL("../../engine/", import.meta.url)
const read = (path: string) => readFileSync(new URL(path, folder), "utf8")
const files = (path: string) => readdirSync(new URL(path, folder)).filter((file) => file.endsWith(".ts"))

/** Exported functions, classes and ops of a file with their docstrings; "" where there is none. */
function docsOf(source: string): Map<string, string> {
  const found = new Map<string, string>()
  const pattern =
    /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export (?:abstract )?(?:async )?(?:function|class|const) (\w+)/g
  // Overloads: the first one speaks for all.
  for (const [, doc = "", name] of source.matchAll(pattern))
    if (!doc.includes("@internal") && !found.get(name)) found.set(name, doc)
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

/** The files that `index.ts` opens, besides the folders' own lists. */
const open = [...read("index.ts").matchAll(/from "\.\/([\w/]+\.ts)"/g)]
  .map(([, path]) => path)
  .flatMap((path) =>
    path.endsWith("/index.ts")
      ? files(path.slice(0, -8)).map((file) => `${path.slice(0, -8)}${file}`)
      : [path],
  )
  .concat("core/random.ts")

/** Public functions and classes with their docstrings and their code, up to the next declaration. */
const declared = [...new Set(open)].flatMap((path) => {
  const source = read(path)
  return [...docsOf(source)]
    .filter(([name]) => name in dl || name === "variance")
    .map(([name, doc]) => {
      const start = source.search(
        new RegExp(`export (?:abstract )?(?:async )?(?:function|class|const) ${name}\\b`),
      )
      const rest = source.slice(start)
      const end = rest.search(/\n(?:\/\*\*|export|function|const|class|interface) /)
      return { name, doc, code: end < 0 ? rest : rest.slice(0, end) }
    })
})

it("the public names are found in the files that the door opens", () => {
  const names = new Set(declared.map(({ name }) => name))
  const missing = Object.entries(dl)
    .filter(([name, value]) => typeof value === "function" && !names.has(name) && name !== "var")
    .map(([name]) => name)
  expect(missing.filter((name) => !name.endsWith("Error"))).toEqual([])
})

it.each(declared)(
  "$name has a docstring, which says what it throws if it checks anything",
  ({ doc, code }) => {
    expect(doc.length).toBeGreaterThan(15)
    if (/throw new|\b(?:check\w*|shapeFrom|normalizeDims?|labelsFor|noisy|drawn)\(/.test(code))
      // The methods of a class say it themselves.
      expect(/export (?:abstract )?class/.test(code) ? doc + code : doc).toMatch(/Throws: |See `/)
  },
)
