/** @file Element-wise loops in WebAssembly compute what the interpreter computes, element by element, and no more. */
import { describe, expect, it } from "vitest"
import { wasm } from "../../engine/backend/wasm/backend.ts"
import * as dl from "../../engine/index.ts"
import { expectAsReference, posed, runOn } from "./programs.ts"

const generator = new dl.Generator(1)

/** Normal numbers that are already there. */
function normal(...shape: number[]): dl.Tensor {
  return dl.tensor(dl.randn(shape, { generator }).data().slice()).reshape(shape)
}

/** Lengths around whole vectors, unrolled rounds and parts. */
const lengths = [0, 1, 2, 3, 4, 5, 8, 15, 16, 17, 63, 64, 65, 255, 1000, 40_000, 100_003]

describe("loops in WebAssembly", () => {
  it.each(lengths)("compute chains of float32 of length %i", (n) => {
    const x = normal(n)
    expectAsReference(wasm, [x.mul(2).add(1).tanh().mul(dl.sigmoid(x)).sub(dl.relu(x))])
    expectAsReference(wasm, [x.exp(), x.abs().log(), x.sin(), x.cos(), dl.erf(x), x.div(3), x.abs().sqrt()])
  })

  it.each(lengths)("compute with int32 and bool of length %i", (n) => {
    const x = normal(n).mul(10)
    const whole = x.to("int32")
    expectAsReference(wasm, [whole.mul(3).add(whole).abs().neg(), dl.sign(whole), dl.maximum(whole, 2)])
    expectAsReference(wasm, [
      x.gt(0),
      x.gt(0).to("int32"),
      x.lt(5).eq(x.gt(0)),
      whole.ne(3),
      x.gt(0).lt(x.lt(5)),
    ])
    expectAsReference(wasm, [dl.where(x.gt(1), x, 0), dl.sign(x), x.gt(0).mul(x)])
  })

  it.each(lengths)("compute float64 of length %i exactly as the interpreter", (n) => {
    const x = normal(n).to("float64")
    expectAsReference(wasm, [x.exp().add(x.tanh()), dl.erf(x).mul(x), x.gt(0), x.to("int32")], 0)
  })

  it("read through views of all kinds", () => {
    const sizes = [
      [4, 2],
      [32, 3],
      [64, 10],
      [5, 1],
      [1, 5],
      [33, 16],
      [300, 513],
      [3, 20_000],
    ]
    for (const [m, n] of sizes) {
      const [x, row, column, turned] = [normal(m, n), normal(n), normal(m, 1), normal(n, m).transpose()]
      expectAsReference(wasm, [x.add(row), x.mul(column).exp(), x.sub(turned), x.flip([0, 1]).add(row)])
      expectAsReference(wasm, [
        x.to("float64").add(turned),
        x.add(normal(1).reshape([])),
        x.flip(1).mul(column),
      ])
    }
    const z = normal(3, 4, 5, 6)
    expectAsReference(wasm, [
      z
        .permute([2, 0, 3, 1])
        .mul(z.permute([2, 0, 3, 1]))
        .add(1),
    ])
    expectAsReference(wasm, [z.slice([1, 1, 2, 1], [3, 3, 5, 5]).exp()])
  })

  it("treat NaN, infinities and zeros as the interpreter does", () => {
    const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1, -1, 3e38]
    const x = dl.tensor(special.flatMap((a) => special.map(() => a)))
    const y = dl.tensor(special.flatMap(() => special))
    expectAsReference(wasm, [
      dl.maximum(x, y),
      dl.minimum(x, y),
      dl.relu(x),
      dl.minimum(x, 0),
      dl.maximum(x, 2),
    ])
    expectAsReference(wasm, [
      x.eq(y),
      x.ne(y),
      x.lt(y),
      x.le(y),
      x.gt(y),
      x.ge(y),
      dl.sign(x),
      x.div(y),
      x.mul(y),
    ])
    const { graph, inputs, scalars } = posed([dl.maximum(x, 0), dl.minimum(x, 0), dl.sign(x)])
    const [most, least] = runOn(wasm, { graph, inputs, scalars })
    expect(Object.is(most[8 * 4], 0)).toBe(true)
    expect(Object.is(least[8 * 4], -0)).toBe(true)
  })

  it("keep a number that is not there out of int32", () => {
    const x = dl.tensor([1.9, -1.9, 3e9, -3e9, Number.NaN, 0])
    const [values] = runOn(wasm, posed([x.to("int32")]))
    expect([...values]).toEqual([1, -1, 2 ** 31 - 1, -(2 ** 31), 0, 0])
  })

  it("store 0 of the same sign for what is too small for a normal float32, and only then", () => {
    const x = dl.tensor([1e-30, -1e-30, 2e-20, 1e-25, Number.NaN, 2 ** -126])
    const [small, square, same] = runOn(wasm, posed([x.mul(1e-10), x.mul(x), x.mul(1)]))
    expect([...small].slice(0, 4)).toEqual([
      0,
      -0,
      Math.fround(Math.fround(2e-20) * Math.fround(1e-10)),
      Math.fround(Math.fround(1e-25) * Math.fround(1e-10)),
    ])
    expect([...square].slice(0, 4).map(Math.abs)).toEqual([0, 0, 0, 0])
    expect(small[4]).toBeNaN()
    expect([...same]).toEqual([...x.data()])
  })

  it("do not write past the end of an array", () => {
    for (const n of [1, 2, 3, 5, 6, 7, 17]) {
      // Both outputs in one run; what one writes must not reach into the other.
      const x = normal(n)
      const [a, b] = [x.add(1), x.add(2).to("int32")]
      const task = posed([a, b, x.mul(0).add(7)])
      const [first, , third] = runOn(wasm, task)
      expect(first.length).toBe(n)
      expect([...third]).toEqual(new Array(n).fill(7))
    }
  })

  it("update an array in its own place", () => {
    const [p, g, m] = [normal(1003), normal(1003), normal(1003)]
    const moved = m.mul(0.9).add(g)
    const next = p.sub(moved.mul(0.1))
    const expected = [moved, next].map((t) => runOn(wasm, posed([t]))[0])
    const { graph, inputs, scalars } = posed([moved, next], [m, p])
    const buffers = graph.inputs.map(({ dtype }, i) => wasm.upload(inputs[i].slice(), dtype))
    const outputs = wasm.compile(graph).run(buffers, scalars)
    outputs.forEach((buffer, o) => {
      expect(wasm.download(buffer)).toEqual(expected[o])
    })
    expect(() => wasm.download(buffers[graph.donors[0]])).toThrow("given away")
  })
})
