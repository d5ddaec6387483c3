/** @file Makes a failing story as small as it can be while it still fails. Knows nothing of why. */
import type { Act, Story } from "./random-story.ts"

export async function shrink(story: Story, fails: (story: Story) => Promise<boolean>): Promise<Story> {
  let best = story
  for (let again = true; again; ) {
    again = false
    for (const smaller of smallerOnes(best)) {
      if (!(await fails(smaller))) continue
      best = smaller
      again = true
      break
    }
  }
  return best
}

function* smallerOnes(story: Story): Generator<Story> {
  const { acts, cells } = story
  for (let size = acts.length >> 1; size >= 1; size >>= 1)
    for (let i = acts.length - size; i >= 0; i -= size) yield { ...story, acts: acts.toSpliced(i, size) }
  for (let i = cells.length - 1; i >= 0; i--) yield { ...story, cells: cells.toSpliced(i, 1) }
  for (const [i, cell] of cells.entries()) {
    for (const lines of fewerLines(cell.lines)) yield { ...story, cells: cells.with(i, { ...cell, lines }) }
    if (cell.slow) yield { ...story, cells: cells.with(i, { ...cell, slow: undefined }) }
  }
  for (const [i, act] of acts.entries()) {
    for (const simpler of simplerActs(act)) yield { ...story, acts: acts.with(i, simpler) }
  }
  if (story.withBook) yield { ...story, withBook: false }
}

function* simplerActs(act: Act): Generator<Act> {
  if (act.rest === false) yield { ...act, rest: undefined }
  if (act.do === "all") return
  if ("lines" in act && act.lines) for (const lines of fewerLines(act.lines)) yield { ...act, lines }
}

function* fewerLines(lines: readonly string[]): Generator<string[]> {
  for (let i = lines.length - 1; i >= 0; i--) yield lines.toSpliced(i, 1)
}
