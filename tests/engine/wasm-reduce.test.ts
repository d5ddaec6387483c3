/** @file Reductions in WebAssembly: every kind, over every dimension, of every layout, and their accuracy. */
import { describe, expect, it } from "vitest"
import { wasm } from "../../engine/backend/wasm/backend.ts"
import * as dl from "../../engine/index.ts"
import { expectAsReference, posed, runOn } from "./programs.ts"

const generator = new dl.Generator(2)

function normal(...shape: number[]): dl.Tensor {
  return dl.tensor(dl.randn(shape, { generator }).data().slice()).reshape(shape)
}

const lengths = [1, 2, 3, 4, 5, 8, 17, 63, 64, 65, 100, 1000, 5000, 40_000, 100_003]

/** Sums of n numbers of size 1 agree within a few roundings of what they may add up to. */
function tolerance(n: number): number {
  return 1e-6 * (2 + Math.sqrt(n))
}

describe("reductions in WebAssembly", () => {
  it.each(lengths)("reduce lists of %i numbers", (n) => {
    const x = normal(n)
    const sums = [x.sum(), x.tanh().mul(x).sum(), x.gt(0.5).sum(), x.mul(9).to("int32").sum()]
    expectAsReference(wasm, sums, tolerance(n))
    expectAsReference(wasm, [x.max(), x.min(), x.argmax(), x.argmin(), x.mul(0.01).add(1).prod()])
    expectAsReference(wasm, [
      x.mul(9).to("int32").max(),
      x.mul(9).to("int32").argmin(),
      x.mul(9).to("int32").argmax(),
    ])
    expectAsReference(wasm, [x.to("float64").sum(), x.to("float64").argmax(), x.to("float64").min()], 0)
  })

  it.each([
    [4, 2],
    [32, 3],
    [64, 10],
    [5, 1],
    [1, 5],
    [33, 17],
    [300, 513],
    [3, 20_000],
    [20_000, 3],
    [40_000, 10],
  ])("reduce rows and columns of %i × %i, also transposed", (m, n) => {
    const x = normal(m, n)
    for (const z of [x, normal(n, m).transpose()])
      for (const dim of [0, 1]) {
        const sums = [
          z.sum(dim),
          z.mul(x).add(1).sum(dim),
          z.mul(9).to("int32").sum(dim),
          z.mul(z.sum(dim, { keepDim: true })).sum(dim),
        ]
        expectAsReference(wasm, sums, tolerance(m * n))
        expectAsReference(wasm, [
          z.max(dim),
          z.min(dim),
          z.argmax(dim),
          z.argmin(dim),
          z.mul(3).to("int32").argmax(dim),
        ])
        expectAsReference(wasm, [z.to("float64").sum(dim), z.to("float64").max(dim)], 0)
      }
  })

  it("reduce any dimensions of four", () => {
    const dims = [[0], [1], [2], [3], [0, 1], [0, 2], [1, 3], [0, 2, 3], [0, 1, 2, 3]]
    for (const shape of [
      [3, 4, 5, 6],
      [20, 30, 12, 12],
    ]) {
      const x = normal(...shape)
      for (const dim of dims)
        expectAsReference(
          wasm,
          [x.sum(dim), x.max(dim), x.permute([2, 0, 3, 1]).mul(0.1).exp().sum(dim)],
          1e-4,
        )
    }
  })

  it("give the neutral element of nothing", () => {
    expectAsReference(wasm, [
      dl.zeros([0, 3]).sum(0),
      dl.zeros([0, 3]).prod(0),
      dl.zeros([2, 0]).sum(1),
      dl.zeros([0]).sum(),
    ])
  })

  it("let NaN win, and the first of equals", () => {
    for (const n of [9, 70, 50_000]) {
      const values = Float32Array.from({ length: n }, (_, i) => (i * 7) % 5)
      const x = dl.tensor(values)
      expectAsReference(wasm, [
        x.argmax(),
        x.argmin(),
        x.max(),
        x.to("int32").argmax(),
        x.to("int32").argmin(),
      ])
      const holes = values.slice()
      for (const at of [n - 2, 5, 4]) holes[at] = Number.NaN
      const y = dl.tensor(holes)
      expectAsReference(wasm, [y.argmax(), y.argmin(), y.max(), y.min()])
    }
    const least = dl.full([11], Number.NEGATIVE_INFINITY)
    expectAsReference(wasm, [least.argmax(), least.max(), least.neg().argmin()])
  })

  it("sum a million equal numbers as well as if in pairs", () => {
    const n = 1_000_000
    const x = dl.full([n], 0.1)
    const exact = n * Math.fround(0.1)
    for (const sum of [
      x.sum(),
      x.reshape([1000, 1000]).sum(0).sum(),
      x.reshape([n, 1]).sum(0),
      x
        .reshape([n / 8, 8])
        .sum(0)
        .sum(),
    ]) {
      const [[got]] = runOn(wasm, posed([sum]))
      expect(Math.abs(got - exact) / exact).toBeLessThan(1e-6)
    }
  })
})
