/**
 * @file Which names a cell sees, as text behind its own: imports from the cells above and from the library. Takes the
 * compiler as an argument; knows no editor.
 */
import type * as TS from "typescript"

/**
 * What TypeScript says about types that nobody wrote down. Cells are read by people who have not met its finer points,
 * yet only with these checks on does `const list = []` take the type of what is pushed to it.
 */
export const FORGIVEN = [
  7005, 7006, 7008, 7010, 7011, 7015, 7016, 7018, 7019, 7022, 7023, 7024, 7031, 7034, 7053,
]

export interface Names {
  values: string[]
  types: string[]
}

/** A module whose names a cell sees. */
export interface Visible {
  path: string
  names: Names
}

/**
 * Imports and exports that make a cell a module among its neighbours, to be appended: every position in the cell stays.
 * What `visible` names first hides the same name in what follows; the cell's `own` names hide all.
 */
export function scopeSuffix(own: Names, visible: Visible[]): string {
  const seen = new Set([...own.values, ...own.types])
  const take = (names: string[]) => names.filter((name) => !seen.has(name) && seen.add(name))
  let imports = ""
  for (const { path, names } of visible) {
    const list = [...take(names.values), ...take(names.types).map((name) => `type ${name}`)]
    if (list.length > 0) imports += `import { ${list.join(", ")} } from ${JSON.stringify(path)};`
  }
  const exports = [...own.values, ...own.types.map((name) => `type ${name}`)]
  return `\n;${imports} export { ${exports.join(", ")} };`
}

/** What a cell declares at its outermost level. */
export function declaredNames(ts: typeof TS, source: string): Names {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ESNext, false)
  const values = new Set<string>()
  const types = new Set<string>()
  const bind = (name: TS.BindingName) => {
    if (ts.isIdentifier(name)) values.add(name.text)
    else for (const e of name.elements) if (!ts.isOmittedExpression(e)) bind(e.name)
  }
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement))
      for (const d of statement.declarationList.declarations) bind(d.name)
    else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name)
      values.add(statement.name.text)
    else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
      types.add(statement.name.text)
  }
  return { values: [...values], types: [...types].filter((name) => !values.has(name)) }
}
