/**
 * @file Slips that the syntax tree shows and the values cannot explain: `x ^ 2` for a power, one array in every row. Judges
 * nothing: both are fine in a program that is right.
 */
import { type AnyNode, type Node, parse } from "acorn"
import { full } from "acorn-walk"
import type { Slip } from "../../exercises/lib/outcome.ts"

/** In `js` from the offset `from` on; lines counted in all of it. */
export function slipsIn(js: string, from: number): Slip[] {
  const slips: Slip[] = []
  if (!/\^|fill/.test(js)) return slips
  full(parse(js, { ecmaVersion: "latest", sourceType: "module", locations: true }), (node: Node) => {
    if (node.start < from) return
    const note = slipOf(node as AnyNode)
    if (note) slips.push({ note, line: node.loc!.start.line })
  })
  return slips
}

function slipOf(node: AnyNode): Slip["note"] | undefined {
  if (node.type === "BinaryExpression" && node.operator === "^") return "js.xor"
  if (node.type === "AssignmentExpression" && node.operator === "^=") return "js.xor"
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return undefined
  const { property } = node.callee
  const filled = property.type === "Identifier" && property.name === "fill"
  // `Array(n).fill([])`, `new Array(n).fill(Array(m).fill(0))`: one object in every place.
  const [first] = node.arguments
  const shared = first && ["ArrayExpression", "NewExpression", "CallExpression"].includes(first.type)
  return filled && shared ? "js.fill-alias" : undefined
}
