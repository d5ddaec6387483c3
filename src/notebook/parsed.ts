/**
 * @file What a parser found in a cell's text, as plain data, and as the JSON in which the build hands it to the page.
 * Knows no parser.
 */
import type { Analysis } from "./analyze.ts"

/** Why a text cannot be run, and where: 1-based. */
export interface SyntaxProblem {
  message: string
  line: number
  column: number
}

export type Parsed = { analysis: Analysis } | { problem: SyntaxProblem }

/** Text of a cell → what was found in it. */
export type ParsedTexts = ReadonlyMap<string, Parsed>

/** JSON has neither maps nor sets; a text without types is its own code. */
export function packTexts(texts: ParsedTexts): string {
  const entries = [...texts].map(([source, parsed]) =>
    "analysis" in parsed && parsed.analysis.code === source
      ? [source, { analysis: { ...parsed.analysis, code: undefined } }]
      : [source, parsed],
  )
  return JSON.stringify(entries, (_, value) => {
    if (value instanceof Map) return { $map: [...value] }
    if (value instanceof Set) return { $set: [...value] }
    return value
  })
}

/** Undoes {@link packTexts}. */
export function unpackTexts(json: string): ParsedTexts {
  const entries: [string, Parsed][] = JSON.parse(json, (_, value) => {
    if (Array.isArray(value?.$map)) return new Map(value.$map)
    if (Array.isArray(value?.$set)) return new Set(value.$set)
    return value
  })
  for (const [source, parsed] of entries) if ("analysis" in parsed) parsed.analysis.code ??= source
  return new Map(entries)
}
