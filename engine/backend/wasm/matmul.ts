/**
 * @file The door of matrix multiplication: a `Matmul` of a plan becomes a function of a module. Chooses how, walks the
 * batch, and says how much scratch it takes. Knows neither tiles nor packing.
 */
import { sizeOf } from "../../core/shape.ts"
import { collapse, rowMajor, type View } from "../../core/view.ts"
import type { Matmul } from "../../fuse/plan.ts"
import { brIf, type Code, type Func, i32, type Local, loopForever, type Module } from "./assembler.ts"
import { bestWay, type Direct, directProduct } from "./matmul-direct.ts"
import { gemmScratch, importGemm } from "./matmul-runtime.ts"

/** Bytes of scratch that a matmul needs while it runs. Nothing in there outlives it. */
export function scratchBytes(matmul: Matmul): number {
  return isLarge(matmul) ? gemmScratch(matmul.k, matmul.n) : 0
}

/** Is packing worth its time? */
function isLarge({ dtype, m, k, n }: Matmul): boolean {
  return dtype === "float32" && Math.min(m, n) > 16 && k > 16 && m * n * k > 2 ** 18
}

/**
 * A function (a, b, out, scratch) of four addresses that computes the product. `a` and `b` are where the arrays begin,
 * not the views. It stores exactly the result, and may read up to 64 bytes past the end of an operand.
 */
export function emitMatmul(module: Module, matmul: Matmul, name = "matmul"): Func {
  const f = module.function(name, ["i32", "i32", "i32", "i32"], [])
  if (sizeOf(matmul.batch) * matmul.m * matmul.n === 0) return f
  const { product, batch } = simplify(matmul)
  const [a, b, out] = f.params
  const bytes = product.dtype === "float64" ? 8 : 4
  f.emit(
    a.set(i32.add(a.get(), i32.const(matmul.a.view.offset * bytes))),
    b.set(i32.add(b.get(), i32.const(matmul.b.view.offset * bytes))),
    walkBatch(f, batch, 0, [a, b, out], (pointers) =>
      isLarge(matmul) ? gemmCode(module, product, pointers, f.param(3)) : productCode(f, product, pointers),
    ),
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

/** A dimension of the batch: how many, and strides of a, b and the result in bytes. */
interface BatchDimension {
  readonly size: number
  readonly strides: readonly number[]
}

/** Few dimensions of the batch, long rows; strides of dimensions of size 1 made convenient. */
function simplify(matmul: Matmul): { product: Product; batch: BatchDimension[] } {
  const { dtype, m, k, n, a, b } = matmul
  const bytes = dtype === "float64" ? 8 : 4
  const rank = matmul.batch.length
  const lead = ({ strides, offset }: View): View => ({
    shape: matmul.batch,
    strides: strides.slice(0, rank),
    offset,
  })
  const views = [lead(a.view), lead(b.view), lead(rowMajor([...matmul.batch, m, n]))]
  const { shape, strides } = collapse(matmul.batch, views)
  const batch = shape.map((size, d) => ({ size, strides: strides.map((list) => list[d] * bytes) }))
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
    batch,
  }
}

/** Nested loops over the batch, the first dimension outermost. */
function walkBatch(
  f: Func,
  batch: readonly BatchDimension[],
  d: number,
  pointers: readonly Local[],
  body: (pointers: readonly Local[]) => Code,
): Code {
  const inner = pointers.map(() => f.local("i32"))
  const start = inner.map((local, i) => local.set(pointers[i].get()))
  if (d === batch.length) return [start, body(inner)]
  const left = f.local("i32")
  return [
    start,
    left.set(i32.const(batch[d].size)),
    loopForever(
      walkBatch(f, batch, d + 1, inner, body),
      inner.map((local, i) => local.set(i32.add(local.get(), i32.const(batch[d].strides[i])))),
      brIf(0, left.tee(i32.sub(left.get(), i32.const(1)))),
    ),
  ]
}

function productCode(f: Func, product: Product, [a, b, out]: readonly Local[]): Code {
  const { dtype, m, k, n, aRow, aColumn, bRow, bColumn } = product
  const bytes = dtype === "float64" ? 8 : 4
  const alongColumns: Direct = {
    dtype,
    rows: m,
    lanes: n,
    depth: k,
    row: { across: aRow, depth: aColumn },
    lane: { across: bColumn, depth: bRow },
    out: { row: n * bytes, lane: bytes },
  }
  const alongRows: Direct = {
    dtype,
    rows: n,
    lanes: m,
    depth: k,
    row: { across: bColumn, depth: bRow },
    lane: { across: aRow, depth: aColumn },
    out: { row: bytes, lane: n * bytes },
  }
  return bestWay(alongColumns).cycles <= bestWay(alongRows).cycles
    ? directProduct(f, alongColumns, a, b, out)
    : directProduct(f, alongRows, b, a, out)
}

function gemmCode(module: Module, product: Product, [a, b, out]: readonly Local[], scratch: Local): Code {
  const { m, k, n, aRow, aColumn, bRow, bColumn } = product
  const [mc, nc, kc, ar, ac, br, bc] = [m, n, k, aRow, aColumn, bRow, bColumn].map((value) =>
    i32.const(value),
  )
  return importGemm(module).call(
    mc,
    nc,
    kc,
    a.get(),
    ar,
    ac,
    b.get(),
    br,
    bc,
    out.get(),
    scratch.get(),
    i32.const(1),
    i32.const(1),
  )
}
