/** @file Products of matrices and vectors. */
import { promote } from "../core/dtype.ts"
import { ShapeError, showShape } from "../core/errors.ts"
import { broadcastShapes, sizeOf } from "../core/shape.ts"
import { broadcastView, swapView } from "../core/view.ts"
import { asTensor } from "../create.ts"
import { cast, compute, isRecording, isTracked, record, reviewed } from "../op.ts"
import type { Tensor, TensorLike } from "../tensor.ts"
import { mul } from "./arithmetic.ts"
import { reshape, transpose, unsqueeze } from "./movement.ts"
import { sum } from "./reduce.ts"
import type { Trials } from "./trial.ts"

/** The product of matrices in the last two dimensions; the dimensions before them broadcast. */
function product(x: Tensor, y: Tensor): Tensor {
  const dtype = promote(promote(x.dtype, y.dtype), "int32")
  const { shape: left } = x.source.view
  const { shape: right } = y.source.view
  const m = left[left.length - 2]
  const k = left[left.length - 1]
  const n = right[right.length - 1]
  let shape = [m, n]
  let inputs = [cast(x, dtype), cast(y, dtype)]
  if (left.length + right.length > 4) {
    const batch = broadcastShapes("matmul", left.slice(0, -2), right.slice(0, -2))
    shape = [...batch, m, n]
    const sizes = [
      [m, k],
      [k, n],
    ]
    inputs = inputs.map((t, i) => reviewed(t, broadcastView(t.source.view, [...batch, ...sizes[i]])))
  }
  const out = compute("matmul", { kind: "matmul", m, k, n }, inputs, dtype, shape)
  if (!isTracked(out, x, y)) return out
  return record("matmul", out, [x, y], [(ct) => product(ct, turned(y)), (ct) => product(turned(x), ct)])
}

/** The matrices with their rows as columns. */
function turned(x: Tensor): Tensor {
  if (isRecording()) return transpose(x)
  const { view } = x.source
  const { length } = view.shape
  return reviewed(x, swapView(view, length - 2, length - 1))
}

/** Rows of a vector-matrix product are few: a [batch…, m, k] times one matrix is a single tall product. */
function tall(a: Tensor, b: Tensor): Tensor {
  const rows = sizeOf(a.shape.slice(0, -1))
  const out = product(reshape(a, [rows, a.shape[a.ndim - 1]]), b)
  return reshape(out, [...a.shape.slice(0, -1), b.shape[1]])
}

/**
 * Matrix product: yᵢⱼ = Σₖ aᵢₖ bₖⱼ.
 * Shape: [m, k] · [k, n] → [m, n]; a vector counts as a row on the left and as a column on the right, and that
 * dimension goes again; dimensions before the last two broadcast.
 * Throws: ShapeError if the inner sizes differ. Gradient: ct · bᵀ, aᵀ · ct.
 * @example
 * const a = tensor([[1, 2], [3, 4]])
 * display(a.matmul([[0, 1], [1, 0]]))
 * a.matmul([10, 1])
 */
export function matmul(x: TensorLike, other: TensorLike): Tensor {
  const a = asTensor("matmul", x)
  const b = asTensor("matmul", other, a.dtype)
  checkInner(a, b)
  const left = a.ndim === 1 ? unsqueeze(a, 0) : a
  const right = b.ndim === 1 ? unsqueeze(b, 1) : b
  const out = left.ndim > 2 && right.ndim === 2 ? tall(left, right) : product(left, right)
  if (a.ndim > 1 && b.ndim > 1) return out
  const shape = out.shape.filter(
    (_, d) => !(d === out.ndim - 2 && a.ndim === 1) && !(d === out.ndim - 1 && b.ndim === 1),
  )
  return reshape(out, shape)
}

function checkInner(a: Tensor, b: Tensor): void {
  if (a.ndim === 0 || b.ndim === 0)
    throw new ShapeError(
      `matmul: ${showShape(a.shape)} · ${showShape(b.shape)}: a scalar is no matrix; use mul for a multiple.`,
    )
  const k = a.shape[a.ndim - 1]
  const inner = b.shape[Math.max(b.ndim - 2, 0)]
  if (k === inner) return
  const hint =
    b.ndim === 2 && b.shape[1] === k
      ? "Did you mean x.matmul(w.transpose())?"
      : a.ndim === 2 && a.shape[0] === inner
        ? "Did you mean x.transpose().matmul(w)?"
        : "The columns of the first must be as many as the rows of the second."
  throw new ShapeError(
    `matmul: inner sizes differ, ${showShape(a.shape)} · ${showShape(b.shape)} (${k} ≠ ${inner}). ${hint}`,
  )
}

/**
 * Scalar product of two vectors: Σ aᵢ bᵢ. Shape: [n], [n] → []. Throws: ShapeError unless both are vectors of one
 * length. Gradient: ct · b, ct · a.
 * @example
 * dot([1, 2, 3], [4, 5, 6])
 */
export function dot(x: TensorLike, other: TensorLike): Tensor {
  const a = asTensor("dot", x)
  const b = asTensor("dot", other, a.dtype)
  if (a.ndim !== 1 || b.ndim !== 1 || a.size !== b.size)
    throw new ShapeError(
      `dot: ${showShape(a.shape)} · ${showShape(b.shape)}: two vectors of one length are needed; use matmul for matrices.`,
    )
  return sum(mul(a, b))
}

/**
 * Outer product of two vectors: yᵢⱼ = aᵢ bⱼ. Shape: [m], [n] → [m, n]. Throws: ShapeError unless both are vectors.
 * Gradient: ct · b, ctᵀ · a.
 * @example
 * outer([1, 2, 3], [1, 10])
 */
export function outer(x: TensorLike, other: TensorLike): Tensor {
  const a = asTensor("outer", x)
  const b = asTensor("outer", other, a.dtype)
  if (a.ndim !== 1 || b.ndim !== 1)
    throw new ShapeError(
      `outer: ${showShape(a.shape)}, ${showShape(b.shape)}: two vectors are needed; flatten them first.`,
    )
  return mul(unsqueeze(a, 1), b)
}

/** How tests try these ops. */
export default {
  matmul: {
    examples: [
      {
        shapes: [
          [2, 3],
          [3, 4],
        ],
      },
      { shapes: [[3], [3, 2]] },
      { shapes: [[2, 3], [3]] },
      { shapes: [[3], [3]] },
      {
        shapes: [
          [2, 2, 3],
          [3, 2],
        ],
      },
      {
        shapes: [
          [2, 1, 2, 3],
          [3, 3, 2],
        ],
      },
      {
        shapes: [
          [2, 0],
          [0, 3],
        ],
      },
      {
        shapes: [
          [0, 2],
          [2, 3],
        ],
      },
    ],
  },
  dot: { examples: [{ shapes: [[3], [3]] }, { shapes: [[0], [0]] }] },
  outer: { examples: [{ shapes: [[2], [3]] }] },
} satisfies Trials
