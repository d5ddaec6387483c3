/**
 * @file Matrix products in WGSL: workgroups of 128 make tiles of 64 × 64, 8 × 4 numbers an invocation, from strips
 * of 16 columns and rows that they share. Operands may lie any way round; where four numbers lie together they are
 * loaded as one. Products too narrow for tiles are sums over the inner dimension, as any other reduction.
 */
import { sizeOf } from "../../core/shape.ts"
import type { View } from "../../core/view.ts"
import type { Matmul } from "../../fuse/plan.ts"
import { address, coordinates } from "./address.ts"
import type { Layout } from "./layout.ts"
import { reduceKernels } from "./reduce.ts"
import { type Dispatch, grid, groupIndex, Shader, typeOf } from "./wgsl.ts"

const workgroup = 128
const tile = 64
/** Rows of a tile that an invocation makes, four numbers of each. */
const rowsEach = 8
/** Depth of a strip. Half of a workgroup loads a strip of each side, 4 × 4 numbers an invocation. */
const strip = 16

/** One operand, as matrix of `outer` (rows of the left one, columns of the right one) by k. */
interface Side {
  readonly array: number
  readonly outer: number
  readonly k: number
  readonly outerStride: number
  readonly kStride: number
  readonly batchStrides: readonly number[]
  readonly offset: number
}

/** Do four neighbours along k, rather than along the outer dimension, lie together? */
const alongK = ({ kStride, outerStride }: Side) => kStride === 1 && outerStride !== 1

/** Can blocks of four be loaded as one? */
function quads(side: Side): boolean {
  const { outer, k, outerStride, kStride, batchStrides, offset } = side
  const [near, far, size] = alongK(side) ? [kStride, outerStride, k] : [outerStride, kStride, outer]
  return near === 1 && [far, size, offset, ...batchStrides].every((n) => n % 4 === 0)
}

/** Statements that leave rows p, …, p + 3 of a block of 4 × 4 (four neighbours of the outer dimension each) in r0 … r3. */
function loadBlock(shader: Shader, side: Side, base: string, type: string): string[] {
  const { array, outer, k, outerStride, kStride } = side
  const four = [0, 1, 2, 3]
  if (quads(side) && shader.isVector(array)) {
    const along = alongK(side)
    const rows = four.map((i) => {
      const [o, p] = along ? [`(o + ${i}u)`, "p"] : ["o", `(p + ${i}u)`]
      const at = `(${base} + ${address([o, p], [outerStride, kStride], 0)}) / 4u`
      const inside = `${o} < ${outer}u && ${p} < ${k}u`
      return `${along ? "let l" : "r"}${i} = select(vec4<${type}>(), ${shader.loadVector(array, at)}, ${inside});`
    })
    if (!along) return rows
    return [
      ...rows,
      ...four.map((p) => `r${p} = vec4<${type}>(${four.map((i) => `l${i}.${"xyzw"[p]}`).join(", ")});`),
    ]
  }
  return four.map((p) => {
    const numbers = four.map((i) => {
      const at = `${base} + ${address([`(o + ${i}u)`, `(p + ${p}u)`], [outerStride, kStride], 0)}`
      return `select(${type}(0), ${shader.load(array, at)}, o + ${i}u < ${outer}u && p + ${p}u < ${k}u)`
    })
    return `r${p} = vec4<${type}>(${numbers.join(", ")});`
  })
}

function tiled({ batch, m, k, n, a, b, array, dtype }: Matmul, layout: Layout, name: string): Dispatch {
  const type = typeOf(dtype)
  const quad = `vec4<${type}>`
  const rank = batch.length
  const side = (read: Matmul["a"], outer: number, outerAt: number, kAt: number): Side => ({
    array: read.array,
    outer,
    k,
    outerStride: read.view.strides[outerAt],
    kStride: read.view.strides[kAt],
    batchStrides: read.view.strides.slice(0, rank),
    offset: read.view.offset,
  })
  const left = side(a, m, rank, rank + 1)
  const right = side(b, n, rank + 1, rank)
  const wide = n % 4 === 0
  const vectors = [...[left, right].filter(quads).map((s) => s.array), ...(wide ? [array] : [])]
  // An operand that is read in both ways, as in x · xᵀ, may have one side that cannot be loaded by fours.
  const mixed = [left, right].filter((s) => !quads(s)).map((s) => s.array)
  const arrays = [a.array, b.array, array]
  const shader = new Shader(
    layout,
    arrays,
    vectors.filter((v) => !mixed.includes(v)),
  )
  const rows = Math.ceil(m / tile)
  const columns = Math.ceil(n / tile)
  const { lines, names } = coordinates("batch", batch, "b")
  shader.declare(`var<workgroup> left: array<${quad}, ${(strip * tile) / 4}>;`)
  shader.declare(`var<workgroup> right: array<${quad}, ${(strip * tile) / 4}>;`)
  const four = [0, 1, 2, 3]
  const each = Array.from({ length: rowsEach }, (_, i) => i)
  const put = (target: string) =>
    four.map((p) => `${target}[(depth + ${p}u) * ${tile / 4}u + place] = r${p};`)
  /** Half of the invocations loads this side; neighbours load what lies together. */
  const load = (s: Side, target: string, first: string, base: string) => [
    ...(alongK(s)
      ? [`let place = t / ${strip / 4}u;`, `let depth = t % ${strip / 4}u * 4u;`]
      : [`let place = t % ${tile / 4}u;`, `let depth = t / ${tile / 4}u * 4u;`]),
    `let o = ${first} + place * 4u;`,
    "let p = begin + depth;",
    ...loadBlock(shader, s, base, type),
    ...put(target),
  ]
  const indent = (text: readonly string[], by = "  ") => text.map((line) => by + line)
  const main = [
    `let job = ${groupIndex};`,
    `if (job >= ${rows * columns * sizeOf(batch)}u) { return; }`,
    `let batch = job / ${rows * columns}u;`,
    `let row = job / ${columns}u % ${rows}u * ${tile}u;`,
    `let column = job % ${columns}u * ${tile}u;`,
    ...lines,
    `let leftBase = ${address(names, left.batchStrides, left.offset)};`,
    `let rightBase = ${address(names, right.batchStrides, right.offset)};`,
    `let x = lid % ${tile / 4}u;`,
    `let y = lid / ${tile / 4}u;`,
    `let t = lid & ${workgroup / 2 - 1}u;`,
    ...each.map((i) => `var s${i} = ${quad}();`),
    `for (var begin = 0u; begin < ${k}u; begin += ${strip}u) {`,
    ...four.map((i) => `  var r${i} = ${quad}();`),
    `  if (lid < ${workgroup / 2}u) {`,
    ...indent(load(left, "left", "row", "leftBase"), "    "),
    "  } else {",
    ...indent(load(right, "right", "column", "rightBase"), "    "),
    "  }",
    "  workgroupBarrier();",
    `  for (var p = 0u; p < ${strip}u; p++) {`,
    ...each
      .filter((i) => i % 4 === 0)
      .map((i) => `    let l${i} = left[p * ${tile / 4}u + y * ${rowsEach / 4}u + ${i / 4}u];`),
    `    let r = right[p * ${tile / 4}u + x];`,
    ...each.map((i) => `    s${i} += l${i - (i % 4)}.${"xyzw"[i % 4]} * r;`),
    "  }",
    "  workgroupBarrier();",
    "}",
    `let firstRow = row + y * ${rowsEach}u;`,
    "let firstColumn = column + x * 4u;",
    ...each.flatMap((i) => {
      const at = `(batch * ${m}u + firstRow + ${i}u) * ${n}u + firstColumn`
      if (wide && shader.isVector(array))
        return [
          `if (firstRow + ${i}u < ${m}u && firstColumn < ${n}u) { ${shader.storeVector(array, `(${at}) / 4u`, `s${i}`)} }`,
        ]
      return four.map(
        (j) =>
          `if (firstRow + ${i}u < ${m}u && firstColumn + ${j}u < ${n}u) { ` +
          `${shader.store(array, `${at} + ${j}u`, `s${i}.${"xyzw"[j]}`)} }`,
      )
    }),
  ]
  return shader.dispatch(name, workgroup, grid(rows * columns * sizeOf(batch)), main)
}

/** The view as [...batch, m, n, k], with the dimension that it does not have repeated. */
function widened(
  { shape, strides, offset }: View,
  rank: number,
  dims: readonly number[],
  size: number,
): View {
  return {
    shape: [...shape.slice(0, rank), ...dims.map((d) => (d < 0 ? size : shape[d]))],
    strides: [...strides.slice(0, rank), ...dims.map((d) => (d < 0 ? 0 : strides[d]))],
    offset,
  }
}

export function matmulKernels(matmul: Matmul, layout: Layout): Dispatch[] {
  const { batch, m, k, n, a, b, array, dtype } = matmul
  if (sizeOf(batch) * m * n === 0) return []
  const times = sizeOf(batch) === 1 ? "" : `${sizeOf(batch)} of `
  const name = `matmul ${times}${m}×${k}·${k}×${n}`
  if (m >= 16 && n >= 16 && k >= 8 && m * n >= 1024) return [tiled(matmul, layout, name)]
  const rank = batch.length
  const left = { array: a.array, view: widened(a.view, rank, [rank, -1, rank + 1], n) }
  const right = { array: b.array, view: widened(b.view, rank, [-1, rank + 1, rank], m) }
  return reduceKernels(
    {
      kind: "reduce",
      op: "sum",
      kept: [...batch, m, n],
      reduced: [k],
      body: [
        { op: "read", read: left, dtype },
        { op: "read", read: right, dtype },
        { op: "mul", args: [0, 1], dtype },
      ],
      value: 2,
      array,
      dtype,
    },
    layout,
    name,
  )
}
