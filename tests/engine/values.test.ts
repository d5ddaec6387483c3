/** @file Values of the ops against plain JavaScript, tables and loops, and gradients at the corners. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { full, Generator, grad, randn, type Tensor, tensor } from "../../engine/index.ts"
import * as ops from "../../engine/ops/index.ts"
import { expectClose } from "./close.ts"

describe("values", () => {
  const points = [-1000, -2.5, -1, -0.5, 0, 1e-8, 0.5, 1, 2, 1000, Infinity, -Infinity, Number.NaN]
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
  const oracles: Record<string, (x: number) => number> = {
    neg: (x) => -x,
    abs: Math.abs,
    sign: Math.sign,
    square: (x) => x * x,
    reciprocal: (x) => 1 / x,
    exp: Math.exp,
    log: Math.log,
    log1p: Math.log1p,
    sqrt: Math.sqrt,
    sin: Math.sin,
    cos: Math.cos,
    tanh: Math.tanh,
    sigmoid,
    relu: (x) => Math.max(x, 0),
    leakyRelu: (x) => (x > 0 ? x : 0.01 * x),
    elu: (x) => (x > 0 ? x : Math.expm1(x)),
    softplus: (x) => (x > 30 ? x : Math.log1p(Math.exp(x))),
  }
  it.each(Object.keys(oracles))("of %s are those of plain JavaScript, NaN and infinities too", (name) => {
    const op = (ops as unknown as Record<string, (x: Tensor) => Tensor>)[name]
    expectClose(op(tensor(points, { dtype: "float64" })).data(), points.map(oracles[name]), 1e-12, 1e-15)
  })

  it("of erf are those of the tables (Abramowitz and Stegun 1964, table 7.1)", () => {
    const x = tensor([0, 0.5, 1, 2, -1, 30], { dtype: "float64" })
    expectClose(x.erf().data(), [0, 0.5204998778, 0.8427007929, 0.995322265, -0.8427007929, 1], 1e-9)
  })

  it("of gelu and silu at 1 are 0.8413447461 and 0.7310585786", () => {
    expectClose(tensor([1], { dtype: "float64" }).gelu().data(), [0.8413447460685429], 1e-12)
    expectClose(tensor([1], { dtype: "float64" }).silu().data(), [sigmoid(1)], 1e-12)
  })

  it("of softmax, logSoftmax and logsumexp stay finite for extreme logits", () => {
    const x = tensor([
      [1000, 1001, 999],
      [-1e30, 0, 1e30],
    ])
    expectClose(x.softmax().data(), [0.2447285, 0.665241, 0.0900306, 0, 0, 1], 1e-6)
    expect(x.logSoftmax().data().every(Number.isFinite)).toBe(true)
    expectClose(x.logsumexp(1).data(), [1001.4076059644443, 1e30])
    expect(tensor([-Infinity, -Infinity]).logsumexp().item()).toBe(-Infinity)
  })

  it("of a sum of a million float32 numbers are right to nearly seven digits, where a running sum has four", () => {
    const total = tensor(new Float32Array(1e6).fill(0.1)).sum().item()
    expect(Math.abs(total / (1e6 * Math.fround(0.1)) - 1)).toBeLessThan(2e-7)
  })

  it("of products that vanish are 0, not numbers so small that they slow down all that follows", () => {
    for (const n of [1, 3, 4, 200]) {
      const left = full([n, n], 1e-25)
      const product = left.matmul(full([n, n], 1e-20))
      expect(new Set(product.data())).toEqual(new Set([0]))
    }
  })

  it("of movement ops are the elements at their new places", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect(x.transpose().tolist()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ])
    expect(x.transpose().reshape(-1).tolist()).toEqual([1, 4, 2, 5, 3, 6])
    expect(x.flip(1).slice([0, 1]).tolist()).toEqual([
      [2, 1],
      [5, 4],
    ])
    expect(x.flip().tolist()).toEqual([
      [6, 5, 4],
      [3, 2, 1],
    ])
    expect(
      x
        .slice([0, -1], [1])
        .pad(
          [
            [1, 0],
            [0, 1],
          ],
          9,
        )
        .tolist(),
    ).toEqual([
      [9, 9],
      [3, 9],
    ])
    expect(tensor([1, 2]).unsqueeze(1).broadcastTo([2, 3]).tolist()).toEqual([
      [1, 1, 1],
      [2, 2, 2],
    ])
    expect(x.permute([1, 0]).slice([1], [3]).flip(0).tolist()).toEqual([
      [3, 6],
      [2, 5],
    ])
  })

  it("of reductions are those of plain loops", () => {
    const x = tensor([
      [1, 5, 2],
      [4, 0, 4],
    ])
    expect(x.sum(0).tolist()).toEqual([5, 5, 6])
    expect(x.mean([1], { keepDim: true }).tolist()).toEqual([[Math.fround(8 / 3)], [Math.fround(8 / 3)]])
    expect(x.max(1).tolist()).toEqual([5, 4])
    expect(x.argmax(1).tolist()).toEqual([1, 0])
    expect(x.argmin().item()).toBe(4)
    expect(x.prod(0).tolist()).toEqual([4, 0, 8])
    expectClose(x.var(1).data(), [13 / 3, 16 / 3])
    expectClose(x.std(1, { correction: 0 }).data(), [Math.sqrt(26 / 9), Math.sqrt(32 / 9)])
    expect(x.cumsum(1).tolist()).toEqual([
      [1, 6, 8],
      [4, 4, 8],
    ])
    expect(x.gt(1).sum().item()).toBe(4)
    expect(tensor([1, Number.NaN, 3]).max().item()).toBeNaN()
    expect(tensor([]).sum().item()).toBe(0)
  })

  it("of matmul are those of three nested loops, for any sizes and transposes", () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(4), fc.nat(4), fc.nat(), (m, k, n, seed) => {
        const options = { generator: new Generator(seed), dtype: "float64" } as const
        const a = randn([k, m], options).transpose()
        const b = randn([n, k], options).transpose()
        const [p, q] = [a.data(), b.data()]
        const want = Array.from({ length: m * n }, (_, t) => {
          let sum = 0
          for (let i = 0; i < k; i++) sum += p[Math.floor(t / n) * k + i] * q[i * n + (t % n)]
          return sum
        })
        expectClose(a.matmul(b).data(), want, 1e-12, 1e-12)
      }),
      { numRuns: 50, seed: 2 },
    )
  })

  it("of conv2d and the pools are those of plain loops", () => {
    const x = tensor([
      [
        [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
      ],
    ])
    const w = tensor([
      [
        [
          [1, 0],
          [0, -1],
        ],
      ],
    ])
    expect(ops.conv2d(x, w, tensor([10])).tolist()).toEqual([
      [
        [
          [6, 6],
          [6, 6],
        ],
      ],
    ])
    expect(ops.conv2d(x, w, null, { stride: 2, padding: 1 }).tolist()).toEqual([
      [
        [
          [-1, -3],
          [-7, -4],
        ],
      ],
    ])
    expect(x.maxPool2d(2, { stride: 1 }).tolist()).toEqual([
      [
        [
          [5, 6],
          [8, 9],
        ],
      ],
    ])
    expect(x.avgPool2d([3, 1]).tolist()).toEqual([[[[4, 5, 6]]]])
  })

  it("of gradients at the corners are finite: powers of 0, products with zeros, ties", () => {
    const at = (f: (x: Tensor) => Tensor, x: number[]) => [...grad((v: Tensor) => f(v).sum())(x).data()]
    expect(at((x) => x.pow(0), [0, 2])).toEqual([0, 0])
    expect(at((x) => x.pow(2), [0, -3])).toEqual([0, -6])
    expect(at((x) => x.prod(), [0, 2, 3])).toEqual([6, 0, 0])
    expect(at((x) => x.prod(), [0, 2, 0])).toEqual([0, 0, 0])
    expect(at((x) => x.max(), [1, 3, 3])).toEqual([0, 0.5, 0.5])
    expect(at((x) => x.relu(), [0, -1, 2])).toEqual([0, 0, 1])
    expect(at((x) => x.sigmoid(), [1000, -1000])).toEqual([0, 0])
    expect(at((x) => x.softplus(), [1000, -1000])).toEqual([1, 0])
    expect(at((x) => x.elu(), [1000, -1000])).toEqual([1, 0])
  })

  it("of integers stay integers, and of quotients become fractions", () => {
    const x = tensor(Int32Array.of(7, 2))
    expect(x.add(1).dtype).toBe("int32")
    expect(x.mul(0.5).dtype).toBe("float32")
    expect(x.div(2).tolist()).toEqual([3.5, 1])
    expect(x.eq(7).dtype).toBe("bool")
    expect(x.to("float64").dtype).toBe("float64")
    expect(tensor([0.5, 0, -2]).to("bool").tolist()).toEqual([1, 0, 1])
    expect(tensor([true, false]).mean().item()).toBe(0.5)
  })
})
