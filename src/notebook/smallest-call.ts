/**
 * @file Looks for the smallest call on which an answer breaks a law, by running it on simpler and simpler ones. Knows neither
 * verdicts nor how code is run.
 */
import { broken, firstBroken, simplerCalls } from "../../exercises/lib/laws.ts"
import type { CallResult } from "../../exercises/lib/outcome.ts"
import type { Plan, PlannedCall } from "../../exercises/lib/plan.ts"

/** Each round costs a worker. */
const ROUNDS = 6
const MOST = 40

/** What the answer and the reference give on these calls; nothing if either does not end or load. */
export type Ask = (
  calls: PlannedCall[],
) => Promise<{ learner: CallResult[]; reference: CallResult[] } | undefined>

export interface Ran {
  plan: Plan
  learner: CallResult[]
  reference: CallResult[]
}

/** The same with the smallest call found in place of all on which the law was asked; nothing if there is no smaller. */
export async function onSmallestCall(ran: Ran, ask: Ask): Promise<Ran | undefined> {
  const { plan, learner, reference } = ran
  const found = firstBroken(plan, learner, reference)
  if (!found) return undefined
  const { property } = plan.laws[found.law]
  let smallest: { call: PlannedCall; mine: CallResult; theirs: CallResult } | undefined
  for (let round = 0; round < ROUNDS; round++) {
    const calls = simplerCalls(property, smallest?.call ?? plan.calls[found.call], MOST)
    const results = calls.length > 0 ? await ask(calls) : undefined
    const at = results
      ? calls.findIndex(
          ({ args }, i) =>
            !results.reference[i].error &&
            broken(property.holds, args, results.learner[i], results.reference[i]) !== undefined,
        )
      : -1
    if (!results || at < 0) break
    smallest = { call: calls[at], mine: results.learner[at], theirs: results.reference[at] }
  }
  if (!smallest) return undefined
  const end = plan.calls.length
  return {
    plan: {
      ...plan,
      calls: [...plan.calls, smallest.call],
      laws: plan.laws.map((law, i) => (i === found.law ? { ...law, from: end, to: end + 1 } : law)),
    },
    learner: [...learner, smallest.mine],
    reference: [...reference, smallest.theirs],
  }
}
