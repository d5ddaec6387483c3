/** @file Makes and reads the JSX nodes of an MDX tree. Knows no component by name. */
import type { MdxJsxFlowElement, MdxJsxTextElement } from "satteri"

export type Jsx = MdxJsxFlowElement | MdxJsxTextElement
type Attribute = Jsx["attributes"][number]
type Child = MdxJsxFlowElement["children"][number]

/** Strings become plain attributes, everything else an expression that evaluates to the same data. */
export function attributes(values: Record<string, unknown>): Attribute[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({
      type: "mdxJsxAttribute",
      name,
      value:
        typeof value === "string" ? value : { type: "mdxJsxAttributeValueExpression", value: source(value) },
    }))
}

/** The data as JavaScript, which has words for what JSON turns into null: NaN, infinities, −0. */
function source(value: unknown): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value)
  if (Array.isArray(value)) return `[${value.map(source).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined"
  const entries = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}:${source(part)}`)
  return `{${entries.join(",")}}`
}

export function flow(
  name: string,
  values: Record<string, unknown>,
  children: unknown[] = [],
): MdxJsxFlowElement {
  return { type: "mdxJsxFlowElement", name, attributes: attributes(values), children: children as Child[] }
}

export function text(name: string, values: Record<string, unknown>): MdxJsxTextElement {
  return { type: "mdxJsxTextElement", name, attributes: attributes(values), children: [] }
}

/** The attribute's value: text as written, the source of an expression in braces, `true` where it stands alone. */
export function attribute(node: Readonly<Jsx>, name: string): string | true | undefined {
  for (const one of node.attributes)
    if (one.type === "mdxJsxAttribute" && one.name === name) {
      if (one.value === null || one.value === undefined) return true
      return typeof one.value === "string" ? one.value : one.value.value
    }
  return undefined
}

/** The attribute as text; `undefined` also where it has no value. */
export function textAttribute(node: Readonly<Jsx>, name: string): string | undefined {
  const value = attribute(node, name)
  return typeof value === "string" ? value : undefined
}
