/** @file The value of an expression of the prose, in the scope that cells leave behind. Knows no order of runs. */
import type { Analysis } from "./analyze.ts"
import { compile } from "./compile.ts"
import type { KnownCell } from "./freshness.ts"
import { Answers } from "./input-calls.ts"
import type { Library } from "./library.ts"
import { pageLimits, RunOutputs } from "./run-outputs.ts"

/** The value of an expression behind the last of these cells. Throws what the expression throws. */
export async function valueAfter(
  cells: readonly KnownCell[],
  analysis: Analysis,
  library: Library,
): Promise<unknown> {
  const last = cells.at(-1)
  const { values } = library.bind(new RunOutputs(() => {}, pageLimits), new Answers(last?.answers))
  const scope: Record<string, unknown> = {}
  for (const name of analysis.uses.keys()) {
    const home = cells.findLast((cell) => cell.analysis?.declares.has(name))
    if (home?.ran) scope[name] = home.ran.names[name]
    else if (Object.hasOwn(values, name)) scope[name] = values[name]
  }
  const names = Object.keys(scope)
  return (await compile(`${last?.id}-value`, analysis, names).run(...names.map((name) => scope[name]))).value
}
