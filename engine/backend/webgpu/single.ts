/**
 * @file The kernels that stand alone, in WGSL: cumsum, gather, scatterAdd, place, fold, random. Sums have one order,
 * so results are the same at every run. Knows no fusion.
 */
import { sizeOf } from "../../core/shape.ts"
import { rowMajor } from "../../core/view.ts"
import type { Single } from "../../fuse/plan.ts"
import type { Kernel } from "../../kernel/kernel.ts"
import { address, coordinates, flatAddress } from "./address.ts"
import type { Layout } from "./layout.ts"
import { pointwise } from "./loop.ts"
import { type Dispatch, grid, groupIndex, Shader, typeOf } from "./wgsl.ts"

type Of<Kind extends Kernel["kind"]> = Extract<Kernel, { kind: Kind }>

const workgroup = 256

function shaderOf({ reads, array }: Single, layout: Layout): Shader {
  return new Shader(layout, [...reads.map((read) => read.array), array])
}

/** A workgroup for every row: running sums of 256 numbers at a time, by doubling, and what came before. */
function cumsum(single: Single, { length }: Of<"cumsum">, layout: Layout): Dispatch[] {
  const { reads, array, dtype, shape } = single
  const rows = sizeOf(shape) / length
  const shader = shaderOf(single, layout)
  const type = typeOf(dtype)
  const { lines, at } = flatAddress("flat", reads[0].view, "c")
  const element = shader.load(reads[0].array, at)
  shader.declare(`var<workgroup> sums: array<${type}, ${workgroup}>;`)
  const main = [
    `let row = ${groupIndex};`,
    `if (row >= ${rows}u) { return; }`,
    `var before = ${type}(0);`,
    `for (var begin = 0u; begin < ${length}u; begin += ${workgroup}u) {`,
    "  let column = begin + lid;",
    `  let flat = row * ${length}u + min(column, ${length - 1}u);`,
    ...lines.map((line) => `  ${line}`),
    `  sums[lid] = ${shader.convert(element, layout.info(reads[0].array).dtype, dtype)};`,
    "  workgroupBarrier();",
    `  for (var reach = 1u; reach < ${workgroup}u; reach = reach << 1u) {`,
    "    var sum = sums[lid];",
    "    if (lid >= reach) { sum += sums[lid - reach]; }",
    "    workgroupBarrier();",
    "    sums[lid] = sum;",
    "    workgroupBarrier();",
    "  }",
    `  if (column < ${length}u) { ${shader.store(array, "flat", "before + sums[lid]")} }`,
    `  before += sums[${workgroup - 1}];`,
    "  workgroupBarrier();",
    "}",
  ]
  return [shader.dispatch(`cumsum ${rows}×${length}`, workgroup, grid(rows), main)]
}

/** Statements that name an index `at`, and whether it is one, `inside`. */
function checked(index: string, size: number): string[] {
  return [`let at = ${index};`, `let inside = at >= 0 && at < ${size};`]
}

function gather(single: Single, { size, length, inner }: Of<"gather">, layout: Layout): Dispatch[] {
  const { reads, array, dtype, shape } = single
  const shader = shaderOf(single, layout)
  const index = flatAddress("i", reads[1].view, "n")
  const x = flatAddress("flat", reads[0].view, "c")
  const outside = shader.number(dtype === "float32" ? Number.NaN : 0, dtype)
  return [
    pointwise(shader, "gather", sizeOf(shape), [
      ...index.lines,
      ...checked(shader.load(reads[1].array, index.at), size),
      `let flat = (i / ${length * inner}u * ${size}u + u32(max(at, 0))) * ${inner}u + i % ${inner}u;`,
      ...x.lines,
      shader.store(array, "i", `select(${outside}, ${shader.load(reads[0].array, x.at)}, inside)`),
    ]),
  ]
}

/** More additions than this, if every cell looks at every index, and a column is given to one invocation. */
const patience = 2 ** 28

function scatterAdd(single: Single, { size, length, inner }: Of<"scatterAdd">, layout: Layout): Dispatch[] {
  const { reads, array, shape } = single
  const [x, index, source] = reads
  const shader = shaderOf(single, layout)
  const cells = sizeOf(shape)
  if (cells === 0) return []
  const own = flatAddress("i", x.view, "c")
  const from = flatAddress("f", index.view, "n")
  const value = flatAddress("f", source.view, "s")
  const find = [
    `let f = (outer * ${length}u + l) * ${inner}u + column;`,
    ...from.lines,
    `let at = ${shader.load(index.array, from.at)};`,
  ]
  const sum = (condition: string, statements: readonly string[]) => [
    `for (var l = 0u; l < ${length}u; l++) {`,
    ...find.map((line) => `  ${line}`),
    `  if (${condition}) {`,
    ...[...value.lines, ...statements].map((line) => `    ${line}`),
    "  }",
    "}",
  ]
  if (cells * length <= patience)
    return [
      pointwise(shader, "scatterAdd", cells, [
        `let outer = i / ${size * inner}u;`,
        `let cell = i32(i / ${inner}u % ${size}u);`,
        `let column = i % ${inner}u;`,
        ...own.lines,
        `var sum = ${shader.load(x.array, own.at)};`,
        ...sum("at == cell", [`sum += ${shader.load(source.array, value.at)};`]),
        shader.store(array, "i", "sum"),
      ]),
    ]
  const copy = shaderOf(single, layout)
  const columns = cells / size
  return [
    pointwise(copy, "scatterAdd copy", cells, [
      ...own.lines,
      copy.store(array, "i", copy.load(x.array, own.at)),
    ]),
    pointwise(shader, "scatterAdd", columns, [
      `let outer = i / ${inner}u;`,
      `let column = i % ${inner}u;`,
      ...sum(`at >= 0 && at < ${size}`, [
        `let to = (outer * ${size}u + u32(at)) * ${inner}u + column;`,
        shader.store(array, "to", `${shader.load(array, "to")} + ${shader.load(source.array, value.at)}`),
      ]),
    ]),
  ]
}

/** A kernel for the fill, if any of it shows, and one for each part that does not already lie in its box. */
function place(single: Single, { shape, begins, fill }: Of<"place">, layout: Layout): Dispatch[] {
  const { reads, array, dtype } = single
  const strides = rowMajor(shape).strides
  const covered = reads.reduce((sum, { view }) => sum + sizeOf(view.shape), 0)
  const kernels: Dispatch[] = []
  if (covered < sizeOf(shape)) {
    const shader = new Shader(layout, [array])
    // No part is there already in this case: see `homes.ts`.
    kernels.push(
      pointwise(shader, "place fill", sizeOf(shape), [shader.store(array, "i", shader.number(fill, dtype))]),
    )
  }
  reads.forEach(({ array: part, view }, p) => {
    const size = sizeOf(view.shape)
    const begin = begins[p].reduce((sum, b, d) => sum + b * strides[d], 0)
    const box = { shape: view.shape, strides, offset: begin }
    const still = view.shape.every((n, d) => n === 1 || view.strides[d] === strides[d])
    if (size === 0 || (still && layout.same(part, array, begin - view.offset))) return
    const shader = new Shader(layout, [part, array])
    const to = coordinates("i", view.shape, "c")
    kernels.push(
      pointwise(shader, "place", size, [
        ...to.lines,
        shader.store(
          array,
          address(to.names, box.strides, box.offset),
          shader.load(part, address(to.names, view.strides, view.offset)),
        ),
      ]),
    )
  })
  return kernels
}

/** An invocation for every pixel sums the windows that see it. */
function fold(single: Single, { height, width, kernel, stride }: Of<"fold">, layout: Layout): Dispatch[] {
  const { reads, array, dtype, shape } = single
  const [kh, kw] = kernel
  const rows = Math.floor((height - kh) / stride[0]) + 1
  const columns = Math.floor((width - kw) / stride[1]) + 1
  const shader = shaderOf(single, layout)
  const { lines, at } = flatAddress("flat", reads[0].view, "c")
  return [
    pointwise(shader, "fold", sizeOf(shape), [
      `let x = i % ${width}u;`,
      `let y = i / ${width}u % ${height}u;`,
      `let plane = i / ${width * height}u;`,
      `var sum = ${typeOf(dtype)}(0);`,
      `for (var r = 0u; r < ${kh}u; r++) {`,
      `  if (y < r || (y - r) % ${stride[0]}u != 0u || (y - r) / ${stride[0]}u >= ${rows}u) { continue; }`,
      `  for (var s = 0u; s < ${kw}u; s++) {`,
      `    if (x < s || (x - s) % ${stride[1]}u != 0u || (x - s) / ${stride[1]}u >= ${columns}u) { continue; }`,
      `    let window = (plane * ${rows}u + (y - r) / ${stride[0]}u) * ${columns}u + (x - s) / ${stride[1]}u;`,
      `    let flat = (window * ${kh}u + r) * ${kw}u + s;`,
      ...lines.map((line) => `    ${line}`),
      `    sum += ${shader.load(reads[0].array, at)};`,
      "  }",
      "}",
      shader.store(array, "i", "sum"),
    ]),
  ]
}

function random(single: Single, { distribution }: Of<"random">, layout: Layout): Dispatch[] {
  const { reads, array, shape } = single
  const shader = shaderOf(single, layout)
  const words = reads.map((read) => {
    const { lines, at } = flatAddress("0u", read.view, `s${reads.indexOf(read)}`)
    return { lines, text: `bitcast<u32>(${shader.load(read.array, at)})` }
  })
  const [key0, key1, low, high] = words.map(({ text }) => text)
  const word = (at: string) => `${shader.use("word")}(vec2<u32>(${key0}, ${key1}), ${low}, ${high}, ${at})`
  const value =
    distribution === "uniform"
      ? `f32(${word("i")} >> 8u) * 5.9604644775390625e-8`
      : `${shader.use("normalOf")}(${word("2u * i")}, ${word("2u * i + 1u")})`
  return [
    pointwise(shader, `random ${distribution}`, sizeOf(shape), [
      ...words.flatMap(({ lines }) => lines),
      shader.store(array, "i", value),
    ]),
  ]
}

export function singleKernels(single: Single, layout: Layout): Dispatch[] {
  if (sizeOf(single.shape) === 0) return []
  const { kernel } = single
  switch (kernel.kind) {
    case "cumsum":
      return cumsum(single, kernel, layout)
    case "gather":
      return gather(single, kernel, layout)
    case "scatterAdd":
      return scatterAdd(single, kernel, layout)
    case "place":
      return place(single, kernel, layout)
    case "fold":
      return fold(single, kernel, layout)
    case "random":
      return random(single, kernel, layout)
  }
}
