/** @file One engine, started afresh, and the rows it is timed on: what a page and a child process of the bench do. */
import { type Ceilings, ceilings } from "./ceilings.ts"
import { type Effort, measure, type Timing } from "./measure.ts"
import { peer } from "./peers.ts"
import type { Engine } from "./task.ts"
import { workload } from "./workloads.ts"

export interface Order {
  peer: string
  rows: string[]
  effort: Effort
  assets: string
  /** Measure what the machine can do at most, too. */
  ceilings: boolean
}

export interface Report {
  facts: Engine["facts"]
  timings: Timing[]
  ceilings?: Ceilings
}

export async function session(order: Order): Promise<Report> {
  const { start } = await peer(order.peer).load()
  const engine = await start({ assets: order.assets })
  const timings: Timing[] = []
  for (const id of order.rows) timings.push(await measure(engine, workload(id), order.effort))
  return {
    facts: engine.facts,
    timings,
    ceilings: order.ceilings ? await ceilings(order.assets) : undefined,
  }
}
