/** @file What becomes of the memory of gradients, step by step: it is used again, and never under somebody's eyes. */
import { beforeAll, expect, it } from "vitest"
import {
  Adam,
  clipGradNorm,
  memory,
  Optimizer,
  SGD,
  setDevice,
  type Tensor,
  tensor,
} from "../../engine/index.ts"

beforeAll(() => setDevice("cpu"))

const size = 4096
const values = Float32Array.from({ length: size }, (_, i) => Math.sin(i))

interface Net {
  readonly w: Tensor
  readonly b: Tensor
  readonly parameters: Tensor[]
  loss(): Tensor
}

function net(): Net {
  const w = tensor(values, { requiresGrad: true })
  const b = tensor(values, { requiresGrad: true })
  return { w, b, parameters: [w, b], loss: () => w.square().add(b.mul(w)).mean() }
}

/** A step as lessons write it. */
function step({ loss }: Net, optimizer: Optimizer): void {
  loss().backward()
  optimizer.step()
  optimizer.zeroGrad()
}

function grownBy(net: Net, optimizer: Optimizer, steps: number, look?: () => void): number {
  for (let i = 0; i < 5; i++) step(net, optimizer)
  const { live } = memory().cpu
  for (let i = 0; i < steps; i++) {
    net.loss().backward()
    optimizer.step()
    look?.()
    optimizer.zeroGrad()
  }
  return (memory().cpu.live - live) / (steps * 2 * 4 * size)
}

it("gradients that nobody has looked at make room for the next ones", () => {
  const unseen = net()
  // What is left of a step is the parameters before it, which a view of them may show.
  expect(grownBy(unseen, new SGD(unseen.parameters, { lr: 0.01 }), 40)).toBeCloseTo(1, 1)
  const seen = net()
  const kept: unknown[] = []
  const look = () => kept.push(seen.w.grad)
  expect(grownBy(seen, new SGD(seen.parameters, { lr: 0.01 }), 40, look)).toBeCloseTo(2, 1)
})

/** Steps of its own kind that keep the gradients they are given. */
class Hoarder extends Adam {
  readonly hoard: Tensor[] = []

  protected override update(p: Tensor, grad: Tensor, state: Parameters<Adam["update"]>[2]): Tensor {
    this.hoard.push(grad)
    return super.update(p, grad, state)
  }
}

class Plain extends Optimizer {
  readonly hoard: Tensor[] = []

  protected override update(p: Tensor, grad: Tensor): Tensor {
    this.hoard.push(grad)
    return p.sub(grad.mul(this.lr))
  }
}

type Take = () => Tensor | null | undefined

/** Five steps, and what somebody takes in each `before` the optimizer changes the parameters, or `after` that. */
function taken(net: Net, optimizer: Optimizer, { before, after }: { before?: Take; after?: Take }): Tensor[] {
  return Array.from({ length: 5 }, () => {
    net.loss().backward()
    const early = before?.()
    optimizer.step()
    const late = after?.()
    optimizer.zeroGrad()
    return (early ?? late) as Tensor
  })
}

/** How somebody comes by gradients, and holds them while the training goes on. */
const holders: [string, (net: Net) => Tensor[]][] = [
  ["taken before the step", (net) => taken(net, new Adam(net.parameters), { before: () => net.w.grad })],
  [
    "taken after the step",
    (net) =>
      taken(net, new SGD(net.parameters, { lr: 0.1, momentum: 0.9 }), {
        after: () => net.b.grad?.slice([1]),
      }),
  ],
  [
    "summed over several batches",
    (net) => {
      const optimizer = new Adam(net.parameters)
      return taken(net, optimizer, {
        after: () => {
          net.loss().backward()
          optimizer.step()
          return net.w.grad
        },
      })
    },
  ],
  [
    "given by hand, and handed through by an op",
    (net) => {
      const optimizer = new SGD(net.parameters, { lr: 0.1 })
      return Array.from({ length: 5 }, (_, i) => {
        const ct = tensor(values).mul(i + 1)
        net.w.add(net.b).backward(ct)
        optimizer.step()
        optimizer.zeroGrad()
        return ct
      })
    },
  ],
  [
    "set by hand",
    (net) => {
      const optimizer = new SGD(net.parameters, { lr: 0.1 })
      return Array.from({ length: 5 }, (_, i) => {
        const own = tensor(values).add(i)
        net.w.grad = own
        net.b.grad = own
        optimizer.step()
        optimizer.zeroGrad()
        return own
      })
    },
  ],
  [
    "in a result that is not computed yet",
    (net) => taken(net, new Adam(net.parameters), { after: () => net.w.grad?.mul(3).exp() }),
  ],
  [
    "after clipping",
    (net) =>
      taken(net, new Adam(net.parameters), {
        before: () => {
          clipGradNorm(net.parameters, 0.1)
          return net.w.grad
        },
      }),
  ],
  [
    "by an optimizer of the reader's",
    (net) => {
      const optimizer = new Plain("Plain", net.parameters, 0.1)
      for (let i = 0; i < 5; i++) step(net, optimizer)
      return optimizer.hoard
    },
  ],
  [
    "by an optimizer that extends one of ours",
    (net) => {
      const optimizer = new Hoarder(net.parameters)
      for (let i = 0; i < 5; i++) step(net, optimizer)
      return optimizer.hoard
    },
  ],
  [
    "by two optimizers that share parameters",
    (net) => {
      const both = [new Adam(net.parameters), new SGD([net.w], { lr: 0.1 })]
      return Array.from({ length: 5 }, () => {
        net.loss().backward()
        for (const optimizer of both) optimizer.step()
        const { grad } = net.w
        for (const optimizer of both) optimizer.zeroGrad()
        return grad as Tensor
      })
    },
  ],
]

it.each(holders)("a gradient that is held keeps its values: %s", (_, hold) => {
  // Read at once, in a run of its own, against read when all is over.
  const at = net()
  const copies = hold(at).map((t) => t.data())
  const later = net()
  const held = hold(later)
  const optimizer = new Adam(later.parameters)
  for (let i = 0; i < 600; i++) step(later, optimizer)
  expect(held.map((t) => t.data())).toEqual(copies)
  expect(copies.every((copy) => copy.some((value) => value !== 0))).toBe(true)
})
