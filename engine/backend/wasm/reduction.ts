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

/** Lanes `from`, … of a vector, for the lanes of another. */
const upper = [2, 3, 2, 3]
const odd = [1, 1, 1, 1]

/**
 * Four results, or four parts of one, in lanes. Sums of float32 are made in blocks: a running sum of a block in
 * float32, and a running sum of the blocks in float64, so that the error does not grow with their number.
 */
export class LaneAccumulator implements Accumulator {
  readonly #op: Reduction
  readonly #dtype: DType
  readonly #value: Local
  /** argmax and argmin: where the best value stands. */
  readonly #place: Local | undefined
  /** Sums in blocks: the lanes 0, 1 and 2, 3 in double. */
  readonly #low: Local | undefined
  readonly #high: Local | undefined
  readonly #element: Local
  readonly #better: Local

  /** `dtype` is that of the elements. */
  constructor(func: Func, op: Reduction, dtype: DType, blocks: boolean) {
    this.#op = op
    this.#dtype = dtype
    this.#value = func.local("v128")
    this.#element = func.local("v128")
    this.#better = func.local("v128")
    if (op === "argmax" || op === "argmin") this.#place = func.local("v128")
    if (blocks) {
      this.#low = func.local("v128")
      this.#high = func.local("v128")
    }
  }

  clear(): Code {
    return [
      this.#value.set(splat(neutral(this.#op, this.#dtype), this.#dtype)),
      this.#place?.set(splat(0, "int32")) ?? [],
      this.#low?.set(f64x2.splat(f64.const(0))) ?? [],
      this.#high?.set(f64x2.splat(f64.const(0))) ?? [],
    ]
  }

  put(value: Code, position: Code, count: number): Code {
    const lanes = count === 4 ? value : this.#masked(value, count)
    if (!this.#place) return this.#value.set(this.#combine(this.#value, lanes))
    return [this.#element.set(lanes), this.#offer(this.#element, position)]
  }

  #masked(value: Code, count: number): Code {
    const mask = i32x4.const(-1, count > 1 ? -1 : 0, count > 2 ? -1 : 0, 0)
    const rest = neutral(this.#op, this.#dtype)
    return rest === 0 ? v128.and(value, mask) : v128.bitselect(value, splat(rest, this.#dtype), mask)
  }

  #combine(a: Code, b: Code): Code {
    const float = this.#dtype === "float32"
    if (this.#op === "sum") return float ? f32x4.add(a, b) : i32x4.add(a, b)
    if (this.#op === "max") return float ? f32x4.max(a, b) : i32x4.maxS(a, b)
    return float ? f32x4.min(a, b) : i32x4.minS(a, b)
  }

  /** Takes what is strictly better: larger (or smaller), or the first NaN. Elements come in ascending positions. */
  #offer(element: Local, position: Code): Code {
    const [x, best] = [element, this.#value]
    const place = this.#place as Local
    const better = this.#beats(x, best)
    return [
      this.#better.set(better),
      place.set(v128.bitselect(position, place, this.#better)),
      this.#value.set(v128.bitselect(x, best, this.#better)),
    ]
  }

  #beats(x: Code, y: Code): Code {
    const larger = this.#op === "argmax"
    if (this.#dtype !== "float32") return larger ? i32x4.gtS(x, y) : i32x4.ltS(x, y)
    const nan = v128.and(f32x4.ne(x, x), f32x4.eq(y, y))
    return v128.or(larger ? f32x4.gt(x, y) : f32x4.lt(x, y), nan)
  }

  flush(): Code {
    if (!this.#low || !this.#high) return []
    const value = this.#value
    return [
      this.#low.set(f64x2.add(this.#low, f64x2.promoteLowF32x4(value))),
      this.#high.set(f64x2.add(this.#high, f64x2.promoteLowF32x4(i32x4.shuffle(value, value, upper)))),
      this.#value.set(splat(0, "float32")),
    ]
  }

  #merge(other: LaneAccumulator): Code {
    const { low, high } = { low: this.#low, high: this.#high }
    if (low && high && other.#low && other.#high)
      return [low.set(f64x2.add(low, other.#low)), high.set(f64x2.add(high, other.#high))]
    if (this.#place) return this.#offerFrom(other.#value, other.#place as Local)
    return this.#value.set(this.#combine(this.#value, other.#value))
  }

  /** Takes what is better, or equal and earlier. */
  #offerFrom(x: Code, position: Code): Code {
    const place = this.#place as Local
    const best = this.#value
    const float = this.#dtype === "float32"
    const equal = float
      ? v128.or(f32x4.eq(x, best), v128.and(f32x4.ne(x, x), f32x4.ne(best, best)))
      : i32x4.eq(x, best)
    const earlier = v128.and(equal, i32x4.ltS(position, place))
    return [
      this.#better.set(v128.or(this.#beats(x, best), earlier)),
      place.set(v128.bitselect(position, place, this.#better)),
      this.#value.set(v128.bitselect(x, best, this.#better)),
    ]
  }

  fold(others: readonly LaneAccumulator[]): Code {
    return [this.flush(), others.map((other) => [other.flush(), this.#merge(other)]), this.#foldLanes()]
  }

  #foldLanes(): Code {
    if (this.#low && this.#high) {
      const both = f64x2.add(this.#low, this.#high)
      return [
        this.#low.set(both),
        this.#value.set(
          f32x4.splat(
            f32.demoteF64(f64.add(f64x2.extractLane(this.#low, 0), f64x2.extractLane(this.#low, 1))),
          ),
        ),
      ]
    }
    const value = this.#value
    return [upper, odd].map((lanes) => {
      const shuffled = i32x4.shuffle(value, value, lanes)
      if (!this.#place) return this.#value.set(this.#combine(value, shuffled))
      const place = this.#place
      return [this.#element.set(shuffled), this.#offerFrom(this.#element, i32x4.shuffle(place, place, lanes))]
    })
  }

  result(folded: boolean): Code {
    if (this.#place) return this.#place
    if (this.#low && this.#high && !folded)
      return [
        this.flush(),
        i32x4.shuffle(f32x4.demoteF64x2Zero(this.#low), f32x4.demoteF64x2Zero(this.#high), [0, 1, 4, 5]),
      ]
    return this.#value
  }

  save(address: Code, offset: number): Code {
    return this.#state.map((local, s) => v128.store(address, local, offset + 16 * s))
  }

  restore(address: Code, offset: number): Code {
    return this.#state.map((local, s) => local.set(v128.load(address, offset + 16 * s)))
  }

  get #state(): Local[] {
    return [this.#value, this.#place, this.#low, this.#high].filter((local) => local !== undefined)
  }
}

/** The same for one element at a time, in float64 or whole numbers, in the interpreter's order. */
export class ScalarAccumulator implements Accumulator {
  readonly #op: Reduction
  readonly #whole: boolean
  readonly #value: Local
  readonly #element: Local
  readonly #place: Local | undefined

  constructor(func: Func, op: Reduction, whole: boolean) {
    this.#op = op
    this.#whole = whole
    this.#value = func.local(whole ? "i32" : "f64")
    this.#element = func.local(whole ? "i32" : "f64")
    if (op === "argmax" || op === "argmin") this.#place = func.local("i32")
  }

  clear(): Code {
    const value = neutral(this.#op, this.#whole ? "int32" : "float64")
    return [this.#value.set(this.#whole ? i32.const(value) : f64.const(value)), this.#place?.set(0) ?? []]
  }

  put(value: Code, position: Code): Code {
    const best = this.#value
    if (this.#op === "sum") return this.#value.set(this.#whole ? i32.add(best, value) : f64.add(best, value))
    if (this.#op === "prod") return this.#value.set(this.#whole ? i32.mul(best, value) : f64.mul(best, value))
    const x = this.#element
    const take = [this.#value.set(x), this.#place?.set(position) ?? []]
    return [this.#element.set(value), if_(this.#beats(x, best), take)]
  }

  #beats(x: Code, y: Code): Code {
    const larger = this.#op === "argmax" || this.#op === "max"
    if (this.#whole) return larger ? i32.gtS(x, y) : i32.ltS(x, y)
    return i32.or(larger ? f64.gt(x, y) : f64.lt(x, y), i32.and(f64.ne(x, x), f64.eq(y, y)))
  }

  flush(): Code {
    return []
  }

  fold(): Code {
    return []
  }

  result(): Code {
    return this.#place ?? this.#value
  }

  save(address: Code, offset: number): Code {
    const store = this.#whole ? i32.store : f64.store
    return [
      store(address, this.#value, offset),
      this.#place ? i32.store(address, this.#place, offset + 8) : [],
    ]
  }

  restore(address: Code, offset: number): Code {
    const load = this.#whole ? i32.load : f64.load
    return [this.#value.set(load(address, offset)), this.#place?.set(i32.load(address, offset + 8)) ?? []]
  }
}
