/**
 * @file An answer's TypeScript as a function that can be called: types blanked, `export` blanked, the wanted value
 * returned, positions unchanged. Runs nothing.
 */
import { type ModuleDeclaration, type Pattern, type Program, parse, type Statement } from "acorn"
import { CellSyntaxError, stripTypes } from "./strip-types.ts"

export interface AnswerCode {
  /** Body of an async function; line n of it is line n of the text. */
  body: string
  /** Is the wanted entry declared at the top level? */
  declares: boolean
  /** The text as JavaScript, before anything is returned from it. */
  js: string
}

/** Throws: CellSyntaxError, at the position in `source`. */
export function answerCode(source: string, entry: string | undefined): AnswerCode {
  const js = stripTypes(source)
  const program = parse(js, { ecmaVersion: "latest", sourceType: "module", locations: true })
  const plain = blankExports(js, program)
  const names = new Set(program.body.flatMap(declaredBy))
  const wanted = entry ?? "answer"
  if (names.has(wanted)) return { body: `${plain}\n;return ${wanted}`, declares: true, js: plain }
  const last = program.body.at(-1)
  if (entry === undefined && last?.type === "ExpressionStatement") {
    const { start, end } = last.expression
    const body = `${plain.slice(0, last.start)}return (${plain.slice(start, end)})${plain.slice(end, last.end)}`
    return { body, declares: true, js: plain }
  }
  return { body: plain, declares: false, js: plain }
}

type TopLevel = Statement | ModuleDeclaration

function blankExports(js: string, program: Program): string {
  let body = js
  const blank = (start: number, end: number) => {
    body = body.slice(0, start) + body.slice(start, end).replace(/[^\r\n]/g, " ") + body.slice(end)
  }
  for (const node of program.body as TopLevel[]) {
    if (node.type === "ImportDeclaration" || node.type === "ExportAllDeclaration") {
      const { line, column } = node.loc!.start
      throw new CellSyntaxError(
        "nothing needs to be imported: all of the engine is there by its name. Remove this line.",
        line,
        column + 1,
      )
    }
    if (node.type === "ExportNamedDeclaration")
      node.declaration ? blank(node.start, node.declaration.start) : blank(node.start, node.end)
    if (node.type === "ExportDefaultDeclaration") blank(node.start, node.declaration.start)
  }
  return body
}

function declaredBy(node: TopLevel): string[] {
  switch (node.type) {
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return node.id ? [node.id.name] : []
    case "VariableDeclaration":
      return node.declarations.flatMap(({ id }) => namesIn(id))
    case "ExportNamedDeclaration":
      return node.declaration ? declaredBy(node.declaration) : []
    case "ExportDefaultDeclaration":
      return "id" in node.declaration && node.declaration.id ? [node.declaration.id.name] : []
    default:
      return []
  }
}

function namesIn(pattern: Pattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name]
    case "ObjectPattern":
      return pattern.properties.flatMap((p) => namesIn(p.type === "Property" ? p.value : p.argument))
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []))
    case "AssignmentPattern":
      return namesIn(pattern.left)
    case "RestElement":
      return namesIn(pattern.argument)
    default:
      return []
  }
}
