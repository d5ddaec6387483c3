/**
 * @file Monaco as the editor of desktop browsers, with TypeScript's language service over all code of a scope. Owns its
 * models. Knows nothing of cells or running.
 */
import * as monaco from "monaco-editor/editor"
// Must come before the first editor is made: the TypeScript mode would register these services too late.
import "monaco-editor/features/register.all"
import "monaco-editor/languages/definitions/typescript/register"
import cellTypes from "virtual:cell-types"
import EditorWorker from "monaco-editor/editor/editor.worker?worker"
import { language as typescriptLanguage } from "monaco-editor/languages/definitions/typescript/typescript"
import {
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  typescriptDefaults,
} from "monaco-editor/languages/features/typescript/register"
import { FORGIVEN } from "./cell-scope.ts"
import CellTypesWorker from "./cell-types.worker.ts?worker"
import { codeStyle, type Editor, type EditorOptions, KEYS_HELP } from "./editor-contract.ts"
import { followPage } from "./editor-theme.ts"

let prepared = false

function prepare(): void {
  if (prepared) return
  prepared = true
  self.MonacoEnvironment = {
    getWorker: (_id, label) => (label === "typescript" ? new CellTypesWorker() : new EditorWorker()),
  }
  typescriptDefaults.setCompilerOptions({
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.NodeJs,
    // Every cell is a module, so that top-level await is legal and a later cell may shadow a name.
    moduleDetection: 3,
    strict: true,
    lib: ["esnext"],
    allowNonTsExtensions: true,
  })
  typescriptDefaults.setDiagnosticsOptions({ diagnosticCodesToIgnore: FORGIVEN })
  monaco.languages.setMonarchTokensProvider("typescript", withCalls())
  // The language service has to see the cells that are not open, too.
  typescriptDefaults.setEagerModelSync(true)
  for (const [path, text] of Object.entries<string>(cellTypes.files))
    typescriptDefaults.addExtraLib(text, path)
  typescriptDefaults.addExtraLib(`// ${JSON.stringify(cellTypes.names)}`, "file:///cell-names.d.ts")
  followPage()
}

/** Monaco's own grammar does not tell calls from other names; the static code does. */
function withCalls(): monaco.languages.IMonarchLanguage {
  const call: monaco.languages.IMonarchLanguageRule = [
    /[a-zA-Z_$][\w$]*(?=\s*\()/,
    { cases: { "@keywords": "keyword", "@default": "function" } },
  ]
  const { tokenizer } = typescriptLanguage
  return { ...typescriptLanguage, tokenizer: { ...tokenizer, common: [call, ...tokenizer.common] } }
}

const models = new Map<string, monaco.editor.ITextModel>()
/** Scope → its codes in order, as the language service knows it. */
const orders = new Map<string, string>()
let recheckTimer = 0
let rechecks = 0

/** Monaco re-checks only the model that was edited; a new library file makes it look at the others again. */
function recheckSoon(): void {
  clearTimeout(recheckTimer)
  recheckTimer = window.setTimeout(() => {
    typescriptDefaults.addExtraLib(`// ${++rechecks}`, "file:///recheck.d.ts")
  }, 600)
}

function modelOf(scope: string, name: string, source: string): monaco.editor.ITextModel {
  const path = `file:///cells/${encodeURIComponent(scope.replaceAll("/", "-"))}/${encodeURIComponent(name)}.ts`
  let model = models.get(path)
  if (!model) {
    model = monaco.editor.createModel(source, "typescript", monaco.Uri.parse(path))
    model.updateOptions({ tabSize: 2, insertSpaces: true })
    model.onDidChangeContent(recheckSoon)
    models.set(path, model)
  } else if (model.getValue() !== source) model.setValue(source)
  return model
}

/** Gives the language service every code of the scope; returns the model of `name`. */
function syncModels(options: EditorOptions): monaco.editor.ITextModel {
  const all = options.siblings?.() ?? [{ name: options.name, source: options.source }]
  const made = all.map((code) => modelOf(options.scope, code.name, code.source))
  // Which cells are above another one is not in their paths: they can move.
  const paths = made.map(({ uri }) => uri.toString())
  const order = `// ${JSON.stringify(paths)}`
  if (orders.get(options.scope) !== order) {
    orders.set(options.scope, order)
    typescriptDefaults.addExtraLib(order, paths[0].replace(/[^/]*$/, "order.d.ts"))
  }
  return made[all.findIndex((code) => code.name === options.name)]
}

const NOT_WHILE =
  "!suggestWidgetVisible && !findWidgetVisible && !parameterHintsVisible && !renameInputVisible && !editorHasSelection && !inSnippetMode && !markersNavigationVisible"

/** Pixels of the sign that folds lines. */
const FOLDING_SIGN = 16

export async function open(host: HTMLElement, options: EditorOptions): Promise<Editor> {
  prepare()
  const pre = host.querySelector("pre")
  const type = codeStyle(host)
  const box = document.createElement("div")
  box.className = "editor"
  host.style.boxSizing = "content-box"
  host.style.position = "relative"
  host.style.height = `${host.clientHeight}px`
  // Drawn over the static code, invisible, until it looks the same.
  box.style.cssText = "position:absolute;inset:0;opacity:0"
  host.append(box)
  const editor = monaco.editor.create(box, {
    model: syncModels(options),
    readOnly: options.readonly,
    ariaLabel: `${options.label}. ${KEYS_HELP} Control+M lets Tab move the focus.`,
    fontFamily: type.fontFamily,
    fontSize: type.fontSize,
    lineHeight: type.lineHeight,
    letterSpacing: 0,
    fontLigatures: false,
    padding: { top: type.top, bottom: type.bottom },
    // Monaco makes room for the signs of folding beside this.
    lineDecorationsWidth: Math.max(0, type.left - FOLDING_SIGN),
    lineNumbersMinChars: 0,
    lineNumbers: "off",
    glyphMargin: false,
    folding: true,
    showFoldingControls: "mouseover",
    minimap: { enabled: false },
    stickyScroll: { enabled: false },
    scrollBeyondLastLine: false,
    scrollBeyondLastColumn: 2,
    scrollbar: {
      vertical: "hidden",
      horizontal: "auto",
      alwaysConsumeMouseWheel: false,
    },
    overviewRulerLanes: 0,
    hideCursorInOverviewRuler: true,
    overviewRulerBorder: false,
    renderLineHighlight: "none",
    guides: { indentation: false },
    fixedOverflowWidgets: true,
    automaticLayout: true,
    contextmenu: false,
    wordWrap: "off",
    tabSize: 2,
    unicodeHighlight: { ambiguousCharacters: false },
    occurrencesHighlight: "off",
  })
  const matchHeight = () => {
    host.style.height = `${editor.getContentHeight()}px`
  }
  editor.onDidChangeModelContent(() => options.onChange(editor.getValue()))
  editor.onDidFocusEditorText(() => syncModels(options))
  editor.addAction({
    id: "descent.run-advance",
    label: "Run and move to the next cell",
    keybindings: [monaco.KeyMod.Shift | monaco.KeyCode.Enter],
    run: () => options.onRun("advance"),
  })
  editor.addAction({
    id: "descent.run-stay",
    label: "Run",
    keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter],
    run: () => options.onRun("stay"),
  })
  // Its own key differs from system to system.
  editor.addAction({
    id: "descent.format",
    label: "Format the code",
    keybindings: [monaco.KeyMod.Shift | monaco.KeyMod.Alt | monaco.KeyCode.KeyF],
    run: () => editor.getAction("editor.action.formatDocument")?.run(),
  })
  editor.addAction({
    id: "descent.leave",
    label: "Leave the editor",
    keybindings: [monaco.KeyCode.Escape],
    precondition: NOT_WHILE,
    run: () => options.onLeave(),
  })
  await new Promise(requestAnimationFrame)
  // Monaco counts whole pixels and a scrollbar: the padding below takes up the difference.
  const surplus = pre ? editor.getContentHeight() - pre.offsetHeight : 0
  editor.updateOptions({ padding: { top: type.top, bottom: Math.max(0, type.bottom - surplus) } })
  pre?.remove()
  box.style.opacity = ""
  matchHeight()
  editor.onDidContentSizeChange(matchHeight)
  const position = options.at && editor.getTargetAtClientPoint(options.at.x, options.at.y)?.position
  if (position) editor.setPosition(position)
  editor.focus()

  const marks = editor.createDecorationsCollection()
  const pointed = editor.createDecorationsCollection()
  return {
    replace(source) {
      if (source === editor.getValue()) return
      editor.pushUndoStop()
      editor.executeEdits("descent", [{ range: editor.getModel()!.getFullModelRange(), text: source }])
      editor.pushUndoStop()
    },
    focus: () => editor.focus(),
    goTo(line, column = 1) {
      editor.setPosition({ lineNumber: line, column })
      editor.revealPosition({ lineNumber: line, column })
      editor.focus()
    },
    mark(line, message) {
      const last = editor.getModel()?.getLineCount() ?? 0
      if (line === undefined || line > last) marks.clear()
      else
        marks.set([
          {
            range: new monaco.Range(line, 1, line, 1),
            options: {
              isWholeLine: true,
              className: "code-error-line",
              hoverMessage: { value: message ?? "" },
            },
          },
        ])
    },
    point(line) {
      const range = new monaco.Range(line, 1, line, 1)
      pointed.set([{ range, options: { isWholeLine: true, className: "code-step-line" } }])
    },
    dispose: () => editor.dispose(),
  }
}
