/** @file An error as a learner reads it: what went wrong, at which line of which cell, what to do. Runs nothing. */
import type { Analysis } from "./analyze.ts"
import { type CompiledCell, innermostFrame } from "./compile.ts"
import { errorOutput } from "./display.ts"
import type { CellError } from "./output.ts"

/** A mistake that is found before a cell runs; it knows its place. */
export class CellMistake extends Error {
  readonly line: number | undefined
  readonly column: number | undefined
  readonly hint: string | undefined
  /** A name that nobody knows here; another language may. */
  readonly unknown: string | undefined

  constructor(
    name: string,
    message: string,
    at?: { line: number; column: number },
    hint?: string,
    unknown?: string,
  ) {
    super(message)
    this.name = name
    this.line = at?.line
    this.column = at?.column
    this.hint = hint
    this.unknown = unknown
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

/** `error` is {@link readable}. What is known of errors is loaded with the first one; without it they speak for themselves. */
export async function explain(error: unknown, context: ErrorContext): Promise<CellError> {
  const known = await import("./explain-error.ts").catch(() => undefined)
  if (error instanceof CellMistake)
    return withoutUndefined({
      kind: "error",
      name: error.name,
      message: error.message,
      line: error.line,
      column: error.column,
      hint: known?.mistakeHint(error, context.source) ?? error.hint,
    })
  const output = errorOutput(error)
  const frame = readFrame(error, context.cell)
  const place = frame && context.compiled(frame.cell)?.locate(frame.line, frame.column)
  const isHere = place === undefined || frame?.cell === context.cell
  const words = known?.inWords(output.name, output.message, {
    ...context,
    // What is known of names and signs is known of this cell only.
    line: isHere ? place?.line : undefined,
    text: isHere ? context.source.split(/\r\n|[\n\r]/)[(place?.line ?? 0) - 1] : undefined,
  })
  return withoutUndefined({
    ...output,
    message: words?.message ?? output.message,
    ...place,
    cell: place && !isHere ? frame?.cell : undefined,
    hint: words?.hint,
    original: words?.message && `${output.name}: ${output.message}`,
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
