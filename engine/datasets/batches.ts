/** @file Taking data apart: mini-batches, training and test sets, folds. Rows are examples. */
import { checkCount, checkNumber, checkOptions, show } from "../core/arguments.ts"
import { ShapeError, showShape, ValueError } from "../core/errors.ts"
import { defaultGenerator, Generator } from "../core/random.ts"
import { asTensor, tensor } from "../create.ts"
import { indexSelect } from "../ops/indexing.ts"
import type { Tensor, TensorLike } from "../tensor.ts"

/** The tensors of a data set and their number of rows. Throws: ShapeError for no list, or if they differ. */
function rowsOf(op: string, data: readonly TensorLike[]): { tensors: Tensor[]; rows: number } {
  if (!Array.isArray(data))
    throw new ShapeError(`${op}: the tensors are one list, ${op}([x, y]), not ${show(data)}.`)
  const tensors = data.map((t: TensorLike) => asTensor(op, t))
  const rows = tensors[0]?.shape[0]
  if (rows === undefined || tensors.some((t) => t.shape[0] !== rows))
    throw new ShapeError(
      `${op}: ${tensors.map((t) => showShape(t.shape)).join(" and ") || "an empty list"}: every tensor needs rows, and all ` +
        "must have the same number of rows.",
    )
  return { tensors, rows }
}

/** Gives the row numbers in a new order each time, or always as they are. */
function ordersOf(
  rows: number,
  { shuffle = true, seed }: { shuffle?: boolean; seed?: number },
): () => Int32Array {
  const generator = seed === undefined ? defaultGenerator : new Generator(seed)
  return () => (shuffle ? generator.permutation(rows) : Int32Array.from({ length: rows }, (_, i) => i))
}

function take(tensors: readonly Tensor[], rows: Int32Array): Tensor[] {
  const index = tensor(rows)
  return tensors.map((t) => indexSelect(t, 0, index))
}

/** How batches are cut. */
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

/** Batches to be walked through as often as you like. */
export interface DataLoader extends Iterable<Tensor[]> {
  /** Batches in one pass. */
  readonly length: number
}

/**
 * Mini-batches: `for (const [x, y] of dataLoader([x, y], {batchSize: 32, seed: 0}))`. Each `for` is one pass over
 * all rows. Shape: tensors [N, …] → batches [batchSize, …]. Throws: ShapeError if the tensors differ in rows, ValueError on a batch size below 1.
 * @example
 * const x = arange(10)
 * for (const [batch] of dataLoader([x], { batchSize: 4, seed: 0 })) display(batch)
 */
export function dataLoader(data: readonly TensorLike[], options: LoaderOptions = {}): DataLoader {
  checkOptions("dataLoader", options, ["batchSize", "shuffle", "seed", "dropLast"])
  const { batchSize = 32, dropLast = false } = options
  checkCount("dataLoader", "batchSize", batchSize, 1)
  const { tensors, rows } = rowsOf("dataLoader", data)
  const nextOrder = ordersOf(rows, options)
  const length = dropLast ? Math.floor(rows / batchSize) : Math.ceil(rows / batchSize)
  return {
    length,
    *[Symbol.iterator]() {
      const order = nextOrder()
      for (let b = 0; b < length; b++) yield take(tensors, order.slice(b * batchSize, (b + 1) * batchSize))
    },
  }
}

/** How rows are parted. */
export interface SplitOptions {
  /** Share of the rows that go to the test set, from 0 to 1; 0.25 by default. */
  testSize?: number
  /** Mix the rows first. True by default. */
  shuffle?: boolean
  /** Seed of the order; without it from the default generator. */
  seed?: number
}

/**
 * Each tensor's training rows and test rows: `const [[xTrain, yTrain], [xTest, yTest]] = trainTestSplit([x, y])`.
 * Shape: tensors [N, …] → [N − n, …] and [n, …], n = testSize · N, rounded. Throws: ShapeError if the tensors differ in rows, ValueError for a share outside 0 … 1.
 * @example
 * const [[train], [test]] = trainTestSplit([arange(8)], { seed: 1 })
 * display(train)
 * test
 */
export function trainTestSplit(
  data: readonly TensorLike[],
  options: SplitOptions = {},
): [train: Tensor[], test: Tensor[]] {
  checkOptions("trainTestSplit", options, ["testSize", "shuffle", "seed"])
  const { testSize = 0.25 } = options
  checkNumber("trainTestSplit", "testSize", testSize, 0, 1)
  const { tensors, rows } = rowsOf("trainTestSplit", data)
  const order = ordersOf(rows, options)()
  const cut = rows - Math.round(rows * testSize)
  return [take(tensors, order.slice(0, cut)), take(tensors, order.slice(cut))]
}

/**
 * k pairs of row numbers [train, test] (int32); every row is in one test set, and the first n mod k of them have one row
 * more. Shape: test rows [n / k], training rows [n − n / k]. Throws: ValueError unless 2 ≤ k ≤ n.
 * @example
 * for (const [train, test] of kFold(5, 2, { seed: 0 }))
 *   console.log("train", train.tolist(), "test", test.tolist())
 */
export function kFold(
  n: number,
  k: number,
  options: Omit<SplitOptions, "testSize"> = {},
): [Tensor, Tensor][] {
  checkOptions("kFold", options, ["shuffle", "seed"])
  checkCount("kFold", "n", n, 2)
  if (!Number.isInteger(k) || k < 2 || k > n)
    throw new ValueError(`kFold: ${show(k)} folds of ${n} rows; use a whole number from 2 to ${n}.`)
  const order = ordersOf(n, options)()
  const begin = (fold: number): number => fold * Math.floor(n / k) + Math.min(fold, n % k)
  return Array.from({ length: k }, (_, fold) => {
    const from = begin(fold)
    const to = begin(fold + 1)
    const train = order.filter((_, i) => i < from || i >= to)
    return [tensor(train), tensor(order.slice(from, to))]
  })
}
