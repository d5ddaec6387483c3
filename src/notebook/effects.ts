/**
 * @file Which objects a piece of code may change: members that it assigns, calls that it makes, names that may hold
 * the same object. A cautious over-estimate from the text alone; nothing runs. Knows nothing of other cells.
 */
import type {
  AnyNode,
  ArrowFunctionExpression,
  CallExpression,
  Expression,
  FunctionExpression,
  Function as FunctionNode,
  Pattern,
  Program,
} from "acorn"
import { bound, children } from "./names.ts"

/** A call, with the variables (keys of `Names.keyOf`) whose objects go into it. */
export interface Call {
  /** A name, `.method`, or `?` for anything else that is called. */
  callee: string
  /** The name before the dot of `name.method(…)`. */
  base?: string
  /** `a.b(c).method()`: the receiver is a result of `a` and `c`, not one of them. */
  onResult: boolean
  receiver: string[]
  args: string[][]
}

/** What running a body may change; calls are left open, since what they do depends on the callee. */
export interface Effects {
  /** The variables that each parameter binds. */
  params: string[][]
  changes: Set<string>
  calls: Call[]
  /** Every variable that is mentioned. */
  reads: Set<string>
}

export interface CellEffects {
  /** The statements of the cell itself. */
  top: Effects
  /** Bodies by the name that they are called by: `step`, or `.step` for methods. */
  functions: Map<string, Effects[]>
  /** Variable → variables whose objects it may share or hold. */
  holds: Map<string, Set<string>>
}

/** Variables that may be reached from `keys` through what they hold, `keys` included. */
export function reached(keys: Iterable<string>, holds: CellEffects["holds"]): Set<string> {
  const found = new Set(keys)
  for (const key of found) for (const held of holds.get(key) ?? []) found.add(held)
  return found
}

/** Methods of standard objects that change their receiver and keep their arguments as they are. */
const keeping = new Set(["push", "unshift", "splice", "fill", "set", "add"])

type Keys = Map<AnyNode, string>

export function effectsOf(program: Program, keyOf: Keys): CellEffects {
  const reader = new Reader(keyOf)
  const top = reader.body([], program.body)
  return { top, functions: reader.functions, holds: reader.holds }
}

class Reader {
  readonly functions = new Map<string, Effects[]>()
  readonly holds = new Map<string, Set<string>>()
  #keyOf: Keys

  constructor(keyOf: Keys) {
    this.#keyOf = keyOf
  }

  body(params: Pattern[], statements: AnyNode[]): Effects {
    const effects: Effects = {
      params: params.map((p) => this.#keys(p)),
      changes: new Set(),
      calls: [],
      reads: new Set(),
    }
    for (const statement of statements) this.#read(statement, effects)
    return effects
  }

  #keys(pattern: Pattern): string[] {
    return bound(pattern).flatMap((id) => this.#keyOf.get(id) ?? [])
  }

  #define(name: string, fn: FunctionNode): void {
    const effects = this.body(fn.params, [...fn.params, fn.body])
    this.functions.set(name, [...(this.functions.get(name) ?? []), effects])
    // A function holds what it closes over.
    this.#hold(
      [name],
      [...effects.reads].filter((key) => !key.includes("#")),
    )
  }

  #hold(holders: string[], held: string[]): void {
    for (const holder of holders) {
      const all = this.holds.get(holder) ?? new Set()
      for (const key of held) if (key !== holder) all.add(key)
      this.holds.set(holder, all)
    }
  }

  /** The variables whose object an expression may give or hold. */
  #roots(n: AnyNode | null | undefined): string[] {
    switch (n?.type) {
      case "Identifier":
        return [this.#keyOf.get(n) ?? n.name]
      case "ThisExpression":
        return ["this"]
      case "MemberExpression":
        return this.#roots(n.object)
      case "CallExpression":
        return [
          ...(n.callee.type === "MemberExpression" ? this.#roots(n.callee) : []),
          ...this.#all(n.arguments),
        ]
      case "NewExpression":
        return this.#all(n.arguments)
      case "ArrayExpression":
        return this.#all(n.elements)
      case "ObjectExpression":
        return n.properties.flatMap((p) => this.#roots(p.type === "SpreadElement" ? p : p.value))
      case "ConditionalExpression":
        return this.#all([n.consequent, n.alternate])
      case "LogicalExpression":
        return this.#all([n.left, n.right])
      case "SequenceExpression":
        return this.#roots(n.expressions.at(-1))
      case "AssignmentExpression":
        return this.#roots(n.right)
      case "AwaitExpression":
      case "SpreadElement":
        return this.#roots(n.argument)
      case "ParenthesizedExpression":
      case "ChainExpression":
        return this.#roots(n.expression)
      default:
        return []
    }
  }

  #all(list: (AnyNode | null)[]): string[] {
    return list.flatMap((item) => this.#roots(item))
  }

  #change(target: AnyNode, effects: Effects): void {
    if (target.type === "MemberExpression")
      for (const key of this.#roots(target.object)) effects.changes.add(key)
    else if (/Pattern|Property|RestElement/.test(target.type))
      for (const part of children(target)) this.#change(part, effects)
  }

  #read(n: AnyNode, effects: Effects): void {
    switch (n.type) {
      case "Identifier":
        effects.reads.add(this.#keyOf.get(n) ?? "")
        return
      case "FunctionDeclaration":
        if (n.id) this.#define(this.#keyOf.get(n.id) ?? n.id.name, n)
        return
      case "VariableDeclarator":
        if (n.init) this.#bind(n.id, n.init, effects)
        return
      case "MethodDefinition":
      case "PropertyDefinition":
      case "Property": {
        const isFunction =
          n.value?.type === "FunctionExpression" || n.value?.type === "ArrowFunctionExpression"
        if (isFunction && n.key.type === "Identifier") this.#define(`.${n.key.name}`, n.value as FunctionNode)
        else if (n.value) this.#read(n.value as AnyNode, effects)
        return
      }
      case "AssignmentExpression":
        this.#change(n.left, effects)
        if (n.left.type !== "MemberExpression") this.#bind(n.left, n.right, effects)
        else {
          this.#hold(this.#roots(n.left.object), this.#roots(n.right))
          this.#read(n.right, effects)
        }
        return
      case "UpdateExpression":
        this.#change(n.argument, effects)
        break
      case "UnaryExpression":
        if (n.operator === "delete") this.#change(n.argument, effects)
        break
      case "ForOfStatement": {
        const left = bound(n.left)
        this.#hold(
          left.flatMap((id) => this.#keyOf.get(id) ?? []),
          this.#roots(n.right),
        )
        break
      }
      case "CallExpression":
        this.#call(n, effects)
        return
    }
    for (const child of children(n)) this.#read(child, effects)
  }

  #bind(target: Pattern, value: Expression, effects: Effects): void {
    const names = this.#keys(target)
    this.#hold(names, this.#roots(value))
    // `const f = (x) => …` and `const f = jit((x) => …)`: calling f runs the body.
    const bodies: AnyNode[] = value.type === "CallExpression" ? value.arguments : [value]
    if (target.type === "Identifier") for (const fn of bodies.filter(isBody)) this.#define(names[0], fn)
    if (!isBody(value)) this.#read(value, effects)
  }

  #call(n: CallExpression, effects: Effects): void {
    const args = n.arguments.map((argument) => this.#roots(argument))
    const { callee } = n
    const isMember = callee.type === "MemberExpression"
    const receiver = isMember ? this.#roots(callee.object) : []
    const called =
      callee.type === "Identifier"
        ? (this.#keyOf.get(callee) ?? callee.name)
        : isMember && callee.property.type === "Identifier" && !callee.computed
          ? `.${callee.property.name}`
          : "?"
    if (isMember && keeping.has(called.slice(1))) this.#hold(receiver, args.flat())
    const base = isMember && callee.object.type === "Identifier" ? this.#keyOf.get(callee.object) : undefined
    if (!/^(Arrow)?Function/.test(callee.type))
      effects.calls.push({
        callee: called,
        base,
        onResult: isMember && isResult(callee.object),
        receiver,
        args,
      })
    // A callback runs now or later with parts of what the call was given.
    for (const part of [callee, ...n.arguments])
      if (isBody(part)) {
        for (const parameter of part.params) this.#hold(this.#keys(parameter), [...receiver, ...args.flat()])
        for (const inner of [...part.params, part.body]) this.#read(inner, effects)
      } else this.#read(part, effects)
  }
}

function isBody(n: AnyNode): n is ArrowFunctionExpression | FunctionExpression {
  return n.type === "ArrowFunctionExpression" || n.type === "FunctionExpression"
}

function isResult(n: AnyNode): boolean {
  if (n.type === "CallExpression" || n.type === "AwaitExpression") return true
  return n.type === "MemberExpression" && isResult(n.object)
}
