/**
 * @file Short Markdown texts with TeX (captions, prompts, hints) → HTML at build. Knows none of a lesson's components:
 * a text that needs them belongs into the lesson.
 */
import { type MdastPluginDefinition, markdownToHtml } from "satteri"
import { highlight } from "./highlight.ts"
import { texAt } from "./math.ts"

/**
 * Paragraphs, lists, tables, code and mathematics. `where` names the text in the error of a wrong formula: a file's
 * path, or what the text is ("hint 2 of softmax-by-hand").
 */
export async function markdown(source: string, where: string): Promise<string> {
  const plugin: MdastPluginDefinition = {
    name: "texts",
    options: { position: true },
    math: (node) => ({ type: "html", value: texAt(where, node.position?.start, node.value, true) }),
    inlineMath: (node, context) => {
      const { start } = node.position ?? {}
      const display = context.source.startsWith("$$", start?.offset ?? -1)
      return { type: "html", value: texAt(where, start, node.value, display) }
    },
    code: async (node) => ({ type: "html", value: await highlight(node.value, node.lang ?? "text") }),
  }
  const { html } = await markdownToHtml(source, {
    features: { math: true, gfm: true, smartPunctuation: true },
    mdastPlugins: [plugin],
  })
  return html.trim()
}

/** One line without a paragraph around it, for captions and labels. */
export async function inlineMarkdown(source: string, where: string): Promise<string> {
  const html = await markdown(source, where)
  return html.replace(/^<p>([\s\S]*)<\/p>$/, "$1")
}
