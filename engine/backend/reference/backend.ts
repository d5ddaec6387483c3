/**
 * @file The reference backend: plain loops over plain arrays, one function per kind of kernel. It is the
 * specification that every other backend is tested against. Knows neither ops nor tensors.
 */
import { allocate, type DType, dtypes, type TypedArray } from "../../core/dtype.ts"
import { normalOf, uniformOf, words } from "../../core/random.ts"
import { rowMajor } from "../../core/view.ts"
import type { Kernel, Reduction } from "../../kernel/kernel.ts"
import type { Backend, KernelTime, Program } from "../backend.ts"
import { arrayInfo, type Graph, type Node } from "../graph.ts"
import { map, type Operand, pack } from "./map.ts"

type Of<Kind extends Kernel["kind"]> = Extract<Kernel, { kind: Kind }>

/** How elements of this array are multiplied: whole numbers wrap around, where doubles would lose the last digits. */
function timesOf(x: TypedArray): (a: number, b: number) => number {
  return x instanceof Int32Array || x instanceof Uint8Array ? Math.imul : (a, b) => a * b
}

/** Folds x[from … to − 1] into one number; sums run in double. Ties go to the first, NaN wins. */
const folds: Record<Reduction, (x: TypedArray, from: number, to: number) => number> = {
  sum: (x, from, to) => {
    let sum = 0
    for (let i = from; i < to; i++) sum += x[i]
    return sum
  },
  prod: (x, from, to) => {
    const times = timesOf(x)
    let product = 1
    for (let i = from; i < to; i++) product = times(product, x[i])
    return product
  },
  max: (x, from, to) => x[folds.argmax(x, from, to) + from],
  min: (x, from, to) => x[folds.argmin(x, from, to) + from],
  argmax: (x, from, to) => {
    let best = from
    for (let i = from; i < to; i++) {
      if (Number.isNaN(x[i])) return i - from
      if (x[i] > x[best]) best = i
    }
    return best - from
  },
  argmin: (x, from, to) => {
    let best = from
    for (let i = from; i < to; i++) {
      if (Number.isNaN(x[i])) return i - from
      if (x[i] < x[best]) best = i
    }
    return best - from
  },
}

function reduce({ op, length }: Of<"reduce">, [x]: TypedArray[], out: TypedArray): void {
  const fold = folds[op]
  for (let o = 0; o < out.length; o++) out[o] = fold(x, o * length, (o + 1) * length)
}

function cumsum({ length }: Of<"cumsum">, [x]: TypedArray[], out: TypedArray): void {
  let sum = 0
  for (let i = 0; i < out.length; i++) {
    sum = i % length === 0 ? x[i] : sum + x[i]
    out[i] = sum
  }
}

/** Row by row, in double: row i of the result is the sum of the rows of b, weighted by row i of a. */
function matmul({ m, k, n }: Of<"matmul">, [a, b]: TypedArray[], out: TypedArray): void {
  const times = timesOf(out)
  const row = new Float64Array(n)
  const rows = n === 0 ? 0 : out.length / n
  for (let r = 0; r < rows; r++) {
    const batch = Math.floor(r / m) * k * n
    row.fill(0)
    for (let p = 0; p < k; p++) {
      const weight = a[r * k + p]
      const from = batch + p * n
      for (let j = 0; j < n; j++) row[j] += times(weight, b[from + j])
    }
    out.set(row, r * n)
  }
}

function gather({ size, length, inner }: Of<"gather">, [x, index]: TypedArray[], out: TypedArray): void {
  for (let t = 0; t < out.length; t++) {
    const outer = Math.floor(t / (length * inner))
    out[t] = x[(outer * size + index[t]) * inner + (t % inner)]
  }
}

function scatterAdd(
  { size, length, inner }: Of<"scatterAdd">,
  [x, index, source]: TypedArray[],
  out: TypedArray,
): void {
  const sums = Float64Array.from(x)
  for (let t = 0; t < source.length; t++) {
    const outer = Math.floor(t / (length * inner))
    sums[(outer * size + index[t]) * inner + (t % inner)] += source[t]
  }
  out.set(sums)
}

function place({ shape, begins, fill }: Of<"place">, inputs: readonly Operand[], out: TypedArray): void {
  out.fill(fill)
  const { strides } = rowMajor(shape)
  inputs.forEach((operand, p) => {
    const part = pack(operand)
    const box = operand.view.shape
    const row = box.at(-1) ?? 1
    for (let i = 0; i < part.length; i += row) {
      let to = 0
      let rest = i
      for (let d = box.length - 1; d >= 0; d--) {
        to += (begins[p][d] + (rest % box[d])) * strides[d]
        rest = Math.floor(rest / box[d])
      }
      out.set(part.subarray(i, i + row), to)
    }
  })
}

function fold({ height, width, kernel, stride }: Of<"fold">, [x]: TypedArray[], out: TypedArray): void {
  const [kh, kw] = kernel
  const rows = Math.floor((height - kh) / stride[0]) + 1
  const columns = Math.floor((width - kw) / stride[1]) + 1
  const sums = new Float64Array(out.length)
  for (let t = 0; t < x.length; t++) {
    const j = t % kw
    const i = Math.floor(t / kw) % kh
    const c = Math.floor(t / (kw * kh)) % columns
    const r = Math.floor(t / (kw * kh * columns)) % rows
    const plane = Math.floor(t / (kw * kh * columns * rows))
    sums[(plane * height + r * stride[0] + i) * width + c * stride[1] + j] += x[t]
  }
  out.set(sums)
}

function random({ distribution }: Of<"random">, scalars: TypedArray[], out: TypedArray): void {
  const normal = distribution === "normal"
  const [key0, key1, low, high] = scalars.map(([word]) => word >>> 0)
  const stream = words([key0, key1], high * 2 ** 32 + low, out.length * (normal ? 2 : 1))
  for (let i = 0; i < out.length; i++)
    out[i] = normal ? normalOf(stream[2 * i], stream[2 * i + 1]) : uniformOf(stream[i])
}

function make({ kernel, dtype }: Node, size: number, inputs: readonly Operand[]): TypedArray {
  if (kernel.kind === "map") return map(kernel.expr, inputs, dtype)
  const out = allocate(dtype, size)
  switch (kernel.kind) {
    case "place":
      place(kernel, inputs, out)
      break
    case "random":
      random(kernel, inputs.map(pack), out)
      break
    case "reduce":
      reduce(kernel, inputs.map(pack), out)
      break
    case "cumsum":
      cumsum(kernel, inputs.map(pack), out)
      break
    case "matmul":
      matmul(kernel, inputs.map(pack), out)
      break
    case "gather":
      gather(kernel, inputs.map(pack), out)
      break
    case "scatterAdd":
      scatterAdd(kernel, inputs.map(pack), out)
      break
    case "fold":
      fold(kernel, inputs.map(pack), out)
      break
  }
  return out
}

/** One element, rounded to a dtype. */
function single(value: number, dtype: DType): TypedArray {
  const array = allocate(dtype, 1)
  array[0] = value
  return array
}

function compile(graph: Graph): Program {
  const first = graph.inputs.length + graph.scalars.length
  const infos = Array.from({ length: first + graph.nodes.length }, (_, array) => arrayInfo(graph, array))
  return {
    run(inputs, scalars, times?: KernelTime[]) {
      const arrays = inputs.slice() as TypedArray[]
      graph.scalars.forEach((dtype, i) => {
        arrays.push(single(scalars[i], dtype))
      })
      for (const node of graph.nodes) {
        const start = times ? performance.now() : 0
        const operands = node.reads.map(({ array, view }) => ({
          values: arrays[array],
          dtype: infos[array].dtype,
          view,
        }))
        arrays.push(make(node, infos[arrays.length].size, operands))
        times?.push({ kernel: node.kernel.kind, ms: performance.now() - start })
      }
      return graph.outputs.map((array) => arrays[array])
    },
  }
}

export const reference: Backend = {
  name: "reference",
  description: "Plain JavaScript loops: the specification, slow and obvious.",
  dtypes,
  upload: (values) => values,
  download: (buffer) => buffer as TypedArray,
  downloadAsync: async (buffer) => buffer as TypedArray,
  copy: (buffer) => (buffer as TypedArray).slice(),
  compile,
}
