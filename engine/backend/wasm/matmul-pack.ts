/**
 * @file Packing of operands for large products: strips of a matrix, copied so that the kernel reads them from the
 * first byte to the last. Every layout is turned into the same one here. Knows nothing of the product.
 */
import {
  block,
  br,
  brIf,
  type Code,
  countDown,
  type Func,
  i32,
  i32x4,
  if_,
  loopForever,
  type Module,
  move,
  select,
  v128,
} from "./assembler.ts"

/** Subnormal numbers become 0: they cost a hundred cycles each in a product, and weigh nothing in the sum. */
export const flush = (f: Func) => {
  const x = f.local("v128")
  const exponent = i32x4.const(0x7f800000)
  return (value: Code): Code => v128.and(x.tee(value), i32x4.ne(v128.and(x, exponent), 0))
}

/**
 * pack(from, across, along, count, depth, to) copies numbers from + i · across + d · along (in bytes), i < count,
 * d < depth, to to + 4 (d · width + i), in strips of `width`; where a strip has no number, anything may stand. Writes
 * up to 128 bytes past the end.
 */
export function emitPack(module: Module, name: string, width: 6 | 8): Func {
  const turn = emitTurn(module, width)
  const copy = emitCopy(module, width)
  const gather = emitGather(module, width)
  const f = module.function(name, ["i32", "i32", "i32", "i32", "i32", "i32"], [], { export: true })
  const [from, across, along, count, depth, to] = f.params
  const [fromStart, , , left, , toStart] = f.params
  const isUnit = (stride: Code) => i32.eq(stride, 4)
  const half = (first: number) =>
    turn.call(
      i32.add(from, i32.mul(across, first)),
      across,
      i32.sub(count, first),
      depth,
      i32.add(to, 4 * first),
    )
  f.emit(
    loopForever(
      block(
        block(
          block(
            brIf(0, isUnit(across)),
            brIf(1, isUnit(along)),
            gather.call(from, across, along, count, depth, to),
            br(2),
          ),
          copy.call(from, along, depth, to),
          br(1),
        ),
        // The second half first: it may write over the beginning of the next row of the first half.
        if_(i32.gtS(count, 4), half(4)),
        half(0),
      ),
      toStart.set(i32.add(to, i32.mul(depth, 4 * width))),
      fromStart.set(i32.add(from, i32.mul(across, width))),
      brIf(0, i32.gtS(left.tee(i32.sub(count, width)), 0)),
    ),
  )
  return f
}

/** A strip whose numbers lie side by side already. */
function emitCopy(module: Module, width: 6 | 8): Func {
  const f = module.function(`copy${width}`, ["i32", "i32", "i32", "i32"], [])
  const [from, along, depth, to] = f.params
  const normal = flush(f)
  const rest =
    width === 8
      ? v128.store(to, normal(v128.load(from, 16)), 16)
      : v128.store64Lane(to, normal(v128.load64Zero(from, 16)), 0, 16)
  f.emit(
    countDown(
      depth,
      v128.store(to, normal(v128.load(from))),
      rest,
      from.set(i32.add(from, along)),
      move(to, 4 * width),
    ),
  )
  return f
}

/** Up to four rows of a strip whose numbers lie one after the other in depth: blocks of 4 × 4, transposed. */
function emitTurn(module: Module, width: 6 | 8): Func {
  const f = module.function(`turn${width}`, ["i32", "i32", "i32", "i32", "i32"], [])
  const [from, across, count, depth, to] = f.params
  const normal = flush(f)
  const rows = [0, 1, 2, 3].map(() => f.local("i32"))
  const x = [0, 1, 2, 3].map(() => f.local("v128"))
  const y = [0, 1, 2, 3].map(() => f.local("v128"))
  const low = (a: Code, b: Code) => i32x4.shuffle(a, b, [0, 4, 1, 5])
  const high = (a: Code, b: Code) => i32x4.shuffle(a, b, [2, 6, 3, 7])
  rows.forEach((row, i) => {
    const next = i === 0 ? from : i32.add(rows[i - 1], across)
    // Where there is no such row, the last one is read again.
    f.emit(row.set(i === 0 ? next : select(next, rows[i - 1], i32.gtS(count, i))))
  })
  f.emit(
    loopForever(
      rows.map((row, i) => x[i].set(normal(v128.load(row)))),
      y[0].set(low(x[0], x[2])),
      y[1].set(low(x[1], x[3])),
      y[2].set(high(x[0], x[2])),
      y[3].set(high(x[1], x[3])),
      v128.store(to, low(y[0], y[1])),
      v128.store(to, high(y[0], y[1]), 4 * width),
      v128.store(to, low(y[2], y[3]), 8 * width),
      v128.store(to, high(y[2], y[3]), 12 * width),
      rows.map((row) => move(row, 16)),
      move(to, 16 * width),
      brIf(0, i32.gtS(depth.tee(i32.sub(depth, 4)), 0)),
    ),
  )
  return f
}

/** A strip of any layout, number by number. */
function emitGather(module: Module, width: 6 | 8): Func {
  const f = module.function(`gather${width}`, ["i32", "i32", "i32", "i32", "i32", "i32"], [])
  const [from, across, along, count, depth, to] = f.params
  const [p, q, i] = f.locals("i32", 3)
  const normal = flush(f)
  f.emit(
    if_(i32.gtS(count, width), count.set(width)),
    countDown(
      depth,
      p.set(from),
      q.set(to),
      i.set(count),
      countDown(i, v128.store32Lane(q, normal(v128.load32Zero(p)), 0), p.set(i32.add(p, across)), move(q, 4)),
      from.set(i32.add(from, along)),
      move(to, 4 * width),
    ),
  )
  return f
}
