/** @file Cells at build: results, errors with their place, limits, and the cache. */
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { runCells } from "../../src/build/run-cells.ts"

let cache: string
let another: string
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), "descent-cells-"))
  another = await mkdtemp(join(tmpdir(), "descent-cells-"))
})
afterAll(() => Promise.all([cache, another].map((folder) => rm(folder, { recursive: true }))))

describe("running cells at build", () => {
  it("draws inputs with their first value, and says which cells depend on them", async () => {
    const cells = [
      { id: "a", source: "const lr = input.slider('rate', { value: 0.25 })" },
      { id: "b", source: "const twice = lr * 2" },
      { id: "c", source: "1" },
      { id: "d", source: "twice" },
    ]
    const run = await runCells("inputs", cells, [], { cache: another })
    expect(run.outputs.a).toMatchObject([{ kind: "input", key: "rate", value: 0.25, feeds: ["b", "d"] }])
    expect(run.outputs.d).toMatchObject([{ kind: "value", value: { text: "0.5" } }])
  })

  it("gives final outputs, values of prose and durations, and reads them back from the cache", async () => {
    const cells = [
      {
        id: "a",
        title: "Start",
        source: "const w = tensor([1, 2], { requiresGrad: true })\nconst nan = [NaN, 1]\nnan",
      },
      {
        id: "b",
        source:
          "const c = curve('Loss')\nfor (let i = 0; i < 50; i++) c.push({ loss: 1 / (i + 1) })\ntex('x^2')\nPlot.lineY([1, 4, 2]).plot()",
      },
      { id: "c", source: "w.backward(ones([2]))\nw.grad.tolist()" },
      { id: "d", source: "not even code (", static: true },
    ]
    const values = ["a.w", "a.nan.length", "a.Math.max(1.5, 2.5)", "a.w.grad === null", "c.w.grad"]
    const run = await runCells("test", cells, values, { cache })
    expect(run.outputs.b).toMatchObject([
      { kind: "curve", live: false, svg: expect.stringContaining("<svg") },
      { kind: "tex", html: expect.stringContaining("katex") },
      { kind: "figure", svg: expect.stringContaining("<svg") },
    ])
    expect(run.outputs.d).toEqual([])
    expect(run.values).toEqual({
      "a.w": [1, 2],
      "a.nan.length": 2,
      "a.Math.max(1.5, 2.5)": 2.5,
      "a.w.grad === null": true,
      "c.w.grad": [1, 1],
    })
    expect(Object.keys(run.ms)).toEqual(["a", "b", "c"])
    expect(await readdir(cache)).toHaveLength(1)
    // The durations are those of the first run: nothing ran again.
    expect(await runCells("test", cells, values, { cache })).toEqual(run)
    await runCells("test", cells, [], { cache })
    expect(await readdir(cache)).toHaveLength(2)
  })

  it("gives the error of a cell as its output, with the line", async () => {
    const cells = [
      { id: "bad", source: "const x = 1\nx.y.z" },
      { id: "good", source: "1" },
    ]
    const { outputs } = await runCells("test", cells, ["bad.x"], { cache })
    expect(outputs.bad).toMatchObject([{ kind: "error", name: "TypeError", line: 2 }])
    expect(outputs.good).toMatchObject([{ kind: "value" }])
  })

  it("stops a cell without end and names it", async () => {
    const cells = [
      { id: "quick", source: "1" },
      { id: "endless", source: "for (;;);" },
    ]
    await expect(runCells("test", cells, [], { cache, timeout: 1500 })).rejects.toMatchObject({
      name: "CellsError",
      cell: "endless",
      message: 'cell "endless" ran longer than 1.5 s',
    })
  })

  it("stops a cell that eats the memory and names it", async () => {
    const cells = [
      { id: "hungry", source: "const all = []\nfor (;;) all.push(new Array(1000).fill(all.length))" },
    ]
    await expect(runCells("test", cells, [], { cache, memory: 64 })).rejects.toMatchObject({
      cell: "hungry",
      message: 'cell "hungry" needs more than 64 MB of memory',
    })
  })

  it("names the value of prose that cannot be computed", async () => {
    await expect(runCells("test", [{ id: "a", source: "const x = 1" }], ["a.y"], { cache })).rejects.toThrow(
      /<Value of="a\.y">.*y/,
    )
  })
})
