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

/** What was found in the text of a cell, where that is known. */
export interface ParsedTexts {
  get(source: string): Parsed | undefined
}

/** Pieces of a text that are written over, each with its offset in front: a text that differs keeps its length. */
type Overwritten = (number | string)[]

/** What is packed of a text: of its JavaScript only where it differs. */
type Packed = { analysis: Omit<Analysis, "code"> & { code: Overwritten } } | { problem: SyntaxProblem }

/** JSON has neither maps nor sets; the texts are on the page, so that a name for each is enough. */
export function packTexts(texts: ReadonlyMap<string, Parsed>): string {
  const entries = [...texts].map(([source, parsed]): [string, Packed] => [
    nameOf(source),
    "analysis" in parsed
      ? { analysis: { ...parsed.analysis, code: differences(source, parsed.analysis.code) } }
      : parsed,
  ])
  return JSON.stringify(entries, (_, value) => {
    if (value instanceof Map) return { $map: [...value] }
    if (value instanceof Set) return { $set: [...value] }
    return value
  })
}

/** Undoes {@link packTexts}. */
export function unpackTexts(json: string): ParsedTexts {
  const entries: [string, Packed][] = JSON.parse(json, (_, value) => {
    if (Array.isArray(value?.$map)) return new Map(value.$map)
    if (Array.isArray(value?.$set)) return new Set(value.$set)
    return value
  })
  const known = new Map(entries)
  return {
    get(source) {
      const found = known.get(nameOf(source))
      if (!found || "problem" in found) return found
      return { analysis: { ...found.analysis, code: overwrite(source, found.analysis.code) } }
    },
  }
}

/** Two hashes of 32 bits, FNV-1a and a polynomial: no two texts that are ever written share both. */
function nameOf(text: string): string {
  let [a, b] = [0x811c9dc5, 0]
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = (Math.imul(b, 31) + unit) | 0
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36)
}

function differences(source: string, code: string): Overwritten {
  const found: Overwritten = []
  for (let i = 0; i < code.length; i++) {
    if (code[i] === source[i]) continue
    const from = i
    while (i < code.length && code[i] !== source[i]) i++
    found.push(from, code.slice(from, i))
  }
  return found
}

function overwrite(source: string, differences: Overwritten): string {
  let code = ""
  for (let i = 0; i < differences.length; i += 2)
    code += source.slice(code.length, differences[i] as number) + differences[i + 1]
  return code + source.slice(code.length)
}
