/** @file Differentiation: accumulation, higher orders, freed graphs, what cannot be differentiated. */
import { describe, expect, it } from "vitest"
import {
  concat,
  grad,
  gradcheck,
  noGrad,
  ones,
  SGD,
  stack,
  type Tensor,
  tensor,
  trace,
  valueAndGrad,
  where,
} from "../../engine/index.ts"

describe("backward", () => {
  it("adds the gradient to grad, and adds again until it is cleared", () => {
    const x = tensor([1, 2], { requiresGrad: true })
    x.square().sum().backward()
    x.square().sum().backward()
    expect(x.grad?.tolist()).toEqual([4, 8])
  })

  it("sums over the copies where an input was used twice or broadcast", () => {
    const x = tensor(3, { requiresGrad: true })
    x.mul(x)
      .add(x)
      .mul(ones([2, 2]))
      .sum()
      .backward()
    expect(x.grad?.item()).toBe(28)
    expect(x.grad?.shape).toEqual([])
  })

  it("takes a cotangent for a result with several numbers", () => {
    const x = tensor([1, 2], { requiresGrad: true })
    x.square().backward(tensor([1, 10]))
    expect(x.grad?.tolist()).toEqual([2, 40])
  })

  it("says what to do for several numbers without a cotangent, a freed graph, and no gradient", () => {
    const x = tensor([1, 2], { requiresGrad: true })
    expect(() => x.square().backward()).toThrow(/backward: .*\[2\].*mean\(\) or sum\(\)/)
    const loss = x.square().sum()
    loss.backward()
    expect(() => loss.backward()).toThrow(/backward: .*freed.*retainGraph/)
    expect(() => x.detach().sum().backward()).toThrow(/backward: nothing .*requiresGrad/)
    expect(() => noGrad(() => x.sum()).backward()).toThrow(/noGrad/)
  })

  it("keeps the graph on request", () => {
    const x = tensor(2, { requiresGrad: true })
    const y = x.pow(3)
    y.backward(undefined, { retainGraph: true })
    y.backward()
    expect(x.grad?.item()).toBe(24)
  })

  it("notices that a parameter was changed between forward and backward", () => {
    const w = tensor([2], { requiresGrad: true })
    const loss = w.square().sum()
    w.assign(tensor([5]))
    expect(() => loss.backward()).toThrow(/changed in place/)
  })

  it("refuses gradients of integers", () => {
    expect(() => tensor([1, 2], { dtype: "int32", requiresGrad: true })).toThrow(/requiresGrad: .*int32/)
  })

  it("walks a graph of 20000 steps without running out of stack", () => {
    const x = tensor(1, { requiresGrad: true })
    let y: Tensor = x
    for (let i = 0; i < 20000; i++) y = y.add(1)
    y.backward()
    expect(x.grad?.item()).toBe(1)
    expect(y.item()).toBe(20001)
  })
})

describe("grad", () => {
  it("differentiates as often as it is nested", () => {
    const f = (x: Tensor) => x.pow(4)
    const d1 = grad(f)
    const d2 = grad((x: Tensor) => d1(x))
    const d3 = grad((x: Tensor) => d2(x))
    expect([d1(2).item(), d2(2).item(), d3(2).item()]).toEqual([32, 48, 48])
  })

  it("gives a result off the tape, so that a loop of steps does not grow", () => {
    const g = grad((w: Tensor) => w.square().sum())(tensor([3]))
    expect(g.requiresGrad).toBe(false)
    expect(g.tolist()).toEqual([6])
  })

  it("keeps the structure of its argument: records and arrays of tensors", () => {
    const loss = ({ w, b }: { w: Tensor; b: Tensor }) => w.mul(b).sum()
    const g = grad(loss)({ w: tensor([1, 2]), b: tensor([3, 4]) })
    expect([g.w.tolist(), g.b.tolist()]).toEqual([
      [3, 4],
      [1, 2],
    ])
    const [p, q] = grad(([a, b]: readonly Tensor[]) => a.mul(b).sum())([tensor([1, 2]), tensor([3, 4])])
    expect([p.tolist(), q.tolist()]).toEqual([
      [3, 4],
      [1, 2],
    ])
  })

  it("is zero where the result does not depend on the argument", () => {
    expect(grad((x: Tensor) => x.detach().sum())(tensor([1, 2])).tolist()).toEqual([0, 0])
  })

  it("returns value and gradient together, and passes further arguments on", () => {
    const [value, g] = valueAndGrad((x: Tensor, k: number) => x.mul(k).sum())(tensor([1, 2]), 3)
    expect([value.item(), g.tolist()]).toEqual([9, [3, 3]])
  })

  it("records inside even when called inside noGrad, and can be differentiated by a parameter outside", () => {
    expect(noGrad(() => grad((x: Tensor) => x.square())(3).item())).toBe(6)
    const w = tensor(2, { requiresGrad: true })
    grad((x: Tensor) => x.square().mul(w))(3).backward()
    expect(w.grad?.item()).toBe(6)
  })

  it("says so if the function returns a number", () => {
    expect(() => grad(((x: Tensor) => x.item()) as unknown as (x: Tensor) => Tensor)(1)).toThrow(/item\(\)/)
  })
})

describe("joins", () => {
  it("send the gradient to the piece that it came from", () => {
    const a = tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { dtype: "float64" },
    )
    const b = tensor([[5, 6]], { dtype: "float64" })
    expect(gradcheck((x, y) => concat([x, y, x]).square(), [a, b])).toBe(true)
    expect(gradcheck((x) => stack([x, x.exp()], 1).sin(), [a])).toBe(true)
    expect(gradcheck((x, y) => where(x.gt(2.5), x.square(), y), [a, b])).toBe(true)
  })
})

describe("gradcheck", () => {
  it("names function, input, element and both values where a gradient is wrong", () => {
    const wrong = (x: Tensor) => x.square().add(x.detach())
    expect(() => gradcheck(wrong, [tensor([1, 2])], { name: "wrong" })).toThrow(
      /gradcheck: wrong, input 0 of shape \[2\], element 0: backward gives 2\.84.*differences give 4\.26/,
    )
  })
})

describe("trace", () => {
  it("is the graph as nodes and edges, inputs first", () => {
    const w = tensor([[1], [2]], { requiresGrad: true })
    const x = tensor([[3, 4]])
    const { nodes, edges } = trace(x.matmul(w).relu().sum(), { w, x })
    expect(nodes.map((n) => n.label || n.op)).toEqual(["x", "w", "matmul", "relu", "sum"])
    expect(edges.map((e) => [e.from, e.to])).toEqual([
      [0, 2],
      [1, 2],
      [2, 3],
      [3, 4],
    ])
  })
})

describe("an optimizer's step", () => {
  it("leaves no graph behind the parameters", () => {
    const w = tensor([1], { requiresGrad: true })
    const opt = new SGD([w], { lr: 0.1 })
    w.square().sum().backward()
    opt.step()
    expect(w.tape).toBeUndefined()
    expect(w.source.slot.kernel).toBeUndefined()
  })
})
