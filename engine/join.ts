/** @file Ops whose first argument is not the tensor that they are about: concat, stack, where. */
import { show } from "./core/arguments.ts"
import { promote } from "./core/dtype.ts"
import { ShapeError, showShape } from "./core/errors.ts"
import { broadcastShapes, normalizeDim, sameShape } from "./core/shape.ts"
import { asTensor } from "./create.ts"
import { input, s } from "./kernel/expr.ts"
import { cast, compute, mapTensors, record } from "./op.ts"
import { mul } from "./ops/arithmetic.ts"
import { slice, unsqueeze } from "./ops/movement.ts"
import { Tensor, type TensorLike } from "./tensor.ts"

function tensorsOf(op: string, list: readonly TensorLike[]): Tensor[] {
  if (!Array.isArray(list))
    throw new ShapeError(`${op}: the tensors are one list, ${op}([a, b], dim), not ${show(list)}.`)
  if (list.length === 0) throw new ShapeError(`${op}: the list is empty; give at least one tensor.`)
  return list.map((x: TensorLike) => asTensor(op, x))
}

/**
 * Tensors one after the other along `dim`. Shape: sizes add up along `dim` and agree elsewhere.
 * Throws: ShapeError if they do not, or for an empty list. Gradient: ct, cut in the same pieces.
 * @example
 * concat([ones([1, 3]), zeros([2, 3])])
 */
export function concat(list: readonly TensorLike[], dim = 0): Tensor {
  const tensors = tensorsOf("concat", list)
  const [{ shape: first, ndim }] = tensors
  if (ndim === 0)
    throw new ShapeError(
      "concat: scalars have no dimension to be joined along; use stack for a vector of them.",
    )
  const at = normalizeDim("concat", dim, ndim, first)
  for (const { shape } of tensors)
    if (shape.length !== ndim || shape.some((n, d) => d !== at && n !== first[d]))
      throw new ShapeError(
        `concat: ${showShape(first)} and ${showShape(shape)} must agree in every dimension but ${dim}; reshape one of them.`,
      )
  const dtype = tensors.map((x) => x.dtype).reduce(promote)
  let length = 0
  const begins = tensors.map(({ shape }) => {
    const begin = first.map((_, d) => (d === at ? length : 0))
    length += shape[at]
    return begin
  })
  const shape = first.map((n, d) => (d === at ? length : n))
  const inputs = tensors.map((x) => cast(x, dtype))
  const out = compute("concat", { kind: "place", shape, begins, fill: 0 }, inputs, dtype, shape)
  const vjps = tensors.map(
    (x, i) => (ct: Tensor) =>
      slice(
        ct,
        begins[i],
        x.shape.map((n, d) => begins[i][d] + n),
      ),
  )
  return record("concat", out, tensors, vjps)
}

/**
 * Tensors of one shape along a new dimension `dim`. Shape: n of [a, b] → [n, a, b] for 0.
 * Throws: ShapeError if the shapes differ, or for an empty list. Gradient: ct, taken apart.
 * @example
 * display(stack([[1, 2, 3], [4, 5, 6]]))
 * stack([[1, 2, 3], [4, 5, 6]], 1)
 */
export function stack(list: readonly TensorLike[], dim = 0): Tensor {
  const tensors = tensorsOf("stack", list)
  const [first] = tensors
  const other = tensors.find((x) => !sameShape(x.shape, first.shape))
  if (other)
    throw new ShapeError(
      `stack: ${showShape(first.shape)} and ${showShape(other.shape)} must have the same shape; reshape one of them, or use concat.`,
    )
  const at = normalizeDim("stack", dim, first.ndim + 1, first.shape)
  return concat(
    tensors.map((x) => unsqueeze(x, at)),
    at,
  )
}

const choose = s.select(input(0), input(1), input(2))

/**
 * a where the condition holds (is not 0), b elsewhere. Shape: all three broadcast.
 * Throws: ShapeError if they do not broadcast. Gradient: ct to the one that was taken.
 * @example
 * const x = tensor([-2, 3, -1])
 * where(x.gt(0), x, 0)
 */
export function where(condition: TensorLike, a: TensorLike, b: TensorLike): Tensor {
  const test = asTensor("where", condition)
  const x = asTensor("where", a, typeof a === "number" && b instanceof Tensor ? b.dtype : undefined)
  const y = asTensor("where", b, x.dtype)
  broadcastShapes("where", x.shape, y.shape)
  const out = mapTensors("where", choose, [test, x, y], promote(x.dtype, y.dtype))
  const taken = cast(test.detach(), "bool")
  return record("where", out, [x, y], [(ct) => mul(ct, taken), (ct) => mul(ct, not(taken))])
}

function not(test: Tensor): Tensor {
  return mapTensors("not", s.eq(input(0), 0), [test], "bool")
}
