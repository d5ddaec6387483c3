/** @file Fusion changes how a graph is run, never what it computes; and it does fuse what it should. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { reference } from "../../engine/backend/reference/backend.ts"
import type { TypedArray } from "../../engine/core/dtype.ts"
import { fuse } from "../../engine/fuse/fuse.ts"
import * as dl from "../../engine/index.ts"
import { bufferOn, graphOf, walkFrom } from "../../engine/schedule.ts"
import { runPlan } from "./plans.ts"

/** The graph behind some tensors, with what goes in. */
function graphBehind(tensors: dl.Tensor[], donors?: (graph: { inputs: readonly unknown[] }) => number[]) {
  const slots = [...new Set(tensors.map((t) => t.source.slot))].filter((slot) => slot.kernel)
  const walk = walkFrom(slots)
  const graph = graphOf(walk, slots, donors ? donors(walk) : slots.map(() => -1))
  const inputs = walk.inputs.map((slot) => bufferOn(reference, slot) as TypedArray)
  return { graph, inputs, scalars: walk.scalars.map(({ number }) => number as number) }
}

/** Widened as devices hold it: bool as whole numbers. */
function wide(values: TypedArray): TypedArray {
  return values instanceof Uint8Array ? Int32Array.from(values) : values.slice()
}

function checkSame(tensors: dl.Tensor[]): void {
  const { graph, inputs, scalars } = graphBehind(tensors)
  const expected = reference.compile(graph).run(inputs, scalars) as TypedArray[]
  const got = runPlan(graph, inputs.map(wide), scalars)
  got.forEach((values, o) => {
    expect(values.length).toBe(expected[o].length)
    for (let i = 0; i < values.length; i++) {
      if (Number.isNaN(expected[o][i])) expect(values[i]).toBeNaN()
      else
        expect(Math.abs(values[i] - expected[o][i])).toBeLessThanOrEqual(
          1e-4 + 1e-4 * Math.abs(expected[o][i]),
        )
    }
  })
}

const makers: ((list: dl.Tensor[], pick: (n: number) => number) => dl.Tensor | undefined)[] = [
  (l, p) => l[p(l.length)].tanh(),
  (l, p) => l[p(l.length)].mul(0.5),
  (l, p) => dl.relu(l[p(l.length)]),
  (l, p) => l[p(l.length)].add(l[p(l.length)].sum(-1, { keepDim: true })),
  (l, p) => l[p(l.length)].sub(l[p(l.length)]),
  (l, p) => l[p(l.length)].mul(l[p(l.length)].transpose()),
  (l, p) => l[p(l.length)].matmul(l[p(l.length)]).mul(0.1),
  (l, p) => l[p(l.length)].gt(0).mul(l[p(l.length)]),
  (l, p) => dl.softmax(l[p(l.length)], p(2)),
  (l, p) => l[p(l.length)].sum(0).add(l[p(l.length)]),
  (l, p) => l[p(l.length)].add(l[p(l.length)].max(1, { keepDim: true })),
  (l, p) => dl.concat([l[p(l.length)].slice([0, 0], [2, 4]), l[p(l.length)].slice([2, 0], [4, 4])]),
  (l, p) => l[p(l.length)].to("int32").add(l[p(l.length)].argmax(1)).to("float32"),
  (l, p) => l[p(l.length)].reshape([2, 8]).flip([0]).reshape([4, 4]),
  (l, p) => l[p(l.length)].to("float64").exp().log().to("float32"),
  (l, p) => l[p(l.length)].cumsum(1).mul(0.2),
  (l, p) => l[p(l.length)].flatten().sum().mul(l[p(l.length)].mean()).add(l[p(l.length)]),
]

describe("fusion", () => {
  it("keeps the values of random graphs, whatever is read of them", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(makers.length - 1), fc.nat(1000), fc.nat(1000)), {
          minLength: 3,
          maxLength: 25,
        }),
        fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }),
        (steps, reads) => {
          const list = [
            dl.randn([4, 4], { generator: new dl.Generator(1) }),
            dl.linspace(-1, 1, 16).reshape([4, 4]),
          ]
          for (const [which, a, b] of steps) {
            const draws = [a, b]
            const next = makers[which](list, (n) => (draws.shift() ?? a + b) % n)
            if (next) list.push(next)
          }
          checkSame([list[list.length - 1], ...reads.map((r) => list[r % list.length])])
        },
      ),
      { numRuns: 300, seed: 5 },
    )
  })

  it("makes one pass of an element-wise chain and its sum", () => {
    const x = dl.linspace(-3, 3, 1000)
    const chain = x.mul(2).add(1).tanh().mul(dl.sigmoid(x)).sub(dl.relu(x)).sum()
    const { graph } = graphBehind([chain])
    const plan = fuse(graph)
    expect(plan.kernels.map(({ kind }) => kind)).toEqual(["reduce"])
    expect(plan.workBytes).toBe(0)
  })

  it("makes one loop of an optimizer's update, over the storage of what it replaces", () => {
    const [p, g, m] = [dl.ones([10]).clone(), dl.linspace(0, 1, 10), dl.linspace(1, 2, 10)]
    const moved = m.mul(0.9).add(g)
    const next = p.add(0).sub(moved.mul(0.1))
    const { graph } = graphBehind([moved, next])
    const walk = walkFrom([moved.source.slot, next.source.slot])
    const donor = walk.inputs.indexOf(m.source.slot)
    const plan = fuse({ ...graph, donors: [donor, -1] })
    expect(plan.kernels.map(({ kind }) => kind)).toEqual(["loop"])
    expect(plan.inPlace).toEqual([donor, -1])
  })

  it("writes the parts of a concatenation where they belong", () => {
    const x = dl.randn([4, 4], { generator: new dl.Generator(2) })
    const both = dl.concat([x.matmul(x).flatten(), x.sum(0)])
    const { graph } = graphBehind([both])
    const plan = fuse(graph)
    const parts = plan.homes.filter((home) => home.kind === "output")
    expect(parts.map((home) => home.kind === "output" && home.shift)).toEqual([0, 16, 0])
    checkSame([both])
  })

  it("does not overwrite what is still to be read", () => {
    const x = dl.linspace(0, 1, 9).reshape([3, 3])
    const next = x.add(x.transpose())
    const { graph } = graphBehind([next])
    const plan = fuse({ ...graph, donors: [0] })
    expect(plan.inPlace).toEqual([-1])
  })
})
