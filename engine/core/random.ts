/**
 * @file Random numbers: Philox4x32-10, a counter-based generator. Number i of a stream is a pure function of
 * (seed, i), so every backend, Node and the page see the same numbers. Knows no tensor.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
import { checkCount, checkNumber, show } from "./arguments.ts"
import { ValueError } from "./errors.ts"

/** High 32 bits of the 64-bit product of two 32-bit words. */
function mulhi(a: number, b: number): number {
  // Half of a at a time: products of 48 bits are exact.
  return Math.floor(((a >>> 16) * b + Math.floor(((a & 0xffff) * b) / 65536)) / 65536)
}

/** One block: ten rounds turn a 128-bit counter and a 64-bit key into four random 32-bit words. */
export function philox(counter: readonly number[], key: readonly number[]): [number, number, number, number] {
  let [c0, c1, c2, c3] = counter
  let [k0, k1] = key
  for (let round = 0; round < 10; round++) {
    const high0 = mulhi(0xd2511f53, c0)
    const low0 = Math.imul(0xd2511f53, c0) >>> 0
    const high1 = mulhi(0xcd9e8d57, c2)
    const low1 = Math.imul(0xcd9e8d57, c2) >>> 0
    c0 = (high1 ^ c1 ^ k0) >>> 0
    c1 = low1
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0
    k0 = (k0 + 0x9e3779b9) >>> 0
    k1 = (k1 + 0xbb67ae85) >>> 0
  }
  return [c0, c1, c2, c3]
}

/** The two words of the key for a seed: any whole number that a double holds exactly. */
export function keyOf(seed: number): [number, number] {
  return [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0]
}

/** `count` words of the stream, from word number `start`. Word w is lane w mod 4 of block ⌊w / 4⌋. */
export function words(key: readonly number[], start: number, count: number): Uint32Array {
  const out = new Uint32Array(count)
  for (let block = Math.floor(start / 4), i = block * 4 - start; i < count; block++) {
    const lanes = philox([block >>> 0, Math.floor(block / 2 ** 32) >>> 0, 0, 0], key)
    for (const lane of lanes) {
      if (i >= 0 && i < count) out[i] = lane
      i++
    }
  }
  return out
}

/** A word as a number in [0, 1) with the 24 bits that float32 holds: the same in every dtype, never 1. */
export function uniformOf(word: number): number {
  return (word >>> 8) * 2 ** -24
}

/** Two words as a standard normal number: Box and Muller 1958. */
export function normalOf(word0: number, word1: number): number {
  return Math.sqrt(-2 * Math.log((word0 + 1) * 2 ** -32)) * Math.cos(2 * Math.PI * word1 * 2 ** -32)
}

/** Throws: ValueError unless low and high are whole numbers with one in low … high − 1. */
export function checkRange(op: string, low: number, high: number): void {
  if (!Number.isInteger(low) || !Number.isInteger(high) || high <= low)
    throw new ValueError(
      `${op}: no whole number from ${show(low)} up to, not including, ${show(high)}; raise high.`,
    )
}

let onDraw: (() => void) | undefined

/** @internal Who is told when numbers are drawn at once, rather than by a kernel. */
export function tellDraws(listener: (() => void) | undefined): void {
  onDraw = listener
}

/**
 * A stream of random numbers. The same seed gives the same numbers on every machine and device.
 * `new Generator(7)` draws on its own; the engine's default generator is reset by `random.seed(n)`.
 * @example
 * const dice = new Generator(6)
 * display(dice.permutation(6))
 * Array.from({ length: 10 }, () => dice.integer(1, 7))
 */
export class Generator {
  /** @internal Key of the stream. */
  key: [number, number] = [0, 0]
  /** @internal Words used so far. */
  position = 0
  #seed = 0

  constructor(seed = 0) {
    this.seed(seed)
  }

  /** Starts the stream of `seed` from its beginning. Throws: ValueError unless seed is a whole number ≥ 0. */
  seed(seed: number): this {
    if (!Number.isSafeInteger(seed) || seed < 0)
      throw new ValueError(`seed: ${show(seed)} is not a whole number from 0 to 2^53 − 1; use e.g. 42.`)
    this.#seed = seed
    this.key = keyOf(seed)
    this.position = 0
    return this
  }

  /** The seed that it began with. */
  get initialSeed(): number {
    return this.#seed
  }

  /** @internal Takes the next `count` words out of the stream and says where they begin. */
  reserve(count: number): number {
    const start = this.position
    this.position += count
    return start
  }

  #next(count: number): Uint32Array {
    onDraw?.()
    return words(this.key, this.reserve(count), count)
  }

  /** One number uniform in [low, high). Throws: ValueError unless both are numbers and low ≤ high. */
  uniform(low = 0, high = 1): number {
    checkNumber("uniform", "low", low)
    checkNumber("uniform", "high", high, low)
    return low + (high - low) * uniformOf(this.#next(1)[0])
  }

  /** One normal number. Throws: ValueError unless mean is a number and std one that is 0 or more. */
  normal(mean = 0, std = 1): number {
    checkNumber("normal", "mean", mean)
    checkNumber("normal", "std", std, 0)
    const [a, b] = this.#next(2)
    return mean + std * normalOf(a, b)
  }

  /** One whole number, uniform in low … high − 1. Throws: ValueError if there is none. */
  integer(low: number, high: number): number {
    checkRange("integer", low, high)
    return low + Math.floor(this.#next(1)[0] * 2 ** -32 * (high - low))
  }

  /** 0 … n − 1 in random order (Fisher and Yates). Throws: ValueError unless n is a whole number, 0 or more. */
  permutation(n: number): Int32Array {
    checkCount("permutation", "n", n)
    const out = Int32Array.from({ length: n }, (_, i) => i)
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(0, i + 1)
      const swap = out[i]
      out[i] = out[j]
      out[j] = swap
    }
    return out
  }

  /** A shuffled copy of a list. Throws: ValueError if it is none. */
  shuffle<T>(list: readonly T[]): T[] {
    if (!Array.isArray(list))
      throw new ValueError(`shuffle: ${show(list)} is no list; for 0 … n − 1 use permutation.`)
    return Array.from(this.permutation(list.length), (i) => list[i])
  }
}

/** The generator that is used where none is given. */
export const defaultGenerator = new Generator(0)
