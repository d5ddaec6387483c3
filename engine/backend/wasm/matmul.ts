/**
 * @file The door of matrix multiplication: a `Matmul` of a plan becomes a function of a module. Chooses how, walks the
 * batch, and says how much scratch it takes. Knows neither tiles nor packing.
 */
import { sizeOf } from "../../core/shape.ts"
import { collapse, rowMajor, type View } from "../../core/view.ts"
import type { Matmul } from "../../fuse/plan.ts"
import { type Code, type Func, type Local, type Module, move } from "./assembler.ts"
import { bestWay, type Direct, directProduct } from "./matmul-direct.ts"
import { COLUMNS, gemmScratch, importGemm, importPack, packScratch } from "./matmul-runtime.ts"
import { walk } from "./walk.ts"

/**
 * Bytes of scratch that a matmul needs while it runs. Nothing in there outlives it. If it is not 0, the function imports
 * from the runtime, as `matmul`; small products never do.
 */
export function scratchBytes(matmul: Matmul): number {
  const choice = choose(simplify(matmul).product)
  if (choice === "large") return gemmScratch(matmul.k, matmul.n)
  return choice.packed ? packScratch(choice.direct.lanes, matmul.k) : 0
}

/**
 * A function (a, b, out, scratch) of four addresses that computes the product. `a` and `b` are where the arrays begin,
 * not the views. It stores exactly the result, and may read up to 64 bytes past the end of an operand.
 */
export function emitMatmul(module: Module, matmul: Matmul, name = "matmul"): Func {
  const f = module.function(name, ["i32", "i32", "i32", "i32"], [])
  if (sizeOf(matmul.batch) * matmul.m * matmul.n === 0) return f
  const { product, sizes, steps } = simplify(matmul)
  const [a, b, out] = f.params
  const streams = [a, b, out].map((pointer, i) => ({ pointer, steps: steps[i] }))
  const bytes = product.dtype === "float64" ? 8 : 4
  f.emit(
    move(a, matmul.a.view.offset * bytes),
    move(b, matmul.b.view.offset * bytes),
    walk(f, streams, sizes, 0, () => {
      // The product changes its pointers.
      const own = f.locals("i32", 3)
      return {
        code: [
          own.map((pointer, i) => pointer.set(streams[i].pointer)),
          productCode(f, product, own, f.param(3)),
        ],
        moved: [0, 0, 0],
      }
    }).code,
  )
  return f
}

/** One product of matrices. Strides in bytes. */
interface Product {
  readonly dtype: Matmul["dtype"]
  readonly m: number
  readonly k: number
  readonly n: number
  readonly aRow: number
  readonly aColumn: number
  readonly bRow: number
  readonly bColumn: number
}

/**
 * Few dimensions of the batch, long rows; strides of dimensions of size 1 made convenient. `steps`: the strides of a, b
 * and the result along the batch, in bytes.
 */
function simplify(matmul: Matmul): { product: Product; sizes: number[]; steps: number[][] } {
  const { dtype, m, k, n, a, b } = matmul
  const bytes = dtype === "float64" ? 8 : 4
  const rank = matmul.batch.length
  const lead = ({ strides, offset }: View): View => ({
    shape: matmul.batch,
    strides: strides.slice(0, rank),
    offset,
  })
  const views = [lead(a.view), lead(b.view), lead(rowMajor([...matmul.batch, m, n]))]
  const { shape: sizes, strides } = collapse(matmul.batch, views)
  const stride = (view: View, d: number, size: number, otherwise: number) =>
    size === 1 ? otherwise : view.strides[rank + d] * bytes
  return {
    product: {
      dtype,
      m,
      k,
      n,
      aRow: stride(a.view, 0, m, bytes),
      aColumn: stride(a.view, 1, k, bytes),
      bRow: stride(b.view, 0, k, bytes),
      bColumn: stride(b.view, 1, n, bytes),
    },
    sizes,
    steps: strides.map((list) => list.map((stride) => stride * bytes)),
  }
}

/** A product by direct code: which operand counts its lanes, and whether that one is packed first. */
interface DirectChoice {
  /** Without packing. */
  readonly direct: Direct
  /** Are the lanes rows of a, rather than columns of b? */
  readonly lanesOfA: boolean
  readonly packed: boolean
}

/** More multiply-adds than this are worth packing both operands; fewer than this not even one of them. */
const LARGE = 2 ** 18
const SMALL = 2 ** 14

function choose({ dtype, m, k, n, aRow, aColumn, bRow, bColumn }: Product): "large" | DirectChoice {
  if (dtype === "float32" && Math.min(m, n, k) > 16 && m * n * k > LARGE) return "large"
  const bytes = dtype === "float64" ? 8 : 4
  const [a, b] = [
    { across: aRow, depth: aColumn },
    { across: bColumn, depth: bRow },
  ]
  const columns = {
    dtype,
    rows: m,
    lanes: n,
    depth: k,
    row: a,
    lane: b,
    out: { row: n * bytes, lane: bytes },
  }
  const rows = { dtype, rows: n, lanes: m, depth: k, row: b, lane: a, out: { row: bytes, lane: n * bytes } }
  const choices = [columns, rows].flatMap((direct, i) => {
    const lanesOfA = i === 1
    const plain = { direct, lanesOfA, packed: false, cycles: bestWay(direct).cycles }
    if (dtype !== "float32" || direct.lane.across === bytes || m * n * k < SMALL) return [plain]
    const cycles = bestWay(withPackedLanes(direct)).cycles + packingCycles(direct)
    return [plain, { direct, lanesOfA, packed: true, cycles }]
  })
  return choices.reduce((best, choice) => (choice.cycles < best.cycles ? choice : best))
}

const withPackedLanes = (direct: Direct): Direct => ({
  ...direct,
  lane: { across: 4, depth: 4 * COLUMNS, strips: true },
})

/** Blocks are transposed where numbers lie side by side in depth, else every number is fetched. */
function packingCycles({ lane, lanes, depth }: Direct): number {
  return 60 + lanes * depth * (lane.depth === 4 ? 0.6 : 3)
}

function productCode(f: Func, product: Product, [a, b, out]: readonly Local[], scratch: Local): Code {
  const choice = choose(product)
  if (choice === "large") return gemmCode(f.module, product, [a, b, out], scratch)
  const { direct, lanesOfA, packed } = choice
  const [row, lane] = lanesOfA ? [b, a] : [a, b]
  if (!packed) return directProduct(f, direct, row, lane, out)
  const { across, depth } = direct.lane
  return [
    importPack(f.module).call(lane, across, depth, direct.lanes, direct.depth, scratch),
    lane.set(scratch),
    directProduct(f, withPackedLanes(direct), row, lane, out),
  ]
}

/**
 * Packing makes reading cheap and flushes subnormal numbers. An operand that is read only a few times, and does not
 * lie so that its lines drive each other out of the cache, is left as it is.
 */
function gemmCode(module: Module, product: Product, [a, b, out]: readonly Local[], scratch: Local): Code {
  const { m, k, n, aRow, aColumn, bRow, bColumn } = product
  const packA = !(aRow === 4 && n <= 256 && aColumn % 1024 !== 0)
  const packB = !(bColumn === 4 && m <= 96 && Math.abs(bRow) <= 1024)
  return importGemm(module).call(
    ...[m, n, k, a, aRow, aColumn, b, bRow, bColumn, out, scratch],
    Number(packA),
    Number(packB),
  )
}
