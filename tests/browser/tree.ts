/**
 * @file The accessibility tree as the browser hands it to a screen reader: roles, names, values, states. Knows no feature
 * of the book.
 */
import type { Page } from "playwright-core"

export interface Heard {
  role: string
  name: string
  description: string
  value: string
  /** Such as `disabled`, `expanded`, `valuemin`. */
  properties: Record<string, unknown>
  children: Heard[]
}

/** What a reader without sight can come to on the page. What the tree leaves out is not there. */
export async function accessibilityTree(page: Page): Promise<Heard> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send("Accessibility.getFullAXTree")
  await session.detach()
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const text = (one?: { value?: unknown }): string => String(one?.value ?? "").replaceAll("\u00a0", " ")
  const heard = (id: string): Heard[] => {
    const node = byId.get(id)
    if (!node || text(node.role) === "InlineTextBox") return []
    const children = (node.childIds ?? []).flatMap(heard)
    if (node.ignored) return children
    return [
      {
        role: text(node.role),
        name: text(node.name),
        description: text(node.description),
        value: text(node.value),
        properties: Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value])),
        children,
      },
    ]
  }
  return heard(nodes[0].nodeId)[0]
}

/** All nodes of a role whose name matches, in the order of reading. */
export function all(tree: Heard, role: string, name: string | RegExp = /(?:)/): Heard[] {
  const own = tree.role === role && (typeof name === "string" ? tree.name === name : name.test(tree.name))
  return [...(own ? [tree] : []), ...tree.children.flatMap((child) => all(child, role, name))]
}

/** The only one. */
export function one(tree: Heard, role: string, name: string | RegExp = /(?:)/): Heard {
  const found = all(tree, role, name)
  if (found.length !== 1)
    throw new Error(`There are ${found.length} nodes “${role} ${name}” in the tree:\n${outline(tree)}`)
  return found[0]
}

/** All that is read from the first word to the last. */
export function words(tree: Heard): string {
  if (tree.role === "StaticText") return tree.name
  return tree.children.map(words).filter(Boolean).join(" ").replace(/\s+/g, " ").trim()
}

/** A line for each node, as deep as it lies. */
export function outline(tree: Heard, depth = 0): string {
  const { role, name, value, description } = tree
  const line = `${"  ".repeat(depth)}${role} “${name}”${value && ` = ${value}`}${description && ` (${description})`}`
  return [line, ...tree.children.map((child) => outline(child, depth + 1))].join("\n")
}
