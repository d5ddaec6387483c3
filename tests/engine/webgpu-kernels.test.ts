/** @file Loops and reductions on WebGPU, against the interpreter: shapes, views, dtypes, NaN and ties. */
import { describe, expect, test } from "vitest"
import type { Graph, Node } from "../../engine/backend/graph.ts"
import type { DType } from "../../engine/core/dtype.ts"
import { sizeOf } from "../../engine/core/shape.ts"
import { flipView, permuteView, rowMajor, sliceView } from "../../engine/core/view.ts"
import { input, s } from "../../engine/kernel/expr.ts"
import type { Kernel, Reduction } from "../../engine/kernel/kernel.ts"
import { check, compare, float, int, numbers } from "./webgpu-check.ts"

describe("element by element", () => {
  test("reads arrays through transposed, sliced, flipped and broadcast views", async () => {
    const shape = [3, 4, 5]
    const base = rowMajor(shape)
    const views = [
      base,
      permuteView(rowMajor([5, 4, 3]), [2, 1, 0]),
      sliceView(rowMajor([6, 7, 8]), [1, 2, 3], shape),
      flipView(base, [0, 2]),
      { shape, strides: [0, 1, 0], offset: 2 },
    ]
    for (const view of views)
      await check(
        { kind: "map", expr: s.add(s.mul(input(0), 2), input(1)) },
        [float(numbers(400), view), float(numbers(60), base)],
        "float32",
        shape,
      )
  })

  test("computes with whole numbers and truth values", async () => {
    const x = numbers(100, "int32")
    const y = numbers(100, "int32")
    for (const op of ["add", "sub", "mul", "max", "min"] as const)
      await check({ kind: "map", expr: s[op](input(0), input(1)) }, [int(x), int(y)], "int32", [100])
    for (const op of ["neg", "abs", "sign"] as const)
      await check({ kind: "map", expr: s[op](input(0)) }, [int(x)], "int32", [100])
    for (const op of ["eq", "ne", "lt", "le", "gt", "ge"] as const)
      await check({ kind: "map", expr: s[op](input(0), input(1)) }, [int(x), int(y)], "bool", [100])
    const b = { values: numbers(100, "bool"), dtype: "bool", view: rowMajor([100]) } as const
    await check({ kind: "map", expr: s.select(input(0), input(1), 7) }, [b, int(x)], "int32", [100])
    await check({ kind: "map", expr: s.mul(input(0), input(1)) }, [b, float(numbers(100))], "float32", [100])
  })

  test("a grid of more than one row of workgroups covers every element", async () => {
    const size = 32768 * 256 + 777
    const ones = new Float32Array(1).fill(3)
    const got = await check(
      { kind: "map", expr: s.add(input(0), 1) },
      [float(ones, { shape: [size], strides: [0], offset: 0 })],
      "float32",
      [size],
    )
    expect(got[size - 1]).toBe(4)
  })

  test("a loop over more arrays than a shader may bind is split", async () => {
    const count = 20
    const given = Array.from({ length: count }, () => float(numbers(70)))
    const sum = given.slice(1).reduce((expr, _, i) => s.add(expr, s.mul(input(i + 1), i)), input(0))
    await check({ kind: "map", expr: sum }, given, "float32", [70], { atol: 1e-4 })
    const nodes: Node[] = given.map((_, i) => ({
      kernel: { kind: "map", expr: s.add(input(0), input(1)) },
      reads: [i, (i + 1) % count].map((array) => ({ array, view: rowMajor([70]) })),
      dtype: "float32",
      shape: [70],
    }))
    const graph: Graph = {
      inputs: given.map(() => ({ dtype: "float32", size: 70 })),
      scalars: [],
      nodes,
      outputs: nodes.map((_, i) => count + i),
      donors: nodes.map((_, i) => i),
    }
    await compare(
      graph,
      given.map(({ values }) => values),
      [],
      1e-6,
      1e-6,
    )
  })
})

describe("reductions", { timeout: 90_000 }, () => {
  const all: Reduction[] = ["sum", "prod", "max", "min", "argmax", "argmin"]
  const resultOf = (op: Reduction): DType => (op.startsWith("arg") ? "int32" : "float32")

  test.each(all)("%s of rows, columns and everything, of any length", async (op) => {
    for (const [rows, length] of [
      [1, 1],
      [3, 7],
      [40, 100],
      [2, 129],
      [5, 1000],
      [1, 40_000],
      [3, 17_000],
    ]) {
      const values = numbers(rows * length, "float32", 0.98, 1.02)
      const kernel: Kernel = { kind: "reduce", op, length }
      const tolerance = { rtol: 1e-5, atol: 1e-6 }
      await check(kernel, [float(values, rowMajor([rows, length]))], resultOf(op), [rows], tolerance)
      const columns = permuteView(rowMajor([length, rows]), [1, 0])
      await check(kernel, [float(values, columns)], resultOf(op), [rows], tolerance)
    }
  })

  test.each(all)("%s of whole numbers", async (op) => {
    for (const length of [5, 300])
      await check(
        { kind: "reduce", op, length },
        [int(numbers(4 * length, "int32"), rowMajor([4, length]))],
        "int32",
        [4],
      )
  })

  test("NaN wins, and of equals the first, in short rows and long ones", async () => {
    for (const length of [9, 700, 33_000])
      for (const op of ["max", "min", "argmax", "argmin"] as const) {
        const values = new Float32Array(2 * length).fill(1)
        values[length - 3] = Number.NaN
        values[length - 2] = Number.NaN
        for (const at of [3, 4, length - 1]) values[length + at] = op.endsWith("max") ? 5 : -5
        await check({ kind: "reduce", op, length }, [float(values, rowMajor([2, length]))], resultOf(op), [2])
        const infinite = new Float32Array(length).fill(op.endsWith("max") ? -Infinity : Infinity)
        await check(
          { kind: "reduce", op, length },
          [float(infinite, rowMajor([1, length]))],
          resultOf(op),
          [1],
        )
      }
  })

  test("of everything, through views that begin in the middle", async () => {
    const base = rowMajor([6, 7])
    for (const view of [sliceView(base, [2, 3], [3, 4]), flipView(base, [0]), flipView(base, [0, 1])])
      for (const op of all) {
        const length = sizeOf(view.shape)
        await check({ kind: "reduce", op, length }, [float(numbers(42), view)], resultOf(op), [], {
          rtol: 1e-5,
        })
      }
  })

  test("nothing sums to 0 and multiplies to 1", async () => {
    for (const op of ["sum", "prod"] as const)
      await check({ kind: "reduce", op, length: 0 }, [float(numbers(0), rowMajor([3, 0]))], "float32", [3])
  })
})
