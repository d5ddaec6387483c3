/**
 * @file Reads a cell's text: from what the build has parsed, else with the parser, which is loaded the first time. Knows
 * no cells.
 */
import type { Analysis } from "./analyze.ts"
import { CellMistake } from "./explain.ts"
import type { Parsed, ParsedTexts } from "./parsed.ts"

/** `unread`: the parser could not be had, so that it is worth to try again. */
export interface Reading {
  analysis?: Analysis
  problem?: unknown
  unread?: boolean
}

/** What is needed of parser.ts here. */
export type Parser = Pick<typeof import("./parser.ts"), "parseCell">
export type LoadParser = () => Promise<Parser>

export class CellReader {
  readonly #known: ParsedTexts
  readonly #load: LoadParser
  #parser: Parser | undefined
  #loading: Promise<Parser> | undefined

  constructor(known: ParsedTexts = new Map(), load: LoadParser = () => import("./parser.ts")) {
    this.#known = known
    this.#load = load
  }

  /** At once if the text is known or the parser is here. Never throws or rejects. */
  read(source: string): Reading | Promise<Reading> {
    const known = this.#known.get(source)
    if (known) return readingOf(known)
    if (this.#parser) return parse(this.#parser, source)
    this.#loading ??= this.#load()
    return this.#loading.then(
      (parser) => {
        this.#parser = parser
        return parse(parser, source)
      },
      (problem) => {
        this.#loading = undefined
        return { problem, unread: true }
      },
    )
  }
}

function parse(parser: Parser, source: string): Reading {
  try {
    return readingOf(parser.parseCell(source))
  } catch (problem) {
    return { problem }
  }
}

function readingOf(parsed: Parsed): Reading {
  if ("analysis" in parsed) return parsed
  return { problem: new CellMistake("SyntaxError", parsed.problem.message, parsed.problem) }
}
