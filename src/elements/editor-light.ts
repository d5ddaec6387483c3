/**
 * @file CodeMirror as the editor for touch: small, and at home with a phone's keyboard and selection handles. Knows
 * nothing of cells or running.
 */
import { defaultKeymap, history, historyKeymap, indentWithTab, toggleComment } from "@codemirror/commands"
import { javascript } from "@codemirror/lang-javascript"
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language"
import { EditorState, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, drawSelection, EditorView, keymap } from "@codemirror/view"
import { tags } from "@lezer/highlight"
import { codeStyle, type Editor, type EditorOptions, KEYS_HELP } from "./editor-contract.ts"

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-keyword)", fontWeight: "600" },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: tags.number, color: "var(--code-number)" },
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: tags.function(tags.variableName), color: "var(--code-function)" },
  { tag: tags.function(tags.propertyName), color: "var(--code-function)" },
  { tag: [tags.typeName, tags.className], color: "var(--code-type)" },
])

/** A line of the text, marked by a class; no line without a number. */
function lineMark(className: string) {
  const set = StateEffect.define<number | undefined>()
  const field = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(marks, transaction) {
      marks = marks.map(transaction.changes)
      for (const effect of transaction.effects) {
        if (!effect.is(set)) continue
        const line = effect.value
        marks =
          line === undefined || line > transaction.state.doc.lines
            ? Decoration.none
            : Decoration.set(
                Decoration.line({ class: className }).range(transaction.state.doc.line(line).from),
              )
      }
      return marks
    },
    provide: (own) => EditorView.decorations.from(own),
  })
  return { set, field }
}

const error = lineMark("code-error-line")
const step = lineMark("code-step-line")

export async function open(host: HTMLElement, options: EditorOptions): Promise<Editor> {
  const type = codeStyle(host)
  const pre = host.querySelector("pre")
  const act = (action: () => void) => () => {
    action()
    return true
  }
  const view = new EditorView({
    state: EditorState.create({
      doc: options.source,
      extensions: [
        error.field,
        step.field,
        history(),
        drawSelection(),
        bracketMatching(),
        indentUnit.of("  "),
        javascript({ typescript: true }),
        syntaxHighlighting(colours),
        EditorState.readOnly.of(options.readonly ?? false),
        // It writes its own classes anew whenever the focus comes or goes.
        EditorView.editorAttributes.of({ class: "editor" }),
        EditorView.contentAttributes.of({
          "aria-label": `${options.label}. ${KEYS_HELP}`,
          // It has the focus without; who walks the page by its attributes would not know.
          tabindex: "0",
          autocapitalize: "off",
          autocorrect: "off",
          spellcheck: "false",
        }),
        keymap.of([
          { key: "Shift-Enter", run: act(() => options.onRun("advance")) },
          { key: "Mod-Enter", run: act(() => options.onRun("stay")) },
          { key: "Escape", run: act(() => options.onLeave()) },
          { key: "Mod-/", run: toggleComment },
          indentWithTab,
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString())
        }),
        EditorView.theme({
          "&": { backgroundColor: "transparent" },
          "&.cm-focused": { outline: "none" },
          ".cm-scroller": {
            fontFamily: type.fontFamily,
            fontSize: `${type.fontSize}px`,
            lineHeight: `${type.lineHeight}px`,
            fontVariantLigatures: "none",
          },
          ".cm-content": { padding: `${type.top}px 0 ${type.bottom}px`, caretColor: "var(--ink)" },
          ".cm-line": { padding: `0 ${type.left}px` },
          ".cm-cursor": { borderLeftColor: "var(--ink)" },
        }),
      ],
    }),
  })
  if (pre) pre.replaceWith(view.dom)
  else host.append(view.dom)
  if (options.at) {
    const position = view.posAtCoords(options.at)
    if (position !== null) view.dispatch({ selection: { anchor: position } })
  }
  view.focus()
  return {
    replace(source) {
      if (source === view.state.doc.toString()) return
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: source } })
    },
    focus: () => view.focus(),
    goTo(line, column = 1) {
      const { from, to } = view.state.doc.line(Math.min(line, view.state.doc.lines))
      view.dispatch({ selection: { anchor: Math.min(from + column - 1, to) }, scrollIntoView: true })
      view.focus()
    },
    mark: (line) => view.dispatch({ effects: error.set.of(line) }),
    point: (line) => view.dispatch({ effects: step.set.of(line) }),
    dispose: () => view.destroy(),
  }
}
