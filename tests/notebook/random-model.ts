/**
 * @file The plain model that a notebook is held against: every cell runs once, from top to bottom, whatever happened
 * before. It reads names as the language does and knows nothing of what is fresh, needed or changed.
 */
import { isDeepStrictEqual } from "node:util"
import { adviceFor } from "../../src/notebook/advice.ts"
import { type Analysis, analyze } from "../../src/notebook/analyze.ts"
import type { Cell } from "../../src/notebook/cell.ts"
import { type CompiledCell, compile } from "../../src/notebook/compile.ts"
import { explain } from "../../src/notebook/explain.ts"
import { Answers } from "../../src/notebook/input-calls.ts"
import type { Library } from "../../src/notebook/library.ts"
import { Live } from "../../src/notebook/live.ts"
import type { AllAnswers } from "../../src/notebook/notebook.ts"
import type { Output } from "../../src/notebook/output.ts"
import { buildLimits, RunOutputs } from "../../src/notebook/run-outputs.ts"
import { cellSeed } from "../../src/notebook/seed.ts"
import { CellSyntaxError } from "../../src/notebook/strip-types.ts"

export interface PlainResult {
  outputs: Output[]
  failed: boolean
}

interface Home {
  /** Undefined where its cell failed. */
  value: { of: unknown } | undefined
}

/** What is wrong before a cell runs; the notebook has words of its own for it. */
class Mistake {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

export async function plainRun(
  lesson: string,
  cells: readonly Cell[],
  answers: AllAnswers,
  library: Library,
): Promise<Map<string, PlainResult>> {
  const results = new Map<string, PlainResult>()
  const scope = new Map<string, Home>()
  const compiled = new Map<string, CompiledCell>()
  for (const { id, source } of cells) {
    const slots: Output[] = []
    const outputs = new RunOutputs((slot, output) => {
      slots[slot] = output
    }, buildLimits)
    const bound = library.bind(outputs, new Answers(new Map(Object.entries(answers[id] ?? {}))))
    let analysis: Analysis | undefined
    let given: Record<string, unknown> = {}
    let values: Record<string, unknown> | undefined
    try {
      analysis = read(source)
      given = inputsOf(analysis, scope, bound.values)
      const names = Object.keys(given)
      const code = compile(id, analysis, names)
      compiled.set(id, code)
      library.seed(cellSeed(lesson, id))
      const result = await code.run(...names.map((name) => given[name]))
      if (result.value !== undefined && !(result.value instanceof Live)) outputs.show(result.value)
      for (const advice of adviceFor(analysis, { ...given, ...result.names }, result.value))
        outputs.add(advice)
      values = result.names
    } catch (error) {
      if (error instanceof Mistake) outputs.fail({ kind: "error", name: error.name, message: "" })
      else
        outputs.fail(
          await explain(error, {
            cell: id,
            source,
            analysis,
            inputs: given,
            compiled: (other) => compiled.get(other),
          }),
        )
    }
    bound.end()
    outputs.close()
    for (const name of analysis?.declares ?? [])
      scope.set(name, { value: values && Object.hasOwn(values, name) ? { of: values[name] } : undefined })
    results.set(id, { outputs: slots.filter((slot) => slot !== undefined), failed: values === undefined })
  }
  return results
}

function read(source: string): Analysis {
  try {
    return analyze(source)
  } catch (error) {
    throw error instanceof CellSyntaxError ? new Mistake("SyntaxError") : error
  }
}

function inputsOf(
  { uses, assigns }: Analysis,
  scope: Map<string, Home>,
  library: Record<string, unknown>,
): Record<string, unknown> {
  for (const name of assigns.keys())
    if (scope.has(name) || Object.hasOwn(library, name)) throw new Mistake("AssignmentError")
    else if (!(name in globalThis)) throw new Mistake("ReferenceError")
  const homes = [...uses.keys()].map((name) => scope.get(name))
  if (homes.some((home) => home && !home.value)) throw new Mistake("Waiting")
  const given: Record<string, unknown> = {}
  for (const name of uses.keys()) {
    const home = scope.get(name)
    if (home?.value) given[name] = home.value.of
    else if (Object.hasOwn(library, name)) given[name] = library[name]
    else if (!(name in globalThis)) throw new Mistake("ReferenceError")
  }
  return given
}

/** Whether the notebook shows what the model shows. Of mistakes that need no run only the kind is compared. */
export function sameOutputs(shown: readonly Output[], plain: readonly Output[]): boolean {
  return (
    shown.length === plain.length &&
    shown.every((output, i) => {
      const other = plain[i]
      if (output.kind === "error" && other.kind === "error" && other.message === "")
        return output.name === other.name
      return isDeepStrictEqual(output, other)
    })
  )
}
