/** @file The kernels that stand alone on WebGPU, against the interpreter. */
import { describe, test } from "vitest"
import type { Graph, Node } from "../../engine/backend/graph.ts"
import { sizeOf } from "../../engine/core/shape.ts"
import { permuteView, rowMajor } from "../../engine/core/view.ts"
import { input, s } from "../../engine/kernel/expr.ts"
import type { Kernel } from "../../engine/kernel/kernel.ts"
import { check, compare, float, g, int, numbers } from "./webgpu-check.ts"

describe("the kernels that stand alone", () => {
  test("cumsum goes on across the borders of workgroups", async () => {
    for (const [rows, length] of [
      [1, 1],
      [3, 10],
      [2, 700],
      [300, 3],
    ])
      await check(
        { kind: "cumsum", length },
        [float(numbers(rows * length), permuteView(rowMajor([length, rows]), [1, 0]))],
        "float32",
        [rows, length],
        { rtol: 1e-5, atol: 1e-5 },
      )
  })

  test("gather picks, and scatterAdd adds up where an index comes more than once", async () => {
    for (const [outer, size, length, inner] of [
      [1, 5, 9, 1],
      [2, 4, 6, 3],
      [1, 50, 300, 7],
    ]) {
      const x = float(numbers(outer * size * inner), rowMajor([outer, size, inner]))
      const index = int(
        Int32Array.from({ length: outer * length * inner }, () => g.integer(0, size)),
        rowMajor([outer, length, inner]),
      )
      const source = float(numbers(outer * length * inner), rowMajor([outer, length, inner]))
      await check({ kind: "gather", size, length, inner }, [x, index], "float32", [outer, length, inner])
      await check(
        { kind: "scatterAdd", size, length, inner },
        [x, index, source],
        "float32",
        [outer, size, inner],
        { atol: 1e-5 },
      )
    }
  })

  test("scatterAdd into more cells than all can look at every index", async () => {
    const [size, length] = [20_000, 15_000]
    await check(
      { kind: "scatterAdd", size, length, inner: 1 },
      [
        float(numbers(size), rowMajor([1, size, 1])),
        int(
          Int32Array.from({ length }, () => g.integer(0, size)),
          rowMajor([1, length, 1]),
        ),
        float(numbers(length), rowMajor([1, length, 1])),
      ],
      "float32",
      [1, size, 1],
      { atol: 1e-5 },
    )
  })

  test("place fills around its boxes", async () => {
    const kernel: Kernel = {
      kind: "place",
      shape: [6, 5],
      begins: [
        [1, 1],
        [4, 0],
      ],
      fill: -3,
    }
    await check(
      kernel,
      [float(numbers(6), permuteView(rowMajor([3, 2]), [1, 0])), float(numbers(5), rowMajor([1, 5]))],
      "float32",
      [6, 5],
    )
    const infinite: Kernel = { kind: "place", shape: [4], begins: [[1]], fill: -Infinity }
    await check(infinite, [float(numbers(2))], "float32", [4])
  })

  test("parts that are computed where place puts them", async () => {
    const part = (size: number, array: number): Node => ({
      kernel: { kind: "map", expr: s.mul(input(0), 2) },
      reads: [{ array, view: rowMajor([size]) }],
      dtype: "float32",
      shape: [size],
    })
    const graph: Graph = {
      inputs: [
        { dtype: "float32", size: 3 },
        { dtype: "float32", size: 5 },
      ],
      scalars: [],
      nodes: [
        part(3, 0),
        part(5, 1),
        {
          kernel: { kind: "place", shape: [8], begins: [[0], [3]], fill: 0 },
          reads: [
            { array: 2, view: rowMajor([3]) },
            { array: 3, view: rowMajor([5]) },
          ],
          dtype: "float32",
          shape: [8],
        },
      ],
      outputs: [4],
      donors: [-1],
    }
    await compare(graph, [numbers(3), numbers(5)], [], 1e-6, 1e-6)
  })

  test("fold sums overlapping windows", async () => {
    for (const stride of [
      [1, 1],
      [2, 1],
      [2, 3],
    ] as const) {
      const [height, width, kh, kw] = [7, 9, 3, 2]
      const rows = Math.floor((height - kh) / stride[0]) + 1
      const columns = Math.floor((width - kw) / stride[1]) + 1
      const shape = [2, rows, columns, kh, kw]
      await check(
        { kind: "fold", height, width, kernel: [kh, kw], stride },
        [float(numbers(sizeOf(shape)), rowMajor(shape))],
        "float32",
        [2, height, width],
      )
    }
  })

  test("random numbers are the same as on the CPU: uniform ones to the bit", async () => {
    for (const [key0, key1, low, high] of [
      [42, 0, 0, 0],
      [1, 2, 7, 0],
      [-5, 9, -3, 0],
      [3, 3, -2, 12],
    ]) {
      const scalars = [key0, key1, low, high]
      await check({ kind: "random", distribution: "uniform" }, [], "float32", [1001], {
        rtol: 0,
        atol: 0,
        scalars,
      })
      await check({ kind: "random", distribution: "normal" }, [], "float32", [1001], {
        rtol: 2e-6,
        atol: 1e-6,
        scalars,
      })
    }
  })
})
