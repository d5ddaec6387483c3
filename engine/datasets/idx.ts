/** @file IDX files, the format of MNIST: bytes become tensors. Knows nothing of where files come from. */
import { allocate } from "../core/dtype.ts"
import { ShapeError, showShape, ValueError } from "../core/errors.ts"
import { checkShape, sizeOf } from "../core/shape.ts"
import { tensor } from "../create.ts"
import { div } from "../ops/arithmetic.ts"
import { flatten, reshape } from "../ops/movement.ts"
import type { Tensor } from "../tensor.ts"
import type { Dataset } from "./shapes.ts"

type Bytes = Uint8Array | ArrayBuffer

/** The third byte of the file says what an element is; numbers of several bytes begin with the highest. */
const elementTypes = {
  8: "Uint8",
  9: "Int8",
  11: "Int16",
  12: "Int32",
  13: "Float32",
  14: "Float64",
} as const

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
  const known = view.byteLength >= 4 && view.getUint16(0) === 0
  const type = known ? elementTypes[view.getUint8(2) as keyof typeof elementTypes] : undefined
  const ndim = type ? view.getUint8(3) : 0
  const start = 4 + 4 * ndim
  if (!type || view.byteLength < start)
    throw new ValueError(
      `idx: this is not an IDX file; its first bytes are [${[...new Uint8Array(view.buffer, view.byteOffset, Math.min(4, view.byteLength))].join(", ")}] ` +
        "instead of 0, 0, a type (8, 9, 11 to 14) and the number of dimensions.",
    )
  const shape = Array.from({ length: ndim }, (_, d) => view.getUint32(4 + 4 * d))
  const dtype = type === "Float32" ? "float32" : type === "Float64" ? "float64" : "int32"
  checkShape("idx", shape, dtype)
  const size = sizeOf(shape)
  const bytesEach = Number(type.replace(/\D+/, "")) / 8
  if (view.byteLength !== start + size * bytesEach)
    throw new ValueError(
      `idx: a file of shape ${showShape(shape)} has ${start + size * bytesEach} bytes, this one ${view.byteLength}; was it cut off?`,
    )
  const values = allocate(dtype, size)
  for (let i = 0; i < size; i++) values[i] = view[`get${type}`](start + i * bytesEach)
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
