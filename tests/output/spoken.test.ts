/** @file What is said of a run's outputs to whoever hears the page. */
import { describe, expect, it } from "vitest"
import { tensor } from "../../engine/index.ts"
import { display } from "../../src/notebook/display.ts"
import type { Output } from "../../src/notebook/output.ts"
import { spokenOutputs } from "../../src/notebook/spoken.ts"

const text = (words: string): Output => ({ kind: "text", text: words })

describe("what is said of the outputs of a run", () => {
  it("is the first line of the first one, and how many follow", () => {
    expect(spokenOutputs([display(42)])).toBe("42")
    expect(spokenOutputs([text("\n  first\nsecond")])).toBe("first")
    expect(spokenOutputs([text("a"), text("b")])).toBe("a; and 1 more output")
    expect(spokenOutputs([text("a"), text("b"), text("c")])).toBe("a; and 2 more outputs")
  })

  it("names what is no text, with what can be heard of it", () => {
    expect(spokenOutputs([display(tensor([1, 2]))])).toBe("Tensor [2] float32 1 2")
    const table: Output = { kind: "table", columns: ["a"], rows: [[1], [2]], total: 2 }
    expect(spokenOutputs([table])).toBe("Table: 1 column, 2 rows")
    const series = [{ name: "loss", x: [0, 1], y: [5, 1] }]
    const curve: Output = { kind: "curve", title: "Loss", x: "step", y: "", log: false, series, live: false }
    expect(spokenOutputs([curve])).toBe("Curve Loss: by step; loss from 5 to 1.")
    expect(spokenOutputs([{ kind: "tex", tex: "x^2", display: true }])).toBe("Formula: x^2")
  })

  it("leaves out controls and bars, and says nothing of nothing", () => {
    const bar: Output = { kind: "progress", label: "epochs", value: 1, max: 2, ms: 5 } as Output
    expect(spokenOutputs([bar, text("done")])).toBe("done")
    expect(spokenOutputs([bar])).toBe("")
    expect(spokenOutputs([])).toBe("")
    expect(spokenOutputs([text("  ")])).toBe("empty text")
  })

  it("is short, however long the output is", () => {
    const said = spokenOutputs([text("word ".repeat(1000))])
    expect(said.length).toBeLessThan(170)
    expect(said).toMatch(/word …$/)
  })
})
