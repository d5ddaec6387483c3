/**
 * @file Random programs of tensor ops: a small grammar, kept where every function is smooth and well conditioned, and
 * the program as code for a failure's message. Knows no library that runs them.
 */
import { Generator } from "../../engine/index.ts"

type Shape = readonly number[]

/** What an op needs besides its tensors. */
export interface Settings {
  readonly dim?: number
  readonly dims?: readonly number[]
  readonly keepDim?: boolean
  readonly shape?: Shape
  readonly begin?: readonly number[]
  readonly end?: readonly number[]
  readonly widths?: readonly (readonly [number, number])[]
}

export interface Step {
  readonly op: OpName
  /** Numbers of earlier values: first the leaves, then the results of the steps. */
  readonly args: readonly number[]
  readonly with: Settings
}

export interface Leaf {
  readonly shape: Shape
  readonly values: Float32Array
}

/** The result is the last step's; the loss is the weighted sum of all values that no step uses. */
export interface Program {
  readonly seed: number
  readonly leaves: readonly Leaf[]
  readonly steps: readonly Step[]
}

/** A value as the generator sees it. */
export interface Value {
  readonly shape: Shape
  readonly values: ArrayLike<number>
}

const every = (x: Value, holds: (v: number, i: number) => boolean) => Array.from(x.values).every(holds)
const above = (low: number) => (x: Value) => every(x, (v) => v > low)
const away = (x: Value) => every(x, (v) => Math.abs(v) > 0.01)
const anything = () => true

type Draw = (g: Generator, ...args: Value[]) => Settings | null

interface Rule {
  readonly count: number
  /** May these values be given to it? */
  readonly fits: (...args: Value[]) => boolean
  readonly draw?: Draw
}

const broadcasts = (a: Value, b: Value) =>
  a.shape.toReversed().every((n, k) => {
    const m = b.shape.at(-1 - k) ?? 1
    return n === m || n === 1 || m === 1
  })
/** Do they broadcast, with no two elements that meet nearly equal? */
const apart = (a: Value, b: Value) =>
  broadcasts(a, b) &&
  Array.from(a.values).every((v) => Array.from(b.values).every((w) => Math.abs(v - w) > 0.01))

const someDims: Draw = (g, x) => {
  const dims = x.shape.map((_, d) => d).filter(() => g.uniform() < 0.6)
  return dims.length > 0 ? { dims, keepDim: g.uniform() < 0.5 } : null
}
const oneDim: Draw = (g, x) => (x.shape.length > 0 ? { dim: g.integer(0, x.shape.length) } : null)
const lastDim: Draw = (_, x) => (x.shape.length > 0 ? { dim: x.shape.length - 1 } : null)
/** Are the largest values of x clearly the largest? */
const noTies = (x: Value) => {
  const sorted = Array.from(x.values).sort((a, b) => a - b)
  return sorted.every((v, i) => i === 0 || v - sorted[i - 1] > 0.01)
}

const unary = (fits: (x: Value) => boolean = anything): Rule => ({ count: 1, fits })
const binary = (fits: (a: Value, b: Value) => boolean = broadcasts): Rule => ({ count: 2, fits })

/** The grammar: ops that all libraries have, and where they are tried. */
export const grammar = {
  exp: unary((x) => every(x, (v) => v < 3)),
  log: unary(above(0.1)),
  sqrt: unary(above(0.1)),
  tanh: unary(),
  sigmoid: unary(),
  relu: unary(away),
  abs: unary(away),
  neg: unary(),
  square: unary(),
  sin: unary(),
  cos: unary(),
  softplus: unary(),
  add: binary(),
  sub: binary(),
  mul: binary(),
  div: binary((a, b) => broadcasts(a, b) && every(b, (v) => Math.abs(v) > 0.3)),
  maximum: binary(apart),
  minimum: binary(apart),
  /** a > b ? c : a. */
  where: { count: 3, fits: (a, b, c) => apart(a, b) && broadcasts(a, c) && broadcasts(b, c) },
  matmul: binary((a, b) => a.shape.length === 2 && b.shape.length === 2 && a.shape[1] === b.shape[0]),
  transpose: unary((x) => x.shape.length === 2),
  reshape: {
    count: 1,
    fits: anything,
    draw: (g: Generator, x: Value) => {
      const size = x.values.length
      const rows = [1, 2, 3, 4, 5, 6].filter((n) => size % n === 0)
      const first = rows[g.integer(0, rows.length)]
      return { shape: g.uniform() < 0.3 ? [size] : [first, size / first] }
    },
  },
  slice: {
    count: 1,
    fits: (x) => x.shape.length > 0,
    draw: (g: Generator, x: Value) => {
      const begin = x.shape.map((n) => g.integer(0, Math.ceil(n / 2)))
      return { begin, end: x.shape.map((n, d) => g.integer(begin[d] + 1, n + 1)) }
    },
  },
  pad: {
    count: 1,
    fits: (x) => x.shape.length > 0,
    draw: (g: Generator, x: Value) => ({
      widths: x.shape.map(() => [g.integer(0, 2), g.integer(0, 2)] as const),
    }),
  },
  flip: { count: 1, fits: anything, draw: oneDim },
  concat: {
    count: 2,
    fits: (a, b) => a.shape.length > 0 && a.shape.length === b.shape.length,
    draw: (g: Generator, a: Value, b: Value) => {
      const dim = g.integer(0, a.shape.length)
      return a.shape.every((n, d) => d === dim || n === b.shape[d]) ? { dim } : null
    },
  },
  sum: { count: 1, fits: anything, draw: someDims },
  mean: { count: 1, fits: anything, draw: someDims },
  max: { count: 1, fits: noTies, draw: someDims },
  softmax: { count: 1, fits: anything, draw: lastDim },
  logSoftmax: { count: 1, fits: anything, draw: lastDim },
  logsumexp: { count: 1, fits: anything, draw: someDims },
  cumsum: { count: 1, fits: anything, draw: oneDim },
} as const satisfies Record<string, Rule>

export type OpName = keyof typeof grammar
const names = Object.keys(grammar) as OpName[]

/** Is it a value that programs may go on with? */
const sane = ({ values, shape }: Value) =>
  values.length > 0 &&
  values.length <= 200 &&
  shape.length <= 4 &&
  Array.from(values).every((v) => Math.abs(v) < 50)

/** The program of a seed, of 5 to 30 steps. `evaluate` computes one step in double. */
export function programOf(seed: number, evaluate: (step: Step, args: readonly Value[]) => Value): Program {
  const g = new Generator(seed)
  const length = g.integer(5, 31)
  const sizes = [g.integer(1, 5), g.integer(2, 5), g.integer(2, 4)]
  const leaves = Array.from({ length: g.integer(2, 5) }, () => {
    const ndim = g.uniform() < 0.6 ? 2 : g.integer(0, 4)
    const shape = Array.from({ length: ndim }, () => sizes[g.integer(0, 3)])
    const size = shape.reduce((a, b) => a * b, 1)
    const positive = g.uniform() < 0.4
    return {
      shape,
      values: Float32Array.from({ length: size }, () => (positive ? g.uniform(0.3, 2) : g.uniform(-2, 2))),
    }
  })
  const values: Value[] = [...leaves]
  const steps: Step[] = []
  while (steps.length < length) {
    const op = names[g.integer(0, names.length)]
    const rule: Rule = grammar[op]
    // Late values are likelier, so that programs are deep; the first argument is often the last result.
    const late = () => values.length - 1 - Math.floor(values.length * g.uniform() ** 2)
    const args = Array.from({ length: rule.count }, late)
    const given = args.map((i) => values[i])
    const settings = rule.fits(...given) ? (rule.draw ? rule.draw(g, ...given) : {}) : null
    if (!settings) continue
    const step = { op, args, with: settings }
    const result = evaluate(step, given)
    if (!sane(result)) continue
    steps.push(step)
    values.push(result)
  }
  return { seed, leaves, steps }
}

/** How the values of a program are used: the numbers of those that no step uses, and how often each is used. */
export function usesOf({ leaves, steps }: Program): { ends: number[]; uses: number[] } {
  const uses = new Array<number>(leaves.length + steps.length).fill(0)
  for (const { args } of steps) for (const i of args) uses[i]++
  const ends = uses.map((_, i) => i).filter((i) => uses[i] === 0 && i >= leaves.length)
  for (const i of ends) uses[i]++
  return { ends, uses }
}

/** The weights of the elements of value i in the loss. */
export function weightsOf(i: number, size: number): Float32Array {
  return Float32Array.from({ length: size }, (_, j) => (0.6 + 0.4 * Math.sin(i + 2 * j)) / size)
}

/** The program as code. */
export function codeOf({ leaves, steps, seed }: Program): string {
  const lines = leaves.map(
    ({ shape, values }, i) => `const v${i} = tensor([${values.join(", ")}]).reshape([${shape.join(", ")}])`,
  )
  steps.forEach(({ op, args, with: settings }, s) => {
    const given = args.map((i) => `v${i}`).join(", ")
    lines.push(`const v${leaves.length + s} = ${op}(${given}) // ${JSON.stringify(settings)}`)
  })
  return `// seed ${seed}\n${lines.join("\n")}`
}
