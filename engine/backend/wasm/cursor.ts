/**
 * @file A body over arrays, written into one function: a pointer for each array, and what is loaded, computed and stored
 * where the pointers stand. What loops and reductions share. Knows neither.
 */
import type { DType } from "../../core/dtype.ts"
import type { View } from "../../core/view.ts"
import type { Body } from "../../fuse/plan.ts"
import { type Code, type Func, move } from "./assembler.ts"
import { type Dialect, Evaluator, type Level, type Spot } from "./dialect.ts"
import { elementBytes, type Scope } from "./scope.ts"
import { type Stream, skip } from "./walk.ts"

/** An array as a body reads or stores it. */
export interface Access {
  readonly array: number
  readonly dtype: DType
  readonly offset: number
}

/** What is known before any code is written. */
export interface Layout {
  readonly scope: Scope
  readonly body: Body
  /** The values of the body that are asked for. */
  readonly wanted: readonly number[]
  readonly dialect: Dialect
  /** Steps that read. */
  readonly reads: readonly number[]
  /** What is read and then what is stored. */
  readonly accesses: readonly Access[]
  /** Of the accesses, in elements. */
  readonly strides: readonly (readonly number[])[]
  /** The dimension in which vectors lie. */
  readonly inner: number
  readonly levels: readonly Level[]
  /** Is speed worth more code? */
  readonly hot: boolean
}

/** The steps of a body that read, and what they see. */
export function readsOf(body: Body): { reads: number[]; accesses: Access[]; views: View[] } {
  const reads: number[] = []
  const accesses: Access[] = []
  const views: View[] = []
  body.forEach((step, s) => {
    if (step.op !== "read") return
    const { array, view } = step.read
    reads.push(s)
    views.push(view)
    accesses.push({ array, dtype: step.dtype, offset: view.offset })
  })
  return { reads, accesses, views }
}

export interface Cursor {
  readonly streams: readonly Stream[]
  /** Sets the pointers to index `from` of dimension `dim`, and computes what never changes. */
  begin(dim?: number, from?: Code): Code[]
  /** Computes what changes at this level and is used at higher ones. */
  hoist(level: Level): Code[]
  /** What is wanted, for `count` elements, at most a vector, from the one `index` places on. */
  compute(index: number, count: number): { before: Code[]; values: Code[] }
  /** Stores `count` elements of output number `output`; with `flush`, 0 for subnormal numbers. */
  store(output: number, index: number, count: number, value: Code, flush: boolean): Code
  /** Moves the pointers past so many elements. */
  advance(elements: number): Code[]
}

export function cursorOf(func: Func, layout: Layout): Cursor {
  const { scope, body, wanted, dialect, reads, accesses, strides, inner, levels, hot } = layout
  const evaluator = new Evaluator(func, body, dialect, hot)
  const streams = accesses.map(({ dtype }, a) => ({
    pointer: func.local("i32"),
    steps: strides[a].map((stride) => stride * elementBytes(dtype)),
  }))
  const spot = (a: number, index: number): Spot => ({
    pointer: streams[a].pointer,
    dtype: accesses[a].dtype,
    stride: strides[a][inner],
    index,
  })
  const load = (index: number, count: number) => (step: number) =>
    dialect.load(spot(reads.indexOf(step), index), count)
  const hoist = (level: Level): Code[] => evaluator.hoist(wanted, levels, level, load(0, 1))
  return {
    streams,
    hoist,
    begin: (dim = 0, from) => [
      streams.map(({ pointer }, a) =>
        pointer.set(scope.address(func.param(0), accesses[a].array, accesses[a].offset)),
      ),
      from === undefined ? [] : skip(streams, dim, from),
      hoist(0),
    ],
    compute: (index, count) => evaluator.compute(wanted, load(index, count)),
    store: (output, index, count, value, flush) => {
      // The same temporaries in every copy of the store.
      let used = 0
      const temporary = (type: Parameters<Func["local"]>[0]) =>
        evaluator.local(`store ${output} ${used++}`, type)
      return dialect.store(spot(reads.length + output, index), count, value, temporary, flush)
    },
    advance: (elements) => streams.map(({ pointer, steps }) => move(pointer, steps[inner] * elements)),
  }
}
