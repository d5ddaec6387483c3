/**
 * @file `<Ways of="…">` with a `<Way by="…">` for each way of seeing one algorithm: which ways there are, what they are
 * called, and what an author may get wrong. Knows neither tabs nor what stands in a way.
 */
import type { MdastPluginDefinition } from "satteri"
import { ContentError, type Place, suggestion } from "./content-error.ts"
import { attributes, type Jsx, textAttribute } from "./jsx-node.ts"

/** By the names that authors write, in the order in which readers find them. */
export const wayLabels = {
  mathematics: "Mathematics",
  scratch: "From scratch",
  engine: "Engine",
  pytorch: "PyTorch",
  keras: "Keras",
} as const
export type WayName = keyof typeof wayLabels

const names = Object.keys(wayLabels) as WayName[]
const isWay = (name: string | undefined): name is WayName => names.includes(name as WayName)
const placeOf = (node: unknown): Place | undefined =>
  (node as { position?: { start: Place } }).position?.start

/** Gives `<Ways>` the list of its ways, for its tabs. */
export function waysPlugin(file: string): MdastPluginDefinition {
  const fail = (node: unknown, message: string): never => {
    throw new ContentError(file, placeOf(node), message)
  }
  return {
    name: "ways",
    options: { position: true },
    mdxJsxFlowElement(node, context) {
      if (node.name === "Way") {
        const parent = context.parent(node)
        if (parent?.type !== "mdxJsxFlowElement" || parent.name !== "Ways")
          fail(node, '<Way> stands outside of a group; put it into <Ways of="…">.')
        return undefined
      }
      if (node.name !== "Ways") return undefined
      const of = textAttribute(node, "of")
      if (!of) fail(node, '<Ways> does not say what it shows; write of="The forward pass of a layer".')
      const ways: WayName[] = []
      for (const child of node.children) {
        if (child.type !== "mdxJsxFlowElement" || child.name !== "Way")
          fail(child, `<Ways of="${of}"> holds something outside of its ways; put it into a <Way by="…">.`)
        const by = textAttribute(child as Jsx, "by")
        if (!isWay(by))
          return fail(
            child,
            `<Way by="${by ?? ""}">: there is no such way; there are ${names.join(", ")}.${suggestion(by ?? "", names)}`,
          )
        if (ways.includes(by)) fail(child, `<Ways of="${of}"> has the way "${by}" twice; join them.`)
        if (ways.some((way) => names.indexOf(way) > names.indexOf(by)))
          fail(child, `<Way by="${by}"> comes too late; the order is ${names.join(", ")} in all of the book.`)
        ways.push(by)
      }
      if (ways.length < 2)
        fail(node, `<Ways of="${of}"> needs at least two ways; where there is one, write it without <Ways>.`)
      return { ...node, attributes: [...node.attributes, ...attributes({ ways })] } as Jsx
    },
    mdxJsxTextElement(node) {
      if (node.name === "Ways" || node.name === "Way")
        fail(node, `<${node.name}> stands inside of a line; give its tags lines of their own.`)
      return undefined
    },
  } as MdastPluginDefinition
}
