/**
 * @file What a reduction keeps while it goes along: accumulators in lanes, how an element goes in, how lanes and
 * blocks are brought together. Knows no loops.
 */
import type { DType } from "../../core/dtype.ts"
import type { Reduction } from "../../kernel/kernel.ts"
import {
  type Code,
  type Func,
  f32,
  f32x4,
  f64,
  f64x2,
  i32,
  i32x4,
  if_,
  type Local,
  v128,
} from "./assembler.ts"
import { splat } from "./lanes.ts"

/** The value that changes nothing. */
export function neutral(op: Reduction, dtype: DType): number {
  if (op === "sum") return 0
  if (op === "prod") return 1
  const least = dtype === "int32" ? -(2 ** 31) : Number.NEGATIVE_INFINITY
  return op === "max" || op === "argmax" ? least : dtype === "int32" ? 2 ** 31 - 1 : -least
}

/** What goes along with a loop over elements. Methods give code. */
export interface Accumulator {
  /** Vectors: the value, the place or the sums in double. */
  readonly state: readonly Local[]
  /** Begins from nothing. */
  clear(): Code
  /** Elements go in, as many as `count` says; `position` tells where the first one stands. */
  put(value: Code, position: Code, count: number): Code
  /** The end of a block. */
  flush(): Code
  /** Brings everything together in the first of these accumulators, and there in one element. */
  fold(others: readonly Accumulator[]): Code
  /** The results, once all blocks are in; of vectors, four, or after `fold` one. */
  result(folded: boolean): Code
  /** Everything, kept in memory between two calls of a function. */
  save(address: Code, offset: number): Code
  restore(address: Code, offset: number): Code
}

/** Bytes that `save` takes. */
export const savedBytes = 64

/** Lanes of a vector for the lanes of another: those that `fold` brings together with the first ones. */
const upper = [2, 3, 2, 3]
const odd = [1, 1, 1, 1]

/**
 * Four results, or four parts of one, in lanes. Sums of float32 are made in blocks: a running sum of a block in
 * float32, and a running sum of the blocks in float64, so that the error does not grow with their number. `dtype` is
 * that of the elements.
 */
export function laneAccumulator(func: Func, op: Reduction, dtype: DType, blocks: boolean): Accumulator {
  const float = dtype === "float32"
  const larger = op === "max" || op === "argmax"
  const start = neutral(op, dtype)
  const [value, element, better] = func.locals("v128", 3)
  /** argmax and argmin: where the best value stands. */
  const place = op.startsWith("arg") ? func.local("v128") : undefined
  /** Sums in blocks: the lanes 0, 1 and 2, 3 in double. */
  const doubles = func.locals("v128", blocks ? 2 : 0)
  const [low, high] = doubles
  const state = [value, ...(place ? [place] : []), ...doubles]

  const combine = (a: Code, b: Code): Code => {
    const family = float ? f32x4 : i32x4
    if (op === "sum") return family.add(a, b)
    if (float) return larger ? f32x4.max(a, b) : f32x4.min(a, b)
    return larger ? i32x4.maxS(a, b) : i32x4.minS(a, b)
  }

  /** Is x strictly better: larger (or smaller), or the first NaN? */
  const beats = (x: Code): Code => {
    if (!float) return larger ? i32x4.gtS(x, value) : i32x4.ltS(x, value)
    const nan = v128.and(f32x4.ne(x, x), f32x4.eq(value, value))
    return v128.or(larger ? f32x4.gt(x, value) : f32x4.lt(x, value), nan)
  }

  /** Is x as good, and earlier? */
  const precedes = (x: Code, position: Code, at: Local): Code => {
    const equal = float
      ? v128.or(f32x4.eq(x, value), v128.and(f32x4.ne(x, x), f32x4.ne(value, value)))
      : i32x4.eq(x, value)
    return v128.and(equal, i32x4.ltS(position, at))
  }

  /** Takes what is better or, if it may come in any order, equal and earlier. */
  const offer = (x: Code, position: Code, at: Local, inOrder: boolean): Code => [
    better.set(inOrder ? beats(x) : v128.or(beats(x), precedes(x, position, at))),
    at.set(v128.bitselect(position, at, better)),
    value.set(v128.bitselect(x, value, better)),
  ]

  const flush = (): Code =>
    doubles.map((sum, i) => [
      sum.set(f64x2.add(sum, f64x2.promoteLowF32x4(i === 0 ? value : i32x4.shuffle(value, value, upper)))),
      i === 0 ? [] : value.set(splat(0, "float32")),
    ])

  const foldLanes = (): Code => {
    if (blocks) {
      const sum = f64.add(f64x2.extractLane(low, 0), f64x2.extractLane(low, 1))
      return [low.set(f64x2.add(low, high)), value.set(f32x4.splat(f32.demoteF64(sum)))]
    }
    return [upper, odd].map((lanes) => {
      const shuffled = i32x4.shuffle(value, value, lanes)
      if (!place) return value.set(combine(value, shuffled))
      return [element.set(shuffled), offer(element, i32x4.shuffle(place, place, lanes), place, false)]
    })
  }

  return {
    state,
    clear: () => [
      value.set(splat(start, dtype)),
      place?.set(splat(0, "int32")) ?? [],
      doubles.map((sum) => sum.set(f64x2.splat(f64.const(0)))),
    ],
    put: (x, position, count) => {
      const mask = i32x4.const(-1, count > 1 ? -1 : 0, count > 2 ? -1 : 0, 0)
      const rest = start === 0 ? v128.and(x, mask) : v128.bitselect(x, splat(start, dtype), mask)
      const lanes = count === 4 ? x : rest
      // Elements come in ascending positions.
      return place
        ? [element.set(lanes), offer(element, position, place, true)]
        : value.set(combine(value, lanes))
    },
    flush,
    fold: (others) => [
      flush(),
      others.map((other) => {
        const [x, ...rest] = other.state
        if (place) return offer(x, rest[0], place, false)
        if (!blocks) return value.set(combine(value, x))
        return [other.flush(), doubles.map((sum, i) => sum.set(f64x2.add(sum, rest[i])))]
      }),
      foldLanes(),
    ],
    result: (folded) =>
      blocks && !folded
        ? [flush(), i32x4.shuffle(f32x4.demoteF64x2Zero(low), f32x4.demoteF64x2Zero(high), [0, 1, 4, 5])]
        : (place ?? value),
    save: (address, offset) => state.map((local, s) => v128.store(address, local, offset + 16 * s)),
    restore: (address, offset) => state.map((local, s) => local.set(v128.load(address, offset + 16 * s))),
  }
}

/** The same for one element at a time, in float64 or whole numbers, in the interpreter's order. */
export function scalarAccumulator(func: Func, op: Reduction, whole: boolean): Accumulator {
  const larger = op === "max" || op === "argmax"
  const family = whole ? i32 : f64
  const [value, element] = func.locals(whole ? "i32" : "f64", 2)
  const place = op.startsWith("arg") ? func.local("i32") : undefined
  const beats = (): Code => {
    if (whole) return larger ? i32.gtS(element, value) : i32.ltS(element, value)
    const nan = i32.and(f64.ne(element, element), f64.eq(value, value))
    return i32.or(larger ? f64.gt(element, value) : f64.lt(element, value), nan)
  }
  return {
    state: [value],
    clear: () => [value.set(neutral(op, whole ? "int32" : "float64")), place?.set(0) ?? []],
    put: (x, position) => {
      if (op === "sum") return value.set(family.add(value, x))
      if (op === "prod") return value.set(family.mul(value, x))
      return [element.set(x), if_(beats(), [value.set(element), place?.set(position) ?? []])]
    },
    flush: () => [],
    fold: () => [],
    result: () => place ?? value,
    save: (address, offset) => [
      family.store(address, value, offset),
      place ? i32.store(address, place, offset + 8) : [],
    ],
    restore: (address, offset) => [
      value.set(family.load(address, offset)),
      place?.set(i32.load(address, offset + 8)) ?? [],
    ],
  }
}
