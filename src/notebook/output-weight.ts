/** @file How much of a page an output takes, roughly: the characters that it would be as text. Knows no kind of output. */

/** Quotes, commas, names: what a value costs besides its characters. */
const EACH = 12

/** Of plain data as outputs are; no more than a little above `most`, where it stops counting. */
export function weigh(value: unknown, most: number): number {
  if (typeof value === "string") return EACH + value.length
  if (typeof value !== "object" || value === null) return EACH
  if (ArrayBuffer.isView(value)) return EACH * (value as Uint8Array).length
  let sum = EACH
  if (Array.isArray(value))
    for (let i = 0; i < value.length && sum <= most; i++) sum += weigh(value[i], most - sum)
  else for (const part of Object.values(value)) if (sum <= most) sum += weigh(part, most - sum)
  return sum
}
