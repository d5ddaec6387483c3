/** @file What the engine holds and where the time goes: memory() and profile(). Knows no op. */
import type { KernelTime, MemoryUse } from "./backend/backend.ts"
import { backend, openDevices } from "./backend/registry.ts"
import { checkFunction } from "./core/arguments.ts"
import { BackendError } from "./core/errors.ts"
import { withTimes } from "./schedule.ts"

/**
 * Bytes that the engine holds on each device that has been in use: now (`live`) and at most so far (`peak`).
 * What nobody refers to is freed by itself; a device gives its own working memory back only under pressure.
 * @example
 * const numbers = ones([1000, 1000]).mul(2).data()
 * memory().cpu.peak >= numbers.byteLength
 */
export function memory(): Record<string, MemoryUse> {
  return Object.fromEntries(
    [...openDevices()].flatMap(([name, backend]) => (backend.memory ? [[name, backend.memory()]] : [])),
  )
}

/** All calls of one kernel. */
export interface KernelProfile {
  /** What it computes, e.g. `matmul 64×784·784×128`. */
  kernel: string
  /** How often it ran. */
  calls: number
  /** Milliseconds in all. */
  ms: number
}

/** Where the time of a call went. */
export interface Profile<R> {
  /** What the function returned. */
  result: R
  /** The kernels that ran, the costliest first. */
  kernels: KernelProfile[]
  /** Milliseconds in kernels. */
  kernelMs: number
  /** Milliseconds in all: the difference is spent on building and planning graphs. */
  totalMs: number
}

/**
 * Runs a function and says where the time went. Only what is computed inside counts: read a value or step an
 * optimizer in it, since results that nobody asks for are not computed. A GPU tells its times later: there the
 * function must be asynchronous, `await profile(async () => { … })`. Throws: BackendError if it is not,
 * ValueError if it is no function.
 * @example
 * const x = ones([64, 64])
 * const { kernels } = profile(() => x.matmul(x).relu().sum().item())
 * kernels.map(({ kernel }) => kernel).sort()
 */
export function profile<R>(f: () => Promise<R>): Promise<Profile<R>>
export function profile<R>(f: () => R): Profile<R>
export function profile<R>(f: () => R | Promise<R>): Profile<R> | Promise<Profile<R>> {
  checkFunction("profile", f)
  const times: KernelTime[] = []
  const start = performance.now()
  const result = withTimes(times, f)
  if (result instanceof Promise) return later(result, times, start)
  if (backend().finished)
    throw new BackendError(
      `profile: ${backend().name} tells its times later; make the function asynchronous: ` +
        "await profile(async () => { … }).",
    )
  return summary(result, times, performance.now() - start)
}

async function later<R>(pending: Promise<R>, times: KernelTime[], start: number): Promise<Profile<R>> {
  const result = await pending
  await backend().finished?.()
  return summary(result, times, performance.now() - start)
}

function summary<R>(result: R, times: readonly KernelTime[], totalMs: number): Profile<R> {
  const kernels = new Map<string, KernelProfile>()
  for (const { kernel, ms } of times) {
    const entry = kernels.get(kernel) ?? { kernel, calls: 0, ms: 0 }
    entry.calls++
    entry.ms += ms
    kernels.set(kernel, entry)
  }
  const sorted = [...kernels.values()].sort((a, b) => b.ms - a.ms)
  return { result, kernels: sorted, kernelMs: sorted.reduce((sum, { ms }) => sum + ms, 0), totalMs }
}
