/**
 * @file What is known of a reduction before any code is written: how its dimensions collapse and in which direction
 * vectors lie. Knows no code.
 */
import type { DType } from "../../core/dtype.ts"
import { sizeOf } from "../../core/shape.ts"
import { collapse, permuteView, rowMajor, type View } from "../../core/view.ts"
import type { Reduce } from "../../fuse/plan.ts"
import type { Reduction } from "../../kernel/kernel.ts"
import { type Layout, readsOf } from "./cursor.ts"
import { fitsLanes, lanes } from "./lanes.ts"
import { levelsOf, weightOf } from "./loop.ts"
import { scalar64 } from "./scalar64.ts"
import type { Scope } from "./scope.ts"

/** From so many elements on, speed is worth more code. */
const hotFrom = 512
/** A running sum in float32 takes so many numbers, then it goes into one in float64. */
export const block = 16
/** Vectors of results that are made at once along what is kept. */
export const strip = 4

/** What is known of a reduction before any code is written. Dimensions are those that are kept, then those reduced. */
export interface ReduceShape extends Layout {
  readonly op: Reduction
  /** The dtype of what is reduced. */
  readonly dtype: DType
  /** Do vectors lie along what is kept? */
  readonly along: boolean
  readonly kept: readonly number[]
  readonly reduced: readonly number[]
  /** Vectors of one result, or of results side by side, at once: as many accumulators. */
  readonly vectors: number
  /** Are sums made in blocks? */
  readonly blocks: boolean
}

/** Where reduced dimensions come in another order, the one with the shortest strides last. */
function innermostLast(dims: readonly number[], views: readonly View[]): number[] {
  const cost = (d: number): number => views.reduce((sum, { strides }) => sum + Math.abs(strides[d]), 0)
  return dims.toSorted((a, b) => cost(b) - cost(a))
}

export function shapeOf(scope: Scope, reduce: Reduce): ReduceShape {
  const { op, body, value } = reduce
  const dialect = fitsLanes(body) && op !== "prod" ? lanes : scalar64
  const { reads, accesses, views } = readsOf(body)
  accesses.push({ array: reduce.array, dtype: reduce.dtype, offset: 0 })
  const k = reduce.kept.length
  const inOrder = reduce.reduced.map((_, d) => k + d)
  const ordered =
    op === "argmax" || op === "argmin" || dialect.width === 1 ? inOrder : innermostLast(inOrder, views)
  const keptDims = reduce.kept.map((_, d) => d)
  const kept = collapse(reduce.kept, [...views.map((v) => permuteView(v, keptDims)), rowMajor(reduce.kept)])
  const reduced = collapse(
    ordered.map((d) => reduce.reduced[d - k]),
    views.map((v) => permuteView(v, ordered)),
  )
  if (reduced.shape.length === 0) {
    reduced.shape.push(1)
    for (const list of reduced.strides) list.push(0)
  }
  const strides = accesses.map((_, a) => [
    ...kept.strides[a],
    ...(reduced.strides[a] ?? reduced.shape.map(() => 0)),
  ])
  const length = sizeOf(reduced.shape)
  const total = sizeOf(kept.shape) * length
  const uneven = (list: readonly number[][]): number =>
    list.filter((s) => s.length > 0 && ![0, 1].includes(s[s.length - 1])).length
  const width = kept.shape.at(-1) ?? 1
  const depth = reduced.shape[reduced.shape.length - 1]
  const [across, along] = [uneven(reduced.strides), uneven(kept.strides.slice(0, reads.length))]
  const isAlong =
    dialect.width > 1 && width > 1 && (along < across || (along === across && depth < 8 && width >= 4))
  const weight = weightOf(body)
  const { dtype } = body[value]
  return {
    scope,
    body,
    wanted: [value],
    op,
    dtype,
    dialect,
    along: isAlong,
    kept: kept.shape,
    reduced: reduced.shape,
    reads,
    accesses,
    strides,
    inner: isAlong ? kept.shape.length - 1 : kept.shape.length + reduced.shape.length - 1,
    levels: levelsOf(body, (step) => {
      const list = strides[reads.indexOf(step)]
      if (list.every((stride) => stride === 0)) return 0
      return !isAlong && list.slice(kept.shape.length).every((stride) => stride === 0) ? 1 : 2
    }),
    vectors: isAlong
      ? Math.min(strip, Math.ceil(width / 4))
      : dialect.width === 1 || op.startsWith("arg") || weight > 8 || depth < 32
        ? 1
        : 4,
    blocks: op === "sum" && dialect === lanes && dtype === "float32" && length > block * (isAlong ? 1 : 4),
    hot: total >= hotFrom,
  }
}
