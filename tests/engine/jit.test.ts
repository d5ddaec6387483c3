/** @file A jitted function computes what the function computes, however often it is replayed and whatever happens between. */
import { describe, expect, it, vi } from "vitest"
import * as dl from "../../engine/index.ts"
import { expectClose } from "./close.ts"

function closeTo(got: unknown[], want: unknown[], tolerance: number): void {
  expectClose(got.flat(3) as number[], want.flat(3) as number[], tolerance, tolerance)
}

type Optimizer = InstanceType<typeof dl.SGD> | InstanceType<typeof dl.Adam>

function network(seed: number, dropout = false): dl.Sequential {
  const generator = new dl.Generator(seed)
  const layers = [new dl.Linear(3, 5, { generator }), new dl.BatchNorm1d(5), new dl.Tanh()]
  return new dl.Sequential(
    ...layers,
    ...(dropout ? [new dl.Dropout(0.5, { generator: new dl.Generator(9) })] : []),
    new dl.Linear(5, 2, { generator }),
  )
}

const x = dl.randn([8, 3], { generator: new dl.Generator(4) })
const labels = dl.tensor(Int32Array.from([0, 1, 1, 0, 1, 0, 0, 1]))
const batches = [0, 4].map((begin) => [x.slice([begin], [begin + 4]), labels.slice([begin], [begin + 4])])

/** Losses of ten steps, and the parameters after them. */
function train(
  wrap: <A extends unknown[], R>(f: (...args: A) => R) => (...args: A) => R,
  makeOptimizer: (params: dl.Tensor[]) => Optimizer,
  dropout = false,
  each?: (opt: Optimizer, model: dl.Sequential) => void,
) {
  const model = network(1, dropout)
  const opt = makeOptimizer(model.parameters())
  const step = wrap((input: dl.Tensor, target: dl.Tensor) => {
    const loss = dl.crossEntropy(model.forward(input), target)
    loss.backward()
    opt.step()
    opt.zeroGrad()
    return loss
  })
  const losses: dl.Tensor[] = []
  for (let t = 0; t < 10; t++) {
    const [input, target] = batches[t % 2]
    losses.push(step(input, target))
    each?.(opt, model)
  }
  const state = Object.values(model.stateDict()).map((t) => (t as dl.Tensor).tolist())
  return { losses: losses.map((loss) => loss.item()), state, step }
}

const eager = <A extends unknown[], R>(f: (...args: A) => R) => f
const optimizers: [string, (params: dl.Tensor[]) => Optimizer][] = [
  ["SGD", (params) => new dl.SGD(params, { lr: 0.1 })],
  ["SGD with momentum", (params) => new dl.SGD(params, { lr: 0.1, momentum: 0.9, nesterov: true })],
  ["Adam", (params) => new dl.Adam(params, { lr: 0.01 })],
  ["AdamW", (params) => new dl.AdamW(params, { lr: 0.01 })],
]

describe("jit", () => {
  it.each(optimizers)("trains with %s as the plain function does", (_, make) => {
    const [plain, fast] = [train(eager, make), train(dl.jit, make)]
    closeTo(fast.losses, plain.losses, 1e-5)
    closeTo(fast.state, plain.state, 1e-5)
    expect((fast.step as unknown as { reason?: string }).reason).toBeUndefined()
  })

  it.each(optimizers)(
    "goes on with %s from what parameters are given between calls, in a row and in turns",
    (_, make) => {
      for (const times of [[0], [0, 1], [4, 5], [4, 5, 6], [2, 5], [1, 3, 4, 8]]) {
        const train10 = (wrap: typeof eager) => {
          let t = 0
          return train(wrap, make, false, (_opt, model) => {
            const [weight] = model.parameters()
            if (times.includes(t++)) weight.assign(dl.full(weight.shape, t / 10))
          })
        }
        const [plain, fast] = [train10(eager), train10(dl.jit)]
        closeTo(fast.losses, plain.losses, 1e-4)
        closeTo(fast.state, plain.state, 1e-4)
      }
    },
  )

  it("says that parameters are set outside again and again, and is right all the same", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
    const set = (wrap: typeof eager) => {
      const w = dl.tensor([1, 2], { requiresGrad: true })
      const b = dl.tensor([1], { requiresGrad: true })
      const opt = new dl.SGD([w, b], { lr: 0.1 })
      const step = wrap(() => {
        const loss = w.square().sum().add(b.square().sum())
        loss.backward()
        opt.step()
        opt.zeroGrad()
        return loss
      })
      const losses = Array.from({ length: 30 }, (_, i) => {
        w.assign(dl.tensor([i, 1]))
        return step().item()
      })
      return { losses: [...losses, ...b.data()], step }
    }
    const [plain, fast] = [set(eager), set(dl.jit)]
    closeTo(fast.losses, plain.losses, 1e-4)
    expect((fast.step as { reason?: string }).reason).toMatch(
      /parameters that are set outside again and again/,
    )
    warn.mockRestore()
  })

  it("draws new random numbers in each replay, the same as the plain function", () => {
    const [plain, fast] = [train(eager, optimizers[0][1], true), train(dl.jit, optimizers[0][1], true)]
    closeTo(fast.losses, plain.losses, 1e-5)
    const draw = dl.jit((shape: number) => dl.rand([shape], { generator }))
    const generator = new dl.Generator(3)
    const drawn = [draw(4).tolist(), draw(4).tolist(), draw(4).tolist()]
    expect(drawn).toEqual(dl.rand([3, 4], { generator: new dl.Generator(3) }).tolist())
  })

  it("asks for the learning rate anew, so that schedules work", () => {
    const halve = (opt: Optimizer): void => {
      opt.lr /= 2
    }
    closeTo(
      train(dl.jit, optimizers[2][1], false, halve).state,
      train(eager, optimizers[2][1], false, halve).state,
      1e-5,
    )
  })

  it("goes on from parameters that were changed outside", () => {
    const meddle = () => {
      let t = 0
      return (_: Optimizer, model: dl.Sequential): void => {
        const [w] = model.parameters()
        if (++t % 4 === 0) w.assign(w.mul(0.5))
      }
    }
    closeTo(
      train(dl.jit, optimizers[1][1], false, meddle()).state,
      train(eager, optimizers[1][1], false, meddle()).state,
      1e-5,
    )
  })

  it("leaves alone what was taken of a parameter before", () => {
    const w = dl.tensor([1, 2], { requiresGrad: true })
    const opt = new dl.SGD([w], { lr: 1 })
    const step = dl.jit(() => {
      const loss = w.sum()
      loss.backward()
      opt.step()
      opt.zeroGrad()
      return loss
    })
    step()
    const [before, doubled] = [w.detach(), w.mul(2)]
    const losses = [step(), step(), step()]
    expect(before.tolist()).toEqual([0, 1])
    expect(doubled.tolist()).toEqual([0, 2])
    expect(w.tolist()).toEqual([-3, -2])
    expect(losses.map((loss) => loss.item())).toEqual([1, -1, -3])
  })

  it("sees parameters that another function trains", () => {
    const w = dl.tensor([1], { requiresGrad: true })
    const opt = new dl.SGD([w], { lr: 0.5 })
    const predict = dl.jit((input: dl.Tensor) => input.mul(w))
    const step = dl.jit((input: dl.Tensor) => {
      input.mul(w).sum().backward()
      opt.step()
      opt.zeroGrad()
    })
    const input = dl.tensor([2])
    const seen = [0, 1, 2, 3].map(() => {
      step(input)
      return predict(input).item()
    })
    expect(seen).toEqual([0, -2, -4, -6])
  })

  it("specialises to shapes and to numbers, and keeps every version", () => {
    const f = vi.fn((t: dl.Tensor, factor: number) => t.mul(factor).sum())
    const g = dl.jit(f)
    const three = dl.ones([3])
    const four = dl.ones([4])
    expect([g(three, 2), g(four, 2), g(three, 2), g(three, 3), g(four, 2)].map((t) => t.item())).toEqual([
      6, 8, 6, 9, 8,
    ])
    expect(f).toHaveBeenCalledTimes(3)
  })

  it("takes and returns arrays and records of tensors", () => {
    const f = dl.jit(({ a, b }: { a: dl.Tensor; b: dl.Tensor[] }) => ({
      sum: a.add(b[0]),
      list: [b[1].mul(2), a],
    }))
    for (const k of [1, 2, 3]) {
      const { sum, list } = f({ a: dl.full([2], k), b: [dl.ones([2]), dl.full([2], 10 * k)] })
      expect([sum, ...list].map((t) => t.tolist())).toEqual([
        [k + 1, k + 1],
        [20 * k, 20 * k],
        [k, k],
      ])
    }
  })

  it("takes views, broadcast numbers and pending tensors as arguments", () => {
    const f = dl.jit((t: dl.Tensor) => t.sum(0))
    const m = dl.arange(6).reshape([2, 3])
    expect(f(m.transpose().slice([0], [2]).transpose()).tolist()).toEqual([3, 5])
    expect(f(dl.ones([2, 2])).tolist()).toEqual([2, 2])
    expect(f(m.slice([0, 1], [2, 3]).mul(2)).tolist()).toEqual([10, 14])
  })

  it("leaves gradients where a step leaves them, and adds to them where it adds", () => {
    const w = dl.tensor([3], { requiresGrad: true })
    const accumulate = dl.jit((k: dl.Tensor) => {
      w.mul(k).sum().backward()
    })
    const seen = [1, 2, 3, 4].map((k) => {
      accumulate(dl.tensor([k]))
      return w.grad?.item()
    })
    expect(seen).toEqual([1, 3, 6, 10])
    const fresh = dl.jit((k: dl.Tensor) => {
      w.grad = null
      w.mul(k).sum().backward()
    })
    const kept = [5, 6, 7].map((k) => {
      fresh(dl.tensor([k]))
      return w.grad
    })
    expect(kept.map((g) => g?.item())).toEqual([5, 6, 7])
  })

  it("differentiates inside", () => {
    const slope = dl.jit(dl.grad((t: dl.Tensor) => t.mul(t).mul(t).sum()))
    expect([1, 2, 3].map((v) => slope(dl.tensor([v])).tolist())).toEqual([[3], [12], [27]])
  })

  it("runs step by step, with a reason, if values are read inside", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
    const seen: number[] = []
    const w = dl.tensor([1], { requiresGrad: true })
    const opt = new dl.Adam([w], { lr: 0.1 })
    const body = (): void => {
      const loss = w.mul(w).sum()
      loss.backward()
      opt.step()
      opt.zeroGrad()
      seen.push(loss.item())
    }
    const step = dl.jit(body)
    for (let t = 0; t < 3; t++) step()
    expect(seen[0]).toBe(1)
    closeTo(seen, [1, 0.81, 0.640252], 1e-3)
    expect(step.reason).toMatch(/reads values inside/)
    expect(warn).toHaveBeenCalledTimes(1)
    warn.mockRestore()
  })

  it("runs step by step if whole numbers are drawn inside, and they are new each time", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
    const generator = new dl.Generator(1)
    const f = dl.jit((t: dl.Tensor) => t.add(generator.integer(0, 1000)))
    const plain = new dl.Generator(1)
    const expected = [0, 1, 2].map(() => plain.integer(0, 1000))
    expect([0, 1, 2].map(() => f(dl.zeros([1])).item())).toEqual(expected)
    expect(f.reason).toMatch(/draws random numbers/)
    warn.mockRestore()
  })

  it("says so if a tensor made inside is used outside without being returned", () => {
    const kept: dl.Tensor[] = []
    const f = dl.jit((t: dl.Tensor) => {
      kept.push(t.mul(2))
      return t.sum()
    })
    f(dl.ones([2]))
    expect(() => kept[0].tolist()).toThrow(/made inside a jitted function and not returned/)
    expect(() => kept[0].add(1).sum().item()).toThrow(/return it too/)
  })

  it("checks labels of every call", () => {
    const f = dl.jit((z: dl.Tensor, y: dl.Tensor) => dl.crossEntropy(z, y))
    const z = dl.zeros([2, 3])
    f(z, dl.tensor(Int32Array.from([0, 2])))
    f(z, dl.tensor(Int32Array.from([1, 2])))
    expect(() => f(z, dl.tensor(Int32Array.from([0, 3])))).toThrow(/index 3 at position 1/)
  })
})
