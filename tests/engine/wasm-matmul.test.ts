/** @file Matrix multiplication in WebAssembly against plain loops, over shapes, views and batches of every kind. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Module } from "../../engine/backend/wasm/assembler.ts"
import { emitMatmul, scratchBytes } from "../../engine/backend/wasm/matmul.ts"
import { matmulRuntime } from "../../engine/backend/wasm/matmul-runtime.ts"
import { allocate, type DType, type TypedArray } from "../../engine/core/dtype.ts"
import { sizeOf } from "../../engine/core/shape.ts"
import { flipView, permuteView, rowMajor, sliceView, type View } from "../../engine/core/view.ts"
import type { Matmul } from "../../engine/fuse/plan.ts"

const GUARD = 64
const runtimes = [true, false].map((relaxed) => new WebAssembly.Module(matmulRuntime({ relaxed })))

/** Numbers that are exact in every dtype, so that sums have no rounding whatever their order. */
const whole = (i: number) => ((i * 7919) % 17) - 8
const fraction = (i: number) => Math.fround(Math.sin(i * 12.9898) * 2)

function fill(dtype: DType, length: number, number: (i: number) => number, from: number): TypedArray {
  const values = allocate(dtype, length)
  for (let i = 0; i < length; i++) values[i] = number(from + i)
  return values
}

/** How many elements of an array a view needs. */
const extent = ({ shape, strides, offset }: View) =>
  shape.reduce((last, n, d) => last + Math.max(0, (n - 1) * strides[d]), offset) + 1

/** The definition: a double loop over the result, a plain sum in double over the depth. */
function expected({ batch, m, k, n, a, b }: Matmul, x: TypedArray, y: TypedArray): number[] {
  const out: number[] = []
  const rank = batch.length
  const [aRow, aColumn] = a.view.strides.slice(rank)
  const [bRow, bColumn] = b.view.strides.slice(rank)
  for (let t = 0; t < sizeOf(batch); t++) {
    const index = batch.map((_, d) => Math.floor(t / sizeOf(batch.slice(d + 1))) % batch[d])
    const begin = ({ strides, offset }: View) => index.reduce((at, i, d) => at + i * strides[d], offset)
    const [fromA, fromB] = [begin(a.view), begin(b.view)]
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        let sum = 0
        for (let p = 0; p < k; p++)
          sum += x[fromA + i * aRow + p * aColumn] * y[fromB + p * bRow + j * bColumn]
        out.push(sum)
      }
  }
  return out
}

/** Runs a matmul alone in a memory; the bytes around the result and the operands must stay as they were. */
function run(matmul: Matmul, x: TypedArray, y: TypedArray, relaxed: boolean): TypedArray {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const runtime = new WebAssembly.Instance(runtimes[relaxed ? 0 : 1], { env: { memory } })
  const module = new Module({ relaxed })
  module.memory()
  const f = module.function("run", ["i32", "i32", "i32", "i32"], [], { export: true })
  const kernel = emitMatmul(module, matmul)
  f.emit(kernel.call(...f.params))

  const size = sizeOf(matmul.batch) * matmul.m * matmul.n
  const result = allocate(matmul.dtype, size)
  let end = 64
  const place = (bytes: number) => {
    const address = end
    end = Math.ceil((end + bytes + GUARD) / 64) * 64
    return address
  }
  const [out, scratch, first] = [
    result.byteLength,
    scratchBytes(matmul),
    Math.max(x.byteLength, y.byteLength),
  ].map(place)
  memory.grow(Math.ceil((end + Math.max(x.byteLength, y.byteLength) + GUARD) / 65536))
  // One of the operands ends 64 bytes before the memory does: reading farther would trap.
  const last = (values: TypedArray) => memory.buffer.byteLength - GUARD - values.byteLength
  const [a, b] = size % 2 === 0 ? [last(x), first] : [first, last(y)]
  const bytes = new Uint8Array(memory.buffer)
  bytes.fill(0xff)
  bytes.set(new Uint8Array(x.buffer), a)
  bytes.set(new Uint8Array(y.buffer), b)
  const before = bytes.slice()
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), {
    env: { memory },
    matmul: runtime.exports,
  })
  const program = instance.exports.run as (...addresses: number[]) => void
  program(a, b, out, scratch)
  new Uint8Array(result.buffer).set(bytes.subarray(out, out + result.byteLength))
  before.fill(0, out, out + result.byteLength)
  bytes.fill(0, out, out + result.byteLength)
  before.fill(0, scratch, scratch + scratchBytes(matmul))
  bytes.fill(0, scratch, scratch + scratchBytes(matmul))
  expect(Buffer.compare(before, bytes)).toBe(0)
  return result
}

/** A view of `shape` that somebody may have made: permuted, sliced out of more, flipped, repeated. */
const viewOf = (shape: readonly number[]) =>
  fc
    .record({
      order: fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
      margins: fc.array(fc.constantFrom(0, 0, 0, 1, 5), { minLength: shape.length, maxLength: shape.length }),
      flips: fc.subarray([...shape.keys()], { maxLength: 1 }),
      repeats: fc.oneof({ weight: 5, arbitrary: fc.constant<number[]>([]) }, fc.subarray([...shape.keys()])),
    })
    .map(({ order, margins, flips, repeats }): View => {
      const large = order.map((d) => (repeats.includes(d) ? 1 : shape[d] + 2 * margins[d]))
      const back = order.map((_, d) => order.indexOf(d))
      const begins = shape.map((_, d) => (repeats.includes(d) ? 0 : margins[d]))
      const view = flipView(
        sliceView(permuteView(rowMajor(large), back), begins, shape),
        flips.filter((d) => !repeats.includes(d)),
      )
      return { ...view, strides: view.strides.map((stride, d) => (repeats.includes(d) ? 0 : stride)) }
    })

const plain = (shape: readonly number[], transposed = false): View => {
  if (!transposed) return rowMajor(shape)
  const last = shape.length - 1
  const swap = shape.map((_, d) => (d < last - 1 ? d : 2 * last - 1 - d))
  return permuteView(rowMajor(swap.map((d) => shape[d])), swap)
}

function matmulOf(
  dtype: DType,
  batch: number[],
  m: number,
  k: number,
  n: number,
  a?: View,
  b?: View,
): Matmul {
  return {
    kind: "matmul",
    batch,
    m,
    k,
    n,
    a: { array: 0, view: a ?? plain([...batch, m, k]) },
    b: { array: 1, view: b ?? plain([...batch, k, n]) },
    array: 2,
    dtype,
  }
}

/** Expects the result to be right to the last bit: whole numbers have no rounding, float64 has the order of a plain loop. */
function check(matmul: Matmul, relaxed: boolean): void {
  const number = matmul.dtype === "float64" ? fraction : whole
  const x = fill(matmul.dtype, extent(matmul.a.view), number, 0)
  const y = fill(matmul.dtype, extent(matmul.b.view), number, 1000)
  const got = run(matmul, x, y, relaxed)
  const want = expected(matmul, x, y)
  const wrong = want.findIndex((value, i) => value !== got[i])
  if (wrong >= 0) expect.fail(`element ${wrong} is ${got[wrong]} instead of ${want[wrong]}`)
}

const size = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 9 }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 1, arbitrary: fc.constant(0) },
)

const anyMatmul = (dtype: DType, dimension = size) =>
  fc
    .tuple(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }), dimension, dimension, dimension)
    .chain(([batch, m, k, n]) =>
      fc
        .tuple(viewOf([...batch, m, k]), viewOf([...batch, k, n]))
        .map(([a, b]) => matmulOf(dtype, batch, m, k, n, a, b)),
    )

for (const relaxed of [true, false]) {
  describe(relaxed ? "with relaxed multiply-add" : "without relaxed multiply-add", () => {
    for (const dtype of ["float32", "float64", "int32"] as const)
      it(`multiplies ${dtype} matrices through any views, and stores nothing beside the result`, () => {
        fc.assert(
          fc.property(anyMatmul(dtype), (matmul) => check(matmul, relaxed)),
          { numRuns: 300 },
        )
      })

    it("multiplies larger matrices through any views", () => {
      const large = fc.integer({ min: 17, max: 100 })
      fc.assert(
        fc.property(anyMatmul("float32", large), (matmul) => check(matmul, relaxed)),
        { numRuns: 40 },
      )
    })

    it("multiplies the matrices of small networks, in all transposes", () => {
      for (const [m, k, n] of [
        [4, 2, 4],
        [4, 4, 1],
        [32, 2, 16],
        [32, 16, 16],
        [32, 16, 3],
        [16, 32, 3],
        [64, 128, 10],
        [64, 10, 128],
        [1, 784, 128],
        [64, 784, 1],
        [1, 1, 1],
        [64, 64, 64],
      ])
        for (const a of [false, true])
          for (const b of [false, true])
            check(matmulOf("float32", [], m, k, n, plain([m, k], a), plain([k, n], b)), relaxed)
    })

    it("rounds float32 sums by no more than a plain float32 loop may", () => {
      for (const [m, k, n] of [
        [7, 1000, 9],
        [70, 2000, 30],
        [1, 1000, 1],
      ]) {
        const matmul = matmulOf("float32", [], m, k, n)
        const x = fill("float32", m * k, fraction, 0)
        const y = fill("float32", k * n, fraction, 1000)
        const got = run(matmul, x, y, relaxed)
        const want = expected(matmul, x, y)
        const size = expected(matmul, x.map(Math.abs), y.map(Math.abs))
        want.forEach((value, i) => {
          expect(Math.abs(got[i] - value)).toBeLessThanOrEqual(k * 2 ** -24 * size[i])
        })
      }
    })

    it("multiplies large matrices, in all transposes", () => {
      for (const [m, k, n] of [
        [130, 300, 97],
        [121, 513, 64],
        [61, 784, 130],
        [784, 64, 128],
        [50, 256, 1040],
      ])
        for (const a of [false, true])
          for (const b of [false, true])
            check(matmulOf("float32", [], m, k, n, plain([m, k], a), plain([k, n], b)), relaxed)
    })
  })
}

it("gives zeros where the depth is 0", () => {
  for (const dtype of ["float32", "float64", "int32"] as const) {
    const matmul = matmulOf(dtype, [2], 3, 0, 5)
    expect([...run(matmul, allocate(dtype, 1), allocate(dtype, 1), true)]).toEqual(new Array(30).fill(0))
  }
})

it("lets NaN and infinity through only where they belong", () => {
  const x = fill("float32", 16 * 32, fraction, 0)
  const y = fill("float32", 32 * 3, fraction, 1000)
  x[5 * 32 + 1] = Number.NaN
  y[4 * 3 + 2] = Number.POSITIVE_INFINITY
  const out = run(matmulOf("float32", [], 16, 32, 3), x, y, true)
  for (let i = 0; i < 16; i++)
    for (let j = 0; j < 3; j++) {
      expect(Number.isNaN(out[i * 3 + j])).toBe(i === 5)
      expect(Number.isFinite(out[i * 3 + j])).toBe(i !== 5 && j !== 2)
    }
})
