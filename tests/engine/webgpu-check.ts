/** @file Runs a kernel on WebGPU and in the interpreter, and compares. */
import { expect } from "vitest"
import { arrayInfo, type Graph, type Read } from "../../engine/backend/graph.ts"
import { reference } from "../../engine/backend/reference/backend.ts"
import type { WebGPUBackend } from "../../engine/backend/webgpu/backend.ts"
import { allocate, type DType, type TypedArray } from "../../engine/core/dtype.ts"
import { Generator } from "../../engine/core/random.ts"
import { rowMajor, type View } from "../../engine/core/view.ts"
import type { Kernel } from "../../engine/kernel/kernel.ts"
import { expectClose } from "./close.ts"
import { openWebGPU } from "./gpu.ts"

const gpu = await openWebGPU()

export const g = new Generator(3)
export const numbers = (size: number, dtype: DType = "float32", low = -2, high = 2) => {
  const out = allocate(dtype, size)
  for (let i = 0; i < size; i++)
    out[i] =
      dtype === "bool" ? +(g.uniform() < 0.5) : dtype === "int32" ? g.integer(-9, 10) : g.uniform(low, high)
  return out
}

export interface Given {
  values: TypedArray
  dtype: DType
  view: View
}

export const float = (values: TypedArray, view: View = rowMajor([values.length])): Given => ({
  values,
  dtype: "float32",
  view,
})
export const int = (values: TypedArray, view: View = rowMajor([values.length])): Given => ({
  values,
  dtype: "int32",
  view,
})

/** Runs one kernel on both and compares. */
export async function check(
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

export async function compare(
  graph: Graph,
  inputs: TypedArray[],
  scalars: number[],
  rtol: number,
  atol: number,
) {
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
