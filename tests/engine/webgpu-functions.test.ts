/** @file The scalar functions on WebGPU over the range of float32, against Math: errors are bounded, ∞ and NaN flow. */
import { beforeAll, expect, test } from "vitest"
import type { Graph } from "../../engine/backend/graph.ts"
import type { WebGPUBackend } from "../../engine/backend/webgpu/backend.ts"
import { erf } from "../../engine/core/erf.ts"
import { Generator } from "../../engine/core/random.ts"
import { rowMajor } from "../../engine/core/view.ts"
import { input, s } from "../../engine/kernel/expr.ts"
import { openWebGPU } from "./gpu.ts"

let gpu: WebGPUBackend
beforeAll(async () => {
  gpu = await openWebGPU()
})

type Unary =
  | "exp"
  | "expm1"
  | "log"
  | "log1p"
  | "sqrt"
  | "sin"
  | "cos"
  | "tanh"
  | "erf"
  | "sign"
  | "abs"
  | "neg"
type Binary = "add" | "sub" | "mul" | "div" | "pow" | "max" | "min" | "eq" | "ne" | "lt" | "le" | "gt" | "ge"

async function onGpu(op: Unary | Binary, inputs: Float32Array[]): Promise<ArrayLike<number>> {
  const size = inputs[0].length
  const expr = inputs.length === 1 ? s[op as Unary](input(0)) : s[op as Binary](input(0), input(1))
  const compares = ["eq", "ne", "lt", "le", "gt", "ge"].includes(op)
  const graph: Graph = {
    inputs: inputs.map(() => ({ dtype: "float32", size })),
    scalars: [],
    nodes: [
      {
        kernel: { kind: "map", expr },
        reads: inputs.map((_, array) => ({ array, view: rowMajor([size]) })),
        dtype: compares ? "bool" : "float32",
        shape: [size],
      },
    ],
    outputs: [inputs.length],
    donors: [-1],
  }
  const outputs = gpu.compile(graph).run(
    inputs.map((x) => gpu.upload(x, "float32")),
    [],
  )
  return gpu.downloadAsync(outputs[0])
}

const g = new Generator(11)
/** Numbers of both signs, spread evenly over their exponents. */
const spread = (low: number, high: number, count = 4000) =>
  Float32Array.from({ length: count }, () => (g.uniform() < 0.5 ? -1 : 1) * 2 ** g.uniform(low, high))
const even = (low: number, high: number, count = 4000) =>
  Float32Array.from({ length: count }, () => g.uniform(low, high))

const exact: Record<Unary, (x: number) => number> = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  erf,
  sign: Math.sign,
  abs: Math.abs,
  neg: (x) => -x,
}

/** The largest error, where the result is a normal float32: relative, or of `scale`. NaN and ∞ must be met. */
function worst(
  got: ArrayLike<number>,
  want: (i: number) => number,
  name: (i: number) => string,
  scale?: number,
) {
  let error = 0
  for (let i = 0; i < got.length; i++) {
    const exactly = want(i)
    const rounded = Math.fround(exactly)
    if (!Number.isFinite(rounded)) {
      if (!Object.is(got[i], rounded)) expect.fail(`${name(i)}: got ${got[i]}, want ${rounded}`)
    } else if (Math.abs(rounded) < 2 ** -126 && scale === undefined) {
      if (Math.abs(got[i]) > 2 ** -125) expect.fail(`${name(i)}: got ${got[i]}, want ${rounded}`)
    } else {
      const off = Math.abs(got[i] - exactly) / (scale ?? Math.abs(exactly))
      if (!(off <= error)) error = off
    }
  }
  return error
}

const tiny = spread(-100, -1, 1000)
const cases: [Unary, Float32Array[], number, number?][] = [
  ["exp", [even(-87, 88.5), even(-1, 1), tiny], 4e-7],
  ["expm1", [even(-30, 88.5), even(-1, 1), tiny], 4e-7],
  ["log", [spread(-125, 127).map(Math.abs), even(0.5, 2), even(0.99, 1.01)], 4e-7],
  ["log1p", [even(-0.99, 10), tiny, spread(0, 127).map(Math.abs)], 4e-7],
  ["sqrt", [spread(-125, 127).map(Math.abs)], 4e-7],
  ["tanh", [even(-12, 12), tiny, spread(0, 127)], 4e-7],
  ["erf", [even(-6, 6), tiny, spread(0, 127)], 4e-7],
  ["sin", [even(-10, 10), even(-1e4, 1e4), even(-1e6, 1e6), spread(0, 127)], 3e-7, 1],
  ["cos", [even(-10, 10), even(-1e4, 1e4), even(-1e6, 1e6), spread(0, 127)], 3e-7, 1],
  ["sign", [spread(-100, 100)], 0],
  ["abs", [spread(-100, 100)], 0],
  ["neg", [spread(-100, 100)], 0],
]

test.each(cases)("%s keeps to its tolerance", async (op, ranges, bound, scale) => {
  for (const x of ranges) {
    const got = await onGpu(op, [x])
    const error = worst(
      got,
      (i) => exact[op](x[i]),
      (i) => `${op}(${x[i]})`,
      scale,
    )
    expect(error, `${op} on ${x[0]}, ${x[1]} …`).toBeLessThanOrEqual(bound)
  }
})

const special = [
  0,
  -0,
  1,
  -1,
  0.5,
  2,
  -2,
  3,
  -3,
  1e30,
  -1e30,
  200,
  -200,
  1e-30,
  Infinity,
  -Infinity,
  Number.NaN,
]

test("∞, NaN, 0 and overflow come out as Math has them", async () => {
  for (const [op] of cases) {
    const x = Float32Array.from(special)
    const got = await onGpu(op, [x])
    worst(
      got,
      (i) => exact[op](x[i]),
      (i) => `${op}(${x[i]})`,
      1,
    )
  }
})

const pairs = special.flatMap((a) => special.map((b) => [a, b]))
const left = Float32Array.from(pairs, ([a]) => a)
const right = Float32Array.from(pairs, ([, b]) => b)
const two: Record<Exclude<Binary, "pow">, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: Math.max,
  min: Math.min,
  eq: (a, b) => +(a === b),
  ne: (a, b) => +(a !== b),
  lt: (a, b) => +(a < b),
  le: (a, b) => +(a <= b),
  gt: (a, b) => +(a > b),
  ge: (a, b) => +(a >= b),
}

test.each(Object.keys(two) as (keyof typeof two)[])("%s of every pair of special numbers", async (op) => {
  const got = await onGpu(op, [left, right])
  const error = worst(
    got,
    (i) => two[op](left[i], right[i]),
    (i) => `${op}(${left[i]}, ${right[i]})`,
  )
  expect(error).toBeLessThanOrEqual(4e-7)
})

test("x ≠ x finds NaN", async () => {
  const x = Float32Array.from([1, Number.NaN, Infinity])
  const graph: Graph = {
    inputs: [{ dtype: "float32", size: 3 }],
    scalars: [],
    nodes: [
      {
        kernel: { kind: "map", expr: s.ne(input(0), input(0)) },
        reads: [{ array: 0, view: rowMajor([3]) }],
        dtype: "bool",
        shape: [3],
      },
    ],
    outputs: [1],
    donors: [-1],
  }
  const [found] = gpu.compile(graph).run([gpu.upload(x, "float32")], [])
  expect(await gpu.downloadAsync(found)).toEqual(Uint8Array.from([0, 1, 0]))
})

test("pow agrees with Math.pow, for special numbers and ordinary ones", async () => {
  const bases = [...left, ...even(0.01, 20, 3000), ...even(0.9, 1.1, 1000), ...even(-5, 5, 1000)]
  const powers = [
    ...right,
    ...even(-8, 8, 3000),
    ...even(-300, 300, 1000),
    ...even(-9, 9, 1000).map(Math.round),
  ]
  const [a, b] = [Float32Array.from(bases), Float32Array.from(powers)]
  const got = await onGpu("pow", [a, b])
  for (let i = 0; i < got.length; i++) {
    const want = a[i] ** b[i]
    const name = `${a[i]} ** ${b[i]}`
    const bits = Math.abs(Math.log2(Math.abs(want)))
    const bound = want === 0 || want === 1 ? 0 : (3 + Math.abs(b[i]) / 4 + bits) * 1.2e-7
    worst(
      [got[i]],
      () => want,
      () => name,
    )
    if (Number.isFinite(Math.fround(want)) && Math.abs(want) >= 2 ** -126)
      expect(Math.abs(got[i] - want), name).toBeLessThanOrEqual(bound * Math.abs(want))
  }
})
