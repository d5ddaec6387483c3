/**
 * @file Whether an answer uses an op of the engine that it was asked to build itself: by name, as a method, as a layer.
 * Looks at the syntax tree, so that comments, texts and the answer's own functions are free to have the name.
 */
import { type AnyNode, parse } from "acorn"
import { children, resolveNames } from "./names.ts"

export interface ForbiddenUse {
  name: string
  /** 1-based. */
  line: number
  column: number
}

/** The first use in `js`, at or after the offset `from`, of one of these ops. */
export function forbiddenUse(js: string, ops: readonly string[], from: number): ForbiddenUse | undefined {
  const program = parse(js, { ecmaVersion: "latest", sourceType: "module", locations: true })
  const { keyOf, declared } = resolveNames(program)
  const own = new Set(walk(program).flatMap(memberDefined))
  const used = (node: AnyNode): string[] => {
    if (node.type !== "Identifier" || keyOf.get(node) !== node.name) return memberUsed(node)
    return declared.has(node.name) ? [] : [node.name]
  }
  for (const node of walk(program)) {
    if (node.start < from) continue
    const name = used(node).find((name) => ops.includes(opOf(name)) && !own.has(name))
    if (name) return { name, line: node.loc!.start.line, column: node.loc!.start.column + 1 }
  }
  return undefined
}

/** The layer `Softmax` is the op `softmax`. */
const opOf = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** Every node, in the order of the text. */
function walk(node: AnyNode): AnyNode[] {
  return [node, ...children(node).flatMap(walk)]
}

/** `s.softmax`, `s["softmax"]`, `const { softmax } = s`. */
function memberUsed(node: AnyNode): string[] {
  if (node.type === "MemberExpression") return nameOf(node.property, node.computed)
  if (node.type !== "ObjectPattern") return []
  return node.properties.flatMap((p) => (p.type === "Property" ? nameOf(p.key, p.computed) : []))
}

/** A method or property that the answer gives to an object or class of its own. */
function memberDefined(node: AnyNode): string[] {
  if (node.type === "ObjectExpression")
    return node.properties.flatMap((p) => (p.type === "Property" ? nameOf(p.key, p.computed) : []))
  if (node.type === "MethodDefinition" || node.type === "PropertyDefinition")
    return nameOf(node.key, node.computed)
  return []
}

function nameOf(key: AnyNode, computed: boolean): string[] {
  if (key.type === "Identifier" || key.type === "PrivateIdentifier") return computed ? [] : [key.name]
  return key.type === "Literal" && typeof key.value === "string" ? [key.value] : []
}
