/**
 * @file Which objects a piece of code may change: members that it assigns, calls that it makes, names that may hold
 * the same object. A cautious over-estimate from the text alone; nothing runs. Knows nothing of other cells. It does not
 * see into texts that are evaluated, nor what code does after its cell has ended (timers, promises nobody awaits).
 */
import type {
  AnyNode,
  AssignmentProperty,
  CallExpression,
  Class,
  Expression,
  MemberExpression,
  MethodDefinition,
  NewExpression,
  Pattern,
  Program,
  Property,
  PropertyDefinition,
  Super,
  TaggedTemplateExpression,
} from "acorn"
import type { CellEffects, Effects } from "./cell-effects.ts"
import { bound, children } from "./names.ts"
import {
  type FunctionNode,
  isArithmetic,
  isFunction,
  isImplicit,
  isResult,
  type Key,
  nameOf,
  Roots,
} from "./roots.ts"

/** Methods of standard objects that change their receiver and keep their arguments as they are. */
const keeping = new Set(["push", "unshift", "splice", "fill", "set", "add"])

type Called = CallExpression | NewExpression | TaggedTemplateExpression

export function effectsOf(program: Program, keyOf: Map<AnyNode, string>): CellEffects {
  return new Reader(keyOf).program(program)
}

class Reader {
  readonly #bodies: Effects[] = []
  readonly #known = new Map<AnyNode, number>()
  readonly #functions = new Map<Key, number[]>()
  readonly #made = new Map<Key, Key>()
  readonly #holds = new Map<Key, Set<Key>>()
  readonly #roots: Roots
  #returns: Key[] = []
  #super: Key = "?"

  constructor(keyOf: Map<AnyNode, string>) {
    this.#roots = new Roots(keyOf, (fn) => this.#body(fn))
  }

  program(program: Program): CellEffects {
    const top = noEffects([])
    for (const statement of program.body) this.#read(statement, top)
    return {
      top,
      bodies: this.#bodies,
      functions: this.#functions,
      made: this.#made,
      escapes: this.#roots.escapes,
      holds: this.#holds,
    }
  }

  /** The number of a function's body; it is read the first time. */
  #body(fn: FunctionNode): number {
    const known = this.#known.get(fn)
    if (known !== undefined) return known
    const n = this.#bodies.length
    this.#known.set(fn, n)
    const effects = noEffects(fn.params.map((p) => this.#keys(p)))
    this.#bodies.push(effects)
    const isArrow = fn.type === "ArrowFunctionExpression"
    if (!isArrow) effects.self = `this#${n}`
    this.#inside(effects.self ?? this.#roots.self, n, () => {
      for (const parameter of fn.params) this.#defaults(parameter)
      for (const part of [...fn.params, fn.body]) this.#read(part, effects)
      if (fn.expression) this.#returns.push(...this.#roots.of(fn.body))
      if (fn.generator) this.#returns.push("~")
    })
    const own = [...effects.reads].find((key) => key.startsWith("arguments#"))
    if (own && !isArrow) effects.params = [...effects.params.map((keys) => [...keys, own]), [own]]
    return n
  }

  /** What is returned in `act` is what the body `n` gives. */
  #inside(self: Key, n: number, act: () => void): void {
    const before = [this.#roots.self, this.#returns] as const
    this.#roots.self = self
    this.#returns = []
    act()
    this.#hold([`@${n}`], this.#returns)
    ;[this.#roots.self, this.#returns] = before
  }

  #keys(pattern: Pattern): Key[] {
    return bound(pattern).map((id) => this.#roots.key(id))
  }

  /** Calls of `name` run this function. */
  #define(name: Key, fn: FunctionNode): number {
    const n = this.#body(fn)
    this.#functions.set(name, [...(this.#functions.get(name) ?? []), n])
    this.#hold([`${name}()`], this.#holds.get(`@${n}`) ?? [])
    return n
  }

  #hold(holders: Iterable<Key>, held: Iterable<Key>): void {
    for (const holder of holders) {
      const all = this.#holds.get(holder) ?? new Set()
      for (const key of held) if (key !== holder) all.add(key)
      this.#holds.set(holder, all)
    }
  }

  #change(target: AnyNode, effects: Effects): void {
    if (target.type === "MemberExpression")
      for (const key of this.#roots.of(target.object)) effects.changes.add(key)
    else if (target.type === "Identifier") effects.assigns.add(this.#roots.key(target))
    else if (target.type === "Property") this.#change(target.value, effects)
    else if (target.type === "AssignmentPattern") this.#change(target.left, effects)
    else if (/Pattern|RestElement/.test(target.type))
      for (const part of children(target)) this.#change(part, effects)
  }

  /** A pattern binds its defaults, too. */
  #defaults(pattern: AnyNode): void {
    if (pattern.type === "AssignmentPattern")
      this.#hold(this.#keys(pattern.left), this.#roots.of(pattern.right))
    if (/Pattern|Property|RestElement/.test(pattern.type))
      for (const part of children(pattern)) this.#defaults(part)
  }

  #read(n: AnyNode, effects: Effects): void {
    switch (n.type) {
      case "Identifier":
        effects.reads.add(this.#roots.key(n))
        return
      case "FunctionDeclaration":
        if (n.id) this.#hold([this.#roots.key(n.id)], [`@${this.#define(this.#roots.key(n.id), n)}`])
        return
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        this.#body(n)
        return
      case "ClassDeclaration":
      case "ClassExpression":
        this.#class(n, n.id ? this.#roots.key(n.id) : undefined, effects)
        return
      case "ReturnStatement":
      case "YieldExpression":
        // What gives itself is what it was called on.
        if (n.argument?.type === "ThisExpression") this.#returns.push(this.#roots.self)
        else this.#returns.push(...this.#roots.of(n.argument))
        break
      case "VariableDeclarator":
        if (n.init) this.#bind(n.id, n.init, effects)
        return
      case "Property":
        this.#property(n, effects)
        return
      case "AssignmentExpression":
        this.#change(n.left, effects)
        if (n.left.type === "MemberExpression") {
          this.#hold(this.#roots.of(n.left.object), this.#roots.of(n.right))
          this.#method(n.left, n.right)
          this.#read(n.left, effects)
          this.#read(n.right, effects)
        } else if (isArithmetic(n.operator)) this.#read(n.right, effects)
        else this.#bind(n.left, n.right, effects)
        return
      case "UpdateExpression":
        this.#change(n.argument, effects)
        break
      case "UnaryExpression":
        if (n.operator === "delete") this.#change(n.argument, effects)
        break
      case "ForInStatement":
      case "ForOfStatement":
        if (n.left.type !== "VariableDeclaration") this.#change(n.left, effects)
        this.#hold(
          bound(n.left).map((id) => this.#roots.key(id)),
          this.#roots.of(n.right),
        )
        break
      case "CallExpression":
      case "NewExpression":
      case "TaggedTemplateExpression":
        this.#call(n, effects)
        return
      case "MemberExpression":
        this.#read(n.object, effects)
        if (n.computed) this.#read(n.property, effects)
        return
    }
    for (const child of children(n)) this.#read(child, effects)
  }

  #property(n: Property | AssignmentProperty, effects: Effects): void {
    if (n.computed) this.#read(n.key, effects)
    if (!isFunction(n.value)) {
      this.#read(n.value, effects)
      return
    }
    const name = nameOf(n.key, n.computed)
    const at = name === undefined ? this.#body(n.value) : this.#define(`.${name}`, n.value)
    if (isImplicit(n.kind, name)) this.#bodies[at].implicit = true
  }

  /** `k.go = function () {…}` */
  #method({ property, computed }: MemberExpression, value: Expression): void {
    const name = nameOf(property, computed)
    if (name !== undefined && isFunction(value)) this.#define(`.${name}`, value)
  }

  /** Fields and constructor run with `new`; static parts run at once. */
  #class(n: Class, name: Key | undefined, effects: Effects): void {
    const instance = name === undefined ? undefined : `new ${name}`
    const at = this.#bodies.length
    const fields = { ...noEffects([]), self: `this#${at}` }
    this.#bodies.push(fields)
    if (n.superClass) this.#read(n.superClass, effects)
    const above = n.superClass?.type === "Identifier" ? this.#roots.key(n.superClass) : undefined
    if (instance) {
      this.#functions.set(instance, [at])
      this.#hold([instance], [`this#${at}`, ...(above === undefined ? [] : [`new ${above}`])])
      if (name && above) this.#hold([name], [above])
    }
    const outside = [this.#roots.self, this.#super] as const
    this.#roots.self = `this#${at}`
    this.#super = above === undefined ? "?" : `new ${above}`
    for (const part of n.body.body) {
      if (part.type === "StaticBlock") for (const statement of part.body) this.#read(statement, effects)
      else this.#member(part, part.static ? name : instance, part.static ? effects : fields, instance)
    }
    ;[this.#roots.self, this.#super] = outside
  }

  /** `owner` is the key of what has the member, `effects` of what runs when it gets it. */
  #member(
    part: MethodDefinition | PropertyDefinition,
    owner: Key | undefined,
    effects: Effects,
    instance: Key | undefined,
  ): void {
    if (part.computed) this.#read(part.key, effects)
    const holders = owner === undefined ? [] : [owner]
    const { value } = part
    if (value && isFunction(value)) {
      const kind = part.type === "MethodDefinition" ? part.kind : "field"
      const name = nameOf(part.key, part.computed)
      const called = kind === "constructor" ? instance : name === undefined ? undefined : `.${name}`
      const at = called === undefined ? this.#body(value) : this.#define(called, value)
      const body = this.#bodies[at]
      body.self ??= this.#roots.self
      if (isImplicit(kind, name)) {
        body.implicit = true
        this.#hold(holders, [`@${at}`])
      }
      // What a method keeps or gives, its instance may hold.
      this.#hold(holders, [body.self, ...(this.#holds.get(`@${at}`) ?? [])])
    } else if (value) {
      this.#read(value, effects)
      this.#hold(holders, this.#roots.of(value))
    }
  }

  #bind(target: Pattern, value: Expression, effects: Effects): void {
    const names = this.#keys(target)
    this.#defaults(target)
    this.#hold(names, this.#roots.of(value))
    if (target.type === "Identifier") {
      const [name] = names
      if (isFunction(value)) this.#define(name, value)
      if (value.type === "CallExpression" && value.callee.type !== "Super")
        this.#made.set(name, this.#roots.base(value.callee))
      if (value.type === "ClassExpression") {
        this.#class(value, name, effects)
        return
      }
    } else this.#read(target, effects)
    this.#read(value, effects)
  }

  #call(n: Called, effects: Effects): void {
    const isTag = n.type === "TaggedTemplateExpression"
    const parts: AnyNode[] = isTag ? n.quasi.expressions : n.arguments
    const callee = isTag ? n.tag : n.callee
    let args = parts.map((argument) => this.#roots.of(argument))
    if (isTag) args.unshift([])
    const isMember = callee.type === "MemberExpression"
    let receiver = isMember
      ? this.#roots.of(callee.object)
      : callee.type === "Super"
        ? [this.#roots.self]
        : []
    let called = this.#called(n, callee)
    const base = isMember && callee.object.type === "Identifier" ? this.#roots.key(callee.object) : undefined
    const mixed = parts.some((part) => part.type === "SpreadElement")
    if (isMember && keeping.has(called.slice(1))) this.#hold(receiver, args.flat())
    if (base === "Object" || base === "Reflect") this.#hold(args[0] ?? [], args.slice(1).flat())
    // `f.call(receiver, x)` and `f.apply(receiver, list)` are calls of `f`.
    if (base !== undefined && (called === ".call" || called === ".apply")) {
      called = base
      receiver = args[0] ?? []
      args = args.slice(1)
    }
    const everything = [...receiver, ...args.flat()]
    effects.calls.push({
      callee: called,
      base,
      onResult: isMember && isResult(callee.object),
      receiver,
      args,
      ...((mixed || called === base) && { mixed: true }),
    })
    // A callback runs now or later with parts of what the call was given.
    for (const part of isFunction(callee) ? parts : [callee, ...parts])
      if (isFunction(part)) {
        const at = this.#body(part)
        for (const keys of this.#bodies[at].params) this.#hold(keys, everything)
        effects.calls.push({ callee: `@${at}`, onResult: false, receiver, args: [everything], mixed: true })
      } else {
        this.#read(part, effects)
        if (part !== callee && part.type === "MemberExpression") this.#hand(part, everything, effects)
      }
  }

  #called(n: Called, callee: Expression | Super): Key {
    if (callee.type === "Super") return this.#super
    if (isFunction(callee)) return `@${this.#body(callee)}`
    if (n.type === "NewExpression")
      return callee.type === "Identifier" ? `new ${this.#roots.key(callee)}` : "?"
    if (callee.type === "Identifier") return this.#roots.key(callee)
    const name = callee.type === "MemberExpression" ? nameOf(callee.property, callee.computed) : undefined
    return name === undefined ? "?" : `.${name}`
  }

  /** `list.forEach(other.push, other)` */
  #hand(part: MemberExpression, everything: Key[], effects: Effects): void {
    const name = nameOf(part.property, part.computed)
    if (name === undefined) return
    const call = { callee: `.${name}`, onResult: false, receiver: everything, args: [everything] }
    effects.calls.push({ ...call, mixed: true, handed: true })
  }
}

function noEffects(params: Key[][]): Effects {
  return { params, changes: new Set(), assigns: new Set(), calls: [], reads: new Set() }
}
