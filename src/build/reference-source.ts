/**
 * @file What the engine exports, read from its source by TypeScript's compiler: signatures, docstrings, options, members,
 * places. Runs nothing and knows no page.
 */
import { relative, resolve, sep } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"
import { engineOptions } from "./cell-types.ts"

export interface Member {
  name: string
  /** `lr?: number`, or the signature of a method. */
  code: string
  /** The comment as it stands in the source; "" if there is none. */
  comment: string
}

export interface Option extends Member {
  /** As the code has it, where it is a plain value. */
  fallback?: string
}

export interface Exported {
  name: string
  kind: "function" | "class" | "object" | "type" | "namespace"
  comment: string
  /** How it is called or declared, one for each overload. */
  signatures: string[]
  /** What may stand in the object of options. */
  options: Option[]
  /** The type of that object, where it has a name. */
  optionsType?: string
  members: Member[]
  /** The public class that it extends. */
  parent?: string
  /** Of a namespace: what is in it. */
  names: string[]
  /** Relative to the project. */
  file: string
  line: number
}

const root = fileURLToPath(new URL("../..", import.meta.url))
const DOOR = "engine/index.ts"

/** Everything that `engine/index.ts` exports, in the order of the files and of the lines in them. */
export function exportedByEngine(): Exported[] {
  const program = ts.createProgram([resolve(root, DOOR)], { ...engineOptions, noEmit: true })
  const reader = new Reader(program.getTypeChecker())
  const door = program.getSourceFile(resolve(root, DOOR))!
  return reader.exportsOf(door)
}

type Part = Partial<Exported> & Pick<Exported, "kind">

class Reader {
  readonly #checker: ts.TypeChecker
  readonly #public = new Set<string>()

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker
  }

  exportsOf(door: ts.SourceFile): Exported[] {
    const symbols = this.#exportsOf(this.#checker.getSymbolAtLocation(door)!)
    for (const { name } of symbols) this.#public.add(name)
    return symbols.flatMap((symbol) => {
      if (!(this.#real(symbol).flags & ts.SymbolFlags.ValueModule)) return [this.#exported(symbol)]
      const parts = this.#exportsOf(this.#real(symbol)).filter((one) => this.#isValue(one))
      const own = parts.filter(({ name }) => !this.#public.has(name))
      return [
        { ...this.#exported(symbol), names: parts.map(({ name }) => name) },
        ...own.map((one) => this.#exported(one, `${symbol.name}.${one.name}`)),
      ]
    })
  }

  #exportsOf(module: ts.Symbol): ts.Symbol[] {
    return this.#checker.getExportsOfModule(module).filter((one) => {
      const [node] = this.#real(one).declarations ?? []
      return !/@internal/.test(commentOf(node))
    })
  }

  #real(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol
  }

  #isValue(symbol: ts.Symbol): boolean {
    return Boolean(this.#real(symbol).flags & ts.SymbolFlags.Value)
  }

  #exported(alias: ts.Symbol, name = alias.name): Exported {
    const symbol = this.#real(alias)
    const node = symbol.declarations![0]
    const common = { name, comment: commentOf(node), ...placeOf(node) }
    const none = { signatures: [], options: [], members: [], names: [] }
    if (symbol.flags & ts.SymbolFlags.ValueModule) return { ...none, ...common, kind: "namespace" }
    if (ts.isClassDeclaration(node)) return { ...none, ...common, ...this.#class(node) }
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
      return { ...none, ...common, ...this.#type(node) }
    const type = this.#checker.getTypeOfSymbolAtLocation(symbol, node)
    const calls = type.getCallSignatures()
    if (calls.length === 0) return { ...none, ...common, kind: "object", members: this.#parts(node) }
    const body = ts.isVariableDeclaration(node) ? node.initializer! : implementationOf(symbol)
    const signatures = calls.map((call) => this.#call(name, call, body))
    return { ...none, ...common, kind: "function", signatures, ...this.#optionsOf(calls[0], body) }
  }

  #class(node: ts.ClassDeclaration): Part {
    const construct = node.members.find(ts.isConstructorDeclaration)
    const call = construct && this.#checker.getSignatureFromDeclaration(construct)
    const parents = this.#parentsOf(node)
    const abstract = isAbstract(node)
    const name = node.name!.text
    const isMade = !abstract && !(construct && isInternal(construct)) && parents.shown !== "Error"
    const head = `${abstract ? "abstract " : ""}class ${name}${parents.shown ? ` extends ${parents.shown}` : ""}`
    const members = [node, ...parents.hidden].flatMap((one) => one.members.filter(isPublic))
    return {
      kind: "class",
      signatures: [isMade ? wrapped(`new ${name}`, call ? this.#parameters(call, construct) : [], "") : head],
      members: members.filter((member) => abstract || !isAbstract(member)).map((one) => this.#member(one)),
      parent: parents.shown,
      ...(call && isMade ? this.#optionsOf(call, construct) : {}),
    }
  }

  /** Base classes up to the first that is public. */
  #parentsOf(node: ts.ClassDeclaration): { hidden: ts.ClassDeclaration[]; shown?: string } {
    const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
    if (!clause) return { hidden: [] }
    const base = this.#checker.getTypeAtLocation(clause.types[0].expression).symbol
    const parent = base.declarations?.find(ts.isClassDeclaration)
    if (!parent || this.#public.has(base.name))
      return { hidden: [], shown: clause.types[0].expression.getText() }
    const above = this.#parentsOf(parent)
    return { hidden: [parent, ...above.hidden], shown: above.shown }
  }

  #type(node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration): Part {
    const text = node.getText().replace(/^export /, "")
    if (ts.isTypeAliasDeclaration(node))
      return { kind: "type", signatures: [`type ${node.name.text} = ${this.#typeText(node.type)}`] }
    const [head] = /^[\s\S]*?(?=\s*\{)/.exec(text)!
    return { kind: "type", signatures: [head], members: node.members.map((one) => this.#member(one)) }
  }

  /** The entries of an object such as `random`. */
  #parts(node: ts.Declaration): Member[] {
    const value = ts.isVariableDeclaration(node) ? node.initializer : undefined
    if (!value || !ts.isObjectLiteralExpression(value)) return []
    return value.properties.map((property) => this.#member(property))
  }

  #call(name: string, call: ts.Signature, body: ts.Node | undefined): string {
    const declared = call.declaration?.type?.getText()
    const result = declared ?? this.#checker.typeToString(call.getReturnType())
    const generics = call.typeParameters?.map(({ symbol }) => symbol.declarations![0].getText()).join(", ")
    const head = `${name}${generics && call.declaration?.typeParameters ? `<${generics}>` : ""}`
    return wrapped(head, this.#parameters(call, body), `: ${result}`)
  }

  /** The parameters as they are read: `dim: number = -1`. What a tuple stands for is spelled out. */
  #parameters(call: ts.Signature, body: ts.Node | undefined): string[] {
    return this.#declaredIn(call).map((parameter) => {
      const name = isOptions(parameter) ? "options" : parameter.name.getText()
      const initializer = ts.isParameter(parameter) ? parameter.initializer : settingOf(name, body)
      const fallback = initializer && initializer.getText() !== "{}" ? ` = ${initializer.getText()}` : ""
      const optional = !fallback && (parameter.questionToken || initializer) ? "?" : ""
      return `${parameter.dotDotDotToken ? "..." : ""}${name}${optional}: ${this.#typeOf(parameter)}${fallback}`
    })
  }

  #typeOf(node: ts.Node & { type?: ts.TypeNode }): string {
    return node.type
      ? this.#typeText(node.type)
      : this.#checker.typeToString(this.#checker.getTypeAtLocation(node))
  }

  /** A type as it is written; names that are not public are spelled out. */
  #typeText(node: ts.TypeNode): string {
    let text = oneLine(node.getText().replace(/\/\*[\s\S]*?\*\//g, ""))
    const visit = (part: ts.Node): void => {
      const alias = ts.isTypeReferenceNode(part) && !part.typeArguments && this.#aliasOf(part)
      if (alias) text = text.replace(new RegExp(`\\b${alias.name.text}\\b`), this.#typeText(alias.type))
      ts.forEachChild(part, visit)
    }
    visit(node)
    return text
  }

  #aliasOf({ typeName }: ts.TypeReferenceNode): ts.TypeAliasDeclaration | undefined {
    const symbol = this.#checker.getSymbolAtLocation(typeName)
    const alias = symbol && this.#real(symbol).declarations?.find(ts.isTypeAliasDeclaration)
    if (!alias || alias.typeParameters || this.#public.has(alias.name.text)) return undefined
    const isRecursive = new RegExp(`\\b${alias.name.text}\\b`).test(alias.type.getText())
    return isRecursive ? undefined : alias
  }

  #declaredIn(call: ts.Signature): (ts.ParameterDeclaration | ts.NamedTupleMember)[] {
    return call.getParameters().flatMap((symbol) => {
      const node = symbol.valueDeclaration as ts.ParameterDeclaration
      const type = this.#checker.getTypeOfSymbolAtLocation(symbol, node)
      if (!node.dotDotDotToken || !this.#checker.isTupleType(type)) return [node]
      const parts = (type as ts.TupleTypeReference).target.labeledElementDeclarations ?? []
      // `...more: never[]` is there to refuse a call in a sentence of its own.
      return parts.filter((part) => part !== undefined).filter((part) => part.type?.getText() !== "never[]")
    })
  }

  #optionsOf(call: ts.Signature, body: ts.Node | undefined): { options: Option[]; optionsType?: string } {
    const parameter = this.#declaredIn(call).find(isOptions)
    if (!parameter) return { options: [] }
    const fallbacks = body ? fallbacksIn(body) : new Map<string, string>()
    const type = this.#checker.getNonNullableType(this.#checker.getTypeAtLocation(parameter))
    const options = this.#checker.getPropertiesOfType(type).map((symbol) => {
      const node = symbol.declarations![0]
      return { ...this.#member(node), fallback: fallbacks.get(symbol.name) }
    })
    return { options, optionsType: this.#typeOf(parameter) }
  }

  #member(node: ts.Node): Member {
    const name = (node as ts.NamedDeclaration).name?.getText() ?? ""
    return { name, code: oneLine(this.#memberCode(node)), comment: commentOf(node) }
  }

  /** A member without its body: `item(): number`, `shape: number[]`. */
  #memberCode(node: ts.Node): string {
    const { name, type, body, questionToken } = node as ts.MethodDeclaration
    if (!ts.isMethodDeclaration(node) && name && !ts.isMethodSignature(node))
      return `${name.getText()}${questionToken ? "?" : ""}: ${this.#typeOf(node as ts.PropertyDeclaration)}`
    const text = node.getText().slice(0, body ? body.getStart() - node.getStart() : undefined)
    return type || name ? text.trim().replace(/^(?:public |override |async )+/, "") : text
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ")

/** An object whose entries are all named: options, settings. */
/** An object whose entries are all named. */
function isOptions({ name, type }: ts.ParameterDeclaration | ts.NamedTupleMember): boolean {
  const text = type?.getText() ?? ""
  return ["options", "given"].includes(name.getText()) || /^\w*Options$/.test(text)
}

/** The value that a setting of an op has if it is left out: that of its forward. */
function settingOf(name: string, body: ts.Node | undefined): ts.Expression | undefined {
  let found: ts.Expression | undefined
  const visit = (node: ts.Node): void => {
    if (ts.isParameter(node) && node.name.getText() === name) found ??= node.initializer
    ts.forEachChild(node, visit)
  }
  if (body) visit(body)
  return found
}

/** A call on one line if it fits, else one line for each parameter. */
function wrapped(head: string, parts: string[], tail: string): string {
  const line = `${head}(${parts.join(", ")})${tail}`
  return line.length <= 76 ? line : `${head}(\n${parts.map((part) => `  ${part},\n`).join("")})${tail}`
}

/** The default values of options: `{ eps = 1e-5 }` and `options.stride ?? 1`, where they are plain. */
function fallbacksIn(body: ts.Node): Map<string, string> {
  const found = new Map<string, string>()
  const isPlain = (node: ts.Node): boolean =>
    ts.isNumericLiteral(node) ||
    ts.isStringLiteral(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isArrayLiteralExpression(node) && node.elements.every(isPlain))
  const visit = (node: ts.Node): void => {
    if (ts.isBindingElement(node) && node.initializer && isPlain(node.initializer))
      found.set((node.propertyName ?? node.name).getText(), node.initializer.getText())
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken &&
      ts.isPropertyAccessExpression(node.left) &&
      isPlain(node.right)
    )
      found.set(node.left.name.text, node.right.getText())
    ts.forEachChild(node, visit)
  }
  visit(body)
  return found
}

/** The declaration with a body; the others are overloads. */
function implementationOf(symbol: ts.Symbol): ts.Node | undefined {
  return symbol.declarations?.find((node) => ts.isFunctionDeclaration(node) && node.body)
}

/** Public, or for a subclass to write; and said to be for somebody. */
function isPublic(member: ts.ClassElement): boolean {
  if (ts.isConstructorDeclaration(member) || !member.name || !ts.isIdentifier(member.name)) return false
  const flags = ts.getCombinedModifierFlags(member)
  if (flags & ts.ModifierFlags.Protected && !(flags & ts.ModifierFlags.Abstract)) return false
  if (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Override) || ts.isSetAccessor(member)) return false
  return commentOf(member) !== "" && !isInternal(member)
}

const isAbstract = (node: ts.Declaration): boolean =>
  Boolean(ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Abstract)

const isInternal = (node: ts.Node): boolean => /@internal/.test(commentOf(node))

function commentOf(node: ts.Node | undefined): string {
  if (!node) return ""
  if (ts.isSourceFile(node)) return /\/\*\*[\s\S]*?\*\//.exec(node.text)?.[0] ?? ""
  return ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1)?.getText() ?? ""
}

function placeOf(node: ts.Node): { file: string; line: number } {
  const source = node.getSourceFile()
  const { line } = source.getLineAndCharacterOfPosition(node.getStart())
  return { file: relative(root, source.fileName).split(sep).join("/"), line: line + 1 }
}
