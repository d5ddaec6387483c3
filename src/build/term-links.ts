/**
 * @file Links each term of the glossary at its first use in a lesson's running text. A lesson does not link what it
 * introduces itself. Knows nothing of the glossary's page but its anchors.
 */
import type { MdastPluginDefinition, MdastVisitorContext } from "satteri"
import { ContentError, type Place } from "./content-error.ts"
import { type Entry, entryNamed, type Glossary } from "./glossary.ts"
import { type Jsx, text, textAttribute } from "./jsx-node.ts"
import type { NumberedLesson } from "./numbering.ts"
import { namesIn, termPattern } from "./term.ts"

type Node = Parameters<MdastVisitorContext["parent"]>[0]

/** Text inside of these is no running prose, or leads elsewhere already. */
const elsewhere = new Set([
  "heading",
  "link",
  "linkReference",
  "Ref",
  "Cite",
  "Reading",
  "Summary",
  "tableCell",
])

export function termLinksPlugin(lesson: NumberedLesson, glossary: Glossary): MdastPluginDefinition {
  const own = (entry: Entry): boolean => entry.in.split("/")[0] === lesson.path.id
  const open = new Set([...glossary.entries.values()].filter((entry) => entry.linked && !own(entry)))
  const pattern = termPattern(glossary.names.keys())
  const byForm = (found: string): Entry | undefined => {
    const name = found.replaceAll("’", "'").replace(/\s+/g, " ")
    for (const one of [name, name.replace(/ies$/, "y"), name.replace(/s$/, ""), name.replace(/es$/, "")]) {
      const entry = entryNamed(glossary, one)
      if (entry) return entry
    }
    return undefined
  }

  /** The names of what a node stands in, from the inside out. */
  const around = (node: Node, context: MdastVisitorContext): string[] => {
    const names: string[] = []
    for (let at = context.parent(node); at; at = context.parent(at as Node)) {
      const jsx = at.type === "mdxJsxFlowElement" || at.type === "mdxJsxTextElement"
      names.push(jsx ? ((at as Jsx).name ?? "") : at.type)
    }
    return names
  }

  const defines = (node: Readonly<Jsx>): void => {
    if (node.name !== "Definition") return
    for (const name of namesIn(textAttribute(node, "term") ?? "")) {
      const entry = entryNamed(glossary, name)
      if (entry) open.delete(entry)
      else if (glossary.entries.size > 0)
        throw new ContentError(
          lesson.path.file,
          (node as { position?: { start: Place } }).position?.start,
          `"${name}" is defined here and has no entry in ${glossary.file}; write one.`,
        )
    }
  }

  return {
    name: "term-links",
    options: { position: true },
    mdxJsxFlowElement: (node) => defines(node),
    mdxJsxTextElement: (node) => defines(node),
    text(node, context) {
      if (open.size === 0) return
      const nodes: unknown[] = []
      let end = 0
      let prose: boolean | undefined
      for (const match of node.value.matchAll(pattern)) {
        const entry = byForm(match[0])
        if (!entry || !open.has(entry)) continue
        if (prose === undefined) {
          const names = around(node, context)
          prose = !names.some((name) => elsewhere.has(name))
        }
        if (!prose) break
        open.delete(entry)
        if (match.index > end) nodes.push({ type: "text", value: node.value.slice(end, match.index) })
        nodes.push({ ...text("Term", { to: entry.id }), children: [{ type: "text", value: match[0] }] })
        end = match.index + match[0].length
      }
      if (nodes.length === 0) return
      if (end < node.value.length) nodes.push({ type: "text", value: node.value.slice(end) })
      context.replaceNode(node, nodes as never)
    },
  } as MdastPluginDefinition
}
