/**
 * @file All that needs a parser, as one module that the worker loads when a text has to be parsed. What comes out is
 * data: in the worker this module is a bundle of its own, whose classes nobody else knows.
 */
import type { Slip } from "../../exercises/lib/outcome.ts"
import { analyze } from "./analyze.ts"
import { type AnswerCode, answerCode } from "./answer-code.ts"
import { type ForbiddenUse, forbiddenUse } from "./forbidden-op.ts"
import type { Parsed, SyntaxProblem } from "./parsed.ts"
import { CellSyntaxError } from "./strip-types.ts"
import { slipsIn } from "./syntax-slips.ts"

export function parseCell(source: string): Parsed {
  try {
    return { analysis: analyze(source) }
  } catch (error) {
    return { problem: problemOf(error) }
  }
}

export type ParsedAnswer =
  | (AnswerCode & { forbidden?: ForbiddenUse; slips: Slip[] })
  | { problem: SyntaxProblem }

/** `forbidden` is the first use of one of the ops `without`, at or after the offset `from`. */
export function parseAnswer(
  source: string,
  entry: string | undefined,
  without: readonly string[],
  from: number,
): ParsedAnswer {
  try {
    const answer = answerCode(source, entry)
    const forbidden = without.length > 0 ? forbiddenUse(answer.js, without, from) : undefined
    return { ...answer, forbidden, slips: slipsIn(answer.js, from) }
  } catch (error) {
    return { problem: problemOf(error) }
  }
}

function problemOf(error: unknown): SyntaxProblem {
  if (!(error instanceof CellSyntaxError)) throw error
  const { message, line, column } = error
  return { message, line, column }
}
