/** @file What a cell's text says about it: names declared and used, its last expression, what it may change. */
import { type AnyNode, type ModuleDeclaration, Parser, type Program } from "acorn"
import type { CellEffects } from "./cell-effects.ts"
import { effectsOf } from "./effects.ts"
import { resolveNames } from "./names.ts"
import { readSigns, type Sign } from "./signs.ts"
import { asSyntaxError, CellSyntaxError, positionAt, stripTypes } from "./strip-types.ts"

export interface Position {
  /** 1-based. */
  line: number
  /** 1-based. */
  column: number
}

export interface Analysis {
  /** The cell's source as JavaScript; positions are those of the source. */
  code: string
  /** Names that later cells see. */
  declares: Set<string>
  /** Names that must come from elsewhere, with the place of their first use. */
  uses: Map<string, Position>
  /** Those of `uses` that the cell assigns as a whole, with the place. */
  assigns: Map<string, Position>
  /** Offsets of the expression whose value is shown. */
  last?: { start: number; end: number }
  /** There is an `await` outside of functions. */
  awaits: boolean
  effects: CellEffects
  /** Function calls by name whose promise nobody awaits: candidates for a missing `await`. */
  notAwaited: Map<string, Position>
  /** The first `^`, which learners take for a power. */
  caret?: Position
  /** Where JavaScript may do something else than a learner means. */
  signs: Sign<Position>[]
}

const options = { ecmaVersion: "latest", sourceType: "module", allowAwaitOutsideFunction: true } as const

/** Throws {@link CellSyntaxError} for what is no TypeScript, or not what a cell can run. */
export function analyze(source: string): Analysis {
  const code = stripTypes(source)
  const program = parse(code)
  const at = (offset: number): Position => positionAt(source, offset)
  for (const statement of program.body) if (isModuleStatement(statement)) throw moduleStatement(statement, at)
  const names = resolveNames(program)
  const places = (offsets: Map<string, number>) => new Map([...offsets].map(([name, i]) => [name, at(i)]))
  const signs = readSigns(program, code, names.keyOf)
  return {
    code,
    declares: new Set(names.declared.keys()),
    uses: places(names.free),
    assigns: places(names.assigned),
    last: lastExpression(program),
    awaits: signs.awaits,
    effects: effectsOf(program, names.keyOf),
    notAwaited: places(signs.notAwaited),
    caret: signs.caret === undefined ? undefined : at(signs.caret),
    signs: signs.list.map((sign) => ({ ...sign, at: at(sign.at) })),
  }
}

function parse(code: string): Program {
  try {
    return Parser.parse(code, options)
  } catch (error) {
    throw asSyntaxError(error, code)
  }
}

function isModuleStatement(n: AnyNode): n is ModuleDeclaration {
  return /^(Import|Export)\w*Declaration$/.test(n.type)
}

function moduleStatement(n: AnyNode, at: (offset: number) => Position): CellSyntaxError {
  const { line, column } = at(n.start)
  return new CellSyntaxError(
    n.type === "ImportDeclaration"
      ? "`import` does not work in cells; every name of the book is there without it, so delete this line"
      : "`export` does not work in cells; later cells see every name that a cell declares, so delete the word",
    line,
    column,
  )
}

function lastExpression(program: Program): Analysis["last"] {
  const last = program.body.findLast((statement) => statement.type !== "EmptyStatement")
  if (last?.type !== "ExpressionStatement") return undefined
  return { start: last.start, end: last.expression.end }
}
