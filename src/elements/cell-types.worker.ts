/**
 * @file TypeScript's language service for cells: each cell sees the engine and the names of the cells above it, without
 * an import in its text. Knows nothing of the page.
 */
import {
  initialize,
  ts as services,
  TypeScriptWorker,
} from "monaco-editor/languages/features/typescript/ts.worker"
import type * as TS from "typescript"

const ts = services.typescript
const CELLS = "file:///cells/"
const NAMES = "file:///cell-names.d.ts"

interface Names {
  values: string[]
  types: string[]
}

/**
 * Imports and exports are appended behind a cell's text, never put before it, so that all positions stay the author's.
 */
class CellTypesWorker extends TypeScriptWorker {
  #declared = new Map<string, { version: string; names: Names }>()

  /** The cells of the same scope that come before `file`, nearest first. */
  #above(file: string): string[] {
    const scope = file.slice(0, file.lastIndexOf("/") + 1)
    return this._ctx
      .getMirrorModels()
      .map((model) => model.uri.toString())
      .filter((uri) => uri.startsWith(scope) && uri < file)
      .sort()
      .reverse()
  }

  #namesOf(file: string): Names {
    const model = this._getModel(file)
    if (!model) return { values: [], types: [] }
    const version = String(model.version)
    const known = this.#declared.get(file)
    if (known?.version === version) return known.names
    const names = declaredNames(ts.createSourceFile(file, model.getValue(), ts.ScriptTarget.ESNext, false))
    this.#declared.set(file, { version, names })
    return names
  }

  #suffix(file: string): string {
    const own = this.#namesOf(file)
    const seen = new Set([...own.values, ...own.types])
    const take = (names: string[]) => names.filter((name) => !seen.has(name) && seen.add(name))
    let imports = ""
    const importFrom = (path: string, names: Names) => {
      const list = [...take(names.values), ...take(names.types).map((name) => `type ${name}`)]
      if (list.length > 0) imports += `import { ${list.join(", ")} } from ${JSON.stringify(path)};`
    }
    for (const other of this.#above(file))
      importFrom(`./${other.slice(other.lastIndexOf("/") + 1).replace(/\.ts$/, "")}`, this.#namesOf(other))
    const library: Names = JSON.parse(this._extraLibs[NAMES]?.content.slice(3) ?? '{"values":[],"types":[]}')
    importFrom("../../cell-library", library)
    const exports = [...own.values, ...own.types.map((name) => `type ${name}`)]
    return `\n;${imports} export { ${exports.join(", ")} };`
  }

  #isCell(file: string): boolean {
    return file.startsWith(CELLS) && this._getModel(file) !== null
  }

  override _getScriptText(file: string): string | undefined {
    const text = super._getScriptText(file)
    return text !== undefined && this.#isCell(file) ? text + this.#suffix(file) : text
  }

  override getScriptVersion(file: string): string {
    const version = super.getScriptVersion(file)
    return this.#isCell(file) ? version + this.#suffix(file) : version
  }

  /** What is said about the appended text is nothing to the reader. */
  async #clip<D extends { start?: number }>(file: string, found: Promise<D[]>): Promise<D[]> {
    const end = this._getModel(file)?.getValue().length ?? Number.POSITIVE_INFINITY
    return (await found).filter((diagnostic) => (diagnostic.start ?? 0) <= end)
  }

  override getSemanticDiagnostics(file: string) {
    return this.#clip(file, super.getSemanticDiagnostics(file))
  }

  override getSuggestionDiagnostics(file: string) {
    return this.#clip(file, super.getSuggestionDiagnostics(file))
  }
}

function declaredNames(file: TS.SourceFile): Names {
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

self.onmessage = () => initialize((context, data) => new CellTypesWorker(context, data))
