/** @file Types of the modules that the build makes: bundles as text, and the types that cells see. */

declare module "*?bundle-text" {
  /** Texts of the modules that the script imports on demand, by the names that it gives to `__import`. */
  export interface OnDemand {
    [name: string]: () => Promise<{ default: string; modules: OnDemand }>
  }
  /** One self-contained classic script; its value is what the module exports. */
  const text: string
  export default text
  export const modules: OnDemand
}

/** The same of what such a script imports on demand: the engine is the script's. */
declare module "*?bundle-part" {
  const text: string
  export default text
  export const modules: import("*?bundle-text").OnDemand
}

declare module "virtual:cell-types" {
  /** Declaration files by path (`file:///…`), and what a cell may use without importing it. */
  const types: { files: Record<string, string>; names: { values: string[]; types: string[] } }
  export default types
}

declare module "monaco-editor/languages/features/typescript/ts.worker" {
  interface MirrorModel {
    uri: { toString(): string }
    version: number
    getValue(): string
  }
  interface Context {
    getMirrorModels(): MirrorModel[]
  }
  interface Diagnostic {
    start?: number
    code: number
    category: number
    messageText: string | import("typescript").DiagnosticMessageChain
  }
  export type Part = import("typescript").SymbolDisplayPart
  export class TypeScriptWorker {
    constructor(context: Context, data: unknown)
    _ctx: Context
    _extraLibs: Record<string, { content: string; version: number } | undefined>
    _getModel(file: string): MirrorModel | null
    _getScriptText(file: string): string | undefined
    getScriptVersion(file: string): string
    getSyntacticDiagnostics(file: string): Promise<Diagnostic[]>
    getSemanticDiagnostics(file: string): Promise<Diagnostic[]>
    getSuggestionDiagnostics(file: string): Promise<Diagnostic[]>
    getQuickInfoAtPosition(
      file: string,
      position: number,
    ): Promise<import("typescript").QuickInfo | undefined>
    getCompletionEntryDetails(
      file: string,
      position: number,
      entry: string,
    ): Promise<import("typescript").CompletionEntryDetails | undefined>
    getSignatureHelpItems(
      file: string,
      position: number,
      options: unknown,
    ): Promise<import("typescript").SignatureHelpItems | undefined>
  }
  export function initialize(make: (context: Context, data: unknown) => TypeScriptWorker): void
  export const ts: { typescript: typeof import("typescript") }
}

declare module "monaco-editor/languages/definitions/typescript/typescript" {
  import type { languages } from "monaco-editor/editor"
  export const language: languages.IMonarchLanguage
}
