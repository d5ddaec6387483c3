/**
 * @file What the arrays of a graph are called in the tour, and what makes them, as formulas: x, w, b, then t1, t2, …
 */
import { arrayInfo, type Explanation, type Expr, type Node, type Read } from "../../../engine/inside.ts"
import { format } from "../lib/number.ts"

const infix: Record<string, string> = {
  add: "+",
  sub: "−",
  mul: "·",
  div: "/",
  eq: "=",
  ne: "≠",
  lt: "<",
  le: "≤",
  gt: ">",
  ge: "≥",
}
const loose = new Set(["add", "sub"])

/** A scalar function of texts. Sums that stand inside something tighter are put in brackets. */
export function apply(op: string, args: readonly Term[]): Term {
  const sign = infix[op]
  const inner = (term: Term, right: boolean): string => {
    const brackets = !loose.has(op) || right ? term.loose || (right && term.infix) : false
    return brackets || (term.infix && !loose.has(op) && op !== "mul") ? `(${term.text})` : term.text
  }
  if (op === "neg") return { text: `−${args[0].infix ? `(${args[0].text})` : args[0].text}`, infix: true }
  if (op === "select") return { text: `if(${args.map(({ text }) => text).join(", ")})` }
  if (!sign) return { text: `${op}(${args.map(({ text }) => text).join(", ")})` }
  return {
    text: `${inner(args[0], false)} ${sign} ${inner(args[1], op !== "add" && op !== "mul")}`,
    infix: true,
    loose: loose.has(op),
  }
}

export interface Term {
  readonly text: string
  /** Is it made with a sign between two terms, and is that + or −? */
  readonly infix?: boolean
  readonly loose?: boolean
}

export function constant(value: number): Term {
  return { text: format(value, 4) }
}

function exprTerm(expr: Expr, args: readonly Term[]): Term {
  if (expr.op === "input") return args[expr.index]
  if (expr.op === "const") return constant(expr.value)
  return apply(
    expr.op,
    expr.args.map((arg) => exprTerm(arg, args)),
  )
}

/** The name of array number `array`. */
export function nameOf({ graph, names, scalars }: Explanation, array: number): string {
  if (array < graph.inputs.length) return names[array] || `in${array + 1}`
  const scalar = array - graph.inputs.length
  if (scalar < scalars.length) return format(scalars[scalar], 4)
  return `t${scalar - scalars.length + 1}`
}

export function firstNode({ graph }: Explanation): number {
  return graph.inputs.length + graph.scalars.length
}

export function nodeOf(explanation: Explanation, array: number): Node | undefined {
  return explanation.graph.nodes[array - firstNode(explanation)]
}

/** A read as a reader would write it: with ᵀ where a matrix is seen the other way round. */
function readText(explanation: Explanation, { array, view }: Read): Term {
  const [rows, columns] = view.strides.slice(-2)
  const turned = view.shape.length >= 2 && rows === 1 && columns > 1
  return { text: nameOf(explanation, array) + (turned ? "ᵀ" : "") }
}

/** The right-hand side: how the array is made, e.g. `x · w` or `max(t2, 0)`; "" for what is given. */
export function formulaOf(explanation: Explanation, array: number): string {
  const node = nodeOf(explanation, array)
  if (!node) return ""
  const { kernel } = node
  const args = node.reads.map((read) => readText(explanation, read))
  const list = args.map(({ text }) => text).join(", ")
  switch (kernel.kind) {
    case "map":
      return exprTerm(kernel.expr, args).text
    case "matmul":
      return `${args[0].text} × ${args[1].text}`
    case "reduce":
      return `${kernel.op} of ${list}, ${kernel.length} at a time`
    default:
      return `${kernel.kind}(${list})`
  }
}

/** `[2, 4]`; of an input whose shape the graph does not know, the number of elements. */
export function shapeOf(explanation: Explanation, array: number): string {
  const node = nodeOf(explanation, array)
  if (node) return `[${node.shape.join(", ")}]`
  const read = explanation.graph.nodes.flatMap(({ reads }) => reads).find((r) => r.array === array)
  const { size } = arrayInfo(explanation.graph, array)
  const whole = read && read.view.shape.reduce((a, b) => a * b, 1) === size && !read.view.strides.includes(0)
  return whole && read ? `[${read.view.shape.join(", ")}]` : `[${size}]`
}

/** The kernel that makes an array, or undefined for what is given. */
export function kernelOf({ kernels }: Explanation, array: number): number | undefined {
  const at = kernels.findIndex(({ nodes }) => nodes.includes(array))
  return at < 0 ? undefined : at
}
