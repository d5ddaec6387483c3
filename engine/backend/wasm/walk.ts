/**
 * @file Walking over arrays: a pointer for each, moved by constant steps through loops of constant sizes. Knows
 * neither bodies nor reductions.
 */
import { type Code, type Func, i32, type Local, move } from "./assembler.ts"

/** An array under a walk: its pointer, and bytes from one index to the next in every dimension. */
export interface Stream {
  readonly pointer: Local
  readonly steps: readonly number[]
}

/** Code that has moved every stream by so many bytes when it is done. */
export interface Walked {
  readonly code: Code[]
  readonly moved: readonly number[]
}

/** Moves the pointers to where they would be if dimension `dim` had gone one further and `walked` had not moved them. */
function next(streams: readonly Stream[], dim: number, moved: readonly number[]): Code[] {
  return streams.map(({ pointer, steps }, s) => move(pointer, steps[dim] - moved[s]))
}

/** `inside` for every index of dimensions `dim`, `dim + 1`, … of these sizes. */
export function walk(
  func: Func,
  streams: readonly Stream[],
  sizes: readonly number[],
  dim: number,
  inside: () => Walked,
): Walked {
  if (dim >= sizes.length) return inside()
  const { code, moved } = walk(func, streams, sizes, dim + 1, inside)
  if (sizes[dim] === 1) return { code, moved }
  return {
    code: [func.repeat(sizes[dim], () => [code, next(streams, dim, moved)])],
    moved: streams.map(({ steps }) => steps[dim] * sizes[dim]),
  }
}

/** `inside` for the indices from … to − 1 of one dimension. */
export function walkRange(
  func: Func,
  streams: readonly Stream[],
  dim: number,
  from: Local,
  to: Local,
  { code, moved }: Walked,
): Code[] {
  const i = func.local("i32")
  return [func.loop(i, from, to, 1, () => [code, next(streams, dim, moved)])]
}

/** Moves the pointers `index` places along a dimension. */
export function skip(streams: readonly Stream[], dim: number, index: Code): Code[] {
  return streams.map(({ pointer, steps }) =>
    steps[dim] === 0 ? [] : pointer.set(i32.add(pointer, i32.mul(index, steps[dim]))),
  )
}
