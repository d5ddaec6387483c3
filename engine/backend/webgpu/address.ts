/**
 * @file Index arithmetic in WGSL: the coordinates of point number i of a shape, and the element that a view shows
 * there. All sums are in u32, which wraps, so that negative strides need nothing special. Knows no kernels.
 */
import type { Shape } from "../../core/shape.ts"
import { collapse, type View } from "../../core/view.ts"

/** Names of the coordinates of a shape, and the statements that compute them. */
export interface Coordinates {
  readonly lines: readonly string[]
  readonly names: readonly string[]
}

/** Coordinates of point `index` (an expression) of a shape, row-major; names begin with `prefix`. */
export function coordinates(index: string, shape: Shape, prefix: string): Coordinates {
  const names = shape.map((_, d) => `${prefix}${d}`)
  const lines: string[] = []
  let rest = index
  for (let d = shape.length - 1; d > 0; d--) {
    // Nothing is read from an empty shape, but dividing by 0 does not even compile.
    const size = Math.max(shape[d], 1)
    lines.push(`let ${names[d]} = ${rest} % ${size}u;`, `let ${prefix}rest${d} = ${rest} / ${size}u;`)
    rest = `${prefix}rest${d}`
  }
  if (shape.length > 0) lines.push(`let ${names[0]} = ${rest};`)
  return { lines, names }
}

/** offset + Σ strides · names. */
export function address(names: readonly string[], strides: readonly number[], offset: number): string {
  const terms = names.flatMap((name, d) =>
    strides[d] === 0 ? [] : strides[d] === 1 ? [name] : [`${name} * ${strides[d] >>> 0}u`],
  )
  if (offset !== 0 || terms.length === 0) terms.push(`${offset >>> 0}u`)
  return terms.join(" + ")
}

/** Statements and addresses for several views of one shape, over as few dimensions as they allow. */
export function walk(
  index: string,
  shape: Shape,
  views: readonly View[],
  prefix = "c",
): { lines: readonly string[]; address: (view: View) => string } {
  const flat = collapse(shape, views)
  const { lines, names } = coordinates(index, flat.shape, prefix)
  return { lines, address: (view) => address(names, flat.strides[views.indexOf(view)], view.offset) }
}

/** The element that a view shows at row-major position `index`, as statements and an expression. */
export function flatAddress(
  index: string,
  view: View,
  prefix: string,
): { lines: readonly string[]; at: string } {
  const { lines, address } = walk(index, view.shape, [view], prefix)
  return { lines, at: address(view) }
}
