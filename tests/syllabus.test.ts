/** @file The labels by which `npm run syllabus` knows what a test shows. */
import { globSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { labelsOf } from "../scripts/syllabus.ts"
import { allExamples, systems } from "./fixtures/syllabus.ts"

describe("a label", () => {
  it.each([
    ["WE 3.1: blueberries only", ["WE 3.1"]],
    ["WE 4.1, C21: AND ends at (1, 1, 1)", ["WE 4.1", "C21"]],
    ["C04: without a function one layer", ["C04"]],
    ["after WE 3.1: nothing", []],
    ["S1 is no row", []],
  ])("is read from the beginning of a test’s name: %s", (name, labels) => {
    expect(labelsOf(name)).toEqual(labels)
  })

  it("of any test of the book is one of the syllabus", () => {
    const known = new Set([...Object.keys(systems), ...allExamples.map(({ label }) => label)])
    const used = globSync("tests/**/*.test.ts").flatMap((file) =>
      [
        ...readFileSync(file, "utf8").matchAll(/\b(?:test|it)(?:\.each\([^)]*\))?\(\s*["`]([^"`\n]+)/g),
      ].flatMap(([, name]) => labelsOf(name)),
    )
    expect(used.length).toBeGreaterThan(40)
    expect(used.filter((label) => !known.has(label))).toEqual([])
  })
})
