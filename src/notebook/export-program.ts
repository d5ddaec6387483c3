/** @file A lesson as one TypeScript program that runs beside the book's module. Makes text; knows no archive. */
import { type RunnableCell, runnableCells } from "./export-cells.ts"
import { cellsOf, inputsArgument, placeOf, type TakenLesson } from "./export-lesson.ts"

export function programText(lesson: TakenLesson, names: ReadonlySet<string>): string {
  const { cells, imports, runner } = runnableCells(cellsOf(lesson), names)
  const edited = lesson.parts.filter((part) => part.kind === "cell" && part.edited).length
  const own =
    edited === 0 || lesson.what === "scratchpad"
      ? ""
      : `, with your text in ${edited} ${edited === 1 ? "cell" : "cells"}`
  const isSet = lesson.parts.some((part) => part.kind === "cell" && inputsArgument(part.inputs) !== "")
  const rename = runner === "cell" ? "cell" : `cell as ${runner}`
  const lines = [
    "/*",
    ...[
      lesson.title,
      `A ${lesson.what} of Descent, ${lesson.address}${own}.`,
      ...(isSet ? ["Inputs have the values that you set; change them where a cell begins."] : []),
      "",
      "Run it beside descent.js, with Node 22.18 or newer, or with Deno:",
      `  node ${lesson.id}.ts`,
      `  deno run --allow-read ${lesson.id}.ts`,
    ].map((line) => ` * ${line.replaceAll("*/", "* /")}`.trimEnd()),
    " */",
    importLine([rename, ...imports]),
  ]
  let open = 0
  const left = [...cells]
  for (const part of lesson.parts) {
    if (part.kind === "prose") lines.push(...headings(part.markdown))
    else {
      const runnable = left.shift()!
      if (runnable.redeclares.length > 0) {
        open++
        lines.push("", `{ // From here on, ${listed(runnable.redeclares)} means what the next cell declares.`)
      }
      const place = `${placeOf(lesson)}/${runnable.cell.id}`
      lines.push("", ...cellLines(runnable, place, runner, inputsArgument(part.inputs)))
    }
  }
  lines.push("", `${runner}.end();`, ...Array.from({ length: open }, () => "}"))
  return `${lines.join("\n")}\n`
}

function importLine(names: string[]): string {
  const line = `import { ${names.join(", ")} } from "./descent.js"`
  return line.length <= 100
    ? line
    : `import {\n${names.map((name) => `  ${name},\n`).join("")}} from "./descent.js"`
}

/** The prose stays in the book; its headings say where one is. */
function headings(markdown: string): string[] {
  const found = markdown.split("\n").filter((line) => /^#{1,6} /.test(line))
  return found.flatMap((line) => ["", `// ${line}`])
}

function cellLines(
  { cell, code, problem }: RunnableCell,
  place: string,
  runner: string,
  inputs: string,
): string[] {
  const title = JSON.stringify(cell.title ?? cell.id)
  const commented = cell.source.split("\n").map((line) => `// ${line}`.trimEnd())
  if (problem !== undefined)
    return [`// ${cell.title ?? cell.id}: left out, because it cannot be read (${problem}).`, ...commented]
  if (code === undefined) return [`// ${cell.title ?? cell.id}: shown in the lesson, not run.`, ...commented]
  const begin = `${runner}.begin(${JSON.stringify(place)}, ${title}${inputs});`
  if (cell.error) return [begin, `await ${runner}.fails(async () => {`, code, "});"]
  return [begin, code]
}

function listed(names: string[]): string {
  return names.length === 1 ? names[0] : `each of ${names.join(", ")}`
}
