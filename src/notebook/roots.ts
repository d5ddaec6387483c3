/**
 * @file Whose objects the value of an expression may be, share or hold. From the text alone; knows neither calls' effects
 * nor cells.
 */
import type {
  AnyNode,
  ArrowFunctionExpression,
  CallExpression,
  Expression,
  FunctionDeclaration,
  FunctionExpression,
  Super,
} from "acorn"

/**
 * Keys stand for values: `a` and `a#3` for those of variables (`Names.keyOf`), `this#2` for the receiver of the body 2,
 * `@2` for the body 2 as a function, `f()` for what calls of `f` return, `new C` for instances of `C`, `~` for what is
 * used up when it is read.
 */
export type Key = string

export type FunctionNode = ArrowFunctionExpression | FunctionDeclaration | FunctionExpression

/** Methods whose result is used up by reading it. */
const usedUp = new Set(["values", "entries", "keys", "matchAll"])

/** Methods that the language calls by itself. */
const implicitNames = /^(toString|valueOf|toJSON|next|return|then)$/

export class Roots {
  readonly #keyOf: Map<AnyNode, Key>
  readonly #bodyOf: (fn: FunctionNode) => number
  /** What `this` is where is being read. */
  self: Key = "this#"
  /** Receivers that are handed on as a whole, so that others may hold them. */
  readonly escapes = new Set<Key>()

  constructor(keyOf: Map<AnyNode, Key>, bodyOf: (fn: FunctionNode) => number) {
    this.#keyOf = keyOf
    this.#bodyOf = bodyOf
  }

  key(id: AnyNode & { name: string }): Key {
    return this.#keyOf.get(id) ?? id.name
  }

  /** `a` of `a.b.c`, or `?`. */
  base(n: Expression): Key {
    if (n.type === "MemberExpression" && n.object.type !== "Super") return this.base(n.object)
    return n.type === "Identifier" ? this.key(n) : "?"
  }

  /** The keys whose object an expression may give or hold. */
  of(n: AnyNode | Super | null | undefined): Key[] {
    switch (n?.type) {
      case "Identifier":
        return [this.key(n)]
      case "ThisExpression":
        this.escapes.add(this.self)
        return [this.self]
      case "Super":
        return [this.self]
      case "MemberExpression":
        return n.object.type === "ThisExpression" ? [this.self] : this.of(n.object)
      case "CallExpression":
        return this.#given(n)
      case "NewExpression":
        return [
          ...(n.callee.type === "Identifier" ? [`new ${this.key(n.callee)}`] : this.of(n.callee)),
        ].concat(this.all(n.arguments))
      case "TaggedTemplateExpression":
        return [...this.#returned(n.tag), ...this.all(n.quasi.expressions)]
      case "ArrayExpression":
        return this.all(n.elements)
      case "ObjectExpression":
        return n.properties.flatMap((p) => this.of(p.type === "SpreadElement" ? p : p.value))
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return [`@${this.#bodyOf(n)}`]
      case "ConditionalExpression":
        return this.all([n.consequent, n.alternate])
      case "LogicalExpression":
        return this.all([n.left, n.right])
      case "SequenceExpression":
        return this.of(n.expressions.at(-1))
      case "AssignmentExpression":
        return isArithmetic(n.operator) ? [] : this.all([n.operator === "=" ? null : n.left, n.right])
      case "AwaitExpression":
      case "SpreadElement":
      case "YieldExpression":
        return this.of(n.argument)
      case "ParenthesizedExpression":
      case "ChainExpression":
        return this.of(n.expression)
      default:
        return []
    }
  }

  all(list: (AnyNode | null)[]): Key[] {
    return list.flatMap((item) => this.of(item))
  }

  /** What a call may give: its receiver, its arguments, what its callee returns. */
  #given({ callee, arguments: args }: CallExpression): Key[] {
    const { object, property } = callee.type === "MemberExpression" ? callee : {}
    const isOfObject = object?.type === "Identifier" && object.name === "Object"
    const isUsedUp =
      !isOfObject &&
      (property?.type === "Identifier" ? usedUp.has(property.name) : property?.type === "MemberExpression")
    return [...this.#returned(callee), ...this.all(args), ...(isUsedUp ? ["~"] : [])]
  }

  #returned(callee: Expression | Super): Key[] {
    if (callee.type === "Identifier") return [`${this.key(callee)}()`]
    return this.of(callee)
  }
}

export function isFunction(n: AnyNode | Super): n is FunctionNode {
  return n.type === "ArrowFunctionExpression" || n.type === "FunctionExpression"
}

/** What a member is called, where the text says it. */
export function nameOf(key: AnyNode, computed: boolean): string | undefined {
  if (key.type === "PrivateIdentifier") return `#${key.name}`
  if (key.type === "Literal") return String(key.value)
  return key.type === "Identifier" && !computed ? key.name : undefined
}

/** The value of a call, or a part of it. */
export function isResult(n: AnyNode): boolean {
  if (n.type === "CallExpression" || n.type === "AwaitExpression") return true
  return n.type === "MemberExpression" && isResult(n.object)
}

/** `+=` and the like give new numbers and texts. */
export function isArithmetic(operator: string): boolean {
  return !/^(\|\||&&|\?\?)?=$/.test(operator)
}

/** It runs where no call is seen. */
export function isImplicit(kind: string, name: string | undefined): boolean {
  return kind === "get" || kind === "set" || name === undefined || implicitNames.test(name)
}
