/**
 * @file Calls to try every op with: its own examples and seeded random ones, with inputs that are empty, scalar, large,
 * broadcast, transposed, sliced and flipped. Knows no backend and no tolerance.
 */
import { Generator, type Tensor, tensor } from "../../engine/index.ts"
import activations from "../../engine/ops/activations.ts"
import arithmetic from "../../engine/ops/arithmetic.ts"
import conv from "../../engine/ops/conv.ts"
import functions from "../../engine/ops/functions.ts"
import * as ops from "../../engine/ops/index.ts"
import indexing from "../../engine/ops/indexing.ts"
import matmul from "../../engine/ops/matmul.ts"
import movement from "../../engine/ops/movement.ts"
import reduce from "../../engine/ops/reduce.ts"
import softmax from "../../engine/ops/softmax.ts"
import type { Domain, Example, Trial, Trials } from "../../engine/ops/trial.ts"

/** What the trial of an op says, in full. */
interface OpSpec extends Required<Omit<Trial, "each" | "differentiable">> {
  readonly name: string
  readonly each?: "element" | "pair"
  readonly differentiable: boolean
}
export type Op = ((...args: unknown[]) => Tensor) & { spec: OpSpec }
type Shape = readonly number[]
type DType = Tensor["dtype"]

/** What each file says of its ops. */
const trials: Trials = {
  ...activations,
  ...arithmetic,
  ...conv,
  ...functions,
  ...indexing,
  ...matmul,
  ...movement,
  ...reduce,
  ...softmax,
}

/** Shapes that every op on single elements is tried with, and pairs of those that broadcast. */
const shapesOf: Record<"element" | "pair", readonly (readonly Shape[])[]> = {
  element: [[[]], [[3]], [[2, 3]], [[0, 2]], [[2, 1, 3]]],
  pair: [
    [[], []],
    [[2, 3], []],
    [[], [3]],
    [[2, 3], [3]],
    [
      [2, 1],
      [1, 3],
    ],
    [
      [4, 1, 2],
      [3, 1],
    ],
    [[0, 3], [3]],
  ],
}

/** Every op of the engine, with its trial. */
export const all = Object.entries(ops).map(([name, op]): Op => {
  const trial = trials[name]
  if (!trial)
    throw new Error(`the op ${name} has no trial: the default export of its file says how to try it`)
  const { each, rest = [], domains = ["real"], kinks = [], differentiable = true } = trial
  const shared = each ? shapesOf[each].map((shapes) => ({ shapes, rest })) : []
  const examples = [...shared, ...(trial.examples ?? [])]
  const spec = { name, each, rest, domains, kinks, differentiable, examples }
  const call = op as unknown as (...args: unknown[]) => Tensor
  return Object.assign((...args: unknown[]) => call(...args), { spec })
})

const layouts = ["plain", "transposed", "sliced", "flipped", "broadcast"] as const
type Layout = (typeof layouts)[number]

/** One input: values in row-major order of `stored`, and how the argument of the op is seen in them. */
export interface Input {
  readonly values: Float64Array
  readonly stored: Shape
  readonly layout: Layout
  readonly shape: Shape
}

/** One call of an op. */
export interface Case {
  readonly name: string
  readonly inputs: readonly Input[]
  readonly call: (...inputs: Tensor[]) => Tensor
}

const sizeOf = (shape: Shape) => shape.reduce((a, b) => a * b, 1)

/** Numbers of a domain that float32 holds, away from the points where an op has no derivative. */
function draw(size: number, domain: Domain, kinks: readonly number[], g: Generator): Float64Array {
  const [low, high] =
    domain === "real" ? [-3, 3] : domain === "positive" ? [0.2, 3] : domain === "nonzero" ? [0.3, 3] : domain
  return Float64Array.from({ length: size }, () => {
    for (;;) {
      const x = Math.fround(g.uniform(low, high) * (domain === "nonzero" && g.uniform() < 0.5 ? -1 : 1))
      if (kinks.every((k) => Math.abs(x - k) > 0.01)) return x
    }
  })
}

function storedShape(shape: Shape, layout: Layout, g: Generator): Shape {
  if (layout === "transposed") return shape.toReversed()
  if (layout === "sliced") return shape.map((n) => n + 3)
  if (layout === "broadcast") return shape.map((n) => (g.uniform() < 0.5 ? 1 : n)).slice(g.integer(0, 2))
  return shape
}

/** The argument of the op, as a view of the tensor that is stored. */
export function viewOf(base: Tensor, { layout, shape }: Input): Tensor {
  if (layout === "transposed") return base.permute(shape.map((_, d) => shape.length - 1 - d))
  if (layout === "sliced")
    return base.slice(
      shape.map(() => 1),
      shape.map((n) => n + 1),
    )
  if (layout === "flipped") return base.flip()
  if (layout === "broadcast") return base.broadcastTo(shape)
  return base
}

/** The stored tensor, on the device in use; for integers, the numbers rounded away from 0. */
export function baseOf({ values, stored }: Input, dtype: DType, moved?: Float64Array): Tensor {
  const numbers = moved ?? values
  const whole =
    dtype === "int32"
      ? numbers.map((x) => Math.sign(x) * Math.ceil(Math.abs(x)))
      : dtype === "bool"
        ? numbers.map((x) => Number(x > 0))
        : numbers
  return tensor(whole, { dtype }).reshape(stored)
}

/** Shapes that the ops on single elements are tried with besides their examples. */
const elementwise: readonly Shape[] = [[1], [129], [1031], [7, 13], [33, 65], [3, 0, 2], [2, 3, 1, 5]]

const pick = <T>(list: readonly T[], g: Generator): T => list[g.integer(0, list.length)]
const shapeOf = (g: Generator, ndim: number, most = 6): number[] =>
  Array.from({ length: ndim }, () => g.integer(1, most + 1))

/** Two shapes that broadcast. */
function pairOf(g: Generator): Shape[] {
  const shape = shapeOf(g, g.integer(0, 5)).map((n) => (g.uniform() < 0.05 ? 0 : n))
  const thin = () => shape.map((n) => (g.uniform() < 0.3 ? 1 : n))
  const [a, b] = [thin(), thin().slice(g.integer(0, shape.length + 1))]
  return g.uniform() < 0.5 ? [a, b] : [b, a]
}

function reduction(g: Generator): Example {
  const shape = shapeOf(g, g.integer(1, 5))
  const dims = shape.map((_, d) => d).filter(() => g.uniform() < 0.5)
  const dim = g.uniform() < 0.2 ? undefined : dims.length === 1 ? dims[0] - shape.length : dims
  return { shapes: [shape], rest: [dim, { keepDim: g.uniform() < 0.5 }] }
}
const wide: readonly Example[] = [
  { shapes: [[1031]] },
  { shapes: [[3, 400]], rest: [1] },
  { shapes: [[400, 3]], rest: [0] },
  { shapes: [[7, 20, 9]], rest: [[0, 2]] },
  { shapes: [[0, 3]], rest: [1] },
]
const reductions = (g: Generator): Example[] => [...wide, ...several(8, g, reduction)]

function alongOne(g: Generator): Example {
  const shape = shapeOf(g, g.integer(1, 5))
  return { shapes: [shape], rest: [g.integer(-shape.length, shape.length)] }
}
const along = (g: Generator): Example[] => [
  { shapes: [[300]], rest: [0] },
  { shapes: [[9, 65]], rest: [-1] },
  { shapes: [[65, 9]], rest: [0] },
  { shapes: [[0, 4]], rest: [1] },
  ...several(6, g, alongOne),
]

function product(g: Generator): Example {
  const [m, k, n] = shapeOf(g, 3, 9)
  const batch = pairOf(g).map((shape) => shape.slice(0, 2))
  return g.uniform() < 0.5
    ? {
        shapes: [
          [m, k],
          [k, n],
        ],
      }
    : {
        shapes: [
          [...batch[0].slice(-1), m, k],
          [...batch[1].slice(-1), k, n].map((size, d, all) => (all.length === 3 && d === 0 ? 1 : size)),
        ],
      }
}

const nestedIndex = (shape: Shape, below: number, g: Generator): unknown =>
  shape.length === 0
    ? g.integer(0, below)
    : Array.from({ length: shape[0] }, () => nestedIndex(shape.slice(1), below, g))

function indexed(g: Generator, withSource: boolean): Example {
  const shape = shapeOf(g, g.integer(1, 4))
  const dim = g.integer(0, shape.length)
  const picks = shape.map((n, d) => (d === dim ? g.integer(1, 9) : n))
  const index = nestedIndex(picks, shape[dim], g)
  return { shapes: [shape], rest: withSource ? [dim, index, nestedIndex(picks, 5, g)] : [dim, index] }
}

function image(g: Generator): { x: Shape; kernel: [number, number]; stride: [number, number] } {
  const kernel: [number, number] = [g.integer(1, 4), g.integer(1, 4)]
  const x = [g.integer(1, 3), g.integer(1, 4), kernel[0] + g.integer(0, 5), kernel[1] + g.integer(0, 5)]
  return { x, kernel, stride: [g.integer(1, 3), g.integer(1, 3)] }
}
function pool(g: Generator): Example {
  const { x, kernel, stride } = image(g)
  return { shapes: [x], rest: g.uniform() < 0.5 ? [kernel] : [kernel, { stride }] }
}

const several = <T>(count: number, g: Generator, make: (g: Generator) => T): T[] =>
  Array.from({ length: count }, () => make(g))

const random: Record<string, (g: Generator) => Example[]> = {
  sum: reductions,
  mean: reductions,
  max: reductions,
  min: reductions,
  logsumexp: reductions,
  prod: (g) => several(8, g, reduction),
  var: (g) => [
    ...wide,
    ...several(6, g, (h) => ({ shapes: [shapeOf(h, 3).map((n) => n + 1)], rest: [pick([0, [1, 2]], h)] })),
  ],
  std: (g) => [
    ...wide,
    ...several(6, g, (h) => ({ shapes: [shapeOf(h, 3)], rest: [[0, 2], { correction: 0, keepDim: true }] })),
  ],
  argmax: along,
  argmin: along,
  softmax: along,
  logSoftmax: along,
  cumsum: along,
  matmul: (g) => [
    {
      shapes: [
        [65, 70],
        [70, 33],
      ],
    },
    {
      shapes: [
        [1, 200],
        [200, 1],
      ],
    },
    {
      shapes: [
        [130, 1],
        [1, 5],
      ],
    },
    {
      shapes: [
        [3, 17, 8],
        [8, 19],
      ],
    },
    ...several(10, g, product),
  ],
  dot: () => [{ shapes: [[300], [300]] }, { shapes: [[1], [1]] }],
  outer: () => [{ shapes: [[40], [33]] }, { shapes: [[0], [3]] }],
  flip: (g) => several(4, g, alongOne),
  unsqueeze: (g) => several(4, g, alongOne),
  transpose: (g) =>
    several(4, g, (h) => ({ shapes: [shapeOf(h, 3)], rest: [h.integer(-3, 3), h.integer(-3, 3)] })),
  permute: (g) => several(4, g, (h) => ({ shapes: [shapeOf(h, 4)], rest: [[...h.permutation(4)]] })),
  slice: (g) =>
    several(6, g, (h) => {
      const shape = shapeOf(h, 3)
      const begin = shape.map((n) => h.integer(0, n + 1))
      return { shapes: [shape], rest: [begin, begin.map((from, d) => h.integer(from, shape[d] + 1))] }
    }),
  pad: (g) =>
    several(4, g, (h) => {
      const shape = shapeOf(h, h.integer(1, 4))
      return {
        shapes: [shape],
        rest: [shape.map(() => [h.integer(0, 3), h.integer(0, 3)]), h.integer(-1, 2)],
      }
    }),
  broadcastTo: (g) =>
    several(4, g, (h) => {
      const shape = shapeOf(h, 3)
      return { shapes: [shape.map((n) => (h.uniform() < 0.5 ? 1 : n)).slice(h.integer(0, 3))], rest: [shape] }
    }),
  gather: (g) => [...several(6, g, (h) => indexed(h, false)), { shapes: [[4]], rest: [0, []] }],
  scatterAdd: (g) => several(6, g, (h) => indexed(h, true)),
  indexSelect: (g) =>
    several(4, g, (h) => {
      const shape = shapeOf(h, 3)
      const dim = h.integer(0, 3)
      return { shapes: [shape], rest: [dim, nestedIndex([h.integer(1, 9)], shape[dim], h)] }
    }),
  conv2d: (g) =>
    several(5, g, (h) => {
      const { x, kernel, stride } = image(h)
      const out = h.integer(1, 4)
      return { shapes: [x, [out, x[1], ...kernel], [out]], rest: [{ stride, padding: h.integer(0, 3) }] }
    }),
  maxPool2d: (g) => several(5, g, pool),
  avgPool2d: (g) => several(5, g, pool),
}

/** The calls of an op, the same at every run. */
export function casesOf(op: Op): Case[] {
  const { spec } = op
  const g = new Generator(
    spec.name.split("").reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 2 ** 31,
  )
  const more: readonly Example[] =
    spec.each === "element"
      ? elementwise.map((shape) => ({ shapes: [shape], rest: spec.rest }))
      : spec.each === "pair"
        ? [
            ...several(8, g, pairOf),
            [[64, 33], [33]],
            [[257], []],
            [
              [40, 1],
              [1, 50],
            ],
          ].map((shapes) => ({ shapes }))
        : (random[spec.name]?.(g) ?? [])
  return [...spec.examples, ...more].map(({ shapes, rest = [] }) => {
    const inputs = shapes.map((shape, i) => {
      // Equal values have no spread, and its slope there is rounding noise.
      const layout = pick(spec.name === "std" || spec.name === "var" ? layouts.slice(0, 4) : layouts, g)
      const stored = storedShape(shape, layout, g)
      return { shape, layout, stored, values: draw(sizeOf(stored), spec.domains[i] ?? "real", spec.kinks, g) }
    })
    const seen = inputs.map(({ layout, shape }) => `${layout} [${shape.join(", ")}]`)
    const name = `${spec.name}(${[...seen, ...rest.map((value) => JSON.stringify(value))].join(", ")})`
    return { name, inputs, call: (...tensors: Tensor[]) => op(...tensors, ...rest) }
  })
}
