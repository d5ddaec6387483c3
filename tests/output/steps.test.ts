/** @file Recorded steps as HTML and as text: one state and a table of all, the same at build and in the page. */
import { describe, expect, it } from "vitest"
import { outputText } from "../../src/notebook/export-text.ts"
import type { StepsOutput } from "../../src/notebook/output.ts"
import { renderOutput } from "../../src/notebook/render.ts"

const EVIL = `<img src=x onerror="alert(1)">'&`

const steps: StepsOutput = {
  kind: "steps",
  names: ["w", "b", "error"],
  states: [
    { values: [[0, 0], 0.5], line: 3, cell: "a" },
    { values: [[1, -2], 0.5, 2], line: 3, cell: "a", figure: 0, label: "after example 1" },
    { values: [[1, -2], 0.25, 1], line: 3, cell: "a" },
  ],
  figures: [{ kind: "text", text: "a picture" }],
  total: 3,
  withoutFigure: 0,
  fromFirst: true,
}

const values = (html: string): string[] =>
  [...(html.match(/<dl.*?<\/dl>/s)?.[0] ?? "").matchAll(/<dt>.*?<\/dd>/gs)].map(([line]) =>
    line.replace(/<\/dt>/, ": ").replace(/<[^>]*>/g, ""),
  )

describe("recorded steps", () => {
  it("show the first state of a cell that is made for it, else the last with what was different before", () => {
    expect(renderOutput(steps)).toContain("Step 1 of 3<")
    expect(values(renderOutput(steps))).toEqual(["w: [0, 0]", "b: 0.5", "error: –"])
    const last = renderOutput({ ...steps, fromFirst: false })
    expect(last).toContain("Step 3 of 3<")
    expect(values(last)).toEqual(["w: [1, −2]", "b: 0.25 was 0.5", "error: 1 was 2"])
  })

  it("are a table with a row a step and a column a name", () => {
    for (const origin of ["build", "page"] as const) {
      const html = renderOutput(steps, origin)
      expect([...html.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/g)].map(([, name]) => name)).toEqual([
        "step",
        "state",
        "w",
        "b",
        "error",
      ])
      expect(html.match(/<tbody>.*<\/tbody>/s)?.[0].match(/<tr>/g)?.length).toBe(3)
    }
  })

  it("unfold a short table and fold a long one", () => {
    const long = { ...steps, states: Array.from({ length: 20 }, () => steps.states[0]), total: 20 }
    expect(renderOutput(steps)).toContain("<details open><summary>All 3 steps")
    expect(renderOutput(long)).toContain("<details><summary>All 20 steps")
    const huge = { ...long, states: Array.from({ length: 2000 }, () => steps.states[0]), total: 2000 }
    expect(renderOutput(huge, "page")).toContain("<summary>All 2000 steps</summary></details>")
    expect(renderOutput(huge).match(/<tr>/g)?.length).toBe(2001)
  })

  it("bring the figures of the other states with the book's page, and none into a reader's", () => {
    expect(renderOutput(steps)).toMatch(
      /<template><div><\/div><div>.*a picture.*<\/div><div><\/div><\/template>/s,
    )
    expect(renderOutput(steps, "page")).not.toContain("<template>")
    expect(renderOutput({ ...steps, fromFirst: false, states: steps.states.slice(0, 2) }, "page")).toMatch(
      /steps-figure">.*a picture/,
    )
  })

  it("say what was left out", () => {
    const html = renderOutput({ ...steps, total: 10_000, withoutFigure: 7, fromFirst: false })
    expect(html).toContain("Step 10000 of 10000")
    expect(html).toContain("Of 10000 steps the first 2 and the last are kept.")
    expect(html).toContain("7 steps came after as many figures as a page holds.")
  })

  it("escape names, words and texts, and survive what is no steps at all", () => {
    const evil: StepsOutput = {
      ...steps,
      names: [EVIL],
      states: [{ values: [EVIL], label: EVIL, cell: EVIL, line: 1 }],
    }
    for (const origin of ["build", "page"] as const)
      expect(renderOutput(evil, origin)).not.toMatch(/<img|onerror="/)
    for (const broken of [{ states: [] }, { states: null }, { names: 3 }])
      expect(renderOutput({ ...steps, ...broken } as unknown as StepsOutput, "page")).toContain(
        "could not be shown",
      )
  })

  it("are a line each as text", () => {
    expect(outputText(steps)).toBe(
      "Step 1: w = [0, 0], b = 0.5\nStep 2, after example 1: w = [1, −2], b = 0.5, error = 2\nStep 3: w = [1, −2], b = 0.25, error = 1",
    )
  })
})
