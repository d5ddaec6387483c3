/** @file Taking data apart: mini-batches, training and test sets, folds. Rows are examples. */
import { ShapeError, showShape, ValueError } from "../core/errors.ts"
import { defaultGenerator, Generator } from "../core/random.ts"
import { asTensor, tensor } from "../create.ts"
import { indexSelect } from "../ops/indexing.ts"
import type { Tensor, TensorLike } from "../tensor.ts"

function rowsOf(op: string, tensors: readonly Tensor[]): number {
  const rows = tensors[0]?.shape[0]
  if (rows === undefined || tensors.some((t) => t.shape[0] !== rows))
    throw new ShapeError(
      `${op}: ${tensors.map((t) => showShape(t.shape)).join(" and ")} must have the same number of rows.`,
    )
  return rows
}

function take(tensors: readonly Tensor[], rows: Int32Array): Tensor[] {
  const index = tensor(rows)
  return tensors.map((t) => indexSelect(t, 0, index))
}

export interface LoaderOptions {
  /** Examples in a batch; 32 by default. The last one may be smaller. */
  batchSize?: number
  /** A new order in every pass. True by default. */
  shuffle?: boolean
  /** Seed of the orders; without it they come from the default generator. */
  seed?: number
  /** Leave out a last batch that is not full. False by default. */
  dropLast?: boolean
}

export interface DataLoader extends Iterable<Tensor[]> {
  /** Batches in one pass. */
  readonly length: number
}

/**
 * Mini-batches: `for (const [x, y] of dataLoader([x, y], {batchSize: 32, seed: 0}))`. Each `for` is one pass over
 * all rows. Throws: ShapeError if the tensors differ in rows, ValueError on a batch size below 1.
 */
export function dataLoader(data: readonly TensorLike[], options: LoaderOptions = {}): DataLoader {
  const { batchSize = 32, shuffle = true, seed, dropLast = false } = options
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new ValueError(`dataLoader: batchSize is ${batchSize}; use a whole number, 1 or more.`)
  const tensors = data.map((t) => asTensor(t))
  const rows = rowsOf("dataLoader", tensors)
  const generator = seed === undefined ? defaultGenerator : new Generator(seed)
  const length = dropLast ? Math.floor(rows / batchSize) : Math.ceil(rows / batchSize)
  return {
    length,
    *[Symbol.iterator]() {
      const order = shuffle ? generator.permutation(rows) : Int32Array.from({ length: rows }, (_, i) => i)
      for (let b = 0; b < length; b++) yield take(tensors, order.slice(b * batchSize, (b + 1) * batchSize))
    },
  }
}

export interface SplitOptions {
  /** Share of the rows that go to the test set, between 0 and 1; 0.25 by default. */
  testSize?: number
  shuffle?: boolean
  /** Seed of the order; without it from the default generator. */
  seed?: number
}

/** Each tensor's training rows and test rows: `const [[xTrain, yTrain], [xTest, yTest]] = trainTestSplit([x, y])`. */
export function trainTestSplit(
  data: readonly TensorLike[],
  { testSize = 0.25, shuffle = true, seed }: SplitOptions = {},
): [train: Tensor[], test: Tensor[]] {
  if (!(testSize >= 0 && testSize <= 1))
    throw new ValueError(`trainTestSplit: testSize is ${testSize}; use a share from 0 to 1.`)
  const tensors = data.map((t) => asTensor(t))
  const rows = rowsOf("trainTestSplit", tensors)
  const generator = seed === undefined ? defaultGenerator : new Generator(seed)
  const order = shuffle ? generator.permutation(rows) : Int32Array.from({ length: rows }, (_, i) => i)
  const cut = rows - Math.round(rows * testSize)
  return [take(tensors, order.slice(0, cut)), take(tensors, order.slice(cut))]
}

/** k pairs of row numbers [train, test] (int32); every row is in one test set. Throws: ValueError unless 2 ≤ k ≤ n. */
export function kFold(
  n: number,
  k: number,
  { shuffle = true, seed }: Omit<SplitOptions, "testSize"> = {},
): [Tensor, Tensor][] {
  if (!Number.isInteger(k) || k < 2 || k > n)
    throw new ValueError(`kFold: ${k} folds of ${n} rows; use a whole number from 2 to ${n}.`)
  const generator = seed === undefined ? defaultGenerator : new Generator(seed)
  const order = shuffle ? generator.permutation(n) : Int32Array.from({ length: n }, (_, i) => i)
  return Array.from({ length: k }, (_, fold) => {
    const from = Math.floor((fold * n) / k)
    const to = Math.floor(((fold + 1) * n) / k)
    const train = order.filter((_, i) => i < from || i >= to)
    return [tensor(train), tensor(order.slice(from, to))]
  })
}
