/**
 * @file What cells show of values that are on a GPU which answers only later, as in browsers that give no way to read it
 * at once: the outputs wait, and show what was there when they were asked for.
 */
import { afterEach, beforeAll, describe, expect, it } from "vitest"
import { setDevice } from "../../engine/index.ts"
import type { Output } from "../../src/notebook/output.ts"
import { pageLimits } from "../../src/notebook/run-outputs.ts"
import { provideGpu } from "../engine/gpu.ts"
import { record } from "./record.ts"

beforeAll(provideGpu)
afterEach(() => setDevice("cpu"))

async function outputsOf(source: string, limits?: typeof pageLimits): Promise<Output[]> {
  const { notebook, outputs } = record(
    { one: `await setDevice("webgpu");\n${source}` },
    limits ? { limits } : {},
  )
  await notebook.run(["one"])
  return outputs("one")
}

/** The only output. */
async function shown(source: string): Promise<Output> {
  const outputs = await outputsOf(source)
  expect(outputs, JSON.stringify(outputs)).toHaveLength(1)
  return outputs[0]
}

const numbers = "const x = tensor([1, 2, 3]).mul(2)"

describe("a value on the GPU is shown as it is", () => {
  it("a tensor, with its range and its flags", async () => {
    expect(await shown(`${numbers}\nx`)).toMatchObject({ kind: "tensor", values: [2, 4, 6], min: 2, max: 6 })
    expect(await shown(`${numbers}\nx.reshape([3, 1]).mul([[1, 2]]).transpose()`)).toMatchObject({
      shape: [2, 3],
      values: [2, 4, 6, 4, 8, 12],
    })
    expect(await shown("tensor([-1, 4]).sqrt()")).toMatchObject({ nonFinite: 1, max: 2 })
    expect(await shown("tensor([1], { requiresGrad: true }).mul(2)")).toMatchObject({ requiresGrad: true })
  })

  it("a tensor in lists, records, maps and modules", async () => {
    const text = JSON.stringify(
      await shown(`${numbers}
const module = new Linear(1, 1, { generator: new Generator(1) })
module.weight.assign(tensor([[5]]).mul(3))
;({ list: [x, [x.sum()]], map: new Map([["k", x.add(1)]]), module })`),
    )
    expect(text).toContain('"values":[2,4,6]')
    expect(text).toContain('"values":[12]')
    expect(text).toContain('"values":[3,5,7]')
    expect(text).toContain('"name":"Linear"')
    expect(text).toContain('"values":[15]')
    expect(text).not.toMatch(/throws when it is read/)
  })

  it("tables: of rows with numbers on the GPU, of columns, of a matrix", async () => {
    const rows = [
      [0, 1],
      [1, 2],
    ]
    expect(await shown("[0, 1].map((i) => ({ i, loss: tensor(i).add(1) }))")).toMatchObject({
      kind: "table",
      rows,
    })
    expect(await shown("table({ i: [0, 1], loss: tensor([0, 1]).add(1) })")).toMatchObject({
      kind: "table",
      rows,
    })
    expect(await shown("table(tensor([[0, 1], [0, 1]]).add([[0, 0], [1, 1]]))")).toMatchObject({
      kind: "table",
      rows,
    })
  })

  it("lines of the console, in order", async () => {
    const outputs = await outputsOf(`console.log("before")
${numbers}
console.log("x is", x, x.sum())
console.warn("after")`)
    expect(outputs.map((output) => output.kind === "console" && [output.level, output.text])).toEqual([
      ["log", "before"],
      ["log", "x is Tensor [3] (2, 4, 6) Tensor [] (12)"],
      ["warn", "after"],
    ])
  })

  it("figures: data, channels, accessors, a mark alone", async () => {
    for (const code of [
      "Plot.lineY(x).plot()",
      "Plot.lineY(x)",
      "Plot.plot({ marks: [Plot.dot({ length: 3 }, { x: [0, 1, 2], y: x })] })",
      "Plot.dot(x, { x: (d, i) => i, y: (d) => d }).plot()",
      "Plot.dot(stack([tensor([0, 1, 2]), x], 1), { x: (row) => row[0], y: (row) => row[1] }).plot()",
    ]) {
      const text = JSON.stringify(await shown(`${numbers}\n${code}`))
      expect(text, code).toContain('"kind":"figure"')
      expect(text, code).toMatch(/\[2,4,6\]|"0":2,"1":4,"2":6/)
    }
  })

  it("curves: every point has its number when the run is over", async () => {
    expect(
      await shown(`const losses = curve("Loss")
let w = tensor(1)
for (let i = 0; i < 30; i++) { w = w.mul(0.5); losses.push({ train: w, twice: 2 ** -i }) }`),
    ).toMatchObject({
      kind: "curve",
      live: false,
      series: [
        { name: "train", y: Array.from({ length: 30 }, (_, i) => 0.5 ** (i + 1)) },
        { name: "twice", y: Array.from({ length: 30 }, (_, i) => 0.5 ** i) },
      ],
    })
  })

  it("steps, with a figure each", async () => {
    const output = await shown(`let w = tensor([1, 2])
for (let i = 0; i < 3; i++) { w = w.mul(2); step({ i, w, sum: w.sum() }, w) }`)
    expect(output).toMatchObject({
      kind: "steps",
      names: ["i", "w", "sum"],
      states: [{ values: [0, [2, 4], 6] }, { values: [1, [4, 8], 12] }, { values: [2, [8, 16], 24] }],
      figures: [{ values: [2, 4] }, { values: [4, 8] }, { values: [8, 16] }],
    })
  })

  it("graphs and settings of explorables", async () => {
    const graph = JSON.stringify(
      await shown(`const w = tensor(2, { requiresGrad: true })\ngraph(w.mul(3).add(1), { w })`),
    )
    expect(graph).toContain('"value":"7"')
    expect(await shown(`explorable("downhill", { lr: tensor(0.25).mul(2) })`)).toMatchObject({
      params: { lr: 0.5 },
    })
  })
})

describe("what the program does after it has shown something changes nothing of it", () => {
  it("neither to lists nor to parameters", async () => {
    const outputs = await outputsOf(`const w = tensor(1)
const list = []
for (let i = 1; i <= 3; i++) {
  list.push(tensor(i).mul(10))
  display({ list })
  display([w])
  w.assign(tensor(i).mul(2))
}`)
    const seen = outputs.map((output) =>
      [...JSON.stringify(output).matchAll(/"values":\[(\d+)\]/g)].map(([, n]) => +n),
    )
    expect(seen).toEqual([[10], [1], [10, 20], [2], [10, 20, 30], [4]])
  })

  it("and a value that is replaced ends as its last", async () => {
    const source = `const place = display(tensor(0).add(0))
for (let i = 1; i <= 200; i++) place.update(tensor(i).add(0.5))`
    for (const limits of [undefined, pageLimits]) {
      const [output] = await outputsOf(source, limits)
      expect(output).toMatchObject({ kind: "tensor", values: [200.5] })
    }
  })
})

it("what cannot be had any more is told in its place, and what a cell reads itself says how to wait", async () => {
  const { notebook, outputs, error } = record({
    read: `await setDevice("webgpu")\ntensor([1, 2]).sum().item()`,
    below: `await setDevice("webgpu")\ndisplay("first")\ndisplay(tensor(1).add(1))\nthrow new Error("own")`,
  })
  await notebook.run(["read", "below"])
  expect(error("read")?.message).toContain("await t.dataAsync()")
  expect(outputs("below")).toMatchObject([
    { text: "first" },
    { values: [2] },
    { kind: "error", message: "own" },
  ])
})
