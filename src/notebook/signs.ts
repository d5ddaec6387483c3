/**
 * @file What a program's text shows of mistakes that JavaScript lets pass: operators, conditions, tensors without
 * gradients. Knows no values; `advice.ts` asks them.
 */
import type { AnyNode, Program } from "acorn"
import { children } from "./names.ts"

/** A name and what is asked of it: `x.grad`, `exp(x).sum()`. Places in functions of their own are not followed. */
export interface Operand {
  /** As it stands in the source. */
  text: string
  /** A name of the cell's top, or one from outside. */
  root?: string
  /** What follows the name: properties and calls. */
  path?: { name: string; call: boolean }[]
  /** It is an element of that: `x[0]`. */
  index?: true
  literal?: "number" | "text" | "nothing"
}

/** Offsets, or positions once they are known. */
export interface Sign<At = number> {
  kind: "operator" | "condition" | "leaf" | "last"
  /** The operator; of a leaf the function that makes it. */
  operator: string
  /** Of a leaf its name, of a condition and the last expression what is looked at. */
  left: Operand
  right?: Operand
  /** The whole expression. */
  text: string
  at: At
}

export interface Signs {
  awaits: boolean
  notAwaited: Map<string, number>
  caret?: number
  list: Sign[]
}

const LONGEST = 60
const OPERATORS = /^(?:[-+*/%<>^]|\*\*|[<>]=|[=!]==?)$/
const BITS = /<<|>>|[^&]&[^&]|[^|]\|[^|]|~/

/** Functions whose tensors get no gradient unless they are told to. */
const MAKERS = /^(?:tensor|zeros|ones|full|eye|arange|linspace|rand|randn)$/

export function readSigns(program: Program, code: string, keyOf: ReadonlyMap<AnyNode, string>): Signs {
  return new Reader(code, keyOf).read(program)
}

class Reader {
  readonly #code: string
  readonly #keyOf: ReadonlyMap<AnyNode, string>
  readonly #signs: Signs = { awaits: false, notAwaited: new Map(), list: [] }

  constructor(code: string, keyOf: ReadonlyMap<AnyNode, string>) {
    this.#code = code
    this.#keyOf = keyOf
  }

  read(program: Program): Signs {
    this.#visit(program, false, false)
    const last = program.body.findLast((statement) => statement.type !== "EmptyStatement")
    if (last?.type === "ExpressionStatement") this.#add("last", "", last.expression, last.expression)
    return this.#signs
  }

  #visit(n: AnyNode, insideFunction: boolean, awaited: boolean): void {
    const signs = this.#signs
    if (!insideFunction && (n.type === "AwaitExpression" || (n.type === "ForOfStatement" && n.await)))
      signs.awaits = true
    if (n.type === "CallExpression" && n.callee.type === "Identifier" && !awaited)
      if (!signs.notAwaited.has(n.callee.name)) signs.notAwaited.set(n.callee.name, n.start)
    this.#look(n)
    const inside = insideFunction || /Function|^Class/.test(n.type)
    for (const child of children(n)) this.#visit(child, inside, n.type === "AwaitExpression")
  }

  #look(n: AnyNode): void {
    switch (n.type) {
      case "BinaryExpression":
        // Whoever uses other operators on bits means this one, too.
        if (n.operator === "^" && !BITS.test(this.#code)) this.#signs.caret ??= n.left.end
        if (OPERATORS.test(n.operator)) this.#add("operator", n.operator, n, n.left, n.right)
        return
      case "AssignmentExpression":
        if (/^[-+*/%^]=$|^\*\*=$/.test(n.operator)) this.#add("operator", n.operator, n, n.left, n.right)
        return
      case "UnaryExpression":
        if (n.operator === "-" || n.operator === "+")
          this.#add("operator", `unary ${n.operator}`, n, n.argument)
        if (n.operator === "!") this.#add("condition", "!", n, n.argument)
        return
      case "IfStatement":
      case "WhileStatement":
      case "ConditionalExpression":
        this.#add("condition", n.type === "ConditionalExpression" ? "?" : "if", n.test, n.test)
        return
      case "VariableDeclarator":
        this.#leaf(n)
    }
  }

  #leaf(n: Extract<AnyNode, { type: "VariableDeclarator" }>): void {
    const { id, init } = n
    if (id.type !== "Identifier" || init?.type !== "CallExpression" || init.callee.type !== "Identifier")
      return
    const text = this.#code.slice(init.start, init.end)
    if (!MAKERS.test(init.callee.name) || text.includes("requiresGrad")) return
    if (this.#code.includes(`${id.name}.requiresGrad`)) return
    this.#add("leaf", init.callee.name, n, id)
  }

  #add(kind: Sign["kind"], operator: string, whole: AnyNode, left: AnyNode, right?: AnyNode): void {
    const one = this.#operand(left)
    const other = right && this.#operand(right)
    if (kind !== "last" && !one.root && !other?.root) return
    this.#signs.list.push({
      kind,
      operator,
      left: one,
      ...(other && { right: other }),
      text: this.#text(whole),
      at: kind === "operator" && operator.startsWith("unary") ? whole.start : left.start,
    })
  }

  #text(n: AnyNode): string {
    const text = this.#code.slice(n.start, n.end).replace(/\s+/g, " ")
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  }

  #operand(n: AnyNode): Operand {
    const text = this.#text(n)
    if (n.type === "Literal") {
      if (typeof n.value === "number") return { text, literal: "number" }
      return { text, literal: typeof n.value === "string" ? "text" : "nothing" }
    }
    if (n.type === "TemplateLiteral") return { text, literal: "text" }
    if (n.type === "Identifier" && n.name === "undefined") return { text, literal: "nothing" }
    const path: { name: string; call: boolean }[] = []
    const isElement = n.type === "MemberExpression" && n.computed
    let at: AnyNode = isElement ? n.object : n
    let call = false
    for (;;) {
      if (at.type === "CallExpression" && !call) {
        call = true
        at = at.callee
      } else if (at.type === "MemberExpression" && !at.computed && at.property.type === "Identifier") {
        path.unshift({ name: at.property.name, call })
        call = false
        at = at.object
      } else break
    }
    if (at.type !== "Identifier" || this.#keyOf.get(at) !== at.name) return { text }
    if (call) path.unshift({ name: "", call })
    return { text, root: at.name, path, ...(isElement && { index: true }) }
  }
}
