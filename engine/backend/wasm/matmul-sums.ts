/**
 * @file The inner loops of small products: a tile of the result as sums in registers, over the whole depth. Either
 * vectors lie across the tile and meet single numbers, or they lie along the depth and are added up at the end.
 * Knows nothing of the walk over tiles.
 */
import type { DType } from "../../core/dtype.ts"
import {
  type Code,
  countDown,
  type Func,
  f32x4,
  f64x2,
  i32,
  i32x4,
  type Local,
  move,
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
  readonly row: Strides
  /** Packed lanes lie in strips: eight for each number along the depth, then the next eight. */
  readonly lane: Strides & { readonly strips?: boolean }
  readonly out: { readonly row: number; readonly lane: number }
}

/** From number to number across (to the next row or lane) and along the depth. */
export interface Strides {
  readonly across: number
  readonly depth: number
}

/** How vectors of a dtype are computed with. */
export interface Arithmetic {
  readonly bytes: 4 | 8
  /** Numbers in a vector. */
  readonly width: 4 | 2
  splat(address: Code, offset: number): Code
  /** The vector with this lane replaced by the number at the address. */
  loadLane(address: Code, vector: Code, lane: number, offset: number): Code
  storeLane(address: Code, vector: Code, lane: number, offset: number): Code
  /** a · b + c. */
  madd(f: Func, a: Code, b: Code, c: Code): Code
}

const words = {
  bytes: 4,
  width: 4,
  splat: v128.load32Splat,
  loadLane: v128.load32Lane,
  storeLane: v128.store32Lane,
} as const

export function arithmetic(dtype: DType): Arithmetic {
  switch (dtype) {
    case "float32":
      return { ...words, madd: (f, a, b, c) => f.module.madd(a, b, c) }
    case "float64":
      return {
        bytes: 8,
        width: 2,
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
function at(access: (address: Code, offset: number) => Code, address: Code, offset: number): Code {
  return offset < 0 ? access(i32.add(address, offset), 0) : access(address, offset)
}

/** A tile of the result: where its numbers come from, and how many there are. */
export interface Tile {
  readonly row: Local
  readonly lane: Local
  readonly rows: number
  readonly lanes: number
  /** Offsets from the two pointers. */
  readonly rowFrom: number
  readonly laneFrom: number
}

/** A longer sequence of multiply-adds than this becomes a loop. */
export const STRAIGHT = 64

/** Writes sums into a function. Its vector registers are shared by all tiles. */
export class Sums {
  readonly #f: Func
  readonly #direct: Direct
  readonly #a: Arithmetic
  readonly #pool: Local[] = []

  constructor(f: Func, direct: Direct) {
    this.#f = f
    this.#direct = direct
    this.#a = arithmetic(direct.dtype)
  }

  vector(i: number): Local {
    while (this.#pool.length <= i) this.#pool.push(this.#f.local("v128"))
    return this.#pool[i]
  }

  #zero(count: number): Code {
    return Array.from({ length: count }, (_, i) => this.vector(i).set(f32x4.const(0)))
  }

  #madd(sum: Local, x: Local, y: Local): Code {
    return sum.set(this.#a.madd(this.#f, x, y, sum))
  }

  /** Sets vector r · vectors + v to the sums of row r and the lanes from v · width on: vectors across the lanes. */
  across(tile: Tile): Code {
    const sums = tile.rows * Math.ceil(tile.lanes / this.#a.width)
    return [this.#zero(sums), this.#overDepth(tile, 1, sums, (moved) => this.#acrossStep(moved))]
  }

  /** The same with vectors along the depth; both operands must lie one number after the other there. */
  along(tile: Tile): Code {
    const { rows, lanes } = tile
    const { depth } = this.#direct
    const rest = depth % 4
    const code = [this.#zero(rows * lanes)]
    code.push(this.#overDepth(tile, 4, rows * lanes, (moved) => this.#alongStep(moved, 4), rest))
    // Add up the four numbers of each sum; four sums make a vector.
    for (let r = 0; r < rows; r++)
      for (let l = 0; l < lanes; l += 4) {
        const sum = (i: number) => this.vector(r * lanes + Math.min(l + i, lanes - 1))
        const to = this.vector(r * Math.ceil(lanes / 4) + l / 4)
        code.push(
          to.set(
            addUp(sum(0), sum(1), sum(2), sum(3), [this.vector(rows * lanes), this.vector(rows * lanes + 1)]),
          ),
        )
      }
    return code
  }

  /** `step` for every `length` numbers of the depth, and for the rest of an `along`. Straight code if it is short. */
  #overDepth(tile: Tile, length: number, sums: number, step: (tile: Tile) => Code, rest = 0): Code {
    const f = this.#f
    const { depth, row, lane } = this.#direct
    const steps = Math.floor(depth / length)
    const moved = (d: number): Tile => ({
      ...tile,
      rowFrom: tile.rowFrom + d * row.depth,
      laneFrom: tile.laneFrom + d * lane.depth,
    })
    if (steps * sums <= STRAIGHT) {
      const code: Code[] = []
      for (let s = 0; s < steps; s++) code.push(step(moved(s * length)))
      if (rest > 0) code.push(this.#alongStep(moved(steps * length), rest))
      return code
    }
    const [r, l, left] = f.locals("i32", 3)
    const pointers: Tile = { ...tile, row: r, lane: l, rowFrom: 0, laneFrom: 0 }
    return [
      r.set(i32.add(tile.row, tile.rowFrom)),
      l.set(i32.add(tile.lane, tile.laneFrom)),
      left.set(steps),
      countDown(left, step(pointers), move(r, length * row.depth), move(l, length * lane.depth)),
      rest > 0 ? this.#alongStep(pointers, rest) : [],
    ]
  }

  /** One step in depth: every row's number times every vector, added to the sums. */
  #acrossStep(tile: Tile): Code {
    const { rows, lanes } = tile
    const vectors = Math.ceil(lanes / this.#a.width)
    const splat = (r: number) => at(this.#a.splat, tile.row, tile.rowFrom + r * this.#direct.row.across)
    const load = (v: number) => this.#load(tile, v * this.#a.width)
    const add = (r: number, v: number, x: Local, y: Local) => this.#madd(this.vector(r * vectors + v), x, y)
    return vectors <= rows
      ? this.#meet(rows * vectors, vectors, load, rows, splat, (v, r, x, y) => add(r, v, y, x))
      : this.#meet(rows * vectors, rows, splat, vectors, load, add)
  }

  /** One step of up to four in depth: every row's vector times every lane's. */
  #alongStep(tile: Tile, count: number): Code {
    const { rows, lanes } = tile
    const { row, lane } = this.#direct
    const load = (pointer: Local, offset: number) => at(loadFirst(count), pointer, offset)
    return this.#meet(
      rows * lanes,
      rows,
      (r) => load(tile.row, tile.rowFrom + r * row.across),
      lanes,
      (l) => load(tile.lane, tile.laneFrom + l * lane.across),
      (r, l, x, y) => this.#madd(this.vector(r * lanes + l), x, y),
    )
  }

  /** Everything of the few meets everything of the many: the few stay in registers, the others come one by one. */
  #meet(
    free: number,
    few: number,
    ofFew: (i: number) => Code,
    many: number,
    ofMany: (i: number) => Code,
    add: (i: number, j: number, x: Local, y: Local) => Code,
  ): Code {
    const one = this.vector(free)
    const held = Array.from({ length: few }, (_, i) => this.vector(free + 1 + i))
    const code: Code[] = held.map((vector, i) => vector.set(ofFew(i)))
    for (let j = 0; j < many; j++) {
      code.push(one.set(ofMany(j)))
      for (let i = 0; i < few; i++) code.push(add(i, j, held[i], one))
    }
    return code
  }

  /** The lanes of a tile from `from` on as a vector; beyond the last lane is anything. */
  #load({ lane, laneFrom, lanes }: Tile, from: number): Code {
    const { across } = this.#direct.lane
    const offset = laneFrom + from * across
    if (across === this.#a.bytes) return at(v128.load, lane, offset)
    let code = at(this.#a.splat, lane, offset)
    for (let i = 1; i < Math.min(this.#a.width, lanes - from) && across !== 0; i++) {
      const rest = code
      code = at((address, o) => this.#a.loadLane(address, rest, i, o), lane, offset + i * across)
    }
    return code
  }
}

/** The first `count` ≤ 4 numbers from an address on, and zeros. */
function loadFirst(count: number): (address: Code, offset: number) => Code {
  if (count === 4) return v128.load
  if (count === 1) return v128.load32Zero
  if (count === 2) return v128.load64Zero
  return (address, offset) => v128.load32Lane(address, v128.load64Zero(address, offset), 2, offset + 8)
}

/** The four sums of four vectors. */
function addUp(a: Code, b: Code, c: Code, d: Code, [x, y]: Local[]): Code {
  const pairs = (p: Code, q: Code) =>
    f32x4.add(i32x4.shuffle(p, q, [0, 4, 1, 5]), i32x4.shuffle(p, q, [2, 6, 3, 7]))
  const halves = (lanes: number[]) => i32x4.shuffle(x, y, lanes)
  return [x.set(pairs(a, b)), y.set(pairs(c, d)), f32x4.add(halves([0, 1, 4, 5]), halves([2, 3, 6, 7]))]
}
