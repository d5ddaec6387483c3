/** @file Calls that a reader knows from other libraries, and what stands for them here: parameters, dropout, draws, NumPy's functions. */
import { afterEach, describe, expect, it } from "vitest"
import {
  Dropout,
  Generator,
  grad,
  gradcheck,
  Linear,
  Module,
  ones,
  rand,
  randn,
  random,
  setDevice,
  type Tensor,
  tensor,
} from "../../engine/index.ts"
import { all } from "./cases.ts"
import { expectClose } from "./close.ts"
import { calls } from "./judge.ts"

afterEach(() => setDevice("cpu"))

it("A03: a tensor of a given shape that requires a gradient is listed among the parameters of its layer", () => {
  class Scaled extends Module {
    gain = randn([3], { requiresGrad: true })
    shift = ones([1, 2], { requiresGrad: true })
    seen = ones([4]) // counted along, not trained
    inner = new Linear(2, 5)
    forward(x: Tensor): Tensor {
      return this.inner.forward(x.mul(this.shift))
    }
  }
  const layer = new Scaled()
  expect(layer.parameters()).toEqual([layer.gain, layer.shift, layer.inner.weight, layer.inner.bias])
  expect(layer.parameters().map((p) => p.shape)).toEqual([[3], [1, 2], [5, 2], [5]])
  expect(layer.namedTensors().map(([name]) => name)).toEqual([
    "gain",
    "shift",
    "seen",
    "inner.weight",
    "inner.bias",
  ])
})

describe("dropout at rate 0.5", () => {
  const layer = () => new Dropout(0.5, { generator: new Generator(2) })

  it("A04: gives only 0 or 2 for ones in training, and in evaluation what went in", () => {
    const drop = layer()
    expect(new Set(drop.forward(ones([2000])).data())).toEqual(new Set([0, 2]))
    const x = randn([50], { generator: new Generator(3) })
    expect(drop.eval().forward(x).tolist()).toEqual(x.tolist())
  })

  it("A04: keeps the mean: over all 16 masks of four inputs a unit gives −0.5", () => {
    const h = tensor([1, 2, -1, 3], { dtype: "float64" })
    const w = tensor([0.5, -1, 2, 1], { dtype: "float64" })
    expect(h.mul(w).sum().item()).toBe(-0.5)
    const drop = layer()
    const seen = new Map<string, number>()
    while (seen.size < 16) {
      const dropped = drop.forward(h)
      seen.set(dropped.ne(0).data().join(""), dropped.mul(w).sum().item())
    }
    const mean = [...seen.values()].reduce((sum, v) => sum + v, 0) / 16
    expect(mean).toBeCloseTo(-0.5, 12)
  })
})

describe("draws", () => {
  // Seed 0: the published vector of Philox4x32-10 for counter 0 and key 0, as shares of 2²⁴. The others are on record.
  const recorded: [seed: number, first: number[]][] = [
    [0, [0x6627e8, 0xe169c5, 0xbc57ac, 0x9b00db].map((word) => word / 2 ** 24)],
    [1, [0.8902591466903687, 0.8946846723556519, 0.5857259035110474, 0.7112680673599243]],
    [42, [0.6129598617553711, 0.4685865044593811, 0.07323169708251953, 0.3408614993095398]],
  ]

  it.each(["cpu", "reference"])(
    "A09: the same seed gives the same first four uniforms on %s",
    async (device) => {
      await setDevice(device)
      for (const [seed, first] of recorded) {
        const g = new Generator(seed)
        expect([g.uniform(), g.uniform(), g.uniform(), g.uniform()]).toEqual(first)
        expect(rand(4, { generator: new Generator(seed) }).tolist()).toEqual(first)
        random.seed(seed)
        expect(rand([2, 2]).flatten().tolist()).toEqual(first)
      }
    },
  )

  it("A09: a variable with normal numbers is the same tensor under the same seed, and another under another", () => {
    const variable = (seed: number) => randn([2, 3], { generator: new Generator(seed), requiresGrad: true })
    expect(variable(5).requiresGrad).toBe(true)
    expect(variable(5).tolist()).toEqual(variable(5).tolist())
    expect(variable(5).tolist()).not.toEqual(variable(6).tolist())
  })
})

describe("NumPy's functions", () => {
  const values = [
    [2, -1, 0.5],
    [0.25, 3, -2],
  ]
  const x = tensor(values, { dtype: "float64" })
  const deviation = (row: number[]) => {
    const mean = row.reduce((sum, v) => sum + v, 0) / row.length
    return Math.sqrt(row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / row.length)
  }
  const numpy: [name: string, call: (t: Tensor) => Tensor, want: number[]][] = [
    ["argmax", (t) => t.argmax(1), values.map((row) => row.indexOf(Math.max(...row)))],
    ["std", (t) => t.std(1, { correction: 0 }), values.map(deviation)],
    ["maximum", (t) => t.maximum(0.1), values.flat().map((v) => Math.max(v, 0.1))],
    ["exp", (t) => t.exp(), values.flat().map(Math.exp)],
    ["log", (t) => t.square().log(), values.flat().map((v) => Math.log(v * v))],
  ]

  it.each(numpy)(
    "A17: %s gives the values of plain loops, and the gradient of differences",
    (name, call, want) => {
      expectClose(call(x).data(), want, 1e-12)
      if (name === "argmax") expect(all.find((op) => op.spec.name === name)?.spec.differentiable).toBeFalsy()
      else {
        expect(() => gradcheck(call, [x])).not.toThrow()
        expect(grad((t: Tensor) => call(t).sum())(x).shape).toEqual([2, 3])
      }
    },
  )

  it("A17: every op has calls that are tried forwards, and backwards where it has a gradient", () => {
    const untried = all.filter((op) => op.spec.name !== "oneHot" && calls(op).length === 0)
    expect(untried.map((op) => op.spec.name)).toEqual([])
    // Places, comparisons, signs: steps, whose slope is 0 wherever they have one.
    const steps = "argmax argmin eq ge gt le lt ne oneHot sign".split(" ")
    expect(all.flatMap((op) => (op.spec.differentiable ? [] : [op.spec.name])).sort()).toEqual(steps)
  })
})
