/** @file IDX files, the format of MNIST: bytes become tensors. Knows nothing of where files come from. */
import type { DType } from "../core/dtype.ts"
import { ShapeError, showShape, ValueError } from "../core/errors.ts"
import { checkShape, sizeOf } from "../core/shape.ts"
import { tensor } from "../create.ts"
import { div } from "../ops/arithmetic.ts"
import { flatten, reshape } from "../ops/movement.ts"
import type { Tensor } from "../tensor.ts"
import type { Dataset } from "./shapes.ts"

type Bytes = Uint8Array | ArrayBuffer

interface ElementType {
  readonly dtype: DType
  readonly bytes: number
  readonly read: (view: DataView, at: number) => number
}

/** The third byte of the file says what an element is; numbers of several bytes begin with the highest. */
const elementTypes: Readonly<Record<number, ElementType>> = {
  8: { dtype: "int32", bytes: 1, read: (view, at) => view.getUint8(at) },
  9: { dtype: "int32", bytes: 1, read: (view, at) => view.getInt8(at) },
  11: { dtype: "int32", bytes: 2, read: (view, at) => view.getInt16(at) },
  12: { dtype: "int32", bytes: 4, read: (view, at) => view.getInt32(at) },
  13: { dtype: "float32", bytes: 4, read: (view, at) => view.getFloat32(at) },
  14: { dtype: "float64", bytes: 8, read: (view, at) => view.getFloat64(at) },
}

function viewOf(bytes: Bytes): DataView {
  return bytes instanceof ArrayBuffer
    ? new DataView(bytes)
    : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function isGzip(view: DataView): boolean {
  return view.byteLength > 2 && view.getUint16(0) === 0x1f8b
}

/**
 * The array in an IDX file: two zero bytes, the type, the number of dimensions, the sizes, the elements in row-major
 * order. Shape: as the file says; bytes and integers become int32, floats float32, doubles float64.
 * Throws: ValueError if the bytes are not such a file, are cut off or are still compressed (see `idxAsync`);
 * MemoryError above 1 GiB. Format: LeCun, Cortes, Burges, “The MNIST database of handwritten digits”, 1998.
 * @example
 * const head = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3]
 * idx(new Uint8Array([...head, 1, 2, 3, 4, 5, 6]))
 */
export function idx(bytes: Bytes): Tensor {
  const view = viewOf(bytes)
  if (isGzip(view))
    throw new ValueError(
      "idx: these bytes are compressed (gzip); use await idxAsync(bytes), which unpacks them.",
    )
  const type = view.byteLength >= 4 && view.getUint16(0) === 0 ? elementTypes[view.getUint8(2)] : undefined
  const ndim = type ? view.getUint8(3) : 0
  const start = 4 + 4 * ndim
  if (!type || view.byteLength < start)
    throw new ValueError(
      `idx: this is not an IDX file; its first bytes are [${[...new Uint8Array(view.buffer, view.byteOffset, Math.min(4, view.byteLength))].join(", ")}] ` +
        "instead of 0, 0, a type (8, 9, 11 to 14) and the number of dimensions.",
    )
  const shape = Array.from({ length: ndim }, (_, d) => view.getUint32(4 + 4 * d))
  checkShape("idx", shape, type.dtype)
  const size = sizeOf(shape)
  if (view.byteLength !== start + size * type.bytes)
    throw new ValueError(
      `idx: a file of shape ${showShape(shape)} has ${start + size * type.bytes} bytes, this one ${view.byteLength}; was it cut off?`,
    )
  const values =
    type.dtype === "int32"
      ? new Int32Array(size)
      : type.dtype === "float32"
        ? new Float32Array(size)
        : new Float64Array(size)
  for (let i = 0; i < size; i++) values[i] = type.read(view, start + i * type.bytes)
  return reshape(tensor(values), shape)
}

/**
 * As `idx`, for a file that may be compressed with gzip, as MNIST's are. Shape: as the file says.
 * Throws: as `idx`.
 * @example
 * const head = [0, 0, 8, 1, 0, 0, 0, 4]
 * await idxAsync(new Uint8Array([...head, 5, 0, 4, 1]))
 */
export async function idxAsync(bytes: Bytes): Promise<Tensor> {
  if (!isGzip(viewOf(bytes))) return idx(bytes)
  const unpacked = new Blob([bytes instanceof ArrayBuffer ? bytes : new Uint8Array(bytes)])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"))
  try {
    return idx(await new Response(unpacked).arrayBuffer())
  } catch (error) {
    if (error instanceof TypeError)
      throw new ValueError("idx: the compressed file is damaged; download it again.", { cause: error })
    throw error
  }
}

/**
 * MNIST, or a set made like it, from the bytes of its two files (gzip or not): `mnist(images, labels)`.
 * Shape: x [N, pixels], float32, 0 … 1; y [N], int32. Throws: ShapeError if the files do not belong together,
 * ValueError as `idx`.
 * @example
 * const images = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 51, 102, 255]
 * const labels = [0, 0, 8, 1, 0, 0, 0, 1, 7]
 * const { x, y } = await mnist(new Uint8Array(images), new Uint8Array(labels))
 * display(x, y)
 */
export async function mnist(images: Bytes, labels: Bytes): Promise<Dataset> {
  const [pixels, y] = [await idxAsync(images), await idxAsync(labels)]
  if (pixels.ndim < 2 || y.ndim !== 1 || pixels.shape[0] !== y.size)
    throw new ShapeError(
      `mnist: images ${showShape(pixels.shape)} and labels ${showShape(y.shape)} do not belong together; ` +
        "give the file of images first, and that of their labels second.",
    )
  return { x: div(flatten(pixels, 1), 255), y }
}
