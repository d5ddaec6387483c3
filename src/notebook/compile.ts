/**
 * @file A cell as an async function of the names that it uses, and the way back from an error's stack to a line and
 * column of a cell, in the words of V8, Gecko and JavaScriptCore. Knows nothing of notebooks.
 */
import type { Analysis, Position } from "./analyze.ts"

/** What one run gives: the value of the last expression and the names that the cell declares. */
export interface RunResult {
  value: unknown
  names: Record<string, unknown>
}

export interface CompiledCell {
  id: string
  /** The names of its parameters, in order. */
  parameters: string[]
  run: (...values: unknown[]) => Promise<RunResult>
  /** From a position of the compiled script, as a stack has it, to one of the cell's source. */
  locate: (line: number, column: number) => Position
}

const VALUE = "$$value"

// By any other name than `eval` itself, the code is evaluated in the global scope.
const evaluate: (code: string) => unknown = Reflect.get(globalThis, "eval")

interface Insertion extends Position {
  length: number
}

/** `parameters`: the names that the cell gets from outside. */
export function compile(id: string, analysis: Analysis, parameters: string[]): CompiledCell {
  const { code, last, declares } = analysis
  const header = `(async (${parameters.join(",")}) => {"use strict";`
  const insertions: Insertion[] = [{ line: 1, column: 1, length: header.length }]
  let body = code
  if (last) {
    const before = `const ${VALUE}=(`
    // The bracket closes on a line of its own end: a comment may follow the expression.
    body = `${code.slice(0, last.start)}${before}${code.slice(last.start, last.end)})${code.slice(last.end)}`
    insertions.push({ ...positionOf(code, last.start), length: before.length })
    insertions.push({ ...positionOf(code, last.end), length: 1 })
  }
  const names = [...declares].join(",")
  const script = `${header}${body}\n;return {value:${last ? VALUE : "undefined"},names:{${names}}}\n})\n//# sourceURL=${sourceUrl(id)}`
  return {
    id,
    parameters,
    run: evaluate(script) as CompiledCell["run"],
    locate: (line, column) => {
      let source = column
      for (const insertion of insertions)
        if (insertion.line === line && source > insertion.column)
          source = Math.max(insertion.column, source - insertion.length)
      return { line, column: source }
    },
  }
}

function positionOf(code: string, offset: number): Position {
  const lines = code.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/)
  return { line: lines.length, column: lines[lines.length - 1].length + 1 }
}

function sourceUrl(id: string): string {
  return `cell:///${encodeURIComponent(id)}.ts`
}

/** A place in a script: the cell whose code it is, and where in the compiled text. */
export interface Frame extends Position {
  cell: string
}

/**
 * The innermost frame of a stack that lies in a cell. V8: `at f (cell:///a.ts:3:7)`, Gecko: `f@cell:///a.ts:3:7`.
 * JavaScriptCore hides such frames; its errors carry `line` and `column` of the innermost one instead.
 */
export function innermostFrame(error: unknown, running: string): Frame | undefined {
  if (typeof error !== "object" || error === null) return undefined
  const { stack, line, column, sourceURL } = error as Record<string, unknown>
  const match = typeof stack === "string" && /cell:\/\/\/([^\s:/)]+)\.ts:(\d+):(\d+)/.exec(stack)
  if (match) return { cell: decodeURIComponent(match[1]), line: Number(match[2]), column: Number(match[3]) }
  if (typeof line !== "number") return undefined
  const url = typeof sourceURL === "string" ? /^cell:\/\/\/([^\s:/)]+)\.ts$/.exec(sourceURL) : undefined
  if (sourceURL !== undefined && !url) return undefined
  return {
    cell: url ? decodeURIComponent(url[1]) : running,
    line,
    column: typeof column === "number" ? column : 1,
  }
}
