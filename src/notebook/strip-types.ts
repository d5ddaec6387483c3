/**
 * @file Turns a cell's TypeScript into JavaScript by overwriting types with spaces: no character moves, so every
 * later position is the author's. Owns syntax errors. Knows nothing of names, cells or running.
 */
import { tsPlugin } from "@sveltejs/acorn-typescript"
import { Parser } from "acorn"

/** A syntax error as a learner reads it; `line` and `column` are 1-based positions in the source. */
export class CellSyntaxError extends SyntaxError {
  readonly line: number
  readonly column: number

  constructor(message: string, line: number, column: number) {
    super(message)
    this.name = "SyntaxError"
    this.line = line
    this.column = column
  }
}

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

const TypeScriptParser = Parser.extend(tsPlugin())

const options = {
  locations: true,
  ecmaVersion: "latest",
  sourceType: "module",
  allowAwaitOutsideFunction: true,
} as const

/** What TypeScript would have to rewrite rather than erase, and what to write instead. */
const notErasable: Record<string, string> = {
  TSEnumDeclaration:
    "`enum` does not work in cells; use an object, `const Color = { red: 0, green: 1 } as const`",
  TSModuleDeclaration: "`namespace` does not work in cells; declare the names directly",
  TSParameterProperty:
    "a `public`, `private` or `readonly` parameter does not work in cells; declare the field and assign it in the constructor",
  TSImportEqualsDeclaration:
    "`import … =` does not work in cells; all names of the book are there without import",
  TSExportAssignment: "`export =` does not work in cells; later cells see every name that a cell declares",
  TSTypeAssertion: "a cast `<T>x` does not work in cells; write `x as T`",
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string"
}

function node(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined
}

function nodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : []
}

/** 1-based line and column of an offset. */
export function positionAt(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/)
  return { line: before.length, column: before[before.length - 1].length + 1 }
}

/** The same program without its types: same length, same lines. Throws {@link CellSyntaxError}. */
export function stripTypes(source: string): string {
  const eraser = new Eraser(source)
  eraser.visit(parse(source))
  return eraser.text()
}

function parse(source: string): Node {
  try {
    return TypeScriptParser.parse(source, options) as unknown as Node
  } catch (error) {
    throw asSyntaxError(error, source)
  }
}

/** The parser's error in words, with what stands at its position. */
export function asSyntaxError(error: unknown, source: string): unknown {
  const { pos, message } = error as { pos?: number; message?: string }
  if (!(error instanceof SyntaxError) || pos === undefined || message === undefined) return error
  const { line, column } = positionAt(source, pos)
  const said = message.replace(/\s*\(\d+:\d+\)$/, "")
  const token = /^(?:[\p{ID_Start}$_][\p{ID_Continue}$]*|\d+|\S)/u.exec(source.slice(pos))?.[0]
  const text =
    said !== "Unexpected token"
      ? said
      : token
        ? `\`${token}\` is not expected here${/^[\p{ID_Start}$_\d]/u.test(token) ? "; perhaps a comma, an operator or a bracket is missing before it" : ""}`
        : source.slice(pos).trim()
          ? "the line ends too early"
          : "the cell ends too early: a bracket, quote or operator is left open"
  return new CellSyntaxError(text, line, column)
}

class Eraser {
  #source: string
  #characters: string[]

  constructor(source: string) {
    this.#source = source
    this.#characters = source.split("")
  }

  text(): string {
    return this.#characters.join("")
  }

  visit(current: Node): void {
    if (current.declare && current.type !== "PropertyDefinition") {
      this.#statement(current)
      return
    }
    const refused = notErasable[current.type]
    if (refused) {
      const { line, column } = positionAt(this.#source, current.start)
      throw new CellSyntaxError(refused, line, column)
    }
    if (this.#erase(current)) return
    for (const [key, value] of Object.entries(current)) {
      if (key === "loc" || key === "implements") continue
      if (Array.isArray(value)) for (const child of nodes(value)) this.visit(child)
      else if (isNode(value)) this.visit(value)
    }
  }

  /** Erases what of this node is type; true when nothing is left to visit. */
  #erase(n: Node): boolean {
    switch (n.type) {
      case "TSInterfaceDeclaration":
      case "TSTypeAliasDeclaration":
      case "TSDeclareFunction":
        this.#statement(n)
        return true
      case "TSTypeAnnotation":
      case "TSTypeParameterInstantiation":
      case "TSTypeParameterDeclaration":
      case "TSIndexSignature":
      case "TSDeclareMethod":
      case "TSAbstractMethodDefinition":
      case "TSAbstractPropertyDefinition":
        this.#blank(n.start, n.end)
        return true
      case "TSAsExpression":
      case "TSSatisfiesExpression":
        this.#cast(n)
        return false
      case "TSNonNullExpression":
      case "TSInstantiationExpression":
        this.#blank((n.expression as Node).end, n.end)
        return false
      case "ImportDeclaration":
      case "ExportNamedDeclaration":
        return this.#module(n)
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return this.#function(n)
      case "ClassDeclaration":
      case "ClassExpression":
        this.#class(n)
        return false
      case "PropertyDefinition":
      case "MethodDefinition":
        return this.#member(n)
      case "Identifier":
        if (n.optional) this.#blankMark(this.#source.indexOf("?", n.start), "?")
        return false
      case "VariableDeclarator":
        if (n.definite) this.#definite(n.id as Node)
        return false
      default:
        return false
    }
  }

  #blank(start: number, end: number, replacement = ""): void {
    for (let i = start; i < end; i++)
      if (!/[\n\r\u2028\u2029]/.test(this.#characters[i])) this.#characters[i] = " "
    if (replacement) this.#characters[start] = replacement
  }

  /** A whole statement goes; the semicolon keeps the one before it from running on. */
  #statement(n: Node): void {
    this.#blank(n.start, n.end, ";")
  }

  #blankMark(from: number, mark: string): void {
    let i = from
    while (/\s/.test(this.#source[i] ?? "")) i++
    if (this.#source[i] === mark) this.#blank(i, i + 1)
  }

  #definite(id: Node): void {
    const end = typeof id.name === "string" ? id.start + id.name.length : id.end
    this.#blankMark(end, "!")
  }

  /** TypeScript ends a statement after `x as T` before a line that begins with ( [ or `; JavaScript would go on. */
  #cast(n: Node): void {
    const goesOn = /^[ \t]*(?:\/\/.*)?\r?\n\s*[([`]/.test(this.#source.slice(n.end))
    this.#blank((n.expression as Node).end, n.end, goesOn ? ";" : "")
  }

  #module(n: Node): boolean {
    const declaration = node(n.declaration)
    const isType =
      n.importKind === "type" ||
      n.exportKind === "type" ||
      (declaration && (declaration.declare || /^TS(Interface|TypeAlias|Declare)/.test(declaration.type)))
    if (isType) {
      this.#statement(n)
      return true
    }
    for (const specifier of nodes(n.specifiers)) {
      if (specifier.importKind !== "type" && specifier.exportKind !== "type") continue
      const comma = /^\s*,/.exec(this.#source.slice(specifier.end))?.[0].length ?? 0
      this.#blank(specifier.start, specifier.end + comma)
    }
    return false
  }

  #function(n: Node): boolean {
    const isArrow = n.type === "ArrowFunctionExpression"
    if (!isArrow && !n.body) {
      this.#statement(n)
      return true
    }
    const [first, second] = nodes(n.params)
    if (first?.type === "Identifier" && first.name === "this")
      this.#blank(first.start, second?.start ?? node(first.typeAnnotation)?.end ?? first.end)
    const returns = node(n.returnType)
    // No line break may stand between `)` and `=>`: the bracket moves to the end of a type that spans lines.
    if (isArrow && returns && this.#source.slice(returns.start, returns.end).includes("\n")) {
      const close = this.#source.lastIndexOf(")", returns.start)
      this.#blank(returns.start, returns.end)
      this.#characters[close] = " "
      this.#characters[returns.end - 1] = ")"
      n.returnType = undefined
    }
    return false
  }

  #class(n: Node): void {
    if (n.abstract) this.#blankWord("abstract", n.start)
    const heritage = nodes(n.implements)
    const before = [n.superTypeParameters, n.superClass, n.typeParameters, n.id].map(node).find(Boolean)
    if (heritage.length === 0) return
    const start = this.#wordFrom("implements", before?.end ?? n.start)
    this.#blank(start, heritage[heritage.length - 1].end)
  }

  #wordFrom(word: string, from: number): number {
    const pattern = new RegExp(`\\b${word}\\b`, "g")
    pattern.lastIndex = from
    return pattern.exec(this.#source)?.index ?? from
  }

  #blankWord(word: string, from: number): void {
    const start = this.#wordFrom(word, from)
    this.#blank(start, start + word.length)
  }

  #member(n: Node): boolean {
    const isField = n.type === "PropertyDefinition"
    if (n.abstract || (isField ? n.declare : !node(n.value)?.body)) {
      this.#blank(n.start, n.end)
      return true
    }
    const key = n.key as Node
    const head = this.#source.slice(n.start, key.start)
    for (const match of head.matchAll(
      /(?<![\w$@.])(public|private|protected|readonly|abstract|override|declare)(?![\w$])/g,
    ))
      this.#blank(n.start + match.index, n.start + match.index + match[0].length)
    const keyEnd = n.computed ? this.#source.indexOf("]", key.end) + 1 : key.end
    this.#blankMark(keyEnd, "?")
    if (isField) this.#blankMark(keyEnd, "!")
    const annotation = node(n.typeAnnotation)
    // Without its type, `a: number` before `["b"]` would go on in the next line.
    if (isField && annotation && !n.value) {
      this.#blank(annotation.start, annotation.end, ";")
      n.typeAnnotation = undefined
    }
    return false
  }
}
