/** @file Side notes: numbers them and puts their mark where they belong in the text. Knows nothing of margins. */
import type { MdastPluginDefinition } from "satteri"
import { flow, text } from "./jsx-node.ts"

/** A `<Note>` after a paragraph gets its mark at the paragraph's end; one inside a paragraph moves behind it. */
export function notesPlugin(): MdastPluginDefinition {
  let count = 0
  return {
    name: "notes",
    mdxJsxFlowElement(node, ctx) {
      if (node.name !== "Note") return undefined
      const number = String(++count)
      const index = ctx.indexOf(node) ?? 0
      let before = ctx.parent(node)?.children[index - 1]
      for (let i = index - 1; before && before.type === "mdxJsxFlowElement" && before.name === "Note"; )
        before = ctx.parent(node)?.children[--i]
      const marked = before?.type === "paragraph" || before?.type === "heading"
      if (marked) ctx.appendChild(before!, text("NoteMark", { number }))
      return flow("Note", marked ? { number } : {}, [...node.children])
    },
    mdxJsxTextElement(node, ctx) {
      if (node.name !== "Note") return undefined
      const number = String(++count)
      const paragraph = ctx.parent(node)
      if (paragraph)
        ctx.insertAfter(
          paragraph as never,
          flow("Note", { number }, [{ type: "paragraph", children: [...node.children] }]) as never,
        )
      return text("NoteMark", { number })
    },
  } as MdastPluginDefinition
}
