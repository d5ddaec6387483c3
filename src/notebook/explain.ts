/** @file An error as a learner reads it: what went wrong, at which line of which cell, what to do. Runs nothing. */
import type { Analysis } from "./analyze.ts"
import { type CompiledCell, innermostFrame } from "./compile.ts"
import { errorOutput } from "./display.ts"
import { type InWords, inWords } from "./explain-error.ts"
import type { CellError } from "./output.ts"
import { pythonSyntax } from "./python.ts"

/** A mistake that is found before a cell runs; it knows its place. */
export class CellMistake extends Error {
  readonly line: number | undefined
  readonly column: number | undefined
  readonly hint: string | undefined

  constructor(name: string, message: string, at?: { line: number; column: number }, hint?: string) {
    super(message)
    this.name = name
    this.line = at?.line
    this.column = at?.column
    this.hint = hint
  }
}

export interface ErrorContext {
  cell: string
  /** The text that ran. */
  source: string
  analysis: Analysis | undefined
  /** What the cell got from outside. */
  inputs: Record<string, unknown>
  /** The latest compiled form of a cell, for positions. */
  compiled: (cell: string) => CompiledCell | undefined
}

/** `error` is {@link readable}. */
export function explain(error: unknown, context: ErrorContext): CellError {
  if (error instanceof CellMistake)
    return withoutUndefined({
      kind: "error",
      name: error.name,
      message: error.message,
      line: error.line,
      column: error.column,
      hint: error.hint ?? (error.name === "SyntaxError" ? syntaxHint(error, context.source) : undefined),
    })
  const output = errorOutput(error)
  const frame = readFrame(error, context.cell)
  const place = frame && context.compiled(frame.cell)?.locate(frame.line, frame.column)
  const isHere = place === undefined || frame?.cell === context.cell
  const words: InWords = inWords(output.name, output.message, {
    ...context,
    // What is known of names and signs is known of this cell only.
    line: isHere ? place?.line : undefined,
    text: isHere ? context.source.split(/\r\n|[\n\r]/)[(place?.line ?? 0) - 1] : undefined,
  })
  return withoutUndefined({
    ...output,
    message: words.message ?? output.message,
    ...place,
    cell: place && !isHere ? frame?.cell : undefined,
    hint: words.hint,
    original: words.message && `${output.name}: ${output.message}`,
  })
}

/** A thrown Proxy may throw even when its kind is asked. */
export function readable(thrown: unknown): unknown {
  try {
    void (thrown instanceof Error)
    return thrown
  } catch {
    return new CellMistake(
      "Error",
      "What was thrown cannot be read: it throws itself when it is asked what it is.",
    )
  }
}

/** A thrown Proxy may throw again when it is read. */
function readFrame(error: unknown, cell: string): ReturnType<typeof innermostFrame> {
  try {
    return innermostFrame(error, cell)
  } catch {
    return undefined
  }
}

function withoutUndefined(error: CellError): CellError {
  return Object.fromEntries(
    Object.entries(error).filter(([, value]) => value !== undefined),
  ) as unknown as CellError
}

function syntaxHint({ message, line }: CellMistake, source: string): string | undefined {
  // The parser may stop a line after the one that it could not make sense of.
  const lines = source.split(/\r\n|[\n\r]/)
  const python = [line ?? 1, (line ?? 1) - 1].map((n) => pythonSyntax(lines[n - 1] ?? "")).find(Boolean)
  if (/ends too early/.test(message)) return python ?? "Count the brackets: every ( [ { needs its partner."
  if (/Unterminated string/.test(message)) return python ?? "A text needs its closing quote on the same line."
  if (/Unterminated template/.test(message)) return "A text in backticks needs its closing backtick."
  if (/Unterminated comment/.test(message)) return "A comment that begins with /* ends with */."
  if (/already been declared/.test(message))
    return "Give one of the two another name, or assign without `const`."
  if (/Missing initializer/.test(message)) return "A `const` needs its value at once: `const x = 1`."
  if (/'return' outside|return/.test(message) && !python)
    return "`return` belongs into a function. A cell shows its last expression: write it alone on the last line."
  return python
}
