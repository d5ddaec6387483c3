/** @file Products of matrices on WebGPU, against the interpreter: sizes, batches, and ways that operands lie. */
import { describe, test } from "vitest"
import type { Graph, Node } from "../../engine/backend/graph.ts"
import { flipView, permuteView, rowMajor, sliceView, type View } from "../../engine/core/view.ts"
import { check, compare, float, int, numbers } from "./webgpu-check.ts"

describe("products of matrices", { timeout: 90_000 }, () => {
  const shapes = [
    [1, 1, 1],
    [1, 300, 1],
    [5, 3, 4],
    [2, 500, 3],
    [40, 9, 30],
    [65, 70, 130],
    [128, 96, 64],
  ]
  /** A matrix as it may lie: by rows, by columns, inside a larger one, or upside down. */
  const layouts: ((m: number, n: number) => View)[] = [
    (m, n) => rowMajor([m, n]),
    (m, n) => permuteView(rowMajor([n, m]), [1, 0]),
    (m, n) => sliceView(rowMajor([m + 3, n + 5]), [1, 2], [m, n]),
    (m, n) => flipView(rowMajor([m, n]), [0, 1]),
  ]
  test.each(shapes)("%d×%d · ×%d, however the operands lie", async (m, k, n) => {
    const a = numbers((m + 3) * (k + 5))
    const b = numbers((k + 3) * (n + 5))
    // Tiles take the software renderer a second each to compile, so they are not tried in all sixteen ways: in four
    // where numbers can be loaded by fours, and in four, at two sizes, where they cannot.
    const ways = layouts.map((a, i) => [a, layouts[(i + 1) % 4]])
    const pairs =
      m * n < 1024
        ? layouts.flatMap((a) => layouts.map((b) => [a, b]))
        : m % 4 === 0 && n % 4 === 0
          ? ways
          : m < 64
            ? ways.slice(0, 2)
            : ways.slice(2)
    for (const [left, right] of pairs)
      await check(
        { kind: "matmul", m, k, n },
        [float(a, left(m, k)), float(b, right(k, n))],
        "float32",
        [m, n],
        { rtol: 1e-5, atol: 1e-5 * Math.sqrt(k) },
      )
  })

  test("of batches, repeated or not", async () => {
    for (const [m, k, n] of [
      [4, 5, 6],
      [33, 20, 36],
    ]) {
      const b = rowMajor([2, 3, k, n])
      await check(
        { kind: "matmul", m, k, n },
        [
          float(numbers(3 * m * k), { shape: [2, 3, m, k], strides: [0, m * k, k, 1], offset: 0 }),
          float(numbers(6 * k * n), b),
        ],
        "float32",
        [2, 3, m, n],
        { rtol: 1e-5, atol: 1e-5 },
      )
    }
  })

  test("of a matrix with itself, transposed, and of whole numbers", async () => {
    const x = numbers(64 * 40)
    const node = (array: number): Node => ({
      kernel: { kind: "matmul", m: 64, k: 40, n: 64 },
      reads: [
        { array, view: rowMajor([64, 40]) },
        { array, view: permuteView(rowMajor([64, 40]), [1, 0]) },
      ],
      dtype: "float32",
      shape: [64, 64],
    })
    const graph: Graph = {
      inputs: [{ dtype: "float32", size: x.length }],
      scalars: [],
      nodes: [node(0)],
      outputs: [1],
      donors: [-1],
    }
    await compare(graph, [x], [], 1e-5, 1e-5)
    await check(
      { kind: "matmul", m: 40, k: 36, n: 44 },
      [
        int(numbers(40 * 36, "int32"), rowMajor([40, 36])),
        int(numbers(36 * 44, "int32"), rowMajor([36, 44])),
      ],
      "int32",
      [40, 44],
    )
  })

  test("a large one", async () => {
    const n = 384
    const view = rowMajor([n, n])
    await check(
      { kind: "matmul", m: n, k: n, n },
      [float(numbers(n * n), view), float(numbers(n * n), view)],
      "float32",
      [n, n],
      { rtol: 1e-5, atol: 1e-4 },
    )
  })
})
