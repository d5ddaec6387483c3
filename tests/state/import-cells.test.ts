/** @file Cells that were taken away come back as they were: from JSON, notebooks, programs. Damaged files say so. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ipynb } from "../../src/notebook/export-ipynb.ts"
import type { TakenLesson } from "../../src/notebook/export-lesson.ts"
import { programText } from "../../src/notebook/export-program.ts"
import { ImportError, type ImportedCell, readCells, scratchpadFile } from "../../src/notebook/import-cells.ts"
import * as parser from "../../src/notebook/parser.ts"

const taken = (cells: ImportedCell[]): TakenLesson => ({
  what: "scratchpad",
  id: "my-notes",
  title: "My notes",
  address: "https://example.org/scratchpad/",
  parts: cells.map(({ id = "", title, source, inputs }) => ({
    kind: "cell",
    cell: { id, title, source },
    edited: true,
    inputs,
    outputs: [],
  })),
})

const names = new Set(["tensor", "table"])
const inNotebook = (cells: ImportedCell[]): string =>
  JSON.stringify(ipynb(taken(cells), names, "./descent.js"))
const inProgram = (cells: ImportedCell[]): string => programText(taken(cells), names)
const read = (file: string, text: string) => readCells(file, text, parser)

const snippet = fc.constantFrom(
  "",
  "const x = 1",
  "let x = 2\nx + 1",
  "x",
  "x // what is shown",
  "tensor([1, 2]).sum();",
  "const cell = 5\ncell",
  "function f() {\n\n  return 1\n}\n\nf()\n",
  "const broken = [",
  "// # A heading, not ours\n'text'",
  "`a\n\nb`",
  "1\n\n// # Not a heading of ours",
  "await Promise.resolve(3)",
)
const someInputs = fc.constantFrom(undefined, { rate: 0.1, 'a "b" });': [{ x: 1, y: -2, label: 1 }] })
const someTitle = fc.constantFrom(undefined, "Data", 'A "quoted" title')
const someCells = fc
  .array(fc.record({ source: snippet, title: someTitle, inputs: someInputs }), { minLength: 1, maxLength: 6 })
  .map((all) =>
    all.map(({ source, title, inputs }, i): ImportedCell => {
      // What cannot be read runs nowhere, and nothing sets its inputs.
      const set = inputs && !source.includes("broken") && { inputs }
      return { id: `c${i + 1}`, ...(title && { title }), source, ...set }
    }),
  )

describe("cells that were taken away", () => {
  it("come back from the book's own file as they were, with what their inputs are set to", () => {
    fc.assert(
      fc.property(someCells, (cells) => {
        const all = cells.map((cell) => ({ ...cell, inputs: { rate: 0.1 } }))
        expect(read("a.json", scratchpadFile("My notes", all, "1.0"))).toEqual({
          name: "My notes",
          cells: all,
        })
      }),
    )
  })

  it("come back from a notebook as they were", () => {
    fc.assert(
      fc.property(someCells, (cells) => {
        expect(read("a.ipynb", inNotebook(cells))).toEqual({ name: "My notes", cells })
      }),
    )
  })

  it("come back from a program as they were", () => {
    fc.assert(
      fc.property(someCells, (cells) => {
        // A program has no room for a title of what it leaves out beside its name.
        const plain = cells.map((cell) =>
          cell.source.includes("broken") ? { id: cell.id, source: cell.source } : cell,
        )
        expect(read("a.ts", inProgram(plain))).toEqual({ name: "My notes", cells: plain })
      }),
    )
  })
})

describe("a file from elsewhere", () => {
  it("is read where it is TypeScript", () => {
    const { cells, note } = read("mine.ts", 'import fs from "node:fs"\nconst x = 1\n')
    expect(cells).toEqual([{ source: 'import fs from "node:fs"\nconst x = 1' }])
    expect(note).toContain("cannot use `import`")
  })

  it.each([
    ["cut.json", '{"format": "descent-scratchpad", "cells": [', "damaged or cut off"],
    ["cut.ipynb", '{"nbformat": 4, "cel', "damaged or cut off"],
    [
      "lost.json",
      '{"format": "descent-scratchpad", "version": 1, "cells": [{"id": "c1"}]}',
      "cell 1 has no text",
    ],
    ["new.json", '{"format": "descent-scratchpad", "version": 2, "cells": []}', "newer version"],
    ["all.json", '{"format": "descent-backup", "version": 1}', "Your work"],
    ["list.json", "[1]", "not one that this book has saved"],
    ["other.json", '{"a": 1}', "neither"],
    [
      "py.ipynb",
      '{"nbformat": 4, "metadata": {"kernelspec": {"language": "python"}}, "cells": []}',
      "python",
    ],
    ["none.ipynb", '{"nbformat": 4, "metadata": {}, "cells": []}', "no cells"],
    ["empty.ts", "\n", "empty"],
    ["picture.ts", "PNG\0", "no text"],
  ])("that cannot be read says why: %s", (file, text, words) => {
    expect(() => read(file, text)).toThrow(ImportError)
    expect(() => read(file, text)).toThrow(words)
  })
})
