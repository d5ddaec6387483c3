/**
 * @file Which declaration every name of a program refers to: scopes, free names, assignments. Knows JavaScript
 * only, nothing of cells.
 */
import type {
  AnyNode,
  Function as FunctionNode,
  Identifier,
  Pattern,
  Program,
  VariableDeclaration,
} from "acorn"

export interface Names {
  /** Declared at the top of the program, with the offset of the declaration. */
  declared: Map<string, number>
  /** Used but not declared in the program, with the offset of the first use. */
  free: Map<string, number>
  /** Free names that are assigned as a whole (`w = …`, `w++`), with the offset of the first assignment. */
  assigned: Map<string, number>
  /**
   * A key for the variable behind every identifier: the name itself for free names and for those of the top, else
   * `name#n`, so that a parameter `w` is not taken for the cell's `w`.
   */
  keyOf: Map<AnyNode, string>
}

export function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && typeof (value as AnyNode).type === "string"
}

/** The nodes right below a node, in the order of the text. */
export function children(parent: AnyNode): AnyNode[] {
  const found: AnyNode[] = []
  for (const value of Object.values(parent))
    if (Array.isArray(value)) found.push(...value.filter(isNode))
    else if (isNode(value)) found.push(value)
  return found
}

/** The identifiers that a pattern binds or assigns; members (`a.b = …`) are none. */
export function bound(pattern: Pattern | VariableDeclaration | null | undefined): Identifier[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern]
    case "ObjectPattern":
      return pattern.properties.flatMap((p) => bound(p.type === "RestElement" ? p.argument : p.value))
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => bound(element))
    case "RestElement":
      return bound(pattern.argument)
    case "AssignmentPattern":
      return bound(pattern.left)
    case "VariableDeclaration":
      return pattern.declarations.flatMap((d) => bound(d.id))
    default:
      return []
  }
}

class Scope {
  readonly keys = new Map<string, string>()
  readonly up: Scope | undefined
  readonly id: number

  constructor(up: Scope | undefined, id: number) {
    this.up = up
    this.id = id
  }

  declare(name: string): void {
    this.keys.set(name, this.up ? `${name}#${this.id}` : name)
  }

  find(name: string): string | undefined {
    return this.keys.get(name) ?? this.up?.find(name)
  }
}

export function resolveNames(program: Program): Names {
  const names: Names = { declared: new Map(), free: new Map(), assigned: new Map(), keyOf: new Map() }
  new Resolver(names).program(program)
  return names
}

class Resolver {
  #names: Names
  #scopes = 0

  constructor(names: Names) {
    this.#names = names
  }

  program(program: Program): void {
    const top = new Scope(undefined, this.#scopes++)
    this.#hoistVars(program, top)
    this.#hoistLexical(program.body, top)
    for (const statement of program.body) {
      if (statement.type === "VariableDeclaration")
        for (const id of bound(statement)) this.#names.declared.set(id.name, id.start)
      if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration")
        this.#names.declared.set(statement.id.name, statement.id.start)
    }
    for (const name of top.keys.keys()) if (!this.#names.declared.has(name)) this.#names.declared.set(name, 0)
    for (const statement of program.body) this.#visit(statement, top)
  }

  /** `var` belongs to the function, however deep it stands. */
  #hoistVars(parent: AnyNode, scope: Scope): void {
    for (const child of children(parent)) {
      if (/Function|^Class/.test(child.type)) continue
      if (child.type === "VariableDeclaration" && child.kind === "var")
        for (const id of bound(child)) scope.declare(id.name)
      this.#hoistVars(child, scope)
    }
  }

  #hoistLexical(statements: AnyNode[], scope: Scope): void {
    for (const statement of statements) {
      if (statement.type === "VariableDeclaration" && statement.kind !== "var")
        for (const id of bound(statement)) scope.declare(id.name)
      if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration")
        if (statement.id) scope.declare(statement.id.name)
    }
  }

  #visit(n: AnyNode, scope: Scope): void {
    switch (n.type) {
      case "Identifier":
        this.#use(n, scope)
        return
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        this.#function(n, scope)
        return
      case "ClassExpression":
        this.#block(n, n.id ? [n.id] : [], scope, n.id?.name)
        return
      case "BlockStatement":
      case "StaticBlock":
        this.#block(n, n.body, scope)
        return
      case "ForStatement":
        this.#block(n, n.init ? [n.init] : [], scope)
        return
      case "ForInStatement":
      case "ForOfStatement":
        if (n.left.type !== "VariableDeclaration") this.#assign(n.left, scope)
        this.#block(n, [n.left], scope)
        return
      case "SwitchStatement":
        this.#block(
          n,
          n.cases.flatMap((c) => c.consequent),
          scope,
        )
        return
      case "CatchClause": {
        const inner = new Scope(scope, this.#scopes++)
        for (const id of bound(n.param)) inner.declare(id.name)
        if (n.param) this.#visit(n.param, inner)
        this.#visit(n.body, inner)
        return
      }
      case "AssignmentExpression":
        this.#assign(n.left, scope)
        break
      case "UpdateExpression":
        if (n.argument.type === "Identifier") this.#assign(n.argument, scope)
        break
      case "MemberExpression":
        this.#visit(n.object, scope)
        if (n.computed) this.#visit(n.property, scope)
        return
      case "Property":
      case "MethodDefinition":
      case "PropertyDefinition":
        if (n.computed) this.#visit(n.key, scope)
        if (n.value) this.#visit(n.value, scope)
        return
      case "LabeledStatement":
        this.#visit(n.body, scope)
        return
      case "BreakStatement":
      case "ContinueStatement":
      case "MetaProperty":
        return
    }
    for (const child of children(n)) this.#visit(child, scope)
  }

  #block(n: AnyNode, statements: AnyNode[], scope: Scope, own?: string): void {
    const inner = new Scope(scope, this.#scopes++)
    if (own) inner.declare(own)
    this.#hoistLexical(statements, inner)
    for (const child of children(n)) this.#visit(child, inner)
  }

  #function(n: FunctionNode, scope: Scope): void {
    if (n.type === "FunctionDeclaration" && n.id) this.#use(n.id, scope)
    const inner = new Scope(scope, this.#scopes++)
    if (n.type === "FunctionExpression" && n.id) inner.declare(n.id.name)
    if (n.type !== "ArrowFunctionExpression") inner.declare("arguments")
    for (const parameter of n.params) for (const id of bound(parameter)) inner.declare(id.name)
    this.#hoistVars(n.body, inner)
    for (const parameter of n.params) this.#visit(parameter, inner)
    this.#visit(n.body, inner)
  }

  #assign(left: Pattern, scope: Scope): void {
    for (const id of bound(left))
      if (!scope.find(id.name) && !this.#names.assigned.has(id.name))
        this.#names.assigned.set(id.name, id.start)
  }

  #use(id: Identifier, scope: Scope): void {
    const key = scope.find(id.name)
    this.#names.keyOf.set(id, key ?? id.name)
    if (!key && !this.#names.free.has(id.name)) this.#names.free.set(id.name, id.start)
  }
}
