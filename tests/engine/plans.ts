/** @file Runs a plan step by step in plain JavaScript, in the very memory that it lays out: the oracle of fusion. */
import type { Graph } from "../../engine/backend/graph.ts"
import { arrayInfo } from "../../engine/backend/graph.ts"
import { reference } from "../../engine/backend/reference/backend.ts"
import type { DType, TypedArray } from "../../engine/core/dtype.ts"
import { allocate } from "../../engine/core/dtype.ts"
import { erf } from "../../engine/core/erf.ts"
import { sizeOf } from "../../engine/core/shape.ts"
import { rowMajor, type View } from "../../engine/core/view.ts"
import { fuse } from "../../engine/fuse/fuse.ts"
import type { Body, Plan } from "../../engine/fuse/plan.ts"
import type { Kernel } from "../../engine/kernel/kernel.ts"

const functions: Record<string, (...args: number[]) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  pow: Math.pow,
  max: Math.max,
  min: Math.min,
  neg: (a) => -a,
  abs: Math.abs,
  sign: Math.sign,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  erf,
  eq: (a, b) => Number(a === b),
  ne: (a, b) => Number(a !== b),
  lt: (a, b) => Number(a < b),
  le: (a, b) => Number(a <= b),
  gt: (a, b) => Number(a > b),
  ge: (a, b) => Number(a >= b),
  select: (c, a, b) => (c ? a : b),
}

function rounded(value: number, dtype: DType): number {
  const cell = allocate(dtype, 1)
  cell[0] = value
  return cell[0]
}

/** Where element number `i` of the shape of a view lies. */
function positionOf({ shape, strides, offset }: View, i: number): number {
  let at = offset
  for (let d = shape.length - 1; d >= 0; d--) {
    at += (i % shape[d]) * strides[d]
    i = Math.floor(i / shape[d])
  }
  return at
}

/** The typed arrays of a run, laid out as the plan says. Bool takes a whole number here. */
export function arraysOf(plan: Plan, inputs: readonly TypedArray[], scalars: readonly number[]) {
  const work = new ArrayBuffer(plan.workBytes)
  const make = (dtype: DType, size: number, buffer?: ArrayBuffer, offset = 0): TypedArray => {
    if (dtype === "float64") return buffer ? new Float64Array(buffer, offset, size) : new Float64Array(size)
    if (dtype === "float32") return buffer ? new Float32Array(buffer, offset, size) : new Float32Array(size)
    return buffer ? new Int32Array(buffer, offset, size) : new Int32Array(size)
  }
  const outputs = plan.graph.outputs.map((array, index) => {
    const { dtype, size } = arrayInfo(plan.graph, array)
    return plan.inPlace[index] >= 0 ? inputs[plan.inPlace[index]] : make(dtype, size)
  })
  const arrays = plan.homes.map((home, array): TypedArray => {
    const { dtype, size } = arrayInfo(plan.graph, array)
    if (home.kind === "input") return inputs[home.index]
    if (home.kind === "scalar") return make(dtype, 1).fill(scalars[home.index])
    if (home.kind === "output") return outputs[home.index].subarray(home.shift, home.shift + size)
    if (home.kind === "none") return make(dtype, 0)
    return make(dtype, size, work, home.offset + home.shift * (dtype === "float64" ? 8 : 4))
  })
  return { arrays, outputs }
}

function valuesAt(body: Body, arrays: readonly TypedArray[], i: number): number[] {
  const values: number[] = []
  for (const step of body) {
    if (step.op === "read") values.push(arrays[step.read.array][positionOf(step.read.view, i)])
    else if (step.op === "const") values.push(step.value)
    else if (step.op === "convert") values.push(rounded(values[step.args[0]], step.dtype))
    else values.push(functions[step.op](...step.args.map((a) => values[a])))
  }
  return values
}

/** A node that stands alone, run by the interpreter. */
function alone(
  kernel: Kernel,
  reads: { values: TypedArray; view: View }[],
  dtype: DType,
  shape: readonly number[],
) {
  const graph: Graph = {
    inputs: reads.map(({ values }) => ({
      dtype: values instanceof Int32Array ? "int32" : dtype,
      size: values.length,
    })),
    scalars: [],
    nodes: [{ kernel, reads: reads.map(({ view }, array) => ({ array, view })), dtype, shape }],
    outputs: [reads.length],
    donors: [-1],
  }
  return reference.compile(graph).run(
    reads.map(({ values }) => values),
    [],
  )[0] as TypedArray
}

/** The outputs of a graph, by way of its plan. */
export function runPlan(
  graph: Graph,
  inputs: readonly TypedArray[],
  scalars: readonly number[],
): TypedArray[] {
  const plan = fuse(graph)
  const { arrays, outputs } = arraysOf(plan, inputs, scalars)
  for (const kernel of plan.kernels) {
    if (kernel.kind === "loop") {
      for (let i = 0; i < sizeOf(kernel.shape); i++) {
        const values = valuesAt(kernel.body, arrays, i)
        for (const { array, value } of kernel.stores) arrays[array][i] = values[value]
      }
    } else if (kernel.kind === "reduce") {
      const length = sizeOf(kernel.reduced)
      const count = sizeOf(kernel.kept)
      const all = Float64Array.from(
        { length: length * count },
        (_, i) => valuesAt(kernel.body, arrays, i)[kernel.value],
      )
      const view = rowMajor([count, length])
      const reduced = alone({ kind: "reduce", op: kernel.op, length }, [{ values: all, view }], "float64", [
        count,
      ])
      arrays[kernel.array].set(reduced)
    } else if (kernel.kind === "matmul") {
      const { m, k, n, batch, a, b } = kernel
      const reads = [a, b].map(({ array, view }) => ({ values: arrays[array], view }))
      arrays[kernel.array].set(alone({ kind: "matmul", m, k, n }, reads, kernel.dtype, [...batch, m, n]))
    } else {
      const reads = kernel.reads.map(({ array, view }) => ({ values: arrays[array], view }))
      arrays[kernel.array].set(alone(kernel.kernel, reads, kernel.dtype, kernel.shape))
    }
  }
  return outputs
}
