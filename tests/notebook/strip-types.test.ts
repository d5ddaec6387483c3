/** @file Types are erased in place: the program is the one that TypeScript would emit, and nothing moves. */
import { Parser } from "acorn"
import fc from "fast-check"
import ts from "typescript"
import { describe, expect, it } from "vitest"
import { CellSyntaxError, stripTypes } from "../../src/notebook/strip-types.ts"

const cases = [
  "const x = a as any\n(b as any).c()",
  "const x = a satisfies B // c\n[1].map(f)",
  'class A { a: number\n["b"] = 1 }',
  "class A { a?: number; b!: string; static c: number = 1; readonly d = 2; private async *e(): AsyncGenerator<number> {} }",
  "const f = (a: number): {\n x: number\n} => ({ x: a })",
  "const y = (a as number) + 1\n+ (b as number)",
  "function f<T>(this: Window, a?: T, ...r: T[]): asserts a is T {}",
  "const o = { f<T>(x: T) { return x }, get a(): number { return 1 }, async b(): Promise<void> {} }",
  "type Q = 1\ninterface R {}\nconst a = 1",
  "for (const x of y as number[]) z(x!)",
  "const t = <T,>(x: T) => x; t<number>(1)",
  'new Map<string, number>([["a", 1]])',
  "if (a < b && c > (d)) e()",
  "let v: unique symbol",
  "type X = {\n a: 1\n}\nfoo()",
  "abstract class B<T> extends C<T> implements D, E { abstract m(): void; constructor(a?: number) { super() } }",
  "const fn = async (x: number): Promise<number> => await x",
  "a!.b![c!]!()",
  "declare global { interface W {} }\nq()",
  "switch (x as any) { case 1 as const: break }",
  "try {} catch (e: unknown) {}",
  "const { a, b = 2 }: { a: number; b?: number } = c",
  "x = y as any as number",
  "label: while (x!) { continue label }",
  "const a = b ? (c) : (d): e => f",
  "let z = a ? (b: number) => b : c",
  "class G<const T extends readonly unknown[]> extends H { declare x: T; override y = 1 }",
  "class S { 'a b'?: number = 1; [k]: string = 'x'; static { go() } }",
  "function over(a: string): void\nfunction over(a: number): void\nfunction over(a: unknown) {}",
  "const g = function <T extends number>(x: T): x is T { return true }",
  "const s = `a $" + "{b as string} c`",
  "let d!: number\nd = 1",
  "const h = (x?: number, { y }: { y: number } = z) => x",
]

/** The program without positions, and without the empty statements that stand where types stood. */
function shape(code: string): string {
  const program = Parser.parse(code, { ecmaVersion: "latest", sourceType: "module" })
  return JSON.stringify(program, (key, value) =>
    key === "start" || key === "end" || key === "raw"
      ? undefined
      : Array.isArray(value)
        ? value.filter((part) => part?.type !== "EmptyStatement")
        : value,
  )
}

function byCompiler(source: string): string {
  return ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      useDefineForClassFields: true,
      alwaysStrict: false,
    },
  }).outputText
}

describe("stripping types", () => {
  it.each(cases)("gives the program that the TypeScript compiler gives: %j", (source) => {
    expect(shape(stripTypes(source))).toBe(shape(byCompiler(source).replace(/^export \{\};?$/m, "")))
  })

  it("keeps every character that is not type at its place, in any order of statements", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...cases), { minLength: 1, maxLength: 4 }), (parts) => {
        const source = parts.map((part) => `{\n${part}\n}`).join("\n")
        let stripped: string
        try {
          stripped = stripTypes(source)
        } catch (error) {
          // Some statements may stand at the top only.
          expect(error).toBeInstanceOf(CellSyntaxError)
          return
        }
        expect(stripped.length).toBe(source.length)
        const breaks = (text: string) => [...text.matchAll(/\n/g)].map((match) => match.index)
        expect(breaks(stripped)).toEqual(breaks(source))
        for (let i = 0; i < source.length; i++)
          if (stripped[i] !== source[i]) expect(" ;)").toContain(stripped[i])
      }),
    )
  })

  it("does nothing to JavaScript, and nothing to what it has stripped", () => {
    for (const source of cases) {
      const stripped = stripTypes(source)
      expect(stripTypes(stripped)).toBe(stripped)
    }
  })

  it.each([
    ["const a = 1\nenum Color { red }", 2, 1, "enum"],
    ["namespace A { export const b = 1 }", 1, 1, "namespace"],
    ["class P {\n  constructor(private a: number) {}\n}", 2, 15, "parameter"],
    ["const a = <number>b", 1, 11, "x as T"],
  ])("refuses what would have to be rewritten, with its place: %j", (source, line, column, words) => {
    expect(() => stripTypes(source)).toThrow(
      expect.objectContaining({ name: "SyntaxError", line, column, message: expect.stringContaining(words) }),
    )
  })

  it.each([
    ["const a = ;", 1, 11, "`;` is not expected here"],
    ["const a = 1\nconst a = 2", 2, 7, "already been declared"],
    ["f(1, 2", 1, 7, "ends too early"],
    ["let x = 3 +* 4", 1, 12, "`*` is not expected here"],
  ])("says where a syntax error is and what stands there: %j", (source, line, column, words) => {
    expect(() => stripTypes(source)).toThrow(
      expect.objectContaining({ name: "SyntaxError", line, column, message: expect.stringContaining(words) }),
    )
  })
})
