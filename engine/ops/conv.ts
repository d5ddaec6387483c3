/** @file Convolution and pooling of images [N, C, H, W]: windows ↔ fold, and what follows from them. */
import { checkOptions, show } from "../core/arguments.ts"
import { ShapeError, showShape } from "../core/errors.ts"
import { sameShape } from "../core/shape.ts"
import { arange, asTensor, full } from "../create.ts"
import { input, s } from "../kernel/expr.ts"
import { compute, defineOp, mapTensors, reviewed } from "../op.ts"
import type { Tensor, TensorLike } from "../tensor.ts"
import { add, eq, mul } from "./arithmetic.ts"
import { picked } from "./indexing.ts"
import { matmul } from "./matmul.ts"
import { pad, permute, reshape, squeeze, transpose, unsqueeze } from "./movement.ts"
import { argmax, mean } from "./reduce.ts"
import type { Trials } from "./trial.ts"

type Pair = readonly [number, number]

/** @internal One number or two as two. Throws: ShapeError unless they are whole, `least` or more. */
export function pairOf(op: string, what: string, value: number | Pair, least: number): Pair {
  const pair: Pair = typeof value === "number" ? [value, value] : value
  if (!Array.isArray(pair) || pair.length !== 2 || !pair.every((n) => Number.isInteger(n) && n >= least))
    throw new ShapeError(`${op}: ${what} is ${show(value)}; use one or two whole numbers, ${least} or more.`)
  return pair
}

function checkImages(op: string, x: Tensor, kernel: Pair): void {
  if (x.ndim !== 4)
    throw new ShapeError(
      `${op}: images are [N, C, H, W], got ${showShape(x.shape)}; use reshape or unsqueeze.`,
    )
  if (x.shape[2] < kernel[0] || x.shape[3] < kernel[1])
    throw new ShapeError(
      `${op}: the kernel ${showShape(kernel)} is larger than the image in ${showShape(x.shape)}; use a smaller one, or padding.`,
    )
}

/** Every window of the images, as a view: [N, C, H, W] → [N, C, rows, columns, kernelHeight, kernelWidth]. */
const windows = defineOp("windows", {
  forward: (x: Tensor, kernel: Pair, stride: Pair): Tensor => {
    const { strides, offset } = x.source.view
    const [n, c, h, w] = x.shape
    const rows = Math.floor((h - kernel[0]) / stride[0]) + 1
    const columns = Math.floor((w - kernel[1]) / stride[1]) + 1
    return reviewed(x, {
      shape: [n, c, rows, columns, ...kernel],
      strides: [
        strides[0],
        strides[1],
        strides[2] * stride[0],
        strides[3] * stride[1],
        strides[2],
        strides[3],
      ],
      offset,
    })
  },
  vjp: (ct, x, _y, kernel, stride): Tensor =>
    // Windows that lie side by side and fill the image only have to be put there.
    sameShape(kernel, stride) && ct.size === x.size
      ? reshape(permute(ct, [0, 1, 2, 4, 3, 5]), x.shape)
      : fold(ct, kernel, stride, [x.shape[2], x.shape[3]]),
})

/** Windows added up where they overlap: the transpose of `windows`. */
const fold = defineOp("fold", {
  forward: (x: Tensor, kernel: Pair, stride: Pair, [height, width]: Pair): Tensor => {
    const shape = [x.shape[0], x.shape[1], height, width]
    return compute("fold", { kind: "fold", height, width, kernel, stride }, [x], x.dtype, shape)
  },
  vjp: (ct, _x, _y, kernel, stride): Tensor => windows(ct, kernel, stride),
})

/**
 * An image of so many windows is a product of its own, which lies as the result does. Of smaller ones all are in one product.
 */
const manyWindows = 256

/** Where the windows of a convolution lie. */
export interface ConvOptions {
  /** Pixels from one window to the next; 1 by default. */
  stride?: number | Pair
  /** Rings of zeros around the image; 0 by default. */
  padding?: number | Pair
}

/**
 * Convolution (cross-correlation, as everywhere in deep learning): y[n, o, r, c] = bₒ + Σ w[o, i, p, q] · x[n, i, r s + p, c s + q].
 * Shape: x [N, C, H, W], w [O, C, kh, kw], b [O] or null → [N, O, ⌊(H + 2 padding − kh) / stride⌋ + 1, …].
 * Throws: ShapeError if channels differ, the kernel does not fit, or the bias is not [O].
 * Gradient: to w, ct with the windows of x; to x, ct with w, added up where windows overlap; to b, ct summed.
 * Reference: LeCun et al. 1998.
 * @example
 * const image = tensor([[[[0, 0, 9, 9], [0, 0, 9, 9], [0, 0, 9, 9]]]])
 * const edge = [[[[-1, 1]]]]
 * conv2d(image, edge)
 */
export function conv2d(
  images: TensorLike,
  weight: TensorLike,
  bias: TensorLike | null = null,
  options: ConvOptions = {},
): Tensor {
  const x = asTensor("conv2d", images)
  const w = asTensor("conv2d", weight, x.dtype)
  checkOptions("conv2d", options, ["stride", "padding"])
  const stride = pairOf("conv2d", "stride", options.stride ?? 1, 1)
  const [ph, pw] = pairOf("conv2d", "padding", options.padding ?? 0, 0)
  if (w.ndim !== 4 || x.ndim !== 4 || x.shape[1] !== w.shape[1])
    throw new ShapeError(
      `conv2d: images ${showShape(x.shape)} and weight ${showShape(w.shape)} do not fit; ` +
        "they are [N, C, H, W] and [O, C, kh, kw] with the same C.",
    )
  const b = bias === null ? null : asTensor("conv2d", bias, x.dtype)
  if (b && !sameShape(b.shape, [w.shape[0]]))
    throw new ShapeError(
      `conv2d: the bias ${showShape(b.shape)} must be [${w.shape[0]}], one number for each output channel of the ` +
        `weight ${showShape(w.shape)}, or null.`,
    )
  const padded =
    ph + pw === 0
      ? x
      : pad(x, [
          [0, 0],
          [0, 0],
          [ph, ph],
          [pw, pw],
        ])
  const kernel: Pair = [w.shape[2], w.shape[3]]
  checkImages("conv2d", padded, kernel)
  const seen = windows(padded, kernel, stride)
  const [n, c, rows, columns] = seen.shape
  const out = w.shape[0]
  const length = c * kernel[0] * kernel[1]
  const filters = reshape(w, [out, length])
  if (rows * columns < manyWindows) {
    const patches = reshape(permute(seen, [0, 2, 3, 1, 4, 5]), [n * rows * columns, length])
    const product = matmul(patches, transpose(filters))
    const biased = b ? add(product, b) : product
    return permute(reshape(biased, [n, rows, columns, out]), [0, 3, 1, 2])
  }
  const patches = reshape(permute(seen, [0, 1, 4, 5, 2, 3]), [n, length, rows * columns])
  const maps = reshape(matmul(filters, patches), [n, out, rows, columns])
  return b ? add(maps, reshape(b, [out, 1, 1])) : maps
}

/** Where the windows of a pooling lie. */
export interface PoolOptions {
  /** Pixels from one window to the next; the kernel's size by default, so that windows do not overlap. */
  stride?: number | Pair
}

function windowsOf(op: string, images: TensorLike, size: number | Pair, options: PoolOptions): Tensor {
  const x = asTensor(op, images)
  checkOptions(op, options, ["stride"])
  const kernel = pairOf(op, "kernel", size, 1)
  checkImages(op, x, kernel)
  return windows(x, kernel, pairOf(op, "stride", options.stride ?? kernel, 1))
}

/** Windows with their pixels in one dimension. */
function inRows(seen: Tensor): Tensor {
  const [n, c, rows, columns, height, width] = seen.shape
  return reshape(seen, [n, c, rows, columns, height * width])
}

/** The first pixels of all windows, then the second ones, …: views. */
function pixelsOf(seen: Tensor): Tensor[] {
  const { shape, strides, offset } = seen.source.view
  const [, , , , height, width] = shape
  return Array.from({ length: height * width }, (_, p) =>
    reviewed(seen, {
      shape: shape.slice(0, 4),
      strides: strides.slice(0, 4),
      offset: offset + Math.floor(p / width) * strides[4] + (p % width) * strides[5],
    }),
  )
}

const larger = s.max(input(0), input(1))
const isEqual = s.eq(input(0), input(1))
const firstEqual = Array.from({ length: 32 }, (_, p) => s.select(isEqual, p, input(2)))

/** The largest pixel of each window: [N, C, rows, columns, kernelHeight, kernelWidth] → [N, C, rows, columns]. */
const largestPixel = defineOp("largestPixel", {
  forward: (seen: Tensor): Tensor =>
    pixelsOf(seen).reduce((a, b) => mapTensors("maxPool2d", larger, [a, b], seen.dtype)),
  vjp: (ct, seen, y): Tensor => {
    const [, , , , height, width] = seen.shape
    // Which pixel it is, counted within the window; the last if none is equal, as with NaN.
    let place = full(y.shape, height * width - 1, { dtype: seen.dtype })
    const pixels = pixelsOf(seen)
    for (let p = pixels.length - 2; p >= 0; p--)
      place = mapTensors("maxPool2d", firstEqual[p], [pixels[p], y, place], seen.dtype)
    const places = reshape(arange(height * width, { dtype: seen.dtype }), [height, width])
    return mul(unsqueeze(unsqueeze(ct, 4), 5), eq(unsqueeze(unsqueeze(place, 4), 5), places))
  },
})

/**
 * The largest value of every window. Shape: [N, C, H, W] → [N, C, ⌊(H − k) / stride⌋ + 1, …].
 * Throws: ShapeError if x is not [N, C, H, W] or the kernel does not fit. Gradient: ct to the largest, the first of equals.
 * @example
 * const image = arange(16).reshape([1, 1, 4, 4])
 * display(maxPool2d(image, 2))
 * maxPool2d(image, 2, { stride: 1 })
 */
export function maxPool2d(x: TensorLike, kernel: number | Pair, options: PoolOptions = {}): Tensor {
  const seen = windowsOf("maxPool2d", x, kernel, options)
  // Small windows are compared pixel by pixel, large ones searched.
  if (seen.shape[4] * seen.shape[5] <= firstEqual.length) return largestPixel(seen)
  const rows = inRows(seen)
  return squeeze(picked(rows, 4, argmax(rows, 4, { keepDim: true })), 4)
}

/**
 * The mean of every window. Shape: as `maxPool2d`. Throws: ShapeError if x is not [N, C, H, W] or the kernel does not
 * fit. Gradient: ct / k², to all of the window.
 * @example
 * const image = arange(16).reshape([1, 1, 4, 4])
 * avgPool2d(image, 2)
 */
export function avgPool2d(x: TensorLike, kernel: number | Pair, options: PoolOptions = {}): Tensor {
  return mean(inRows(windowsOf("avgPool2d", x, kernel, options)), -1)
}

/** How tests try these ops. */
export default {
  conv2d: {
    examples: [
      { shapes: [[2, 2, 4, 5], [3, 2, 2, 3], [3]] },
      { shapes: [[1, 2, 5, 4], [2, 2, 3, 2], [2]], rest: [{ stride: [2, 1], padding: 1 }] },
      { shapes: [[1, 1, 17, 18], [2, 1, 2, 2], [2]] },
    ],
  },
  maxPool2d: {
    examples: [
      { shapes: [[2, 2, 4, 4]], rest: [2] },
      { shapes: [[1, 1, 5, 4]], rest: [[3, 2], { stride: 1 }] },
      { shapes: [[1, 1, 7, 6]], rest: [6] },
      { shapes: [[1, 2, 2, 2]], rest: [1] },
    ],
  },
  avgPool2d: {
    examples: [
      { shapes: [[2, 2, 4, 4]], rest: [2] },
      { shapes: [[1, 1, 5, 4]], rest: [[3, 2], { stride: 1 }] },
    ],
  },
} satisfies Trials
