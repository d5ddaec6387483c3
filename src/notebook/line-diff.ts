/**
 * @file What has changed between two texts, line by line, by the shortest edit script. Source: E. W. Myers, “An O(ND)
 * difference algorithm and its variations”, Algorithmica 1, 1986. Knows nothing of cells or of how it is shown.
 */

export interface LineChange {
  kind: "same" | "removed" | "added"
  /** One line without its end. */
  line: string
}

/** Beyond so many edits the shortest script is not looked for: everything between equal ends counts as replaced. */
const MOST_EDITS = 2000

/** The lines of `before` and `after` in one list: those that are gone before those that came in their place. */
export function diffLines(before: string, after: string): LineChange[] {
  const a = before.split("\n")
  const b = after.split("\n")
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const same = (line: string): LineChange => ({ kind: "same", line })
  return [
    ...a.slice(0, head).map(same),
    ...tidy(middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail))),
    ...a.slice(a.length - tail).map(same),
  ]
}

/** The text that a difference was made from, and the one that it leads to. */
export function sides(changes: readonly LineChange[]): { before: string; after: string } {
  const text = (left: LineChange["kind"]): string =>
    changes
      .filter(({ kind }) => kind !== left)
      .map(({ line }) => line)
      .join("\n")
  return { before: text("added"), after: text("removed") }
}

/** How many lines came and how many are gone. */
export function countChanges(changes: readonly LineChange[]): { added: number; removed: number } {
  const count = (kind: LineChange["kind"]): number => changes.filter((change) => change.kind === kind).length
  return { added: count("added"), removed: count("removed") }
}

function middle(a: string[], b: string[]): LineChange[] {
  const trace = shortest(a, b)
  if (!trace)
    return [
      ...a.map((line): LineChange => ({ kind: "removed", line })),
      ...b.map((line): LineChange => ({ kind: "added", line })),
    ]
  const changes: LineChange[] = []
  let x = a.length
  let y = b.length
  for (let d = trace.length - 1; d >= 0; d--) {
    const reached = trace[d]
    const k = x - y
    const down = k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1))
    const from = d === 0 ? 0 : down ? (reached.get(k + 1) ?? 0) : (reached.get(k - 1) ?? 0)
    const fromY = d === 0 ? 0 : from - (down ? k + 1 : k - 1)
    while (x > from && y > fromY && x > 0 && y > 0 && a[x - 1] === b[y - 1]) {
      changes.push({ kind: "same", line: a[--x] })
      y--
    }
    if (d === 0) break
    changes.push(down ? { kind: "added", line: b[--y] } : { kind: "removed", line: a[--x] })
  }
  return changes.reverse()
}

/** For each number of edits: diagonal → how far along `a` one came with one edit fewer. */
function shortest(a: string[], b: string[]): Map<number, number>[] | undefined {
  const trace: Map<number, number>[] = []
  let reached = new Map<number, number>([[1, 0]])
  const limit = Math.min(a.length + b.length, MOST_EDITS)
  for (let d = 0; d <= limit; d++) {
    trace.push(reached)
    const next = new Map<number, number>()
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1))
      let x = down ? (reached.get(k + 1) ?? 0) : (reached.get(k - 1) ?? 0) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      next.set(k, x)
      if (x >= a.length && x - k >= b.length) return trace
    }
    reached = next
  }
  return undefined
}

/** Within a stretch of changes, what is gone comes first. */
function tidy(changes: LineChange[]): LineChange[] {
  const tidied: LineChange[] = []
  let added: LineChange[] = []
  for (const change of changes) {
    if (change.kind === "added") added.push(change)
    else {
      if (change.kind === "same") {
        tidied.push(...added)
        added = []
      }
      tidied.push(change)
    }
  }
  return [...tidied, ...added]
}
