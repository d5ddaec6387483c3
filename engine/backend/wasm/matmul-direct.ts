/**
 * @file Products of small or thin matrices: code for exactly one shape. A tile of the result stays in registers while
 * the depth goes by; vectors of one operand, along its columns or along its rows, meet single numbers of the other.
 * Nothing is packed. Knows no plan and no batch.
 */
import type { DType } from "../../core/dtype.ts"
import {
  brIf,
  type Code,
  type Func,
  f32x4,
  f64x2,
  i32,
  i32x4,
  type Local,
  loopForever,
  v128,
} from "./assembler.ts"

/**
 * out[row, lane] = Σ_d row[row, d] · lane[lane, d]: a product of matrices in which one of the two counts its lanes.
 * All strides are in bytes.
 */
export interface Direct {
  readonly dtype: DType
  readonly rows: number
  readonly lanes: number
  readonly depth: number
  /** Strides of the operand whose numbers are spread over all lanes. */
  readonly row: { readonly outer: number; readonly depth: number }
  /** Strides of the operand that is read as vectors. */
  readonly lane: { readonly outer: number; readonly depth: number }
  readonly out: { readonly row: number; readonly lane: number }
}

/** How vectors of a dtype are computed with. */
interface Arithmetic {
  readonly bytes: 4 | 8
  splat(address: Code, offset: number): Code
  /** The vector with this lane replaced by the number at the address. */
  loadLane(address: Code, vector: Code, lane: number, offset: number): Code
  storeLane(address: Code, vector: Code, lane: number, offset: number): Code
  /** a · b + c. */
  madd(f: Func, a: Code, b: Code, c: Code): Code
}

const words = {
  bytes: 4,
  splat: v128.load32Splat,
  loadLane: v128.load32Lane,
  storeLane: v128.store32Lane,
} as const

function arithmetic(dtype: DType): Arithmetic {
  switch (dtype) {
    case "float32":
      return { ...words, madd: (f, a, b, c) => f.module.madd(a, b, c) }
    case "float64":
      return {
        bytes: 8,
        splat: v128.load64Splat,
        loadLane: v128.load64Lane,
        storeLane: v128.store64Lane,
        madd: (_, a, b, c) => f64x2.add(c, f64x2.mul(a, b)),
      }
    default:
      return { ...words, madd: (_, a, b, c) => i32x4.add(c, i32x4.mul(a, b)) }
  }
}

/** Offsets in instructions are unsigned; a negative one is added to the address. */
function at<T>(access: (address: Code, offset: number) => T, address: Code, offset: number): T {
  return offset < 0 ? access(i32.add(address, i32.const(offset)), 0) : access(address, offset)
}

/** Numbers of rows and vectors of a tile. */
interface Tile {
  readonly rows: number
  readonly vectors: number
}

/** x86-64 has sixteen vector registers; V8 keeps one for itself. */
const REGISTERS = 15
/** A longer sequence of multiply-adds than this becomes a loop. */
const STRAIGHT = 64

const fits = ({ rows, vectors }: Tile) => rows * vectors + Math.min(rows, vectors) + 1 <= REGISTERS

/**
 * Estimate of the time for a whole product with this tile, in cycles of a core that does two multiply-adds or two
 * loads at once and needs four cycles for each.
 */
function cost(direct: Direct, tile: Tile): number {
  const width = 16 / arithmetic(direct.dtype).bytes
  const vectors = Math.ceil(direct.lanes / width)
  const perVector = direct.lane.outer * width === 16 ? 1 : 2 * width
  const perStore = direct.out.lane * width === 16 ? 1 : 2 * width
  let sum = 0
  for (const [r, countR] of parts(direct.rows, tile.rows))
    for (const [v, countV] of parts(vectors, tile.vectors)) {
      const step = Math.max(r * v, r + v * perVector + 1, 8) / 2
      sum += countR * countV * (direct.depth * step + r * v * perStore + 4)
    }
  return sum
}

/** [size, how often]: `total` in parts of `size` and a rest. */
function parts(total: number, size: number): [number, number][] {
  const all: [number, number][] = [
    [size, Math.floor(total / size)],
    [total % size, 1],
  ]
  return all.filter(([part, count]) => part > 0 && count > 0)
}

/** The tile that should take the least time, and that time. */
export function bestTile(direct: Direct): Tile & { readonly cycles: number } {
  const width = 16 / arithmetic(direct.dtype).bytes
  let best = { rows: 1, vectors: 1, cycles: cost(direct, { rows: 1, vectors: 1 }) }
  for (let rows = 1; rows <= Math.min(12, direct.rows); rows++)
    for (let vectors = 1; vectors <= Math.min(12, Math.ceil(direct.lanes / width)); vectors++) {
      if (!fits({ rows, vectors })) continue
      const cycles = cost(direct, { rows, vectors })
      if (cycles < best.cycles) best = { rows, vectors, cycles }
    }
  return best
}

/** A pointer that walks, and by how many bytes an element. */
type Walker = readonly [Local, number]

/** Writes the code of one product into a function. */
class Writer {
  readonly #f: Func
  readonly #direct: Direct
  readonly #a: Arithmetic
  readonly #width: number
  readonly #pool: Local[] = []

  constructor(f: Func, direct: Direct) {
    this.#f = f
    this.#direct = direct
    this.#a = arithmetic(direct.dtype)
    this.#width = 16 / this.#a.bytes
  }

  /** Vector registers are shared by all tiles. */
  #vector(i: number): Local {
    while (this.#pool.length <= i) this.#pool.push(this.#f.local("v128"))
    return this.#pool[i]
  }

  /**
   * The body for every part of a dimension: `total` in parts of `size`. Few parts are written out, with constant
   * offsets from the pointers; many become a loop that moves the pointers.
   */
  #walk(
    total: number,
    size: number,
    straight: number,
    walkers: readonly Walker[],
    body: (count: number, from: number) => Code,
  ): Code {
    const full = Math.floor(total / size)
    const rest = total % size
    if (full <= straight) {
      const code: Code[] = []
      for (let from = 0; from < total; from += size) code.push(body(Math.min(size, total - from), from))
      return code
    }
    const left = this.#f.local("i32")
    return [
      left.set(i32.const(full)),
      loopForever(
        body(size, 0),
        walkers.map(([pointer, step]) => pointer.set(i32.add(pointer.get(), i32.const(size * step)))),
        brIf(0, left.tee(i32.sub(left.get(), i32.const(1)))),
      ),
      rest > 0 ? body(rest, 0) : [],
    ]
  }

  /** The whole product, from the addresses of the two operands and the result. */
  product(row: Local, lane: Local, out: Local, tile: Tile): Code {
    const f = this.#f
    const d = this.#direct
    const total = d.rows * Math.ceil(d.lanes / this.#width) * d.depth
    const straight = total <= 2 * STRAIGHT ? Number.POSITIVE_INFINITY : 1
    const fromLane = f.local("i32")
    const toLane = f.local("i32")
    return this.#walk(
      d.rows,
      tile.rows,
      straight,
      [
        [row, d.row.outer],
        [out, d.out.row],
      ],
      (rows, firstRow) => [
        fromLane.set(lane.get()),
        toLane.set(i32.add(out.get(), i32.const(firstRow * d.out.row))),
        this.#walk(
          d.lanes,
          tile.vectors * this.#width,
          straight,
          [
            [fromLane, d.lane.outer],
            [toLane, d.out.lane],
          ],
          (lanes, firstLane) => [
            this.#sums(row, fromLane, rows, lanes, firstRow * d.row.outer, firstLane * d.lane.outer),
            this.#stores(toLane, rows, lanes, firstLane * d.out.lane),
          ],
        ),
      ],
    )
  }

  /** Sets vectors 0 … rows · vectors − 1 to a tile of the result. */
  #sums(row: Local, lane: Local, rows: number, lanes: number, rowFrom: number, laneFrom: number): Code {
    const f = this.#f
    const { depth, row: rowStride, lane: laneStride } = this.#direct
    const vectors = Math.ceil(lanes / this.#width)
    const zero: Code[] = []
    for (let i = 0; i < rows * vectors; i++) zero.push(this.#vector(i).set(f32x4.const(0)))
    if (depth * rows * vectors <= STRAIGHT) {
      const steps: Code[] = []
      for (let d = 0; d < depth; d++)
        steps.push(
          this.#step(row, lane, rows, lanes, rowFrom + d * rowStride.depth, laneFrom + d * laneStride.depth),
        )
      return [zero, steps]
    }
    const [r, l, left] = [f.local("i32"), f.local("i32"), f.local("i32")]
    return [
      zero,
      r.set(i32.add(row.get(), i32.const(rowFrom))),
      l.set(i32.add(lane.get(), i32.const(laneFrom))),
      left.set(i32.const(depth)),
      loopForever(
        this.#step(r, l, rows, lanes, 0, 0),
        r.set(i32.add(r.get(), i32.const(rowStride.depth))),
        l.set(i32.add(l.get(), i32.const(laneStride.depth))),
        brIf(0, left.tee(i32.sub(left.get(), i32.const(1)))),
      ),
    ]
  }

  /** One step in depth: every row's number times every vector, added to the sums. */
  #step(row: Local, lane: Local, rows: number, lanes: number, rowAt: number, laneAt: number): Code {
    const vectors = Math.ceil(lanes / this.#width)
    const sums = rows * vectors
    const one = this.#vector(sums)
    const splat = (r: number) => at(this.#a.splat, row.get(), rowAt + r * this.#direct.row.outer)
    const load = (v: number) =>
      this.#load(lane, laneAt + v * this.#width * this.#direct.lane.outer, lanes - v * this.#width)
    const add = (r: number, v: number, x: Local, y: Local) => {
      const sum = this.#vector(r * vectors + v)
      return sum.set(this.#a.madd(this.#f, x.get(), y.get(), sum.get()))
    }
    const code: Code[] = []
    // The fewer of the two stay in registers; the others come one by one.
    const few = Math.min(rows, vectors)
    const held = Array.from({ length: few }, (_, i) => this.#vector(sums + 1 + i))
    for (let i = 0; i < few; i++) code.push(held[i].set(vectors <= rows ? load(i) : splat(i)))
    for (let i = 0; i < Math.max(rows, vectors); i++) {
      code.push(one.set(vectors <= rows ? splat(i) : load(i)))
      for (let j = 0; j < few; j++)
        code.push(vectors <= rows ? add(i, j, one, held[j]) : add(j, i, held[j], one))
    }
    return code
  }

  /** A vector of the operand with lanes; beyond the last lane is anything. */
  #load(pointer: Local, offset: number, lanes: number): Code {
    const stride = this.#direct.lane.outer
    if (stride === this.#a.bytes) return at(v128.load, pointer.get(), offset)
    let code = at(this.#a.splat, pointer.get(), offset)
    for (let i = 1; i < Math.min(this.#width, lanes) && stride !== 0; i++) {
      const rest = code
      code = at((address, o) => this.#a.loadLane(address, rest, i, o), pointer.get(), offset + i * stride)
    }
    return code
  }

  /** Writes a tile of the result, and nothing beside it. */
  #stores(out: Local, rows: number, lanes: number, from: number): Code {
    const { row, lane } = this.#direct.out
    const vectors = Math.ceil(lanes / this.#width)
    const code: Code[] = []
    for (let r = 0; r < rows; r++)
      for (let v = 0; v < vectors; v++) {
        const offset = from + r * row + v * this.#width * lane
        const count = Math.min(this.#width, lanes - v * this.#width)
        code.push(this.#store(out, this.#vector(r * vectors + v), offset, count))
      }
    return code
  }

  #store(out: Local, vector: Local, offset: number, count: number): Code {
    const stride = this.#direct.out.lane
    if (stride !== this.#a.bytes) {
      const code: Code[] = []
      for (let i = 0; i < count; i++)
        code.push(this.#a.storeLane(out.get(), vector.get(), i, offset + i * stride))
      return code
    }
    if (count === this.#width) return v128.store(out.get(), vector.get(), offset)
    if (this.#width === 2 || count === 1) return this.#a.storeLane(out.get(), vector.get(), 0, offset)
    const half = v128.store64Lane(out.get(), vector.get(), 0, offset)
    return count === 2 ? half : [half, v128.store32Lane(out.get(), vector.get(), 2, offset + 8)]
  }
}

/** Code for one product, from the addresses of the operands and the result; the locals may be changed by it. */
export function directProduct(f: Func, direct: Direct, row: Local, lane: Local, out: Local): Code {
  return new Writer(f, direct).product(row, lane, out, bestTile(direct))
}
