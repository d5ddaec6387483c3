/**
 * @file The product of large matrices: one module for all programs, so that it is compiled and warmed up once. Blocks
 * of both operands are packed; a kernel multiplies strips of six rows by strips of eight columns, the 6 × 8 sums in
 * registers. Knows no plan.
 *
 * Source: Goto and van de Geijn 2008, "Anatomy of high-performance matrix multiplication".
 */
import {
  block,
  brIf,
  type Code,
  countDown,
  type Func,
  f32x4,
  i32,
  i32x4,
  if_,
  type Local,
  loopForever,
  Module,
  move,
  select,
  v128,
} from "./assembler.ts"
import { emitPack, flush } from "./matmul-pack.ts"

/** Rows and columns of the tile in registers: twelve sums, two vectors and a number fill V8's fifteen registers. */
const ROWS = 6
export const COLUMNS = 8
/** Depth, rows and columns of the packed blocks: a strip of columns stays in the first cache, the rows in the second. */
const DEPTH = 256
const BLOCK_ROWS = 120
const BLOCK_COLUMNS = 1024
/** Packing writes whole vectors, so it may pass the end of a strip. */
const SLACK = 128

const rowsBytes = 4 * DEPTH * BLOCK_ROWS + SLACK

/** Bytes of scratch of a product with n columns and depth k. */
export function gemmScratch(k: number, n: number): number {
  const columns = Math.min(BLOCK_COLUMNS, Math.ceil(n / COLUMNS) * COLUMNS)
  return rowsBytes + 4 * (Math.min(DEPTH, k) + 4) * columns + SLACK
}

/**
 * gemm(m, n, k, a, aRow, aColumn, b, bRow, bColumn, out, scratch, packA, packB): strides in bytes, out row-major. An
 * operand may be left unpacked if its rows (of b) or its columns (of a) lie one number after the other.
 */
const parameters = new Array<"i32">(13).fill("i32")

/** The function of the runtime, as a program imports it. */
export function importGemm(module: Module): Func {
  return module.importFunction("gemm", parameters, [], "matmul")
}

/** The function that packs lanes for a direct product, see `emitPack`. */
export function importPack(module: Module): Func {
  return module.importFunction("packColumns", new Array<"i32">(6).fill("i32"), [], "matmul")
}

/** Bytes of so many packed lanes. */
export function packScratch(lanes: number, depth: number): number {
  return 4 * COLUMNS * Math.ceil(lanes / COLUMNS) * depth + SLACK
}

/** The module. It imports the memory `env.memory` and exports `gemm` and `packColumns`. */
export function matmulRuntime(options: { readonly relaxed?: boolean } = {}): Uint8Array<ArrayBuffer> {
  const module = new Module(options)
  module.memory()
  emitGemm(module)
  return module.bytes()
}

/** for (i = 0; i < to; i += step) body: at least once. */
function range(i: Local, to: Code, step: Code, ...body: Code[]): Code {
  return [i.set(0), loopForever(body, brIf(0, i32.ltS(i.tee(i32.add(i, step)), to)))]
}

const min = (a: Code, b: Code) => select(a, b, i32.ltS(a, b))
const ceilDiv = (a: Code, b: Code) => i32.divU(i32.sub(i32.add(a, b), 1), b)
/** a + b · c */
const plus = (a: Code, b: Code, c: Code) => i32.add(a, i32.mul(b, c))

/** The length of blocks that cut `total` evenly, none above `most`; a multiple of `unit`, which divides `most`. */
function evenBlock(total: Code, most: number, unit: number): Code {
  const length = ceilDiv(total, ceilDiv(total, i32.const(most)))
  return i32.mul(ceilDiv(length, i32.const(unit)), unit)
}

function emitGemm(module: Module): void {
  const packRows = emitPack(module, "packRows", ROWS)
  const packColumns = emitPack(module, "packColumns", COLUMNS)
  const strip = emitStrip(module)
  const f = module.function("gemm", parameters, [], { export: true })
  const [m, n, k, a, aRow, aColumn, b, bRow, bColumn, out, scratch, packA, packB] = f.params
  const local = () => f.local("i32")
  const [depth, rows, kFrom, kc, jFrom, nc, iFrom, mc, j] = Array.from({ length: 9 }, local)
  const [aFrom, aStrip, aStep, bFrom, bStrip, bStep] = Array.from({ length: 6 }, local)
  const packed = i32.add(scratch, rowsBytes)
  f.emit(
    depth.set(evenBlock(k, DEPTH, 4)),
    rows.set(evenBlock(m, BLOCK_ROWS, ROWS)),
    aStep.set(select(i32.const(4 * ROWS), aColumn, packA)),
    bStep.set(select(i32.const(4 * COLUMNS), bRow, packB)),
    range(
      kFrom,
      k,
      depth,
      kc.set(min(depth, i32.sub(k, kFrom))),
      aStrip.set(i32.mul(4 * ROWS, select(kc, i32.const(1), packA))),
      bStrip.set(i32.mul(4 * COLUMNS, select(kc, i32.const(1), packB))),
      range(
        jFrom,
        n,
        i32.const(BLOCK_COLUMNS),
        nc.set(min(i32.const(BLOCK_COLUMNS), i32.sub(n, jFrom))),
        bFrom.set(plus(plus(b, kFrom, bRow), jFrom, bColumn)),
        if_(packB, [packColumns.call(bFrom, bColumn, bRow, nc, kc, packed), bFrom.set(packed)]),
        range(
          iFrom,
          m,
          rows,
          mc.set(min(rows, i32.sub(m, iFrom))),
          aFrom.set(plus(plus(a, iFrom, aRow), kFrom, aColumn)),
          if_(packA, [packRows.call(aFrom, aRow, aColumn, mc, kc, scratch), aFrom.set(scratch)]),
          range(
            j,
            nc,
            i32.const(COLUMNS),
            strip.call(
              mc,
              kc,
              aFrom,
              aStrip,
              aStep,
              plus(bFrom, i32.shrU(j, 3), bStrip),
              bStep,
              plus(out, i32.add(i32.add(i32.mul(iFrom, n), jFrom), j), i32.const(4)),
              i32.mul(n, 4),
              min(i32.sub(nc, j), i32.const(COLUMNS)),
              kFrom,
            ),
          ),
        ),
      ),
    ),
  )
}

/**
 * strip(rows, depth, a, aStrip, aStep, b, bStep, out, outRow, columns, add): all rows times one strip of columns. From
 * strip to strip of rows are aStrip bytes, from depth to depth aStep and bStep. The kernel is a function of its own, called for each tile: a function that runs long would stay in V8's first, slow compilation.
 */
function emitStrip(module: Module): Func {
  const store = emitPartialStore(module)
  const kernels = Array.from({ length: ROWS }, (_, i) => emitKernel(module, i + 1, store))
  const f = module.function("strip", new Array<"i32">(11).fill("i32"), [])
  const [rows, depth, a, aStrip, aStep, b, bStep, out, outRow, columns, add] = f.params
  const call = (kernel: Func) => kernel.call(...[depth, a, aStep, b, bStep, out, outRow, columns, add])
  f.emit(
    block(
      brIf(0, i32.ltS(rows, ROWS)),
      loopForever(
        call(kernels[ROWS - 1]),
        a.set(i32.add(a, aStrip)),
        out.set(plus(out, outRow, i32.const(ROWS))),
        brIf(0, i32.geS(rows.tee(i32.sub(rows, ROWS)), ROWS)),
      ),
    ),
    kernels.slice(0, -1).map((kernel, i) => if_(i32.eq(rows, i + 1), call(kernel))),
  )
  return f
}

/** kernel(depth, a, aStep, b, bStep, out, outRow, columns, add): one tile of the result, stored or added to what is there. */
function emitKernel(module: Module, rows: number, store: Func): Func {
  const f = module.function(`kernel${rows}`, new Array<"i32">(9).fill("i32"), [])
  const [depth, a, aStep, b, bStep, out, outRow, columns, add] = f.params
  const sums = Array.from({ length: rows }, () => f.locals("v128", 2))
  const [left, right, one] = f.locals("v128", 3)
  const eachRow = (body: (sums: Local[]) => Code) =>
    sums.map((row, r) => [body(row), r < rows - 1 ? out.set(i32.add(out, outRow)) : []])
  const start = f.local("i32")
  const normal = flush(f)
  f.emit(
    countDown(
      depth,
      left.set(v128.load(b)),
      right.set(v128.load(b, 16)),
      sums.map(([x, y], r) => [
        one.set(v128.load32Splat(a, 4 * r)),
        x.set(module.madd(one, left, x)),
        y.set(module.madd(one, right, y)),
      ]),
      a.set(i32.add(a, aStep)),
      b.set(i32.add(b, bStep)),
    ),
    start.set(out),
    if_(add, [
      eachRow(([x, y]) => [x.set(f32x4.add(x, v128.load(out))), y.set(f32x4.add(y, v128.load(out, 16)))]),
      out.set(start),
    ]),
    if_(
      i32.eq(columns, COLUMNS),
      eachRow(([x, y]) => [v128.store(out, normal(x)), v128.store(out, normal(y), 16)]),
      eachRow(([x, y]) => store.call(out, normal(x), normal(y), columns)),
    ),
  )
  return f
}

/** store(to, x, y, count): the first `count` < 8 numbers of two vectors. */
function emitPartialStore(module: Module): Func {
  const f = module.function("storePartly", ["i32", "v128", "v128", "i32"], [])
  const [to, x, y, count] = f.params
  const has = (bit: number) => i32.and(count, bit)
  f.emit(
    if_(has(4), [v128.store(to, x), x.set(y), move(to, 16)]),
    if_(has(2), [v128.store64Lane(to, x, 0), x.set(i32x4.shuffle(x, x, [2, 3, 2, 3])), move(to, 8)]),
    if_(has(1), v128.store32Lane(to, x, 0)),
  )
  return f
}
