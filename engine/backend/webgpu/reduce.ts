/**
 * @file Reductions in WGSL. Where a row lies together, a workgroup shares it and joins its parts in a tree; where
 * rows are interleaved, every invocation goes down one. Either way nobody adds more than 128 numbers in a row: longer
 * rows leave partial results, which further passes reduce. NaN wins, ties go to the first. Knows no loops.
 */

import type { DType } from "../../core/dtype.ts"
import { sizeOf } from "../../core/shape.ts"
import type { View } from "../../core/view.ts"
import type { Reduce } from "../../fuse/plan.ts"
import type { Reduction } from "../../kernel/kernel.ts"
import { walk } from "./address.ts"
import type { Layout } from "./layout.ts"
import { gatherReads, nameOf, pointwise, readsOf } from "./loop.ts"
import { type Dispatch, grid, groupIndex, number, Shader, typeOf } from "./wgsl.ts"

const workgroup = 256
/** Numbers that one invocation takes. */
const serial = 64

/** The numbers that are reduced: `rows` × `length` of them, and where each came from if that is asked for. */
interface Numbers {
  readonly rows: number
  readonly length: number
  /** Do neighbours of a row lie next to each other? */
  readonly together: boolean
  readonly arrays: readonly number[]
  /** Statements on row `row`, once. */
  row(shader: Shader): readonly string[]
  /** Statements that compute element `j` of the row: its value, and its position in the original row. */
  element(shader: Shader): { lines: readonly string[]; value: string; at: string }
}

const isArg = (op: Reduction) => op === "argmax" || op === "argmin"
const isMax = (op: Reduction) => op === "max" || op === "argmax"

/** What a reduction starts from: nothing is smaller (or larger), nothing changes a sum or product. */
function start(shader: Shader, op: Reduction, dtype: DType): string {
  if (op === "sum" || op === "prod") return shader.number(op === "sum" ? 0 : 1, dtype)
  if (dtype === "int32") return number(isMax(op) ? -(2 ** 31) : 2 ** 31 - 1, dtype)
  return shader.number(isMax(op) ? -Infinity : Infinity, dtype)
}

/** The statement that takes a value (and its position) into the running result `best` (and `at`). */
function take(shader: Shader, op: Reduction, dtype: DType, value: string, at: string): string {
  if (op === "sum") return `best += ${value};`
  if (op === "prod") return `best *= ${value};`
  const float = dtype === "float32"
  if (!isArg(op)) {
    const name = isMax(op) ? "max" : "min"
    return `best = ${float ? shader.use(`${name}_`) : name}(best, ${value});`
  }
  const beats = `${value} ${isMax(op) ? ">" : "<"} best`
  const first = `(${value} == best && ${at} < at)`
  const wins = float
    ? `select(!isNan(best) && (isNan(${value}) || ${beats} || ${first}), isNan(${value}) && ${at} < at, isNan(best))`
    : `${beats} || ${first}`
  if (float) shader.use("isNan")
  return `if (${wins}) { best = ${value}; at = ${at}; }`
}

/** Partial results of a pass: arrays of [rows, chunks] or, interleaved, [chunks, rows]. */
function partials(
  layout: Layout,
  op: Reduction,
  dtype: DType,
  rows: number,
  chunks: number,
  together: boolean,
) {
  const value = layout.temporary(dtype, rows * chunks)
  const at = isArg(op) ? layout.temporary("int32", rows * chunks) : undefined
  const element = together ? `row * ${chunks}u + j` : `j * ${rows}u + row`
  const numbers: Numbers = {
    rows,
    length: chunks,
    together,
    arrays: at === undefined ? [value] : [value, at],
    row: () => [],
    element: (shader) => ({
      lines: [],
      value: shader.load(value, element),
      at: at === undefined ? "0u" : `u32(${shader.load(at, element)})`,
    }),
  }
  return { value, at, numbers }
}

function passes(
  name: string,
  numbers: Numbers,
  op: Reduction,
  dtype: DType,
  output: { array: number; dtype: DType },
  layout: Layout,
): Dispatch[] {
  const { rows, length, together } = numbers
  const shared = together && length > 2 * serial
  const chunk = shared ? serial * workgroup : length <= 2 * serial ? 2 * serial : serial
  const chunks = Math.max(1, Math.ceil(length / chunk))
  const last = chunks === 1
  const part = last ? undefined : partials(layout, op, dtype, rows, chunks, together)
  const results = part ? part.numbers.arrays : [output.array]
  const shader = new Shader(layout, [...numbers.arrays, ...results])
  const type = typeOf(dtype)

  const keep = (at: string): string[] => {
    if (part)
      return [
        shader.store(part.value, at, "best"),
        ...(part.at === undefined ? [] : [shader.store(part.at, at, "i32(at)")]),
      ]
    const value = isArg(op) ? "i32(at)" : "best"
    return [shader.store(output.array, at, shader.convert(value, isArg(op) ? "int32" : dtype, output.dtype))]
  }
  const { lines, value, at } = numbers.element(shader)
  const begin = [
    `var best = ${start(shader, op, dtype)};`,
    ...(isArg(op) ? ["var at = 0xffffffffu;"] : []),
    ...numbers.row(shader),
  ]
  const each = [...lines, `let x = ${value};`, ...(isArg(op) ? [`let origin = ${at};`] : [])]
  const loop = (first: string, step: number) => [
    `for (var j = ${first}; j < min((chunk + 1u) * ${chunk}u, ${length}u); j += ${step}u) {`,
    ...each.map((line) => `  ${line}`),
    `  ${take(shader, op, dtype, "x", "origin")}`,
    "}",
  ]
  const kernel = shared
    ? sharedKernel(shader, name, op, dtype, rows, chunks, type, begin, loop, keep)
    : pointwise(shader, name, rows * chunks, [
        `let row = i % ${rows}u;`,
        `let chunk = i / ${rows}u;`,
        ...begin,
        ...loop(`chunk * ${chunk}u`, 1),
        ...keep(together && !last ? `row * ${chunks}u + chunk` : "i"),
      ])
  if (!part) return [kernel]
  return [kernel, ...passes(name, part.numbers, op, dtype, output, layout)]
}

/** A workgroup for every chunk of every row. */
function sharedKernel(
  shader: Shader,
  name: string,
  op: Reduction,
  dtype: DType,
  rows: number,
  chunks: number,
  type: string,
  begin: readonly string[],
  loop: (first: string, step: number) => string[],
  keep: (at: string) => string[],
): Dispatch {
  shader.declare(`var<workgroup> bests: array<${type}, ${workgroup}>;`)
  if (isArg(op)) shader.declare(`var<workgroup> ats: array<u32, ${workgroup}>;`)
  return shader.dispatch(name, workgroup, grid(rows * chunks), [
    `let job = ${groupIndex};`,
    `if (job >= ${rows * chunks}u) { return; }`,
    `let row = job / ${chunks}u;`,
    `let chunk = job % ${chunks}u;`,
    ...begin,
    ...loop(`chunk * ${serial * workgroup}u + lid`, workgroup),
    "bests[lid] = best;",
    ...(isArg(op) ? ["ats[lid] = at;"] : []),
    "workgroupBarrier();",
    `for (var half = ${workgroup / 2}u; half > 0u; half = half >> 1u) {`,
    "  if (lid < half) {",
    "    let x = bests[lid + half];",
    ...(isArg(op) ? ["    let origin = ats[lid + half];"] : []),
    `    ${take(shader, op, dtype, "x", "origin")}`,
    "    bests[lid] = best;",
    ...(isArg(op) ? ["    ats[lid] = at;"] : []),
    "  }",
    "  workgroupBarrier();",
    "}",
    "if (lid == 0u) {",
    ...keep("job").map((line) => `  ${line}`),
    "}",
  ])
}

/** Do the elements that a view shows along the last reduced dimension lie together, rather than along the kept ones? */
function isTogether(view: View, kept: number): boolean {
  const stride = (from: number, to: number) => {
    for (let d = to - 1; d >= from; d--) if (view.shape[d] !== 1) return Math.abs(view.strides[d])
    return 0
  }
  const inner = stride(kept, view.shape.length)
  const outer = stride(0, kept)
  return outer === 0 || inner <= outer
}

export function reduceKernels(reduce: Reduce, layout: Layout, title?: string): Dispatch[] {
  const { op, kept, reduced, value, array } = reduce
  const rows = sizeOf(kept)
  const length = sizeOf(reduced)
  if (rows === 0) return []
  let body = reduce.body
  const copies: Dispatch[] = []
  if (!layout.fits([...readsOf(body).map((read) => read.array), array, array])) {
    const gathered = gatherReads(body, [...kept, ...reduced], layout)
    copies.push(...gathered.copies)
    body = gathered.body
  }
  const given = body[value].dtype
  const dtype: DType = given === "bool" ? "int32" : given
  const views = readsOf(body).map(({ view }) => view)
  const part = (view: View, from: number, to: number, offset: number): View => ({
    shape: view.shape.slice(from, to),
    strides: view.strides.slice(from, to),
    offset,
  })
  const outer = views.map((view) => part(view, 0, kept.length, view.offset))
  const inner = views.map((view) => part(view, kept.length, view.shape.length, 0))
  const rowWalk = walk("row", kept, outer, "k")
  const elementWalk = walk("j", reduced, inner)
  const large = views.filter((view) => view.strides.some((stride) => stride !== 0))
  const numbers: Numbers = {
    rows,
    length,
    together: large.every((view) => isTogether(view, kept.length)),
    arrays: readsOf(body).map((read) => read.array),
    row: () => [...rowWalk.lines, ...outer.map((view, r) => `let base${r} = ${rowWalk.address(view)};`)],
    element: (shader) => ({
      lines: [
        ...elementWalk.lines,
        ...shader.body(body, ({ view }) => {
          const r = views.indexOf(view)
          return `base${r} + ${elementWalk.address(inner[r])}`
        }),
      ],
      value: shader.convert(`v${value}`, given, dtype),
      at: "j",
    }),
  }
  const name = title ?? `${nameOf(op, body)} ${rows}×${length}`
  return [...copies, ...passes(name, numbers, op, dtype, { array, dtype: layout.info(array).dtype }, layout)]
}
