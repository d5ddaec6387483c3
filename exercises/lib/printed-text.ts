/**
 * @file Text as code prints it and as people type it: the same words and numbers in the same order. Knows no exercise.
 */
import { type Tolerance, TYPED } from "./close.ts"
import { readNumber } from "./number-text.ts"

const MINUS = /[\u2212\u2010-\u2015\ufe63\uff0d]/g
const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?:\/\d+)?`
const PART = new RegExp(
  String.raw`${NUMBER}|[-+]?Infinity|[\p{L}_][\p{L}\p{N}_]*|[^\s,;:()[\]{}"'${"`"}]`,
  "giu",
)

/**
 * Words, numbers and signs. How a text is broken into lines does not count, nor do brackets, commas, colons and quotes:
 * people copy them differently from a screen.
 */
export function partsOf(text: string): string[] {
  return text.replace(MINUS, "-").match(PART) ?? []
}

/** Words alike but for capitals, numbers within the tolerance: who expects 0.3333333 writes 0.333, or 1/3. */
export function sameText(got: string, want: string, tolerance: Tolerance = TYPED): boolean {
  return firstApart(partsOf(got), partsOf(want), tolerance) === undefined
}

/** How many lines, from the first on, are the wanted ones; each line is compared alone. */
export function linesRight(got: string, want: string, tolerance: Tolerance = TYPED): number {
  const lines = want.split("\n")
  let rest = partsOf(got)
  for (const [i, line] of lines.entries()) {
    const parts = partsOf(line)
    if (firstApart(rest.slice(0, parts.length), parts, tolerance) !== undefined) return i
    rest = rest.slice(parts.length)
  }
  return lines.length
}

/** Whether each line is there with its last part alone: whoever writes only the numbers has not copied what is printed. */
export function isEndsOf(got: string, want: string, tolerance: Tolerance = TYPED): boolean {
  const ends = want.split("\n").map((line) => partsOf(line).at(-1) ?? "")
  return firstApart(partsOf(got), ends, tolerance) === undefined
}

/** Position of the first part that differs, or of the end of the shorter text. */
function firstApart(
  got: readonly string[],
  want: readonly string[],
  tolerance: Tolerance,
): number | undefined {
  for (let i = 0; i < Math.max(got.length, want.length); i++)
    if (got[i] === undefined || want[i] === undefined || !samePart(got[i], want[i], tolerance)) return i
  return undefined
}

function samePart(got: string, want: string, { rtol, atol }: Tolerance): boolean {
  const [a, b] = [readNumber(got), readNumber(want)]
  if (a.ok && b.ok) return Math.abs(a.value - b.value) <= atol + rtol * Math.abs(b.value)
  return got.toLowerCase() === want.toLowerCase()
}
