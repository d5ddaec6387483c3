/**
 * @file Vite plugin: `virtual:cell-types` holds the declarations of everything that a cell may use, for the editor's
 * language service. Knows nothing of editors.
 */
import { relative, resolve, sep } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"
import type { Plugin } from "vite"
import { FIGURES, MARKS, REDUCING, TRANSFORMS, VALUES } from "../notebook/plot-names.ts"

export interface CellTypes {
  /** Declaration files by address, `file:///…`. `file:///cell-library.d.ts` exports all that cells see. */
  files: Record<string, string>
  /** What that file exports: a cell gets each name that it and the cells above do not declare. */
  names: { values: string[]; types: string[] }
}

const ID = "virtual:cell-types"
const root = fileURLToPath(new URL("../..", import.meta.url))

/** Modules whose exports every cell sees. */
const sources = ["engine/index.ts", "src/build/cell-names.ts"]

/** How the engine's source is read: as it is compiled for workers. */
export const engineOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts", "lib.webworker.d.ts"],
  types: [],
  strict: true,
  allowImportingTsExtensions: true,
}

const options: ts.CompilerOptions = {
  ...engineOptions,
  skipLibCheck: true,
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

/** Specifiers without `.ts`, lists whose depth a learner need not spell out, examples as code where docs are shown. */
function forCells(text: string): string {
  return text
    .replace(
      /^( *\*) @example\n((?:(?! *\*\/).*\n)+)/gm,
      (_, star: string, code: string) => `${star}\n${star} \`\`\`ts\n${code}${star} \`\`\`\n`,
    )
    .replace(/(["'])(\.{1,2}\/[^"']+)\.ts\1/g, "$1$2$1")
    .replace("tolist<T extends Nested = Nested>(): T", "tolist<T = any>(): T")
}

/** Names only: the types of Plot's options are larger than the engine's and say less to a learner. */
function plotTypes(): string {
  const names = [...FIGURES, ...MARKS, ...TRANSFORMS, ...REDUCING, ...VALUES]
  const calls = [...new Set(names)].map((name) => `  ${name}(...args: unknown[]): PlotCall\n`)
  return `import type { PlotCall } from "./src/build/cell-names"
/** Observable Plot: marks, transforms, scales. */
export declare const Plot: {\n${calls.join("")}}\n`
}

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
    (file, text, _mark, _error, from) => {
      const source = from?.[0]?.text ?? ""
      // A module that adds to another one's types goes as it is: its emitted form names types that it does not import.
      const extending = /^declare module "\./m.test(source)
      const ending = extending ? "ts" : "d.ts"
      found.files[`file:///${moduleName(file)}.${ending}`] = forCells(extending ? source : text)
    },
    undefined,
    true,
  )
  const reexports = entries.map((entry) => `export * from "./${moduleName(entry)}"\n`)
  found.files["file:///cell-library.d.ts"] = reexports.join("") + plotTypes()
  found.names.values.push("Plot")
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
