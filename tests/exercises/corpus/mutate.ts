/**
 * @file Every small change of a program that a reader might make by mistake: operator, term, factor, constant, axis, bound,
 * statement, order of arguments, condition. Edits the text where the syntax tree says; runs nothing, judges nothing.
 */
import type { AnyNode, Expression, Node, SpreadElement } from "acorn"
import { parse } from "acorn"
import { full } from "acorn-walk"
import { stripTypes } from "../../../src/notebook/strip-types.ts"

export interface Mutant {
  /** Where and what, unique in its program: `3:12 a + b → a - b`. */
  name: string
  kind:
    | "operator"
    | "dropped term"
    | "constant"
    | "axis"
    | "off by one"
    | "dropped statement"
    | "swapped"
    | "condition"
    | "dropped call"
    | "other op"
  source: string
}

const OPERATORS: Record<string, string[]> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "**": ["*"],
  "%": ["*"],
  "===": ["!=="],
  "!==": ["==="],
  "&&": ["||"],
  "||": ["&&"],
  "+=": ["-=", "="],
  "-=": ["+=", "="],
  "*=": ["/=", "="],
  "++": ["--"],
  "--": ["++"],
}
/** The bound moved by one, and the comparison turned round. */
const BOUNDS: Record<string, string[]> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
}
const METHODS: Record<string, string[]> = {
  add: ["sub"],
  sub: ["add"],
  mul: ["div"],
  div: ["mul"],
  mean: ["sum"],
  sum: ["mean", "max"],
  max: ["min", "sum"],
  min: ["max"],
  log: ["log2"],
  exp: ["sigmoid"],
  filter: ["map"],
}
/** Methods whose first number is a dimension. */
const ALONG = new Set(["sum", "mean", "max", "min", "softmax", "logSoftmax", "gather", "squeeze", "argmax"])

/** All mutants of a program, types blanked, no two with the same text. */
export function mutantsOf(source: string): Mutant[] {
  const js = stripTypes(source)
  const program = parse(js, { ecmaVersion: "latest", sourceType: "module", locations: true })
  const found = new Map<string, Mutant>()
  const replace = (kind: Mutant["kind"], { start, end, loc }: Node, by: string): void => {
    const changed = js.slice(0, start) + by + js.slice(end)
    if (changed === js || found.has(changed)) return
    const show = (text: string) => text.replace(/\s+/g, " ").trim()
    const name = `${loc!.start.line}:${loc!.start.column + 1} ${show(js.slice(start, end))} → ${show(by) || "nothing"}`
    found.set(changed, { name, kind, source: changed })
  }
  full(program, (node) => mutateNode(node as AnyNode, (n) => js.slice(n.start, n.end), replace))
  return [...found.values()]
}

type Text = (node: Node) => string
type Replace = (kind: Mutant["kind"], node: Node, by: string) => void

function mutateNode(node: AnyNode, text: Text, replace: Replace): void {
  switch (node.type) {
    case "BinaryExpression":
    case "LogicalExpression":
      mutateOperation(node, text, replace)
      return
    case "AssignmentExpression":
      for (const by of OPERATORS[node.operator] ?? [])
        replace("operator", node, `${text(node.left)} ${by} ${text(node.right)}`)
      return
    case "UpdateExpression":
      replace("operator", node, text(node).replace(node.operator, OPERATORS[node.operator][0]))
      return
    case "UnaryExpression":
      // A negative number is one constant.
      if (node.operator === "-" && isNumber(node.argument)) mutateNumber(node, -node.argument.value, replace)
      else if (node.operator === "-" || node.operator === "!") replace("operator", node, text(node.argument))
      return
    case "Literal":
      if (isNumber(node)) mutateNumber(node, node.value, replace)
      if (typeof node.value === "boolean") replace("constant", node, String(!node.value))
      return
    case "ExpressionStatement":
    case "ContinueStatement":
    case "BreakStatement":
      replace("dropped statement", node, "")
      return
    case "IfStatement":
      replace("condition", node.test, `!(${text(node.test)})`)
      replace("condition", node.test, "true")
      replace("condition", node.test, "false")
      return
    case "ConditionalExpression":
      replace("condition", node, text(node.consequent))
      replace("condition", node, text(node.alternate))
      return
    case "ArrayExpression":
      if (node.elements.length === 2 && node.elements.every((e) => e && !isNumber(e)))
        replace("swapped", node, `[${text(node.elements[1]!)}, ${text(node.elements[0]!)}]`)
      return
    case "CallExpression":
      mutateCall(node, text, replace)
      return
  }
}

type Operation = Extract<AnyNode, { type: "BinaryExpression" | "LogicalExpression" }>

function mutateOperation({ operator, left, right, ...node }: Operation, text: Text, replace: Replace): void {
  const whole = node as Node
  for (const by of OPERATORS[operator] ?? []) replace("operator", whole, `${text(left)} ${by} ${text(right)}`)
  for (const by of BOUNDS[operator] ?? []) replace("off by one", whole, `${text(left)} ${by} ${text(right)}`)
  if (!"+-*/".includes(operator)) return
  replace("dropped term", whole, text(left))
  replace("dropped term", whole, operator === "-" ? `-${text(right)}` : text(right))
}

function mutateNumber(node: Node, value: number, replace: Replace): void {
  for (const by of [0, 1, value + 1, value - 1, -value, value * 2])
    if (by !== value && Number.isFinite(by) && by >= -1e6)
      replace("constant", node, `${by < 0 ? `(${by})` : by}`)
}

type Call = Extract<AnyNode, { type: "CallExpression" }>

function mutateCall(node: Call, text: Text, replace: Replace): void {
  const { callee, arguments: args } = node
  const list = (items: (Expression | SpreadElement)[]) => items.map(text).join(", ")
  if (args.length === 2) replace("swapped", node, `${text(callee)}(${list([args[1], args[0]])})`)
  if (args.length === 1 && callee.type === "MemberExpression" && text(callee.object) === "Math")
    replace("dropped call", node, text(args[0]))
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return
  const { object, property } = callee
  if (text(object) === "Math") return
  const { name } = property
  for (const by of METHODS[name] ?? []) replace("other op", node, `${text(object)}.${by}(${list(args)})`)
  if (["add", "sub", "mul", "div"].includes(name)) {
    replace("swapped", node, `${text(args[0])}.${name}(${text(object)})`)
    replace("dropped term", node, text(object))
  } else if (!["reshape", "entries", "map", "filter", "forEach", "push", "reduce"].includes(name))
    replace("dropped call", node, text(object))
  if (ALONG.has(name) && args.length > 0) {
    replace(
      "axis",
      node,
      `${text(object)}.${name}(${list(["gather"].includes(name) ? args : args.slice(1))})`,
    )
    if (name !== "gather") replace("axis", node, `${text(object)}.${name}()`)
  }
}

function isNumber(node: Node): node is Extract<AnyNode, { type: "Literal" }> & { value: number } {
  return node.type === "Literal" && typeof (node as { value?: unknown }).value === "number"
}
