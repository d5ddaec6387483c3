/** @file The book's own code has no red underlines: every cell is checked as the editor checks it. */
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"
import { describe, expect, it } from "vitest"
import { bookMap } from "../../src/build/book-map.ts"
import { cellTypes } from "../../src/build/cell-types.ts"
import { entries } from "../../src/build/reference.ts"
import { declaredNames, FORGIVEN, scopeSuffix } from "../../src/elements/cell-scope.ts"

const root = fileURLToPath(new URL("../../content", import.meta.url))
const types = cellTypes()
const library = { path: "../../cell-library", names: types.names }

/** As the editor is set up; a plain function of the texts, so that the test needs no page. */
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  strict: true,
  lib: ["lib.esnext.d.ts"],
  types: [],
  noEmit: true,
}

/** What the editor would underline in these cells: place and message. */
function underlined(cells: { id: string; source: string }[]): string[] {
  const texts = new Map(
    Object.entries(types.files).map(([path, text]) => [path.replace("file://", ""), text]),
  )
  const names = cells.map(({ source }) => declaredNames(ts, source))
  const paths = cells.map((_, i) => `/cells/lesson/${String(i).padStart(3, "0")}.ts`)
  for (const [i, { source }] of cells.entries()) {
    const above = names.slice(0, i).map((n, k) => ({ path: `./${String(k).padStart(3, "0")}`, names: n }))
    texts.set(paths[i], source + scopeSuffix(names[i], [...above.reverse(), library]))
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  const folders = new Set([...texts.keys()].flatMap((path) => [dirname(path), dirname(dirname(path))]))
  host.getCurrentDirectory = () => "/"
  host.getDefaultLibLocation = () => dirname(ts.getDefaultLibFilePath(options))
  host.fileExists = (path) => texts.has(path) || fileExists(path)
  host.directoryExists = (path) => folders.has(path)
  host.readFile = (path) => texts.get(path) ?? readFile(path)
  host.getSourceFile = (path, target) => {
    const text = texts.get(path)
    return text === undefined ? getSourceFile(path, target) : ts.createSourceFile(path, text, target, true)
  }
  const ambient = [...texts.keys()].filter((path) => !path.startsWith("/cells/"))
  const program = ts.createProgram([...ambient, ...paths], options, host)
  return paths.flatMap((path, i) => {
    const file = program.getSourceFile(path)
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    return found
      .filter(({ start = 0, code }) => start <= cells[i].source.length && !FORGIVEN.includes(code))
      .map(({ start = 0, messageText }) => {
        const { line } = ts.getLineAndCharacterOfPosition(file!, start)
        return `${cells[i].id}, line ${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`
      })
  })
}

describe("the editor finds nothing wrong with the cells", () => {
  it.each([...bookMap(root).values()])("of $path.file", ({ cells }) => {
    const running = cells.filter(({ fence }) => !fence.static && !fence.error)
    expect(running.length).toBeGreaterThan(4)
    expect(underlined(running.map(({ fence, source }) => ({ id: fence.id, source })))).toEqual([])
  })
})

it("the editor finds nothing wrong with the examples of the reference", () => {
  const examples = entries().filter(({ doc }) => doc.example !== "")
  expect(examples.length).toBeGreaterThan(150)
  expect(underlined(examples.map(({ name, doc }) => ({ id: name, source: doc.example })))).toEqual([])
})

it("the editor shows examples as code when a name is pointed at", () => {
  const words = Object.values(types.files).join("\n")
  expect(words).not.toContain("@example")
  expect(words).toContain(" * ```ts\n * tensor([[1, 2, 3], [4, 5, 6]]).add([10, 20, 30])\n * ```\n")
})

it("what the editor does underline: wrong types, unknown names, names of later cells", () => {
  expect(
    underlined([
      { id: "a", source: "const x: number = 'one'\nconst early = late" },
      { id: "b", source: "const late = ones([2]).sum().item()\nlate.toFixed(x)\ntensro([1])" },
    ]),
  ).toEqual([
    "a, line 1: Type 'string' is not assignable to type 'number'.",
    "a, line 2: Cannot find name 'late'.",
    expect.stringMatching(/^b, line 3: Cannot find name 'tensro'/),
  ])
})
