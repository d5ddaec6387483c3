/** @file How long the chosen call takes on this machine, in five ways, and what it holds in memory. Shows nothing. */
import { jit, memory, type Tensor } from "../../../engine/index.ts"
import { compiled, interpreted, realizeAll, separate } from "../../../engine/inside.ts"
import { argumentsOf, type Choice, functionOf } from "./choice.ts"
import { callOf, type Study } from "./study.ts"

export interface Time {
  readonly name: string
  /** Microseconds for one run: the median of the measurements. */
  readonly us: number
}

/** Milliseconds of one measurement: long beside the resolution of the clock, short beside a reader's patience. */
const stretch = 12
const measurements = 5

/** Microseconds that one call of `run` takes. Lets the page breathe between measurements. */
async function microseconds(run: () => void, pause: () => Promise<void>): Promise<number> {
  const timed = (repeats: number): number => {
    const begin = performance.now()
    for (let i = 0; i < repeats; i++) run()
    return performance.now() - begin
  }
  // The first calls compile, record and warm up.
  timed(3)
  let repeats = 1
  for (let ms = timed(1); ms < stretch / 2 && repeats < 1e6; ms = timed(repeats)) repeats *= ms < 1 ? 8 : 2
  const all: number[] = []
  for (let m = 0; m < measurements; m++) {
    await pause()
    all.push((1000 * timed(repeats)) / repeats)
  }
  return all.sort((a, b) => a - b)[measurements >> 1]
}

function replayed(choice: Choice): () => void {
  const f = functionOf(choice)
  const args = argumentsOf(choice)
  realizeAll(Object.values(args))
  const replay = jit((x: Tensor, w: Tensor, b: Tensor) => f({ x, w, b }))
  return () => void replay(args.x, args.w, args.b)
}

/** The ways to compute the same, the slowest first as a rule. */
export function ways({ choice, plain }: Study): { name: string; run: () => void }[] {
  return [
    { name: "The interpreter", run: interpreted(plain).run },
    { name: "Machine code, every node by itself", run: separate(plain).run },
    { name: "Machine code, fused", run: compiled(plain).run },
    { name: "The whole call: graph, form, cache, run", run: callOf(choice, 1) },
    { name: "The whole call inside jit", run: replayed(choice) },
  ]
}

/** Measures all ways. */
export async function timesOf(study: Study, pause: () => Promise<void>): Promise<Time[]> {
  const times: Time[] = []
  for (const { name, run } of ways(study)) times.push({ name, us: await microseconds(run, pause) })
  return times
}

export interface Held {
  readonly calls: number
  /** Bytes that the engine holds on the CPU, after the first call and after the last. */
  readonly before: number
  readonly after: number
}

/** Calls it so many times, or for so many milliseconds, and compares what the engine holds. */
export async function held(
  choice: Choice,
  calls: number,
  most: number,
  pause: () => Promise<void>,
): Promise<Held> {
  const call = callOf(choice, 1)
  call()
  const before = memory().cpu.live
  const begin = performance.now()
  let done = 0
  while (done < calls && performance.now() - begin < most) {
    const until = performance.now() + stretch
    while (done < calls && performance.now() < until) {
      call()
      done++
    }
    await pause()
  }
  return { calls: done, before, after: memory().cpu.live }
}
