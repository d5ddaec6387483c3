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
  analysis: Analysis | undefined
  /** What the cell got from outside. */
  inputs: Record<string, unknown>
  /** The latest compiled form of a cell, for positions. */
  compiled: (cell: string) => CompiledCell | undefined
}

export function explain(error: unknown, context: ErrorContext): CellError {
  if (error instanceof CellMistake)
    return withoutUndefined({
      kind: "error",
      name: error.name,
      message: error.message,
      line: error.line,
      column: error.column,
      hint: error.hint ?? (error.name === "SyntaxError" ? syntaxHint(error.message) : undefined),
    })
  const output = errorOutput(error)
  const frame = readFrame(error, context.cell)
  const place = frame && context.compiled(frame.cell)?.locate(frame.line, frame.column)
  return withoutUndefined({
    ...output,
    ...place,
    cell: place && frame.cell !== context.cell ? frame.cell : undefined,
    hint: hintFor(output.name, output.message, context),
  })
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

function syntaxHint(message: string): string | undefined {
  if (/ends too early/.test(message)) return "Count the brackets: every ( [ { needs its partner."
  if (/Unterminated string/.test(message)) return "A text needs its closing quote on the same line."
  if (/already been declared/.test(message))
    return "Give one of the two another name, or assign without `const`."
  if (/Missing initializer/.test(message)) return "A `const` needs its value at once: `const x = 1`."
  return undefined
}

/** Functions of the library that give a promise. */
const promising = ["digits", "iris", "setDevice", "devices", "itemAsync", "dataAsync"]

function hintFor(name: string, message: string, context: ErrorContext): string | undefined {
  const { analysis } = context
  if (/Assignment to constant|invalid assignment to const|Attempted to assign to readonly/.test(message))
    return "A `const` keeps its value. Declare it with `let` where it has to change."
  if (
    name === "RangeError" &&
    /Invalid (typed )?array length|Array buffer allocation|buffer size|Out of memory|too large/i.test(message)
  )
    return "That is more memory than the page can have. Check the shape: its sizes are multiplied."
  if (/call stack|too much recursion/i.test(message))
    return "A function calls itself without end. It needs a case in which it returns without calling itself."
  if (/before initialization|can't access lexical declaration|Cannot access uninitialized/.test(message))
    return "This cell declares that name further down, so the one of an earlier cell is hidden here. Use two names."
  const missing = missingAwait(name, message, context)
  if (missing)
    return `\`${missing}\` is a promise, not yet a value. Write \`await\` before the call that makes it.`
  if (analysis?.caret && /NaN|TypeError|Tensor/.test(`${name} ${message}`))
    return `\`^\` in line ${analysis.caret.line} is “exclusive or”, not a power: write \`x ** 2\`, for a tensor \`x.pow(2)\`.`
  return undefined
}

function missingAwait(name: string, message: string, { analysis, inputs }: ErrorContext): string | undefined {
  if (name !== "TypeError" && !/promise/i.test(message)) return undefined
  const fromAbove = Object.keys(inputs).find((key) => inputs[key] instanceof Promise)
  if (fromAbove) return fromAbove
  const call = promising.find((one) => analysis?.notAwaited.has(one))
  return call && `${call}()`
}
