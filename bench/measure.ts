/** @file Times one row on one engine: check, warm-up, repeats. Runs in the page and in Node; knows no engine. */
import type { Engine } from "./task.ts"
import type { Workload } from "./workloads.ts"

export interface Effort {
  repeats: number
  /** A repeat lasts at least so long, within the row's bound on steps. */
  repeatMs: number
  warmUpMs: number
  /** No new repeat is begun after so long, once there are three. */
  budgetMs: number
  /** One measurement is enough where an iteration takes longer. */
  slowMs: number
}

export type Timing =
  | { row: string; kind: "absent" }
  | { row: string; kind: "failed"; why: string }
  /** Milliseconds per iteration, one number for each repeat. */
  | { row: string; kind: "timed"; answer: number; firstMs: number; iterations: number; ms: number[] }

const clock = (): number => performance.now()

function words(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300)
}

/** Measures, or says why not. */
export async function measure(engine: Engine, row: Workload, effort: Effort): Promise<Timing> {
  try {
    return await timed(engine, row, effort)
  } catch (error) {
    return { row: row.id, kind: "failed", why: words(error) }
  }
}

async function timed(engine: Engine, row: Workload, effort: Effort): Promise<Timing> {
  const run = await engine.prepare(row.make())
  if (!run) return { row: row.id, kind: "absent" }
  const once = async (iterations: number): Promise<number> => {
    const start = clock()
    await run(iterations)
    return (clock() - start) / iterations
  }

  const start = clock()
  const answer = await run(row.checkAfter)
  const firstMs = clock() - start
  let each = firstMs / row.checkAfter
  if (each > effort.slowMs) {
    // The first run may have been slow because it compiled; one that takes many seconds is believed at once.
    if (each < 4 * effort.slowMs) each = await once(1)
    if (each > effort.slowMs)
      return { row: row.id, kind: "timed", answer, firstMs, iterations: 1, ms: [each] }
  }

  let iterations = 1
  const warm = clock()
  for (let done = 0; done < row.warmUp && clock() - warm < effort.warmUpMs; done += iterations) {
    each = await once(iterations)
    if (each * iterations < effort.warmUpMs / 10)
      iterations = Math.min(2 * iterations, Math.ceil(row.warmUp / 6), 4096)
  }

  iterations = Math.max(1, Math.min(row.repeat, Math.ceil(effort.repeatMs / Math.max(each, 1e-6))))
  const ms: number[] = []
  const begin = clock()
  while (ms.length < effort.repeats && (ms.length < 3 || clock() - begin < effort.budgetMs))
    ms.push(await once(iterations))
  return { row: row.id, kind: "timed", answer, firstMs, iterations, ms }
}
