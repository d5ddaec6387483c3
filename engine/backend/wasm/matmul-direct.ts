/**
 * @file Products of small or thin matrices: code for exactly one shape. Chooses the tile that stays in registers, walks
 * over the result tile by tile, stores exactly. Knows no plan and no batch.
 */
import { type Code, countDown, type Func, i32, type Local, move, v128 } from "./assembler.ts"
import { flush } from "./matmul-pack.ts"
import { COLUMNS } from "./matmul-runtime.ts"
import { type Arithmetic, arithmetic, type Direct, STRAIGHT, Sums } from "./matmul-sums.ts"

export type { Direct } from "./matmul-sums.ts"

/** How a product is computed: where vectors lie, rows and vectors of lanes in a tile, estimated time. */
export interface Way {
  readonly direction: "across" | "along"
  readonly rows: number
  readonly vectors: number
  /** Cycles of a core that does two multiply-adds or two loads at once and needs four cycles for each. */
  readonly cycles: number
}

/** x86-64 has sixteen vector registers; V8 keeps one for itself. */
const REGISTERS = 15
/** From this many multiply-adds on, a tile is a function of its own: V8 does not replace a loop while it runs. */
const LONG = 2 ** 16

/** [size, how often]: `total` in parts of `size` and a rest. */
function parts(total: number, size: number): [number, number][] {
  const all: [number, number][] = [
    [size, Math.floor(total / size)],
    [total % size, 1],
  ]
  return all.filter(([part, count]) => part > 0 && count > 0)
}

/** The time of all tiles, if one of r rows and v vectors takes `tile(r, v)`. */
function cost(direct: Direct, rows: number, vectors: number, tile: (r: number, v: number) => number): number {
  const { width } = arithmetic(direct.dtype)
  let sum = 0
  for (const [r, countR] of parts(direct.rows, rows))
    for (const [v, countV] of parts(Math.ceil(direct.lanes / width), vectors))
      sum += countR * countV * tile(r, v)
  return sum
}

/** The way that should take the least time. */
export function bestWay(direct: Direct): Way {
  const { depth, dtype, row, lane, out } = direct
  const { bytes, width } = arithmetic(dtype)
  const perVector = lane.across === bytes ? 1 : 2 * width
  const perStore = out.lane === bytes ? 1 : width
  let best: Way | undefined
  const offer = (way: Way) => {
    if (!best || way.cycles < best.cycles) best = way
  }
  const canAlong = dtype === "float32" && row.depth === bytes && lane.depth === bytes && out.lane === bytes
  for (let rows = 1; rows <= Math.min(12, direct.rows); rows++)
    for (let vectors = 1; vectors <= Math.min(12, Math.ceil(direct.lanes / width)); vectors++) {
      if (lane.strips && vectors * width !== COLUMNS) continue
      if (rows * vectors + Math.min(rows, vectors) + 1 <= REGISTERS) {
        const cycles = cost(direct, rows, vectors, (r, v) => {
          const step = Math.max(r * v, r + v * perVector + 1, 8) / 2
          return depth * step + r * v * perStore + 4
        })
        offer({ direction: "across", rows, vectors, cycles })
      }
      if (canAlong && rows * vectors * 4 + rows + 1 <= REGISTERS) {
        const cycles = cost(direct, rows, vectors, (r, v) => {
          const step = Math.max(4 * r * v, r + 4 * v + 1, 8) / 2
          return Math.max(Math.ceil(depth / 4) * step, 8 * r * v) + 1
        })
        offer({ direction: "along", rows, vectors, cycles })
      }
    }
  return best ?? { direction: "across", rows: 1, vectors: 1, cycles: 0 }
}

/** A pointer that walks, and by how many bytes an element. */
type Walker = readonly [Local, number]

/**
 * The body for every part of a dimension: `total` in parts of `size`. Few parts are written out, with constant offsets
 * from the pointers; more than `straight` become a loop that moves the pointers.
 */
function walk(
  f: Func,
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
  const left = f.local("i32")
  return [
    left.set(full),
    countDown(
      left,
      body(size, 0),
      walkers.map(([pointer, step]) => move(pointer, size * step)),
    ),
    rest > 0 ? body(rest, 0) : [],
  ]
}

/** Code for one product, from the addresses of the operands and the result; the locals are changed by it. */
export function directProduct(f: Func, direct: Direct, row: Local, lane: Local, out: Local): Code {
  const way = bestWay(direct)
  const { width } = arithmetic(direct.dtype)
  const { rows, lanes, depth } = direct
  const straight = rows * Math.ceil(lanes / width) * depth <= 2 * STRAIGHT ? Number.POSITIVE_INFINITY : 1
  const [fromLane, toLane] = f.locals("i32", 2)
  const tile = rows * lanes * depth < LONG ? inlineTile(f, direct, way) : calledTile(f, direct, way)
  const rowWalkers: Walker[] = [
    [row, direct.row.across],
    [out, direct.out.row],
  ]
  const perLane = direct.lane.strips ? direct.lane.across * depth : direct.lane.across
  const laneWalkers: Walker[] = [
    [fromLane, perLane],
    [toLane, direct.out.lane],
  ]
  return walk(f, rows, way.rows, straight, rowWalkers, (r, firstRow) => [
    fromLane.set(lane),
    toLane.set(i32.add(out, firstRow * direct.out.row)),
    walk(f, lanes, way.vectors * width, straight, laneWalkers, (l, firstLane) =>
      tile(r, l, [
        [row, firstRow * direct.row.across],
        [fromLane, firstLane * perLane],
        [toLane, firstLane * direct.out.lane],
      ]),
    ),
  ])
}

/** Code for a tile of so many rows and lanes, from three pointers and constant offsets. */
type TileCode = (rows: number, lanes: number, places: readonly Walker[]) => Code

function inlineTile(f: Func, direct: Direct, { direction }: Way): TileCode {
  const sums = new Sums(f, direct)
  const { width } = arithmetic(direct.dtype)
  const normal = direct.dtype === "float32" ? flush(f) : undefined
  return (rows, lanes, [[row, rowFrom], [lane, laneFrom], [out, outFrom]]) => {
    const vectors = Math.ceil(lanes / width)
    const code: Code[] = [sums[direction]({ row, lane, rows, lanes, rowFrom, laneFrom })]
    for (let r = 0; r < rows; r++)
      for (let v = 0; v < vectors; v++) {
        const offset = outFrom + r * direct.out.row + v * width * direct.out.lane
        const sum = sums.vector(r * vectors + v)
        if (normal) code.push(sum.set(normal(sum)))
        code.push(store(direct, out, sum, offset, Math.min(width, lanes - v * width)))
      }
    return code
  }
}

/** The same as calls of functions, one for each size of tile. */
function calledTile(f: Func, direct: Direct, way: Way): TileCode {
  const functions = new Map<string, Func>()
  return (rows, lanes, places) => {
    const size = `${rows}x${lanes}`
    let tile = functions.get(size)
    if (!tile) {
      tile = f.module.function(`${f.name} ${size}`, ["i32", "i32", "i32"], [])
      const params = tile.params.map((param): Walker => [param, 0])
      tile.emit(inlineTile(tile, direct, way)(rows, lanes, params))
      functions.set(size, tile)
    }
    return tile.call(...places.map(([pointer, offset]) => i32.add(pointer, offset)))
  }
}

/** Writes the first `count` numbers of a vector, and nothing beside them. */
function store(
  { dtype, out: { lane } }: Direct,
  out: Local,
  vector: Local,
  offset: number,
  count: number,
): Code {
  const a: Arithmetic = arithmetic(dtype)
  if (lane !== a.bytes) {
    const code: Code[] = []
    for (let i = 0; i < count; i++) code.push(a.storeLane(out, vector, i, offset + i * lane))
    return code
  }
  if (count === a.width) return v128.store(out, vector, offset)
  if (count === 1) return a.storeLane(out, vector, 0, offset)
  const half = v128.store64Lane(out, vector, 0, offset)
  return count === 2 ? half : [half, v128.store32Lane(out, vector, 2, offset + 8)]
}
