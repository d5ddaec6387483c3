/** @file What TypeScript says of learners' mistakes, in plain words: the compiler itself is asked. */
import ts from "typescript"
import { describe, expect, it } from "vitest"
import { asDeclared, inPlainWords } from "../../src/elements/type-words.ts"

const given = `
declare class Tensor { shape: number[]; grad: Tensor | null; add(b: Tensor | number): Tensor; sum(): Tensor; item(): number; tolist(): number[] }
declare function tensor(values: number[], options?: { dtype?: string; requiresGrad?: boolean }): Tensor
declare function digits(): Promise<{ x: Tensor }>
declare class SGD { constructor(p: Tensor[], o: { lr: number }); step(): void }
declare const x: Tensor
`
const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ["lib.esnext.d.ts"],
  types: [],
}
const host = ts.createCompilerHost(options)
const files = new Map<string, ts.SourceFile | undefined>()

/** What is said of a text, first sentence first. */
function said(source: string): string[] {
  const file = "/cell.ts"
  const read: typeof host.getSourceFile = (name, target) => {
    if (name === file) return ts.createSourceFile(file, `${given}\n${source}`, target)
    if (!files.has(name)) files.set(name, host.getSourceFile(name, target))
    return files.get(name)
  }
  const program = ts.createProgram([file], options, { ...host, getSourceFile: read })
  const text = program.getSourceFile(file)
  return [...program.getSyntacticDiagnostics(text), ...program.getSemanticDiagnostics(text)].map((one) =>
    inPlainWords(one.code, ts.flattenDiagnosticMessageText(one.messageText, "\n")),
  )
}

describe("what TypeScript doubts", () => {
  it.each([
    ["x * 2", /^`-`, `\*`, `\/` and `\*\*` work on numbers only\. For tensors write `a\.sub\(b\)`/],
    ["x + 1", /^`\+` does not go between a tensor and a number\. For tensors write `a\.add\(b\)`/],
    ["x < 1", /^`<` does not go between a tensor and a number\. For tensors write `a\.lt\(b\)`/],
    ["x === 1", /^These two are never equal: one is a tensor, the other a number\..*`a\.eq\(b\)`/],
    ["consle.log(1)", /^`consle` is/],
    ["nowhere", /^`nowhere` is declared neither in this cell, nor in one above it/],
    ["x.lenght", /^A tensor has no `lenght`\./],
    ["x.summ()", /^A tensor has no `summ`\. Did you mean `sum`\?/],
    ["const d = digits()\nd.x", /^A promise of .* has no `x`\. Write `await`/],
    ["const d: Tensor = digits()", /Write `await` before the call/],
    ["x.add('1')", /^What is given here is a text, where `number \| Tensor` is wanted/],
    ["x.add()", /^This function wants 1 value between its brackets and is given none/],
    ["x.sum(1, 2)", /^This function wants nothing between its brackets and is given 2/],
    ["tensor()", /^This function wants 1 or 2 values between its brackets and is given none/],
    ["x.grad.shape", /^`x\.grad` is null until `backward\(\)` has filled it/],
    ["const m = [1].find((n) => n > 1)\nm + 1", /^`m` may be nothing here/],
    [
      "tensor([1], { requires_grad: true })",
      /There is no option `requires_grad`|`requires_grad` is not among the options/,
    ],
    ["SGD([x], { lr: 1 })", /^The class `SGD` makes objects with `new`/],
    ["new SGD(x, { lr: 1 })", /^What is given here is a tensor, where a list of tensors is wanted/],
    ["for (const r of x) r", /^A tensor cannot be walked through.*`tolist\(\)`/],
    ["const a = 1\na = 2", /^`a` is declared with `const` and keeps its value/],
    ["const a = 1\nconst a = 2", /^`a` is declared twice/],
    ["b\nconst b = 1", /^`b` is used before the line that declares it/],
    ["x.shape()", /^This is no function, so it cannot be called/],
    ["const n: number = 'a'", /^This is a text, where a number is wanted/],
    ["if (x.sum) 1", /^This condition is always true: it asks whether the function is there/],
    [
      "async function f() {\n  if (digits()) 1\n}",
      /^This condition is always true: a promise is there in any case/,
    ],
    ["const s = 'abc", /^A text needs its closing quote/],
    ["x.sum(", /^`\)` is missing here/],
    ["const y = ", /^Something is missing here/],
  ])("is said in plain words, with the original behind: %j", (source, words) => {
    const all = said(source)
    expect(all.join("\n---\n")).toMatch(words.source.startsWith("^") ? new RegExp(words.source, "m") : words)
    expect(all.find((one) => words.test(one))).toMatch(/\n\nTypeScript: /)
  })

  it("is left as it is where no words are known, or a sentence has other parts", () => {
    expect(inPlainWords(99999, "Something 'new'.")).toBe("Something 'new'.")
    expect(inPlainWords(2322, "Another sentence.")).toBe("Another sentence.")
  })

  it("names types without the files that declare them", () => {
    const tensor = 'import("file:///engine/tensor").Tensor'
    expect(
      inPlainWords(2345, `Argument of type '${tensor}' is not assignable to parameter of type 'number'.`),
    ).toBe(
      "What is given here is a tensor, where a number is wanted.\n\nTypeScript: Argument of type 'Tensor' is not assignable to parameter of type 'number'.",
    )
    expect(asDeclared(`(alias) function relu(x: ${tensor}): ${tensor}\nimport relu`)).toBe(
      "function relu(x: Tensor): Tensor",
    )
    expect(asDeclared("const alias: string")).toBe("const alias: string")
  })

  it("is nothing for what is right", () => {
    expect(said("const y = x.add(1).sum()\ny.item() * 2")).toEqual([])
  })
})
