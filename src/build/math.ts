/** @file TeX → HTML and MathML at build; a TeX error stops the build at its line. Knows nothing of Markdown around it. */
import katex from "katex"
import type { MdastPluginDefinition, MdastVisitorContext } from "satteri"
import { validMathml } from "../notebook/mathml.ts"
import { macros } from "../notebook/tex-macros.ts"
import { ContentError, type Place } from "./content-error.ts"
import { escapeHtml } from "./escape-html.ts"
import { flow, text } from "./jsx-node.ts"

/** Throws KaTeX's error as it is. */
export function tex(source: string, displayMode: boolean): string {
  const html = validMathml(
    katex.renderToString(source, {
      displayMode,
      output: "htmlAndMathml",
      throwOnError: true,
      strict: (code: string) => (code === "unicodeTextInMathMode" ? "ignore" : "error"),
      macros: { ...macros },
    }),
  )
  const markup = html.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "") // HTML knows the namespace
  return displayMode ? `<span class="formula scroll">${markup}</span>` : markup
}

/** As `tex`, with the author's file and line in the error. */
export function texAt(file: string, place: Place | undefined, source: string, displayMode: boolean): string {
  try {
    return tex(source, displayMode)
  } catch (error) {
    const message = (error as Error).message.replace(/^KaTeX parse error:\s*/, "")
    throw new ContentError(file, place, `TeX: ${message} In: ${source.trim().slice(0, 80)}`)
  }
}

/** `$…$` and `$$…$$` of an MDX document. */
export function mathPlugin(file: string): MdastPluginDefinition {
  return {
    name: "math",
    options: { position: true },
    math: (node) => flow("Fragment", { "set:html": texAt(file, node.position?.start, node.value, true) }),
    /** `$$…$$` on one line arrives as inline mathematics and is meant as a display. */
    inlineMath: (node, context) => {
      const { start } = node.position ?? {}
      const display = context.source.startsWith("$$", start?.offset ?? -1)
      const html = texAt(file, start, node.value, display)
      return text("Fragment", { "set:html": inHeader(node, context) ? named(html, node.value) : html })
    },
  }
}

/** A column's header must have a name in letters; MathML alone gives it none. */
function inHeader(
  node: Parameters<MdastVisitorContext["indexOf"]>[0],
  context: MdastVisitorContext,
): boolean {
  const cell = context.parent(node)
  const row = cell?.type === "tableCell" ? context.parent(cell) : undefined
  return row?.type === "tableRow" && context.indexOf(row) === 0
}

function named(html: string, source: string): string {
  return html.replace("<math ", `<math aria-label="${escapeHtml(source)}" `)
}
