/** @file Judges blocks of code that were put in order. Pure; runs none of them. */
import type { Answer, Block, ParsonsExercise } from "./exercise.ts"
import { graderError, type Judgement } from "./judgement.ts"
import { plain } from "./plain.ts"
import { clip } from "./show.ts"

type Above = Map<string, Set<string>>

export function judgeParsons(
  exercise: ParsonsExercise,
  { order }: Extract<Answer, { kind: "parsons" }>,
): Judgement {
  const { blocks, misconceptions } = exercise
  const codes = codesOf(exercise)
  if (order.length === 0) return refuse("not-attempted", "empty", "Move some blocks into your program first.")
  if (order.some((id, i) => !codes.has(id) || order.indexOf(id) !== i))
    return refuse(
      "invalid",
      "invalid",
      "One of these blocks is not there any more. Press Reset and begin again.",
    )
  const orders = [{}, ...(exercise.alternates ?? [])].map((other) => required(blocks, other))
  if (orders.some((above) => blocks.some(({ id }) => above.get(id)?.has(id))))
    return graderError("Its blocks need each other in a circle.")
  // Of the orders that are right, the one that the answer comes nearest to.
  const needed = order.filter((id) => blocks.some((block) => block.id === id))
  const inOrder = orders.map((above) => longestInOrder(needed, above))
  const best = inOrder.indexOf(Math.max(...inOrder))
  const above = orders[best]
  const foreign = order.length - needed.length
  const early = needed.filter((id, i) => needed.slice(i + 1).some((below) => above.get(id)?.has(below)))
  const checks = order.map((id, i) => ({
    name: `${i + 1}. ${firstLine(codes.get(id) ?? "")}`,
    passed: needed.includes(id) && !early.includes(id),
  }))
  if (foreign === 0 && early.length === 0 && needed.length === blocks.length)
    return { verdict: "correct", score: 1, note: "ok", message: "Correct: this order works.", checks }
  // One block alone is in no order yet.
  const score = inOrder[best] < 2 ? 0 : Math.max(0, inOrder[best] - foreign) / blocks.length
  const known = misconceptions.find((mistake) =>
    "code" in mistake ? order.includes(mistake.id) : standsSo(mistake.order, order),
  )
  const found = known
    ? { note: known.id, message: plain(known.says), place: "code" in known ? known.id : known.order[0] }
    : explain(order, early, codes, blocks.length - needed.length)
  return {
    verdict: score > 0 ? "partial" : "wrong",
    score,
    note: found.note,
    message: clip(found.message),
    ...(found.place
      ? {
          evidence: {
            where: `block ${order.indexOf(found.place) + 1}`,
            got: firstLine(codes.get(found.place) ?? ""),
          },
        }
      : {}),
    checks,
  }
}

/** The code of every block that the reader can move, by id: those that are needed, then those that do not belong. */
export function codesOf({ blocks, misconceptions }: ParsonsExercise): Map<string, string> {
  return new Map([
    ...blocks.map(({ id, code }): [string, string] => [id, code]),
    ...misconceptions.flatMap((m): [string, string][] => ("code" in m ? [[m.id, m.code]] : [])),
  ])
}

function explain(
  order: string[],
  early: string[],
  codes: Map<string, string>,
  missing: number,
): { note: string; message: string; place?: string } {
  const first = order.find((id) => early.includes(id))
  if (first)
    return {
      note: "generic.order",
      message: `Block ${order.indexOf(first) + 1}, ${firstLine(codes.get(first) ?? "")}, stands too early: it needs something that comes only below it.`,
      place: first,
    }
  return {
    note: "incomplete",
    message: `What you have is in order, but ${missing} more ${missing === 1 ? "block belongs" : "blocks belong"} to it.`,
  }
}

/** For each block all that must stand above it, directly or by way of others. */
function required(blocks: Block[], other: Record<string, string[]>): Above {
  const above: Above = new Map(
    blocks.map(({ id, after }, i) => [id, new Set(other[id] ?? after ?? (i > 0 ? [blocks[i - 1].id] : []))]),
  )
  for (let changed = true; changed; ) {
    changed = false
    for (const set of above.values())
      for (const id of [...set])
        for (const higher of above.get(id) ?? [])
          if (!set.has(higher)) {
            set.add(higher)
            changed = true
          }
  }
  return above
}

/**
 * The size of the largest part of `order` in which nothing stands below what needs it. "a stands above b, but needs b"
 * is itself a partial order, so this is its largest antichain: by Dilworth's theorem the number of blocks less the
 * largest matching of such pairs.
 */
function longestInOrder(order: string[], above: Above): number {
  const pairedWith = new Map<string, string>()
  const pair = (upper: number, seen: Set<string>): boolean =>
    order.slice(upper + 1).some((lower) => {
      if (!above.get(order[upper])?.has(lower) || seen.has(lower)) return false
      seen.add(lower)
      const taken = pairedWith.get(lower)
      if (taken !== undefined && !pair(order.indexOf(taken), seen)) return false
      pairedWith.set(lower, order[upper])
      return true
    })
  return order.length - order.filter((_, i) => pair(i, new Set())).length
}

function standsSo(wanted: string[], order: string[]): boolean {
  const places = wanted.map((id) => order.indexOf(id))
  return places.every((place, i) => place >= 0 && (i === 0 || place > places[i - 1]))
}

const firstLine = (code: string): string => clip(code.trim().split("\n")[0], 60)

function refuse(verdict: Judgement["verdict"], note: string, message: string): Judgement {
  return { verdict, score: 0, note, message, checks: [] }
}
