/** @file The error that stops a build because of what an author wrote. Always names file and line. */
import { nearestName } from "../notebook/nearest-name.ts"

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
  const near = nearestName(wrong, known, Math.max(2, Math.ceil(wrong.length / 3)))
  return near ? ` Did you mean "${near}"?` : ""
}
