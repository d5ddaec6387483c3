/** @file `graph` in a cell: what it says of every value, and its drawing. */
import { describe, expect, it } from "vitest"
import { tensor } from "../../engine/index.ts"
import { graphOutput, valuesText } from "../../src/notebook/graph-call.ts"
import { renderOutput } from "../../src/notebook/render.ts"
import { record } from "./record.ts"

const loss = () => {
  const w = tensor([2, -3], { requiresGrad: true })
  const x = tensor([1, 2])
  return { w, x, loss: w.mul(x).sum().square() }
}

describe("graph", () => {
  it("has values forward and gradients backward", () => {
    const { w, x, loss: y } = loss()
    const { nodes, edges } = graphOutput(y, { w, x })
    expect(nodes.map(({ name, op, value, grad }) => [name || op, value, grad])).toEqual([
      ["w", "[2, −3]", "[−8, −16]"],
      ["x", "[1, 2]", ""],
      ["mul", "[2, −6]", "[−8, −8]"],
      ["sum", "−4", "−8"],
      ["square", "16", "1"],
    ])
    expect(edges.map(({ from, to }) => `${from}${to}`)).toEqual(["02", "12", "23", "34"])
  })

  it("leaves the graph and the parameters as they were", () => {
    const { w, loss: y } = loss()
    graphOutput(y, { w })
    expect(w.grad).toBe(null)
    y.backward()
    expect(w.grad?.tolist()).toEqual([-8, -16])
  })

  it("shows a graph without gradients where the tensor is not one number, or needs none", () => {
    const w = tensor([2, -3], { requiresGrad: true })
    expect(graphOutput(w.mul(2)).nodes.every(({ grad }) => grad === "")).toBe(true)
    expect(graphOutput(tensor(3)).nodes).toMatchObject([{ role: "constant", value: "3" }])
  })

  it("says what to do once backward has freed the graph, and what it wants", () => {
    const { loss: y } = loss()
    y.backward()
    expect(() => graphOutput(y)).toThrow(/freed the graph.*draw it before backward\(\)/)
    expect(() => graphOutput(3)).toThrow(/not a tensor/)
    expect(() => graphOutput(tensor(1), { w: 2 })).toThrow(/record of tensors/)
  })

  it("draws what is nearest to the result where there is too much, and says how much is left out", () => {
    let y = tensor(1, { requiresGrad: true })
    for (let i = 0; i < 150; i++) y = y.mul(1)
    const output = graphOutput(y)
    expect(output.nodes).toHaveLength(120)
    expect(output.left).toBeGreaterThan(0)
    expect(output.nodes.at(-1)?.role).toBe("result")
    expect(renderOutput(output)).toContain(`… and ${output.left} earlier values`)
  })

  it("tells many values by their range", () => {
    expect(valuesText(tensor([1, 2, 3, 4, 5]))).toBe("1 … 5")
    expect(valuesText(tensor([3, 3, 3, 3, 3]))).toBe("all 3")
    expect(valuesText(tensor([[1, 2]]))).toBe("[1, 2]")
    expect(valuesText(tensor([1, Number.NaN, 1, 1, 1]))).toBe("with NaN")
    expect(valuesText(tensor([]))).toBe("no values")
  })

  it("is an output of its cell, as a picture with a sentence and as a table", async () => {
    const r = record({
      a: "const w = tensor(2, { requiresGrad: true })\ngraph(w.mul(w).add(1), { '<w>': w })",
    })
    await r.notebook.run(["a"])
    const html = renderOutput(r.outputs("a")[0], "page")
    expect(html).toContain(
      'aria-label="Computational graph: 4 values, 1 parameter, result add = 5, with gradients.',
    )
    expect(html).toContain("&lt;w&gt;")
    expect(html).not.toContain("<w>")
    // w is used twice by one op: one edge.
    expect(html.match(/fill="none"/g)).toHaveLength(3)
    expect(html.match(/<tr>/g)).toHaveLength(5)
  })
})
