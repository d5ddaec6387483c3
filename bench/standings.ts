/** @file Who is faster, row by row: read from results, never typed in. */
import type { Row, Run } from "./results.ts"
import { geometricMean } from "./statistics.ts"

const ours = ["ours-jit", "ours", "ours-webgpu"]
/** They do one task each and are no libraries. */
const programs = ["reference", "plain"]

/** The time of an engine whose answer is right, in milliseconds. */
export function timeOf(row: Row, peer: string): number | undefined {
  const measurement = row.measured[peer]
  return measurement?.kind === "timed" && measurement.right ? measurement.ms : undefined
}

export interface Rival {
  row: Row
  /** The fastest other library. */
  peer: string
  title: string
  /** Its time in units of ours: above 1 we are faster. */
  ratio: number
}

/** For each row the fastest other library on real hardware, beside ours with `jit`. */
export function rivals({ rows, peers }: Run): Rival[] {
  return rows.flatMap((row) => {
    const own = timeOf(row, "ours-jit")
    const others = peers
      .filter(({ id, software }) => !software && !ours.includes(id) && !programs.includes(id))
      .flatMap(({ id, title }) => {
        const ms = timeOf(row, id)
        return own === undefined || ms === undefined ? [] : [{ row, peer: id, title, ratio: ms / own }]
      })
    return others.sort((a, b) => a.ratio - b.ratio).slice(0, 1)
  })
}

export interface Distance {
  row: Row
  /** Our time in units of the hand-written program's. */
  ratio: number
}

/** How far we are from what was written by hand for each task, with `jit` or without. */
export function distances({ rows }: Run, peer = "ours-jit"): Distance[] {
  return rows.flatMap((row) => {
    const [own, best] = [timeOf(row, peer), timeOf(row, "reference")]
    return own === undefined || best === undefined ? [] : [{ row, ratio: own / best }]
  })
}

/** The geometric mean of such ratios. */
export function typical(list: readonly { ratio: number }[]): number {
  return geometricMean(list.map(({ ratio }) => ratio))
}
