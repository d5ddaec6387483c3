/**
 * @file Elements picked by index, and added by index. An index is kept inside its array whatever it is, so that no
 * kernel reads or writes what is not its own. Knows no views but through packed copies.
 */

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

/** Copies `bytes`, a multiple of four. */
function copyBytes(func: Func, to: Local, from: Local, bytes: number): Code[] {
  const code: Code[] = []
  const whole = bytes - (bytes % 16)
  if (whole > 64) {
    const i = func.local("i32")
    code.push(
      func.loop(i, i32.const(0), i32.const(whole), 16, () => [
        v128.store(i32.add(to, i), v128.load(i32.add(from, i))),
      ]),
    )
  } else for (let at = 0; at < whole; at += 16) code.push(v128.store(to, v128.load(from, at), at))
  for (let at = whole; at < bytes; at += 4) code.push(i32.store(to, i32.load(from, at), at))
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
      copyBytes(pick, to, picked, run * bytes),
      move(to, run * bytes),
    ]),
  )
  return sequence(scope, [...x.kernels, ...index.kernels, pick], name)
}

/** How elements of a dtype are added in memory, some bytes after two addresses. */
function addAt(dtype: Single["dtype"], to: Local, from: Local, at: number): Code {
  const family = dtype === "float64" ? f64 : dtype === "float32" ? f32 : i32
  return family.store(to, family.add(family.load(to, at), family.load(from, at)), at)
}

function addRun(func: Func, dtype: Single["dtype"], to: Local, from: Local, count: number): Code[] {
  const bytes = elementBytes(dtype)
  const vectors = dtype === "float64" ? 0 : Math.floor(count / 4)
  const code: Code[] = []
  const add = dtype === "float32" ? f32x4.add : i32x4.add
  if (vectors > 4) {
    const i = func.local("i32")
    const [a, b] = [i32.add(to, i), i32.add(from, i)]
    code.push(
      func.loop(i, i32.const(0), i32.const(16 * vectors), 16, () => [
        v128.store(a, add(v128.load(a), v128.load(b))),
      ]),
    )
  } else
    for (let v = 0; v < vectors; v++)
      code.push(v128.store(to, add(v128.load(to, 16 * v), v128.load(from, 16 * v)), 16 * v))
  for (let e = 4 * vectors; e < count; e++) code.push(addAt(dtype, to, from, e * bytes))
  return code
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
            : addRun(add, dtype, picked, from, run),
          move(from, run * bytes),
        ])),
  )
  const start = emitCopy(scope, reads[0], target, `${name} start`)
  const whole = { array: target, view: { shape: [total], strides: [1], offset: 0 } }
  const end = double ? [emitCopy(scope, whole, array, `${name} end`)] : []
  return sequence(scope, [start, ...index.kernels, ...source.kernels, add, ...end], name)
}
