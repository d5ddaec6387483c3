/**
 * @file The engine's errors and the form of their messages: `op: the fault, with the shapes; the remedy.`
 * Knows nothing of tensors.
 */

/**
 * `instanceof` by name: a backend that is loaded on demand may bring these classes a second time, and its errors are
 * the engine's like any other.
 */
function named(name: string): (error: unknown) => boolean {
  return (error) => error instanceof Error && error.name === name
}

/**
 * Shapes, dimensions or sizes that do not fit.
 * @example
 * ones([2, 3]).matmul(ones([2, 3]))
 */
export class ShapeError extends Error {
  static override readonly [Symbol.hasInstance] = named("ShapeError")
  override name = "ShapeError"
}

/**
 * A dtype that an operation cannot work with.
 * @example
 * tensor([1, 2], { dtype: "int32", requiresGrad: true })
 */
export class DTypeError extends Error {
  static override readonly [Symbol.hasInstance] = named("DTypeError")
  override name = "DTypeError"
}

/**
 * A value outside what is allowed: a negative learning rate, an index out of range, a label that is NaN.
 * @example
 * new SGD([zeros(2, { requiresGrad: true })], { lr: -1 })
 */
export class ValueError extends Error {
  static override readonly [Symbol.hasInstance] = named("ValueError")
  override name = "ValueError"
}

/**
 * A gradient that cannot be computed: freed graph, non-scalar loss, nothing that requires a gradient.
 * @example
 * tensor([1, 2]).sum().backward()
 */
export class GradientError extends Error {
  static override readonly [Symbol.hasInstance] = named("GradientError")
  override name = "GradientError"
}

/**
 * An array larger than the engine agrees to allocate.
 * @example
 * zeros([100000, 100000])
 */
export class MemoryError extends Error {
  static override readonly [Symbol.hasInstance] = named("MemoryError")
  override name = "MemoryError"
}

/**
 * A device that this build or this machine does not have.
 * @example
 * await setDevice("quantum")
 */
export class BackendError extends Error {
  static override readonly [Symbol.hasInstance] = named("BackendError")
  override name = "BackendError"
}

/** `[2, 3]`, as shapes are written in messages. */
export function showShape(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`
}
