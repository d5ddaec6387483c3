/** @file Repeatable numbers for the workloads: the same bytes for every engine, drawn by none of them. */

/** Uniform numbers from 0 up to 1 (mulberry32). */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One standard normal number (Box and Muller 1958). */
export function normal(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** `count` normal numbers of mean 0. */
export function normals(count: number, seed: number, std = 1): Float32Array {
  const uniform = uniforms(seed)
  return Float32Array.from({ length: count }, () => std * normal(uniform))
}
