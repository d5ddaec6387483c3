/** @file Every kind of kernel on WebGPU, against the interpreter: shapes, views, dtypes, NaN and ties. */
import { beforeAll, describe, expect, test } from "vitest"
import type { Graph, Node, Read } from "../../engine/backend/graph.ts"
import { arrayInfo } from "../../engine/backend/graph.ts"
import { reference } from "../../engine/backend/reference/backend.ts"
import type { WebGPUBackend } from "../../engine/backend/webgpu/backend.ts"
import { allocate, type DType, type TypedArray } from "../../engine/core/dtype.ts"
import { Generator } from "../../engine/core/random.ts"
import { sizeOf } from "../../engine/core/shape.ts"
import { flipView, permuteView, rowMajor, sliceView, type View } from "../../engine/core/view.ts"
import { input, s } from "../../engine/kernel/expr.ts"
import type { Kernel, Reduction } from "../../engine/kernel/kernel.ts"
import { expectClose } from "./close.ts"
import { openWebGPU } from "./gpu.ts"

let gpu: WebGPUBackend
beforeAll(async () => {
  gpu = await openWebGPU()
})

const g = new Generator(3)
const numbers = (size: number, dtype: DType = "float32", low = -2, high = 2) => {
  const out = allocate(dtype, size)
  for (let i = 0; i < size; i++)
    out[i] =
      dtype === "bool" ? +(g.uniform() < 0.5) : dtype === "int32" ? g.integer(-9, 10) : g.uniform(low, high)
  return out
}

interface Given {
  values: TypedArray
  dtype: DType
  view: View
}

const float = (values: TypedArray, view: View = rowMajor([values.length])): Given => ({
  values,
  dtype: "float32",
  view,
})
const int = (values: TypedArray, view: View = rowMajor([values.length])): Given => ({
  values,
  dtype: "int32",
  view,
})

/** Runs one kernel on both and compares. */
async function check(
  kernel: Kernel,
  given: Given[],
  dtype: DType,
  shape: readonly number[],
  { rtol = 1e-6, atol = 1e-6, scalars = [] as number[] } = {},
): Promise<TypedArray> {
  const reads: Read[] = given.map(({ view }, array) => ({ array, view }))
  scalars.forEach((_, i) => {
    reads.push({ array: given.length + i, view: rowMajor([]) })
  })
  const graph: Graph = {
    inputs: given.map(({ dtype, values }) => ({ dtype, size: values.length })),
    scalars: scalars.map(() => "int32"),
    nodes: [{ kernel, reads, dtype, shape }],
    outputs: [given.length + scalars.length],
    donors: [-1],
  }
  return compare(
    graph,
    given.map(({ values }) => values),
    scalars,
    rtol,
    atol,
  )
}

async function compare(graph: Graph, inputs: TypedArray[], scalars: number[], rtol: number, atol: number) {
  const upload = (backend: typeof reference | WebGPUBackend) =>
    inputs.map((values, i) => backend.upload(values.slice(), graph.inputs[i].dtype))
  const want = reference
    .compile(graph)
    .run(upload(reference), scalars)
    .map((b) => reference.download(b))
  const outputs = gpu.compile(graph).run(upload(gpu), scalars)
  const got = await Promise.all(outputs.map((output) => gpu.downloadAsync(output)))
  got.forEach((values, o) => {
    expect(values.constructor).toBe(want[o].constructor)
    expect(values.length).toBe(arrayInfo(graph, graph.outputs[o]).size)
    expectClose(values, want[o], rtol, atol)
  })
  return got[0]
}

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

describe("reductions", () => {
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

  test("nothing sums to 0 and multiplies to 1", async () => {
    for (const op of ["sum", "prod"] as const)
      await check({ kind: "reduce", op, length: 0 }, [float(numbers(0), rowMajor([3, 0]))], "float32", [3])
  })
})

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
