/** @file Kernels of their own in WebAssembly: running sums, picking and adding by index, placing, folding, products. */
import { describe, expect, it } from "vitest"
import type { Graph } from "../../engine/backend/graph.ts"
import { wasm } from "../../engine/backend/wasm/backend.ts"
import { rowMajor } from "../../engine/core/view.ts"
import * as dl from "../../engine/index.ts"
import { expectAsReference } from "./programs.ts"

const generator = new dl.Generator(3)

function normal(...shape: number[]): dl.Tensor {
  return dl.tensor(dl.randn(shape, { generator }).data().slice()).reshape(shape)
}

function whole(list: number[]): dl.Tensor {
  return dl.tensor(list, { dtype: "int32" })
}

describe("single kernels in WebAssembly", () => {
  it("make running sums along any dimension, in every dtype", () => {
    const x = normal(3, 5)
    expectAsReference(wasm, [normal(7).cumsum(0), x.cumsum(0), x.cumsum(1), x.mul(9).to("int32").cumsum(1)])
    expectAsReference(wasm, [x.to("float64").cumsum(-1)], 0)
    expectAsReference(wasm, [dl.zeros([0, 3]).cumsum(0), dl.zeros([2, 0]).cumsum(1)])
  })

  it("pick by index, rows and single elements", () => {
    const index = whole([3, 0, 19, 3, 3, 7])
    const x = normal(20, 7)
    expectAsReference(wasm, [x.indexSelect(0, index), x.to("float64").indexSelect(0, index)], 0)
    expectAsReference(
      wasm,
      [normal(7, 20).transpose().indexSelect(0, index), normal(50, 64).indexSelect(0, index)],
      0,
    )
    const columns = dl.reshape(whole(Array.from({ length: 20 }, (_, i) => (i * 3) % 7)), [20, 1])
    expectAsReference(
      wasm,
      [x.gather(1, columns), x.gather(0, dl.reshape(whole([1, 2, 3, 4, 5, 6, 7]), [1, 7]))],
      0,
    )
  })

  it("stay inside the array whatever the index", () => {
    const graph: Graph = {
      inputs: [
        { dtype: "float32", size: 3 },
        { dtype: "int32", size: 4 },
      ],
      scalars: [],
      nodes: [
        {
          kernel: { kind: "gather", size: 3, length: 4, inner: 1 },
          reads: [
            { array: 0, view: rowMajor([3]) },
            { array: 1, view: rowMajor([4]) },
          ],
          dtype: "float32",
          shape: [4],
        },
      ],
      outputs: [2],
      donors: [-1],
    }
    const inputs = [
      wasm.upload(Float32Array.of(1, 2, 3), "float32"),
      wasm.upload(Int32Array.of(-(2 ** 31), 2 ** 31 - 1, 1, -1), "int32"),
    ]
    const [out] = wasm.compile(graph).run(inputs, [])
    expect([...wasm.download(out)]).toEqual([1, 3, 2, 1])
  })

  it("add by index, a few and many", () => {
    const index = whole([3, 0, 19, 3, 3, 7])
    const x = normal(20, 7)
    const rows = dl.broadcastTo(dl.reshape(index, [6, 1]), [6, 7])
    const many = whole(Array.from({ length: 3000 }, (_, i) => (i * 7) % 20))
    expectAsReference(wasm, [
      dl.scatterAdd(x, 0, rows, normal(6, 7)),
      dl.scatterAdd(normal(20), 0, index, normal(6)),
    ])
    expectAsReference(wasm, [dl.scatterAdd(dl.zeros([20]), 0, many, normal(3000))], 1e-6)
    const ones = dl.ones([3000], { dtype: "int32" })
    expectAsReference(wasm, [dl.scatterAdd(dl.zeros([20], { dtype: "int32" }), 0, many, ones)])
    expectAsReference(wasm, [
      dl.scatterAdd(normal(30, 20), 0, dl.broadcastTo(dl.reshape(index, [6, 1]), [6, 20]), normal(6, 20)),
    ])
  })

  it("join, stack and pad, also where the parts are made in place", () => {
    expectAsReference(wasm, [
      dl.concat([normal(3, 4), normal(2, 4)], 0),
      dl.concat([normal(3, 4), normal(3, 2).tanh()], 1),
    ])
    expectAsReference(wasm, [
      dl.stack([normal(3), normal(3).exp()]),
      dl.stack([normal(3).exp(), normal(3).exp()], 1),
    ])
    const pad = [
      [1, 2],
      [0, 3],
    ] as const
    expectAsReference(wasm, [dl.pad(normal(3, 4).exp(), pad), dl.pad(normal(3).exp(), [[2, 2]], 7)])
  })

  it.each([1, 2])("convolve with stride %i, and back", (stride) => {
    const [images, weight, bias] = [normal(2, 3, 8, 9), normal(4, 3, 3, 3), normal(4)]
    for (const t of [images, weight, bias]) t.requiresGrad = true
    const y = dl.conv2d(images, weight, bias, { stride, padding: 1 })
    y.mul(y).sum().backward()
    const grads = [images, weight, bias].map((t) => t.grad as dl.Tensor)
    expectAsReference(wasm, [y, ...grads], 1e-4)
  })

  it("pool, and back", () => {
    const images = normal(2, 3, 8, 8)
    images.requiresGrad = true
    const [most, mean] = [dl.maxPool2d(images, 2), dl.avgPool2d(images, 2)]
    most.mul(most).add(mean).sum().backward()
    expectAsReference(wasm, [most, mean, images.grad as dl.Tensor])
  })

  it("draw the numbers of the interpreter's stream", () => {
    for (const n of [1, 3, 4, 7, 1001]) {
      expectAsReference(wasm, [dl.rand([n], { generator })], 0)
      expectAsReference(wasm, [
        dl.randn([n], { generator }),
        dl.rand([n, 2], { generator, dtype: "float64" }),
      ])
    }
  })

  it("multiply matrices small and large", () => {
    for (const [m, k, n] of [
      [1, 1, 1],
      [4, 2, 3],
      [32, 16, 3],
      [5, 0, 3],
      [100, 100, 100],
      [200, 300, 170],
    ]) {
      const [a, b] = [normal(m, k), normal(k, n)]
      expectAsReference(
        wasm,
        [a.matmul(b), a.matmul(normal(n, k).transpose()), a.matmul(b).add(1).tanh()],
        1e-4,
      )
    }
  })
})
