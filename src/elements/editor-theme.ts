/** @file The colours of Monaco, which are the page's. Knows no editor, model or language. */
import * as monaco from "monaco-editor/editor"

const root = document.documentElement

const rules = {
  "": "--ink",
  identifier: "--ink",
  delimiter: "--ink",
  keyword: "--code-keyword bold",
  string: "--code-string",
  regexp: "--code-string",
  number: "--code-number",
  comment: "--code-comment italic",
  type: "--code-type",
  function: "--code-function",
}

const colors = {
  "editor.background": "--sunken",
  "editor.foreground": "--ink",
  "editorCursor.foreground": "--ink",
  "editorWidget.background": "--surface",
  "editorWidget.border": "--hair",
  // Pairs of brackets stay plain, as in the static text.
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`editorBracketHighlight.foreground${n}`, "--ink"])),
}

function define(theme: string): void {
  const sample = document.createElement("i")
  sample.dataset.theme = theme
  sample.hidden = true
  document.body.append(sample)
  const style = getComputedStyle(sample)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  monaco.editor.defineTheme(`descent-${theme}`, {
    base: theme === "dark" ? "vs-dark" : "vs",
    inherit: true,
    rules: Object.entries(rules).map(([token, look]) => {
      const [name, fontStyle = ""] = look.split(" ")
      return { token, foreground: colour(name).replace("#", ""), fontStyle }
    }),
    colors: Object.fromEntries(Object.entries(colors).map(([key, name]) => [key, colour(name)])),
  })
  sample.remove()
}

function use(): void {
  monaco.editor.setTheme(`descent-${root.dataset.theme}`)
}

/** From now on editors take on a theme together with the page. */
export function followPage(): void {
  define("light")
  define("dark")
  use()
  new MutationObserver(use).observe(root, { attributeFilter: ["data-theme"] })
}
