/**
 * @file TypeScript's language service for cells: each cell sees the engine and the names of the cells above it, without
 * an import in its text. Knows nothing of the page.
 */
import {
  type Diagnostic,
  initialize,
  type Part,
  ts as services,
  TypeScriptWorker,
} from "monaco-editor/languages/features/typescript/ts.worker"
import { declaredNames, type Names, scopeSuffix } from "./cell-scope.ts"
import { asDeclared, inPlainWords, withoutFiles } from "./type-words.ts"

const ts = services.typescript
const CELLS = "file:///cells/"
const NAMES = "file:///cell-names.d.ts"

/** Words of one kind, in which a name may be put together of several parts: no editor tells them apart. */
const parts = (all: Part[] | undefined, said = withoutFiles): Part[] => [
  { kind: "text", text: said((all ?? []).map(({ text }) => text).join("")) },
]

const { Error: ERROR, Warning: WARNING } = ts.DiagnosticCategory

/**
 * Imports and exports are appended behind a cell's text, never put before it, so that all positions stay the author's.
 */
class CellTypesWorker extends TypeScriptWorker {
  #declared = new Map<string, { version: string; names: Names }>()

  /** The cells of the same scope that come before `file`, nearest first. */
  #above(file: string): string[] {
    const order = `${file.slice(0, file.lastIndexOf("/") + 1)}order.d.ts`
    const all: string[] = JSON.parse(this._extraLibs[order]?.content.slice(3) ?? "[]")
    return all.slice(0, Math.max(0, all.indexOf(file))).reverse()
  }

  #namesOf(file: string): Names {
    const model = this._getModel(file)
    if (!model) return { values: [], types: [] }
    const version = String(model.version)
    const known = this.#declared.get(file)
    if (known?.version === version) return known.names
    const names = declaredNames(ts, model.getValue())
    this.#declared.set(file, { version, names })
    return names
  }

  #suffix(file: string): string {
    const library: Names = JSON.parse(this._extraLibs[NAMES]?.content.slice(3) ?? '{"values":[],"types":[]}')
    const above = this.#above(file).map((other) => ({
      path: `./${other.slice(other.lastIndexOf("/") + 1).replace(/\.ts$/, "")}`,
      names: this.#namesOf(other),
    }))
    return scopeSuffix(this.#namesOf(file), [...above, { path: "../../cell-library", names: library }])
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

  /** What is said about the appended text is nothing to the reader; the rest comes in plain words. */
  async #plain(file: string, found: Promise<Diagnostic[]>, doubts: boolean): Promise<Diagnostic[]> {
    const text = this._getModel(file)?.getValue() ?? ""
    // What is left open at the end shows at the first sign behind it.
    const last = text.length + (doubts ? 0 : 1)
    const own = (await found).filter((diagnostic) => (diagnostic.start ?? 0) <= last)
    return own.map((diagnostic) => ({
      ...diagnostic,
      // It leads to files of declarations, which are none of the reader's.
      relatedInformation: undefined,
      ...((diagnostic.start ?? 0) >= text.length && { start: text.trimEnd().length - 1, length: 1 }),
      messageText: inPlainWords(
        diagnostic.code,
        ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
      ),
      // The cell runs all the same: types are erased, not checked.
      category: doubts && diagnostic.category === ERROR ? WARNING : diagnostic.category,
    }))
  }

  override async getQuickInfoAtPosition(file: string, position: number) {
    const info = await super.getQuickInfoAtPosition(file, position)
    return info && { ...info, displayParts: parts(info.displayParts, asDeclared) }
  }

  override async getCompletionEntryDetails(file: string, position: number, entry: string) {
    const details = await super.getCompletionEntryDetails(file, position, entry)
    return details && { ...details, displayParts: parts(details.displayParts, asDeclared) }
  }

  override async getSignatureHelpItems(file: string, position: number, options: unknown) {
    const help = await super.getSignatureHelpItems(file, position, options)
    return (
      help && {
        ...help,
        items: help.items.map((item) => ({
          ...item,
          prefixDisplayParts: parts(item.prefixDisplayParts),
          suffixDisplayParts: parts(item.suffixDisplayParts),
          parameters: item.parameters.map((one) => ({ ...one, displayParts: parts(one.displayParts) })),
        })),
      }
    )
  }

  override getSyntacticDiagnostics(file: string) {
    return this.#plain(file, super.getSyntacticDiagnostics(file), false)
  }

  override getSemanticDiagnostics(file: string) {
    return this.#plain(file, super.getSemanticDiagnostics(file), true)
  }

  override getSuggestionDiagnostics(file: string) {
    return this.#plain(file, super.getSuggestionDiagnostics(file), false)
  }
}

self.onmessage = () => initialize((context, data) => new CellTypesWorker(context, data))
