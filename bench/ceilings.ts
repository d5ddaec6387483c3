/** @file What one core can do at most, seen from WebAssembly: multiply-adds and copied bytes per second. */
import { loadReference } from "./reference/module.ts"

export interface Ceilings {
  /** 10⁹ floating-point operations a second, with relaxed multiply-add. */
  gigaflops: number
  /** 10⁹ bytes a second that a copy of 64 MB reads and writes together. */
  gigabytes: number
}

/** The best of some repeats, in units a second. */
function rate(units: number, work: () => void): number {
  let best = 0
  for (let repeat = 0; repeat < 12; repeat++) {
    const start = performance.now()
    work()
    best = Math.max(best, units / ((performance.now() - start) / 1000))
  }
  return best
}

export async function ceilings(assets: string): Promise<Ceilings> {
  const reference = await loadReference(assets)
  const steps = 4_000_000
  const seeds = reference.place(new Float32Array(8).fill(1e-3))
  const bytes = 64 << 20
  const from = reference.place(new Float32Array(bytes / 4).fill(1))
  const to = reference.allocate(bytes / 4)
  return {
    gigaflops: rate(96 * steps, () => reference.kernels.peak(steps, seeds)) / 1e9,
    gigabytes: rate(2 * bytes, () => reference.kernels.copy(to, from, bytes)) / 1e9,
  }
}
