/**
 * @file Vite plugin: `virtual:cell-types` holds the declarations of everything that a cell may use, for the editor's
 * language service. Knows nothing of editors.
 */
import { relative, resolve, sep } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"
import type { Plugin } from "vite"

export interface CellTypes {
  /** Declaration files by address, `file:///…`. `file:///cell-library.d.ts` exports all that cells see. */
  files: Record<string, string>
  /** What that file exports: a cell gets each name that it and the cells above do not declare. */
  names: { values: string[]; types: string[] }
}

const ID = "virtual:cell-types"
const root = fileURLToPath(new URL("../..", import.meta.url))

/** Modules whose exports every cell sees. */
const sources = ["engine/index.ts", "src/notebook/cell-names.ts"]

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts", "lib.webworker.d.ts"],
  types: [],
  strict: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  declaration: true,
  emitDeclarationOnly: true,
  stripInternal: true,
}

/** Path in the project → path without its ending, as import specifiers have it. */
const moduleName = (file: string) =>
  relative(root, file)
    .split(sep)
    .join("/")
    .replace(/(\.d)?\.ts$/, "")

/** Nobody can declare or use such a name without a dot before it. */
function isReserved(name: string): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, name)
  const kind = scanner.scan()
  return kind >= ts.SyntaxKind.FirstReservedWord && kind <= ts.SyntaxKind.LastReservedWord
}

export function cellTypes(files = sources): CellTypes {
  const entries = files.map((file) => resolve(root, file))
  const program = ts.createProgram(entries, options)
  const found: CellTypes = { files: {}, names: { values: [], types: [] } }
  program.emit(
    undefined,
    (file, text) => {
      found.files[`file:///${moduleName(file)}.d.ts`] = text.replace(
        /(["'])(\.{1,2}\/[^"']+)\.ts\1/g,
        "$1$2$1",
      )
    },
    undefined,
    true,
  )
  found.files["file:///cell-library.d.ts"] = entries
    .map((e) => `export * from "./${moduleName(e)}"\n`)
    .join("")
  const checker = program.getTypeChecker()
  for (const entry of entries) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!)
    for (const name of module ? checker.getExportsOfModule(module) : []) {
      if (isReserved(name.name)) continue
      const flags = name.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(name).flags : name.flags
      found.names[flags & ts.SymbolFlags.Value ? "values" : "types"].push(name.name)
    }
  }
  return found
}

export function cellTypesPlugin(): Plugin {
  let types: CellTypes | undefined
  return {
    name: "descent:cell-types",
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return
      types ??= cellTypes()
      return `export default ${JSON.stringify(types)}`
    },
  }
}
