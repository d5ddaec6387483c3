/** @file Three libraries that run the same random programs: ours, TensorFlow.js and jax-js. Knows no tolerance. */
import * as jax from "@jax-js/jax"
import type * as TF from "@tensorflow/tfjs-core"
import { concat, type Tensor, tensor, valueAndGrad, where } from "../../engine/index.ts"
import { realizeAll } from "../../engine/tensor.ts"
import {
  type OpName,
  type Program,
  type Settings,
  type Step,
  usesOf,
  type Value,
  weightsOf,
} from "./program.ts"
import { loadTensorflow } from "./tensorflow.ts"

const tf = await loadTensorflow()

/** Results in the order of the values: what no step uses, and the gradient of the loss by each leaf. */
export interface Outcome {
  readonly ends: readonly ArrayLike<number>[]
  readonly gradients: readonly ArrayLike<number>[]
}

type Table<T> = Readonly<Record<OpName, (settings: Settings, ...args: T[]) => T>>

const ours: Table<Tensor> = {
  exp: (_, x) => x.exp(),
  log: (_, x) => x.log(),
  sqrt: (_, x) => x.sqrt(),
  tanh: (_, x) => x.tanh(),
  sigmoid: (_, x) => x.sigmoid(),
  relu: (_, x) => x.relu(),
  abs: (_, x) => x.abs(),
  neg: (_, x) => x.neg(),
  square: (_, x) => x.square(),
  sin: (_, x) => x.sin(),
  cos: (_, x) => x.cos(),
  softplus: (_, x) => x.softplus(),
  add: (_, a, b) => a.add(b),
  sub: (_, a, b) => a.sub(b),
  mul: (_, a, b) => a.mul(b),
  div: (_, a, b) => a.div(b),
  maximum: (_, a, b) => a.maximum(b),
  minimum: (_, a, b) => a.minimum(b),
  where: (_, a, b, c) => where(a.gt(b), c, a),
  matmul: (_, a, b) => a.matmul(b),
  transpose: (_, x) => x.transpose(),
  reshape: ({ shape = [] }, x) => x.reshape(shape),
  slice: ({ begin = [], end }, x) => x.slice(begin, end),
  pad: ({ widths = [] }, x) => x.pad(widths),
  flip: ({ dim }, x) => x.flip(dim),
  concat: ({ dim }, a, b) => concat([a, b], dim),
  sum: ({ dims, keepDim }, x) => x.sum(dims, { keepDim }),
  mean: ({ dims, keepDim }, x) => x.mean(dims, { keepDim }),
  max: ({ dims, keepDim }, x) => x.max(dims, { keepDim }),
  softmax: ({ dim }, x) => x.softmax(dim),
  logSoftmax: ({ dim }, x) => x.logSoftmax(dim),
  logsumexp: ({ dims, keepDim }, x) => x.logsumexp(dims, { keepDim }),
  cumsum: ({ dim = 0 }, x) => x.cumsum(dim),
}

const mutable = (list: readonly number[] | undefined): number[] => [...(list ?? [])]
const pairs = (widths: Settings["widths"]): [number, number][] => (widths ?? []).map(([a, b]) => [a, b])

/** Both in the shape in which they meet: its gradients of maximum and minimum do not undo broadcasting. */
const alike = (a: TF.Tensor, b: TF.Tensor): [TF.Tensor, TF.Tensor] => {
  const { shape } = tf.add(a, b)
  return [tf.broadcastTo(a, shape), tf.broadcastTo(b, shape)]
}

const tensorflow: Table<TF.Tensor> = {
  exp: (_, x) => tf.exp(x),
  log: (_, x) => tf.log(x),
  sqrt: (_, x) => tf.sqrt(x),
  tanh: (_, x) => tf.tanh(x),
  sigmoid: (_, x) => tf.sigmoid(x),
  relu: (_, x) => tf.relu(x),
  abs: (_, x) => tf.abs(x),
  neg: (_, x) => tf.neg(x),
  square: (_, x) => tf.square(x),
  sin: (_, x) => tf.sin(x),
  cos: (_, x) => tf.cos(x),
  softplus: (_, x) => tf.softplus(x),
  add: (_, a, b) => tf.add(a, b),
  sub: (_, a, b) => tf.sub(a, b),
  mul: (_, a, b) => tf.mul(a, b),
  div: (_, a, b) => tf.div(a, b),
  maximum: (_, a, b) => tf.maximum(...alike(a, b)),
  minimum: (_, a, b) => tf.minimum(...alike(a, b)),
  where: (_, a, b, c) => {
    const { shape } = tf.add(tf.add(a, b), c)
    const whole = (x: TF.Tensor) => tf.broadcastTo(x, shape)
    // It has no gradient, not even 0, for comparisons, so that they must be of constants.
    const fixed = (x: TF.Tensor) => tf.tensor(x.dataSync(), x.shape)
    return tf.where(tf.greater(whole(fixed(a)), whole(fixed(b))), whole(c), whole(a))
  },
  matmul: (_, a, b) => tf.matMul(a, b),
  transpose: (_, x) => tf.transpose(x),
  reshape: ({ shape }, x) => tf.reshape(x, mutable(shape)),
  slice: ({ begin, end = [] }, x) =>
    tf.slice(
      x,
      mutable(begin),
      end.map((n, d) => n - (begin?.[d] ?? 0)),
    ),
  pad: ({ widths }, x) => tf.pad(x, pairs(widths)),
  flip: ({ dim }, x) => tf.reverse(x, dim),
  concat: ({ dim }, a, b) => tf.concat([a, b], dim),
  sum: ({ dims, keepDim }, x) => tf.sum(x, mutable(dims), keepDim),
  mean: ({ dims, keepDim }, x) => tf.mean(x, mutable(dims), keepDim),
  max: ({ dims, keepDim }, x) => tf.max(x, mutable(dims), keepDim),
  softmax: ({ dim }, x) => tf.softmax(x, dim),
  logSoftmax: ({ dim }, x) => tf.logSoftmax(x, dim),
  logsumexp: ({ dims, keepDim }, x) => tf.logSumExp(x, mutable(dims), keepDim),
  cumsum: ({ dim = 0 }, x) => {
    // Its gradient is wrong along any dimension but the last.
    const order = x.shape.map((_, d) => (d === dim ? x.rank - 1 : d === x.rank - 1 ? dim : d))
    return tf.transpose(tf.cumsum(tf.transpose(x, order), x.rank - 1), order)
  },
}

const { numpy: np, nn } = jax
const axes = ({ dims, keepDim }: Settings): [number[], { keepdims: boolean }] => [
  mutable(dims),
  { keepdims: keepDim ?? false },
]

/** Padding along one dimension. Its own `pad` loses f(0) of the border when a dimension of size 1 meets a function f. */
function bordered(x: jax.Array, [before, after]: [number, number], dim: number): jax.Array {
  const zeros = (n: number) => np.zeros(x.shape.map((size, d) => (d === dim ? n : size)))
  const list = [before > 0 ? zeros(before) : null, x, after > 0 ? zeros(after) : null]
  return np.concatenate(
    list.filter((part) => part !== null),
    dim,
  )
}

/** jax-js counts references: every use of an array gives it away, unless it is used as `x.ref`. */
const jaxjs: Table<jax.Array> = {
  exp: (_, x) => np.exp(x),
  log: (_, x) => np.log(x),
  sqrt: (_, x) => np.sqrt(x),
  tanh: (_, x) => np.tanh(x),
  sigmoid: (_, x) => nn.sigmoid(x),
  relu: (_, x) => nn.relu(x),
  abs: (_, x) => np.abs(x),
  neg: (_, x) => np.negative(x),
  square: (_, x) => np.square(x),
  sin: (_, x) => np.sin(x),
  cos: (_, x) => np.cos(x),
  softplus: (_, x) => nn.softplus(x),
  add: (_, a, b) => np.add(a, b),
  sub: (_, a, b) => np.subtract(a, b),
  mul: (_, a, b) => np.multiply(a, b),
  div: (_, a, b) => np.divide(a, b),
  maximum: (_, a, b) => np.maximum(a, b),
  minimum: (_, a, b) => np.minimum(a, b),
  where: (_, a, b, c) => np.where(np.greater(a.ref, b), c, a),
  matmul: (_, a, b) => np.matmul(a, b),
  transpose: (_, x) => np.transpose(x),
  reshape: ({ shape }, x) => np.reshape(x, mutable(shape)),
  slice: ({ begin = [], end = [] }, x) => x.slice(...begin.map((n, d): [number, number] => [n, end[d]])),
  pad: ({ widths }, x) => pairs(widths).reduce(bordered, x),
  flip: ({ dim }, x) => np.flip(x, dim),
  concat: ({ dim }, a, b) => np.concatenate([a, b], dim),
  sum: (settings, x) => np.sum(x, ...axes(settings)),
  mean: (settings, x) => np.mean(x, ...axes(settings)),
  max: (settings, x) => np.max(x, ...axes(settings)),
  softmax: ({ dim }, x) => nn.softmax(x, dim),
  logSoftmax: ({ dim }, x) => nn.logSoftmax(x, dim),
  logsumexp: (settings, x) => nn.logsumexp(x, ...axes(settings)),
  cumsum: ({ dim }, x) => np.cumsum(x, dim),
}

/** Runs the steps. `again` is how a value is passed on that will be used once more. */
function valuesOf<T>(
  program: Program,
  table: Table<T>,
  leaves: readonly T[],
  again = (x: T): T => x,
): Map<number, T> {
  const { ends, uses } = usesOf(program)
  const left = uses.slice()
  const values: T[] = [...leaves]
  const take = (i: number): T => (--left[i] > 0 ? again(values[i]) : values[i])
  for (const { op, args, with: settings } of program.steps)
    values.push(table[op](settings, ...args.map(take)))
  return new Map(ends.map((i) => [i, take(i)]))
}

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)
const sumOf = <T>(terms: T[], add: (a: T, b: T) => T): T => terms.reduce((a, b) => add(a, b))

/** Our engine, on the device in use; `points` stand in for the values of the leaves. */
export async function runOurs(
  program: Program,
  dtype: "float32" | "float64",
  points: readonly ArrayLike<number>[] = program.leaves.map((leaf) => leaf.values),
): Promise<Outcome> {
  const make = (values: ArrayLike<number>, shape: readonly number[]) =>
    tensor(Float64Array.from(values), { dtype }).reshape(shape)
  const leaves = program.leaves.map(({ shape }, i) => make(points[i], shape))
  let results: Tensor[] = []
  const [, gradients] = valueAndGrad((list: readonly Tensor[]) => {
    const ends = valuesOf(program, ours, list)
    results = [...ends.values()]
    return sumOf(
      [...ends].map(([i, v]) => v.mul(make(weightsOf(i, v.size), v.shape)).sum()),
      (a, b) => a.add(b),
    )
  })(leaves)
  // All of it as one program: what is tested is how a whole program is fused, and one is compiled rather than many.
  realizeAll([...results, ...gradients])
  const read = (list: readonly Tensor[]) => Promise.all(list.map((t) => t.dataAsync()))
  return { ends: await read(results), gradients: await read(gradients) }
}

/** One step in double, for the generator. */
export function evaluateOurs({ op, with: settings }: Step, args: readonly Value[]): Value {
  const tensors = args.map(({ values, shape }) => tensor(Float64Array.from(values)).reshape([...shape]))
  const result = ours[op](settings, ...tensors)
  return { shape: result.shape, values: result.data() }
}

/** TensorFlow.js on its plain JavaScript backend. */
export function runTensorflow(program: Program): Outcome {
  return tf.tidy(() => {
    const leaves = program.leaves.map(({ shape, values }) => tf.tensor(values, [...shape]))
    const ends = [...valuesOf(program, tensorflow, leaves).values()].map((t) => t.dataSync())
    const loss = (...list: TF.Tensor[]): TF.Scalar =>
      sumOf(
        [...valuesOf(program, tensorflow, list)].map(([i, v]) =>
          tf.sum(tf.mul(v, tf.tensor(weightsOf(i, v.size), v.shape))),
        ),
        (a, b) => tf.add(a, b),
      ) as TF.Scalar
    // A leaf that the loss does not depend on is an error there; it is added with no effect.
    const whole = (...list: TF.Tensor[]) =>
      list.reduce((total, t) => tf.add(total, tf.mul(tf.sum(t), 0)), loss(...list)) as TF.Scalar
    return {
      ends,
      gradients: tf
        .grads(whole)(leaves)
        .map((t) => t.dataSync()),
    }
  })
}

/** jax-js on its fastest device in Node. */
export async function runJax(program: Program): Promise<Outcome> {
  const leaves = () =>
    program.leaves.map(({ shape, values }) => np.array(Float32Array.from(values), { shape: [...shape] }))
  const unused = usesOf(program).uses
  const forward = leaves()
  const results = [...valuesOf(program, jaxjs, forward, (x) => x.ref).values()]
  const ends = results.map((x) => x.dataSync())
  forward.forEach((x, i) => {
    if (unused[i] === 0) x.dispose()
  })
  const gradients = jax.grad((list: jax.Array[]) => {
    list.forEach((x, i) => {
      if (unused[i] === 0) x.dispose()
    })
    const terms = [...valuesOf(program, jaxjs, list, (x) => x.ref)].map(([i, v]) => {
      const weights = np.array(Float32Array.from(weightsOf(i, sizeOf(v.shape))), { shape: v.shape })
      return np.sum(np.multiply(v, weights))
    })
    return sumOf(terms, (a, b) => np.add(a, b))
  })(leaves())
  return { ends, gradients: gradients.map((x) => x.dataSync()) }
}

/** Starts jax-js, and says on which device. */
export async function startJax(): Promise<string> {
  const available = await jax.init("wasm", "cpu")
  const device = available.includes("wasm") ? "wasm" : "cpu"
  jax.defaultDevice(device)
  return device
}
