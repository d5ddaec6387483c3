/** @file Figures with functions that Plot calls while it draws: drawn where the cell runs, and said to be. */
import { inflateSync } from "node:zlib"
import { expect, it } from "vitest"
import type { Output } from "../../src/notebook/output.ts"
import { renderOutput } from "../../src/notebook/render.ts"
import { record } from "./record.ts"

async function outputsOf(source: string): Promise<Output[]> {
  const { notebook, outputs } = record({ one: source })
  await notebook.run(["one"])
  return outputs("one")
}

async function svgOf(source: string): Promise<string> {
  const [output, ...more] = await outputsOf(source)
  expect(more).toEqual([])
  if (output.kind !== "figure" || !output.svg) throw new Error(JSON.stringify(output))
  expect(output.spec).toBeUndefined()
  return output.svg
}

it("a function for the labels of an axis is called", async () => {
  const svg = await svgOf(`const unit = "eggs"
Plot.plot({ x: { tickFormat: (d) => d + " " + unit }, marks: [Plot.dot([1, 2, 3], { x: [0, 1, 2], y: [3, 1, 2] })] })`)
  expect(svg).toMatch(/^<svg.*role="img".*<\/svg>$/s)
  expect(svg).toContain(">1 eggs<")
  expect(svg).not.toContain("<style")
})

it("so is one that sums up, colours, or chooses thresholds", async () => {
  const svg = await svgOf(`Plot.plot({
  color: { interpolate: (t) => t < 0.5 ? "#010203" : "#040506" },
  marks: [Plot.rectY([1, 2, 2, 3, 9], Plot.binX({ y: (list) => 10 * list.length, fill: "count" }, { thresholds: () => [0, 5, 10], x: [1, 2, 2, 3, 9] }))],
})`)
  expect(svg.match(/<rect /g)).toHaveLength(2)
  expect(svg).toMatch(/rgb\(1, 2, 3\)|#010203/)
})

it("pixels come once for each theme, as pictures that can be read", async () => {
  const svg = await svgOf(`Plot.plot({
  x: { domain: [0, 1], tickFormat: (d) => d + "!" }, y: { domain: [0, 1] },
  marks: [Plot.raster({ fill: (x, y) => x - y, width: 20, height: 10 })],
})`)
  expect(svg).toContain('data-tone="light"')
  expect(svg).toContain('data-tone="dark"')
  const [, base64] = /data:image\/png;base64,([^"]+)/.exec(svg) ?? []
  const png = Buffer.from(base64, "base64")
  const at = png.indexOf("IDAT")
  const pixels = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
  expect(pixels).toHaveLength(10 * (4 * 20 + 1))
})

it("the output says why it has no tips, at build and in the page, and the page gets no markup of the cell", async () => {
  const [output] = await outputsOf("Plot.lineY([1, 4]).plot({ y: { tickFormat: (d) => 'a' + d } })")
  for (const origin of ["build", "page"] as const)
    expect(renderOutput(output, origin)).toContain("drawn where the cell runs")
  expect(renderOutput(output, "build")).toContain("<svg")
  expect(renderOutput(output, "page")).not.toContain("<svg")
})

it("the data is that of the moment, in order with what else is shown", async () => {
  const outputs = await outputsOf(`const data = [1, 2]
display(Plot.lineY(data).plot({ y: { tickFormat: (d) => "label " + d } }))
data[1] = 900
display("after")`)
  expect(outputs.map(({ kind }) => kind)).toEqual(["figure", "text"])
  expect(JSON.stringify(outputs[0])).not.toContain("label 900")
})

it("what a function throws stands in the place of the figure", async () => {
  const [output] = await outputsOf(
    `Plot.lineY([1, 2]).plot({ x: { tickFormat: () => { throw new Error("no label") } } })`,
  )
  expect(output).toMatchObject({ kind: "error", message: "no label" })
})
