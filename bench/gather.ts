/** @file Reports of all rounds → rows with one measurement for each engine. Knows neither browser nor clock. */
import type { Timing } from "./measure.ts"
import type { Measurement, Row } from "./results.ts"
import { agrees, spreadOf } from "./statistics.ts"
import type { Workload } from "./workloads.ts"

/** The engine whose answers count, where it was measured. */
const judge = "plain"

/** Words of engines that lack an operation, which is no failure of theirs to compute one. */
const lacking = /not registered for backend|not supported|not implemented/i

function measurement(row: Workload, timings: readonly Timing[], expected: number | undefined): Measurement {
  const timed = timings.filter((timing) => timing.kind === "timed")
  if (timed.length === 0) {
    const failed = timings.find((timing) => timing.kind === "failed")
    if (!failed) return { kind: "absent" }
    return { kind: lacking.test(failed.why) ? "absent" : "failed", why: failed.why }
  }
  const { best, worst, quartiles } = spreadOf(timed.map((timing) => timing.ms))
  const answer = timed[0].answer
  const repeats = timed.reduce((sum, timing) => sum + timing.ms.length, 0)
  return {
    kind: "timed",
    ms: best,
    worst,
    quartiles,
    rounds: timed.length,
    repeats,
    iterations: Math.max(...timed.map((timing) => timing.iterations)),
    answer,
    right: expected === undefined || timed.every((timing) => agrees(timing.answer, expected, row.tolerance)),
    once: repeats === timed.length,
  }
}

/** Timings by engine and row, as they came in. */
export class Gathered {
  readonly #timings = new Map<string, Timing[]>()

  add(peer: string, timing: Timing): void {
    const key = `${peer} ${timing.row}`
    this.#timings.set(key, [...(this.#timings.get(key) ?? []), timing])
  }

  of(peer: string, row: string): readonly Timing[] {
    return this.#timings.get(`${peer} ${row}`) ?? []
  }

  /** Is one round enough, since there was nothing to time or an iteration took seconds? */
  settled(peer: string, row: string): boolean {
    const timings = this.of(peer, row)
    return timings.some(
      (timing) => timing.kind !== "timed" || (timing.iterations === 1 && timing.ms.length === 1),
    )
  }

  row(row: Workload, peers: readonly string[]): Row {
    const expected = this.of(judge, row.id).find((timing) => timing.kind === "timed")?.answer
    const measured: Record<string, Measurement> = {}
    for (const peer of peers) {
      const timings = this.of(peer, row.id)
      if (timings.length > 0) measured[peer] = measurement(row, timings, expected)
    }
    const { id, title, what, unit, flops, beside, tolerance } = row
    return { id, title, what, unit, flops, beside, tolerance, measured }
  }
}
