/** @file The error that stops a build because of what an author wrote. Always names file and line. */

export interface Place {
  line: number
  column?: number
}

export class ContentError extends Error {
  override name = "ContentError"
  /** Astro's error page shows the lines around it. */
  readonly loc: { file: string; line: number; column: number }

  /** `file` as the author knows it: relative to the project. */
  constructor(file: string, place: Place | undefined, message: string) {
    const line = place?.line ?? 1
    const column = place?.column ?? 1
    super(`${file}:${line}:${column}: ${message}`)
    this.loc = { file, line, column }
  }
}

/** "Did you mean …?" for an unknown name, or nothing if none is near. */
export function suggestion(wrong: string, known: Iterable<string>): string {
  let best: string | undefined
  let least = Math.max(2, Math.ceil(wrong.length / 3)) + 1
  for (const name of known) {
    const distance = editDistance(wrong, name)
    if (distance < least) {
      least = distance
      best = name
    }
  }
  return best ? ` Did you mean "${best}"?` : ""
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]
}
