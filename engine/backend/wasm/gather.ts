/**
 * @file Elements picked by index, and added by index. An index is kept inside its array whatever it is, so that no
 * kernel reads or writes what is not its own. Knows no views but through packed copies.
 */

import type { DType } from "../../core/dtype.ts"
import { sizeOf } from "../../core/shape.ts"
import { permuteView } from "../../core/view.ts"
import type { Single } from "../../fuse/plan.ts"
import type { Kernel } from "../../kernel/kernel.ts"
import type { Read } from "../graph.ts"
import {
  type Code,
  type Func,
  f32,
  f32x4,
  f64,
  f64x2,
  i32,
  i32x4,
  type Local,
  move,
  select,
  v128,
} from "./assembler.ts"
import { emitCopy, packed, sequence } from "./place.ts"
import { elementBytes, type Scope } from "./scope.ts"

type Picking = Extract<Kernel, { kind: "gather" | "scatterAdd" }>

/**
 * If all elements that lie together (`inner` of them) have the same index: the read of one index for each such run.
 */
function indexOfRuns({ array, view }: Read, inner: number): Read | undefined {
  let d = view.shape.length
  while (d > 0 && sizeOf(view.shape.slice(d)) < inner) d--
  if (inner === 1 || sizeOf(view.shape.slice(d)) !== inner) return undefined
  const even = view.shape.slice(d).every((n, i) => n === 1 || view.strides[d + i] === 0)
  const outer = view.shape.slice(0, d).map((_, i) => i)
  return even ? { array, view: permuteView(view, outer) } : undefined
}

/** For every index in turn, `each` with the address of the picked elements; `index` must point to the indices. */
function forEachIndex(
  func: Func,
  { size, length, inner }: Picking,
  outer: number,
  run: number,
  bytes: number,
  index: Local,
  base: Local,
  each: (picked: Local) => Code[],
): Code[] {
  const [i, at, picked] = func.locals("i32", 3)
  const clamped = (): Code => [
    at.set(i32.load(index)),
    at.set(select(at, i32.const(0), i32.gtS(at, 0))),
    at.set(select(at, i32.const(size - 1), i32.ltS(at, size))),
  ]
  const inside = (): Code[] => [
    clamped(),
    picked.set(i32.add(i32.add(base, i32.mul(i, bytes)), i32.mul(at, inner * bytes))),
    each(picked),
    move(index, 4),
  ]
  return [
    func.repeat(outer, () => [
      func.repeat(length, () => [func.loop(i, i32.const(0), i32.const(inner / run), 1, inside)]),
      move(base, size * inner * bytes),
    ]),
  ]
}

/** How elements of a dtype are added and copied: bool as whole numbers. */
const families = {
  float32: [f32, f32x4],
  float64: [f64, f64x2],
  int32: [i32, i32x4],
  bool: [i32, i32x4],
} as const

/** Copies `count` elements, or adds them to what is there. */
function transfer(func: Func, dtype: DType, to: Local, from: Local, count: number, adds: boolean): Code[] {
  const [one, four] = families[dtype]
  const bytes = elementBytes(dtype)
  const size = count * bytes
  const whole = size - (size % 16)
  const vector = (a: Code, b: Code, at: number): Code =>
    v128.store(a, adds ? four.add(v128.load(a, at), v128.load(b, at)) : v128.load(b, at), at)
  const code: Code[] = []
  if (whole > 64) {
    const i = func.local("i32")
    code.push(func.loop(i, 0, whole, 16, () => [vector(i32.add(to, i), i32.add(from, i), 0)]))
  } else for (let at = 0; at < whole; at += 16) code.push(vector(to, from, at))
  for (let at = whole; at < size; at += bytes)
    code.push(one.store(to, adds ? one.add(one.load(to, at), one.load(from, at)) : one.load(from, at), at))
  return code
}

/** out[o, l, i] = x[o, index[o, l, i], i]. */
export function emitGather(
  scope: Scope,
  kernel: Extract<Picking, { kind: "gather" }>,
  { reads, array, dtype, shape }: Single,
  name: string,
): Func {
  const { size, length, inner } = kernel
  const total = sizeOf(shape)
  const pick = scope.kernel(`${name} pick`)
  if (total === 0 || size === 0) return sequence(scope, [pick, pick], name)
  const runs = indexOfRuns(reads[1], inner)
  const run = runs ? inner : 1
  const x = packed(scope, reads[0], name)
  const index = packed(scope, runs ?? reads[1], name)
  const bytes = elementBytes(dtype)
  const params = pick.param(0)
  const [at, from, to] = pick.locals("i32", 3)
  pick.emit(
    at.set(scope.address(params, index.read.array, index.read.view.offset)),
    from.set(scope.address(params, x.read.array, x.read.view.offset)),
    to.set(scope.address(params, array)),
    ...forEachIndex(pick, kernel, total / (length * inner), run, bytes, at, from, (picked) => [
      transfer(pick, dtype, to, picked, run, false),
      move(to, run * bytes),
    ]),
  )
  return sequence(scope, [...x.kernels, ...index.kernels, pick], name)
}

/** Where so many numbers may fall into one, float32 sums are made in float64. */
const many = 64

/** x, and source added at the indices, in their order. */
export function emitScatterAdd(
  scope: Scope,
  kernel: Extract<Picking, { kind: "scatterAdd" }>,
  { reads, array, dtype, shape }: Single,
  name: string,
): Func {
  const { size, length, inner } = kernel
  const total = sizeOf(shape)
  const add = scope.kernel(`${name} add`)
  const outer = total === 0 ? 0 : total / (size * inner)
  const double = dtype === "float32" && length > many
  const target = double ? scope.temporary("float64", total) : array
  const runs = double ? undefined : indexOfRuns(reads[1], inner)
  const run = runs ? inner : 1
  const index = packed(scope, runs ?? reads[1], name)
  const source = packed(scope, reads[2], name)
  const params = add.param(0)
  const [at, from, to] = add.locals("i32", 3)
  const bytes = elementBytes(dtype)
  const kind = double ? "float64" : dtype
  add.emit(
    at.set(scope.address(params, index.read.array, index.read.view.offset)),
    from.set(scope.address(params, source.read.array, source.read.view.offset)),
    to.set(scope.address(params, target)),
    ...(total === 0
      ? []
      : forEachIndex(add, kernel, outer, run, elementBytes(kind), at, to, (picked) => [
          double
            ? f64.store(picked, f64.add(f64.load(picked), f64.promoteF32(f32.load(from))))
            : transfer(add, dtype, picked, from, run, true),
          move(from, run * bytes),
        ])),
  )
  const start = emitCopy(scope, reads[0], target, `${name} start`)
  const whole = { array: target, view: { shape: [total], strides: [1], offset: 0 } }
  const end = double ? [emitCopy(scope, whole, array, `${name} end`)] : []
  return sequence(scope, [start, ...index.kernels, ...source.kernels, add, ...end], name)
}
