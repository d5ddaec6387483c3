/** @file Reading a recorded figure: its options and the marks in it. Draws nothing, judges nothing. */

type Options = Record<string, unknown>

/** One recorded call inside a spec. */
export interface SpecCall {
  $plot: string
  args: unknown[]
}

export const isObject = (value: unknown): value is Options => typeof value === "object" && value !== null

export const isSpecCall = (value: unknown): value is SpecCall =>
  isObject(value) && typeof value.$plot === "string" && Array.isArray(value.args)

/** The options of the outermost call, or none. */
export function rootOptions(spec: unknown): Options {
  return isSpecCall(spec) && isObject(spec.args[0]) ? spec.args[0] : {}
}

/** All marks of a figure in drawing order, however they are nested. */
export function marksOf(marks: unknown): SpecCall[] {
  if (Array.isArray(marks)) return marks.flatMap(marksOf)
  if (!isSpecCall(marks)) return []
  return marks.$plot === "marks" ? marks.args.flatMap(marksOf) : [marks]
}
