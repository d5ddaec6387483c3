/**
 * @file Philox4x32-10 in WebAssembly: fills an array with the numbers of a stream of `core/random.ts`, four blocks of
 * four words at a time. Uniform numbers are equal to the last bit; normal ones differ by a few ulp, but are the same on
 * every machine.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
import {
  brIf,
  type Code,
  type Func,
  f32x4,
  i8x16,
  i32,
  i32x4,
  i64,
  i64x2,
  if_,
  type Local,
  loopForever,
  type Module,
  move,
  v128,
} from "./assembler.ts"
import { logBelow1 } from "./functions-log.ts"
import { sinInQuadrant } from "./functions-trig.ts"

/** The even and the odd lanes of two vectors: low and high words of four 64-bit numbers; first and second of pairs. */
const evenLanes = (a: Code, b: Code): Code => i32x4.shuffle(a, b, [0, 2, 4, 6])
const oddLanes = (a: Code, b: Code): Code => i32x4.shuffle(a, b, [1, 3, 5, 7])

/** Ten rounds on four blocks: c[w] holds word w of each of them, `keys` the two words of the key in every lane. */
function rounds(f: Func, c: readonly Local[], keys: readonly Local[]): Code {
  const [low, high, other, next] = f.locals("v128", 4)
  /** word ← high half of factor · word ^ next ^ key; next ← low half. */
  const half = (factor: number, from: Local, crossed: Local, key: Local): Code => [
    low.set(i64x2.extmulLowI32x4U(from, i32x4.const(factor))),
    high.set(i64x2.extmulHighI32x4U(from, i32x4.const(factor))),
    other.set(v128.xor(v128.xor(oddLanes(low, high), crossed), key)),
    crossed.set(evenLanes(low, high)),
  ]
  return f.repeat(10, () => [
    // The new word 2 comes from word 0 and crosses word 3, the new word 0 from word 2 and word 1.
    half(0xd2511f53, c[0], c[3], keys[1]),
    next.set(other),
    half(0xcd9e8d57, c[2], c[1], keys[0]),
    c[0].set(other),
    c[2].set(next),
    keys[0].set(i32x4.add(keys[0], 0x9e3779b9)),
    keys[1].set(i32x4.add(keys[1], 0xbb67ae85)),
  ])
}

/** From words in lane order of four blocks to four vectors of consecutive words (a transposed 4 × 4 matrix). */
function transpose(f: Func, c: readonly Local[]): Code[] {
  const [a, b, d, e] = f.locals("v128", 4)
  const lowPairs = (x: Local, y: Local) => i32x4.shuffle(x, y, [0, 4, 1, 5])
  const highPairs = (x: Local, y: Local) => i32x4.shuffle(x, y, [2, 6, 3, 7])
  return [
    a.set(lowPairs(c[0], c[1])),
    b.set(lowPairs(c[2], c[3])),
    d.set(highPairs(c[0], c[1])),
    e.set(highPairs(c[2], c[3])),
    c[0].set(i32x4.shuffle(a, b, [0, 1, 4, 5])),
    c[1].set(i32x4.shuffle(a, b, [2, 3, 6, 7])),
    c[2].set(i32x4.shuffle(d, e, [0, 1, 4, 5])),
    c[3].set(i32x4.shuffle(d, e, [2, 3, 6, 7])),
  ]
}

/** The upper 24 bits of a word, as a number in [0, 1). */
const uniform = (word: Code): Code => f32x4.mul(f32x4.convertI32x4S(i32x4.shrU(word, 8)), 2 ** -24)

/** √(−2 log u) · cos 2πv with u = (a + 1) / 2³² and v = b / 2³²: Box and Muller 1958. */
function normal(f: Func, a: Local, b: Local): Code {
  const [u, n, r] = f.locals("v128", 3)
  const next = i32x4.add(i32x4.minU(a, 0xfffffffe), 1)
  // u − 1 is exact in the complement of a, which matters where log u is close to 0.
  const rest = f32x4.mul(f32x4.convertI32x4S(v128.not(a)), -(2 ** -32))
  return [
    u.set(f32x4.mul(f32x4.convertI32x4U(next), 2 ** -32)),
    // The turn is reduced as an integer: b = n · 2³⁰ + rest.
    n.set(i32x4.shrU(i32x4.add(b, 1 << 29), 30)),
    r.set(i32x4.sub(b, i32x4.shl(n, 30))),
    r.set(f32x4.mul(f32x4.convertI32x4S(r), 2 * Math.PI * 2 ** -32)),
    n.set(i32x4.add(n, 1)),
    f32x4.mul(f32x4.sqrt(f32x4.mul(logBelow1(f, u, rest), -2)), sinInQuadrant(f, r, n)),
  ]
}

/** Stores as many of four numbers as there is room for. */
function storeUpTo(module: Module): Func {
  return module.shared("store up to four", ["i32", "v128", "i32"], [], (f) => {
    const [address, four, room] = f.params
    const lane = (i: number): Code => if_(i32.gtS(room, i), v128.store32Lane(address, four, i, 4 * i))
    f.emit(if_(i32.geS(room, 4), v128.store(address, four), [lane(0), lane(1), lane(2)]))
  })
}

/**
 * A function of the module that fills a float32 array: (address, count, key 0, key 1, start low, start high), all
 * i32. `start` is the number of the first word, in 64 bits; a uniform number takes one word, a normal one two.
 */
export function philoxFunction(module: Module, distribution: "uniform" | "normal"): Func {
  return module.shared(distribution, ["i32", "i32", "i32", "i32", "i32", "i32"], [], (f) => {
    const [address, count, key0, key1, startLow, startHigh] = f.params
    const block = f.local("i64")
    const left = f.local("i32")
    const [from, fromNext, a, b, first, second, previous, ...c] = f.locals("v128", 11)
    const keys = f.locals("v128", 2)
    const groups = [previous, ...c]
    /** Words 4i … 4i + 3 from `start` on: they lie across two blocks if `start` is not a multiple of four. */
    const words = (i: number): Code =>
      v128.or(i8x16.swizzle(groups[i], from), i8x16.swizzle(groups[i + 1], fromNext))
    const put = (i: number, four: Code): Code =>
      storeUpTo(module).call(i32.add(address, 16 * i), four, i32.sub(left, 4 * i))
    const pairs = (i: number): Code => [
      a.set(words(2 * i)),
      b.set(words(2 * i + 1)),
      first.set(evenLanes(a, b)),
      second.set(oddLanes(a, b)),
      put(
        i,
        module.exactly(() => normal(f, first, second)),
      ),
    ]
    const numbers =
      distribution === "uniform" ? [0, 1, 2, 3].map((i) => put(i, uniform(words(i)))) : [0, 1].map(pairs)
    const perGroup = 4 * numbers.length
    f.emit(
      // Bytes of a word's place in the block before it, and in the next one; what is out of 0 … 15 gives 0.
      from.set(
        i8x16.add(
          v128.const(Array.from({ length: 16 }, (_, i) => i)),
          i8x16.splat(i32.shl(i32.and(startLow, 3), 2)),
        ),
      ),
      fromNext.set(i8x16.sub(from, i8x16.splat(i32.const(16)))),
      // The first round of the loop only makes `previous`, the block of the first word.
      block.set(i64.or(i64.shl(i64.extendI32U(startHigh), 32n), i64.extendI32U(startLow))),
      block.set(i64.sub(i64.shrU(block, 2n), 3n)),
      left.set(i32.add(count, perGroup)),
      loopForever(
        a.set(i64x2.add(i64x2.splat(block), i64x2.const(0n, 1n))),
        b.set(i64x2.add(i64x2.splat(block), i64x2.const(2n, 3n))),
        c[0].set(evenLanes(a, b)),
        c[1].set(oddLanes(a, b)),
        c[2].set(i32x4.const(0)),
        c[3].set(i32x4.const(0)),
        keys[0].set(i32x4.splat(key0)),
        keys[1].set(i32x4.splat(key1)),
        rounds(f, c, keys),
        transpose(f, c),
        if_(i32.leS(left, count), [numbers, move(address, 4 * perGroup)]),
        previous.set(c[3]),
        block.set(i64.add(block, 4n)),
        brIf(0, i32.gtS(left.tee(i32.sub(left, perGroup)), 0)),
      ),
    )
  })
}
