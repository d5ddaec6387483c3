/** @file Optimizers against trajectories that were checked with PyTorch, and against closed forms. */
import { describe, expect, it } from "vitest"
import {
  Adadelta,
  Adagrad,
  Adam,
  AdamW,
  clipGradNorm,
  cosineLR,
  exponentialLR,
  grad,
  inverseTimeLR,
  jit,
  mse,
  type Optimizer,
  RMSprop,
  SGD,
  stepLR,
  type Tensor,
  tensor,
  warmup,
} from "../../engine/index.ts"
import { expectClose } from "./close.ts"

/** Iterates on f = x² from 5. */
function path(make: (params: Tensor[]) => Optimizer, steps = 6): number[] {
  const x = tensor(5, { dtype: "float64", requiresGrad: true })
  const opt = make([x])
  return Array.from({ length: steps }, () => {
    opt.zeroGrad()
    x.square().backward()
    opt.step()
    return x.item()
  })
}

describe("on x² from 5", () => {
  const table: [string, (p: Tensor[]) => Optimizer, number[]][] = [
    ["SGD 0.1", (p) => new SGD(p, { lr: 0.1 }), [4, 3.2, 2.56, 2.048, 1.6384, 1.31072]],
    ["SGD 0.9", (p) => new SGD(p, { lr: 0.9 }), [-4, 3.2, -2.56]],
    ["SGD 1.1", (p) => new SGD(p, { lr: 1.1 }), [-6, 7.2, -8.64, 10.368]],
    ["momentum", (p) => new SGD(p, { lr: 0.1, momentum: 0.9 }), [4, 2.3, 0.31, -1.543, -2.9021, -3.54487]],
    [
      "Nesterov",
      (p) => new SGD(p, { lr: 0.1, momentum: 0.9, nesterov: true }),
      [3.1, 1.112, -0.54176, -1.6241152, -2.0785879, -1.99009067],
    ],
    [
      "Adagrad 0.1",
      (p) => new Adagrad(p, { lr: 0.1 }),
      [4.9, 4.83000714, 4.77321848, 4.72427786, 4.68068405, 4.64103292],
    ],
    [
      "RMSprop 0.9",
      (p) => new RMSprop(p, { lr: 0.1, alpha: 0.9, eps: 1e-7 }),
      [4.68377224, 4.46158462, 4.27928874, 4.1200544, 3.97615364, 3.84331004],
    ],
    [
      "RMSprop 0.99",
      (p) => new RMSprop(p, { lr: 0.1, eps: 1e-7 }),
      [4.0000001, 3.37339178, 2.90433226, 2.52825529, 2.21571, 1.95029534],
    ],
    [
      "Adam",
      (p) => new Adam(p, { lr: 0.1 }),
      [4.9, 4.80005776, 4.70021329, 4.60050767, 4.50098295, 4.40168205],
    ],
    [
      "Adadelta",
      (p) => new Adadelta(p),
      [4.99683772, 4.99359427, 4.99029579, 4.98695513, 4.98357988, 4.98017503],
    ],
  ]
  it.each(table)("%s gives the iterates of PyTorch", (_, make, want) => {
    expectClose(path(make, want.length), want, 0, 6e-9)
  })

  it("AdamW shrinks by 1 − η λ before Adam's step", () => {
    expectClose(
      path((p) => new AdamW(p, { lr: 0.1, weightDecay: 0.5 }), 1),
      [5 * 0.95 - 0.1],
      0,
      1e-8,
    )
  })

  it("weight decay in SGD adds λ x to the gradient", () => {
    expectClose(
      path((p) => new SGD(p, { lr: 0.1, weightDecay: 2 }), 2),
      [3, 1.8],
      1e-12,
    )
  })
})

describe("gradient descent by hand", () => {
  it("on x₁² + x₁x₂ + 4x₂² from (3, 3) gives the iterates of the table", () => {
    const f = (x: Tensor) =>
      x
        .matmul([
          [1, 0.5],
          [0.5, 4],
        ])
        .mul(x)
        .sum()
    const run = (rate: number, steps: number) => {
      let x = tensor([3, 3], { dtype: "float64" })
      for (let i = 0; i < steps; i++) x = x.sub(grad(f)(x).mul(rate))
      return x
    }
    expectClose(run(0.01, 3).data(), [2.743185, 2.255655], 1e-12)
    expectClose(run(0.2, 2).data(), [1.2, 1.2], 1e-12)
    expectClose(run(0.3, 3).data(), [-1.455, -10.365], 1e-12)
    expectClose([f(run(0.2, 20)).item()], [54 * 0.4 ** 20], 1e-9)
  })

  it("fits the line to five points: after 1, 2, 100 and 500 steps", () => {
    const x = tensor([0, 1, 2, 3, 4], { dtype: "float64" })
    const y = tensor([1, 3, 2, 5, 4], { dtype: "float64" })
    const w = tensor(0, { dtype: "float64", requiresGrad: true })
    const b = tensor(0, { dtype: "float64", requiresGrad: true })
    const opt = new SGD([w, b], { lr: 0.05 })
    const seen: number[][] = []
    for (let i = 0; i <= 500; i++) {
      opt.zeroGrad()
      const loss = mse(x.mul(w).add(b), y)
      seen.push([w.item(), b.item(), loss.item()])
      loss.backward()
      if (i === 0) expectClose([w.grad?.item() ?? 0, b.grad?.item() ?? 0], [-15.2, -6], 1e-12)
      opt.step()
    }
    expectClose(seen[0], [0, 0, 11])
    expectClose(seen[1], [0.76, 0.3, 2.1156], 1e-12)
    expectClose(seen[2], [1.004, 0.418, 1.132708], 0, 6e-7)
    expectClose(seen[100], [0.816896, 1.351834, 0.720778], 0, 6e-7)
    expectClose(seen[500], [0.8, 1.4, 0.72], 0, 6e-7)
  })
})

describe("schedules and clipping", () => {
  it("follow their formulas", () => {
    const rates = (schedule: (opt: SGD) => { step(): void }) => {
      const opt = new SGD([tensor(0, { requiresGrad: true })], { lr: 1 })
      const s = schedule(opt)
      return Array.from({ length: 5 }, () => {
        const { lr } = opt
        s.step()
        return lr
      })
    }
    expectClose(
      rates((o) => stepLR(o, { stepSize: 2 })),
      [1, 1, 0.1, 0.1, 0.01],
    )
    expectClose(
      rates((o) => exponentialLR(o, { gamma: 0.5 })),
      [1, 0.5, 0.25, 0.125, 0.0625],
    )
    expectClose(
      rates((o) => inverseTimeLR(o, { decay: 1 })),
      [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5],
    )
    expectClose(
      rates((o) => cosineLR(o, { steps: 2, minimum: 0.2 })),
      [1, 0.6, 0.2, 0.2, 0.2],
    )
    expectClose(
      rates((o) => warmup(o, { steps: 4 })),
      [0.25, 0.5, 0.75, 1, 1],
    )
  })

  it("scale all gradients to the norm", () => {
    const p = tensor([3, 4], { requiresGrad: true })
    p.square().sum().backward()
    expect(clipGradNorm([p], 1).item()).toBe(10)
    expectClose(p.grad?.data() ?? [], [0.6, 0.8], 1e-5)
    // Below the norm nothing changes, not even in the last digit.
    const before = p.grad?.tolist()
    expect(clipGradNorm([p], 2).item()).toBeCloseTo(1, 5)
    expect(p.grad?.tolist()).toEqual(before)
    // Several parameters share one norm; one without a gradient is passed over.
    const [a, b, c] = [3, 4, 5].map((v) => tensor(v, { requiresGrad: true }))
    a.mul(3).add(b.mul(4)).backward()
    expect(clipGradNorm([a, b, c], 1).item()).toBe(5)
    expectClose([a.grad?.item() ?? 0, b.grad?.item() ?? 0], [0.6, 0.8], 1e-5)
    expect(c.grad).toBeNull()
    expect(clipGradNorm([c], 1).item()).toBe(0)
    // Squares of these would overflow.
    const far = tensor([0, 0], { requiresGrad: true })
    far.grad = tensor([3e30, 4e30])
    expectClose([clipGradNorm([far], 1).item()], [5e30], 1e-6)
    expectClose(far.grad.data(), [0.6, 0.8], 1e-6)
    far.grad = tensor([0, 0])
    expect(clipGradNorm([far], 1).item()).toBe(0)
  })

  it("is part of a recorded step, which is replayed", () => {
    const train = (replayed: boolean) => {
      const w = tensor([1, -2], { requiresGrad: true })
      const opt = new SGD([w], { lr: 0.1 })
      const step = (x: Tensor) => {
        w.mul(x).square().sum().backward()
        const norm = clipGradNorm([w], 1)
        opt.step()
        opt.zeroGrad()
        return norm
      }
      const run = replayed ? jit(step) : step
      const norms = [1, 2, 3, 4].map((k) => run(tensor([k, 3])).item())
      if ("reason" in run) expect(run.reason).toBeUndefined()
      return [...norms, ...w.data()]
    }
    expect(train(true)).toEqual(train(false))
  })
})

describe("mistakes", () => {
  it("are named: negative rate, momentum missing, nothing to optimize, not a leaf", () => {
    const p = tensor(1, { requiresGrad: true })
    expect(() => new SGD([p], { lr: -0.1 })).toThrow(/SGD: the learning rate is -0.1/)
    expect(() => new Adam([p], { lr: Number.NaN })).toThrow(/Adam: the learning rate is NaN/)
    expect(() => new Adam([p], { betas: [1, 0.9] })).toThrow(/Adam: betas\[0\] is 1/)
    expect(() => new SGD([p], { lr: 1, nesterov: true })).toThrow(/nesterov needs momentum/)
    expect(() => new SGD([], { lr: 1 })).toThrow(/no parameters/)
    expect(() => new SGD([p.mul(2)], { lr: 1 })).toThrow(/result of an op/)
    expect(() => new SGD([tensor(1)], { lr: 1 })).toThrow(/does not require a gradient/)
  })
})
