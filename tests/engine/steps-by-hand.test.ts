/** @file The book's gradients and steps by hand, computed by the engine: gates, chains, velocities, ways off a saddle. */
import { describe, expect, it } from "vitest"
import {
  Adagrad,
  Adam,
  grad,
  jit,
  noGrad,
  type Optimizer,
  SGD,
  type Tensor,
  tensor,
} from "../../engine/index.ts"
import { expectClose } from "./close.ts"

const f64 = { dtype: "float64" } as const
const t = (values: Parameters<typeof tensor>[0]) => tensor(values, f64)
const leaf = (values: Parameters<typeof tensor>[0]) => tensor(values, { ...f64, requiresGrad: true })
/** As many decimals as are given. */
const digits = (got: Tensor | readonly number[] | null, want: number[], decimals: number) =>
  expectClose(got === null ? [] : "data" in got ? got.data() : got, want, 0, 0.6 * 10 ** -decimals)

describe("gradients by hand", () => {
  it("σ(w·x) has those of the gates by its inputs too", () => {
    const [dx] = grad(([x, w]: readonly Tensor[]) => x.dot(w.slice(0, 2)).add(w.slice(2).sum()).sigmoid())([
      t([-1, -2]),
      t([2, -3, -3]),
    ])
    digits(dx, [0.3932238665, -0.5898357997], 10)
  })

  it("gates pass on: add the same, mul the other's value, a copy the sum, max to the winner", () => {
    const through = (f: (a: Tensor, b: Tensor) => Tensor, a: number, b: number, ct: number) => {
      const [p, q] = [leaf(a), leaf(b)]
      f(p, q).backward(t(ct))
      return [p.grad?.item(), q.grad?.item()]
    }
    expect(through((a, b) => a.add(b), 3, 4, 2)).toEqual([2, 2])
    expect(through((a, b) => a.mul(b), 2, 3, 5)).toEqual([15, 10])
    expect(through((a, b) => a.maximum(b), 4, 5, 9)).toEqual([0, 9])
    const copied = leaf(7)
    copied.mul(4).add(copied.mul(2)).backward()
    expect(copied.grad?.item()).toBe(6)
  })

  it("a chain w₂ w₁ x: error 0.5, slopes 3 and 2", () => {
    const chain = ([w1, w2]: readonly Tensor[]) => w2.mul(w1.mul(1)).sub(5).square().mul(0.5)
    expect(chain([t(2), t(3)]).item()).toBe(0.5)
    expect(grad(chain)([t(2), t(3)]).map((g) => g.item())).toEqual([3, 2])
  })

  it("the double well x⁴ − 3x² + x is level at −1.3008396, 0.1699384 and 1.1309011, bent by 14.31 and 9.35", () => {
    const f = (x: Tensor) => x.pow(4).sub(x.square().mul(3)).add(x)
    const slope = grad(f)
    const x = t([-1.3008396, 0.1699384, 1.1309011])
    digits(f(x), [-3.513905, 0.0841352, -1.0702302], 7)
    digits(grad((v: Tensor) => f(v).sum())(x), [0, 0, 0], 5)
    const bend = (v: number) => grad((y: Tensor) => slope(y))(t(v)).item()
    digits([bend(-1.3008396), bend(1.1309011)], [14.31, 9.35], 2)
  })

  it("differences: central ones are a square better, and half wrong at a kink", () => {
    const errors = (h: number) =>
      [
        t(1 + h)
          .exp()
          .sub(t(1).exp())
          .div(h),
        t(1 + h)
          .exp()
          .sub(t(1 - h).exp())
          .div(2 * h),
      ].map((slope) => Math.abs(slope.item() - Math.E))
    for (const [h, forward, central] of [
      [1e-1, 1.41e-1, 4.53e-3],
      [1e-2, 1.36e-2, 4.53e-5],
      [1e-3, 1.36e-3, 4.53e-7],
    ])
      expectClose(errors(h), [forward, central], 5e-3)
    const kink = t(1e-6 + 1e-5)
      .relu()
      .sub(t(1e-6 - 1e-5).relu())
      .div(2e-5)
    expect(kink.item()).toBeCloseTo(0.55, 10)
    expect(grad((x: Tensor) => x.relu())(t(1e-6)).item()).toBe(1)
  })

  it("ten thousand steps of Mazur's network bring its error to 3.510e-5, its outputs to 0.015914 and 0.984064", () => {
    const w1 = leaf([
      [0.15, 0.2],
      [0.25, 0.3],
    ])
    const w2 = leaf([
      [0.4, 0.45],
      [0.5, 0.55],
    ])
    const opt = new SGD([w1, w2], { lr: 0.5 })
    const input = t([0.05, 0.1])
    const forward = () => w2.matmul(w1.matmul(input).add(0.35).sigmoid()).add(0.6).sigmoid()
    const step = jit(() => {
      const error = forward().sub([0.01, 0.99]).square().sum().mul(0.5)
      opt.zeroGrad()
      error.backward()
      opt.step()
      return error
    })
    for (let i = 0; i < 10_000; i++) step()
    digits(noGrad(forward), [0.015914, 0.984064], 6)
    digits(step().mul(1e5), [3.51], 3)
  })
})

describe("steps by hand", () => {
  const path = (
    steps: number,
    start: number[],
    make: (p: Tensor[]) => Optimizer,
    f: (p: Tensor) => Tensor,
  ) => {
    const p = leaf(start)
    const opt = make([p])
    return Array.from({ length: steps }, () => {
      opt.zeroGrad()
      f(p).backward()
      opt.step()
      return [...p.data()]
    })
  }
  const square = (p: Tensor) => p.square().sum()

  it("Adagrad with η = 1 on x² from 5", () => {
    const want = [4.00000001, 3.37530497, 2.90899178, 2.53608983, 2.22691786, 1.96491997]
    // The book's ε is 10⁻⁷.
    digits(path(6, [5], (p) => new Adagrad(p, { lr: 1, eps: 1e-7 }), square).flat(), want, 8)
  })

  it("Adam without its correction would begin with 4.68377233; with it 4.9", () => {
    const [first] = path(1, [5], (p) => new Adam(p, { lr: 0.1 }), square)
    digits(first, [4.9], 8)
  })

  it("velocity under a constant gradient grows to 4.0951, 6.5132, 8.7842, 9.9485", () => {
    const moves = path(
      50,
      [0],
      (p) => new SGD(p, { lr: 1, momentum: 0.9 }),
      (p) => p.sum(),
    ).flat()
    digits(
      [5, 10, 20, 50].map((k) => (moves[k - 2] ?? 0) - moves[k - 1]),
      [4.0951, 6.5132, 8.7842, 9.9485],
      4,
    )
  })

  it("momentum shortens the way off a saddle: 76, 51, 36 steps from 10⁻⁶, 38, 26, 19 from 10⁻³, 13, 9, 7 from 0.1", () => {
    const steps = (momentum: number, start: number) =>
      path(
        100,
        [1, start],
        (p) => new SGD(p, { lr: 0.1, momentum }),
        (p) => p.square().mul([1, -1]).sum(),
      ).findIndex(([, y]) => Math.abs(y) > 1) + 1
    for (const [start, want] of [
      [1e-6, [76, 51, 36]],
      [1e-3, [38, 26, 19]],
      [0.1, [13, 9, 7]],
      [0, [0, 0, 0]],
    ] as const)
      expect([0, 0.5, 0.9].map((momentum) => steps(momentum, start))).toEqual(want)
  })

  it("momentum of 0.9 carries over the hill of the double well, 0.8 does not", () => {
    const end = (momentum: number) =>
      path(
        2000,
        [2],
        (p) => new SGD(p, { lr: 0.01, momentum }),
        (p) => p.pow(4).sub(p.square().mul(3)).add(p).sum(),
      ).at(-1) ?? []
    for (const momentum of [0, 0.5, 0.8]) digits(end(momentum), [1.1309011], 6)
    for (const momentum of [0.9, 0.95]) digits(end(momentum), [-1.3008396], 6)
  })

  it("steps above 2/κ diverge in the ravine, Adam with η = 0.01 needs 3068", () => {
    const ravine = (kappa: number) => (p: Tensor) =>
      p
        .square()
        .mul([0.5, kappa / 2])
        .sum()
    const height = ([x, y]: number[], kappa: number) => (x * x + kappa * y * y) / 2
    for (const kappa of [20, 100]) {
      const walk = path(300, [-10, 1], (p) => new SGD(p, { lr: 2.1 / kappa }), ravine(kappa))
      expect(height(walk[299], kappa)).toBeGreaterThan(1e6)
      const slow = path(3100, [-10, 1], (p) => new Adam(p, { lr: 0.01 }), ravine(kappa))
      expect(slow.findIndex((p) => height(p, kappa) < 1e-6) + 1).toBe(3068)
    }
  })

  it("L2 with η = 0.1, λ = 0.01 shrinks a weight to 0.818567 in 100 steps, 0.135065 in 1000", () => {
    // λ w² has the slope 2 λ w, which is a decay of 2 λ.
    const free = (p: Tensor) => p.mul(0).sum()
    const weights = path(1000, [1], (p) => new SGD(p, { lr: 0.1, weightDecay: 0.02 }), free).flat()
    digits([weights[99], weights[999]], [0.818567, 0.135065], 6)
  })
})
