/**
 * @file A lesson as a Jupyter notebook for Deno's TypeScript kernel (nbformat 4.5). Makes an object; knows no page.
 */
import { type RunnableCell, runnableCells } from "./export-cells.ts"
import {
  cellsOf,
  inputsArgument,
  type LessonPart,
  type OutputBundle,
  placeOf,
  type TakenLesson,
} from "./export-lesson.ts"

interface NotebookOutput {
  output_type: "display_data"
  data: Record<string, string | string[]>
  metadata: Record<string, never>
}

export type IpynbCell =
  | { id: string; cell_type: "markdown"; metadata: Record<string, unknown>; source: string[] }
  | {
      id: string
      cell_type: "code"
      metadata: Record<string, unknown>
      source: string[]
      execution_count: number | null
      outputs: NotebookOutput[]
    }

export interface Ipynb {
  nbformat: 4
  nbformat_minor: 5
  metadata: Record<string, unknown>
  cells: IpynbCell[]
}

/** `module`: where the notebook finds the book's module, for example `./descent.js`. */
export function ipynb(lesson: TakenLesson, names: ReadonlySet<string>, module: string): Ipynb {
  const { cells, imports, runner } = runnableCells(cellsOf(lesson), names)
  const left = [...cells]
  const rename = runner === "cell" ? "cell" : `cell as ${runner}`
  const intro = `# ${lesson.title}\n\nA ${lesson.what} of Descent, [to be read here](${lesson.address}). It runs with the TypeScript kernel of Deno (\`deno jupyter --install\`).`
  const made: IpynbCell[] = [
    markdownCell("lesson", intro),
    codeCell("descent", `import { ${[rename, ...imports].join(", ")} } from ${JSON.stringify(module)}`),
  ]
  let texts = 0
  let runs = 0
  for (const part of lesson.parts) {
    if (part.kind === "prose") made.push(markdownCell(`text-${++texts}`, part.markdown))
    else {
      const runnable = left.shift()!
      const title = runnable.cell.title
      if (title) made.push(markdownCell(`title-${idOf(runnable)}`, `**${title}**`))
      made.push(lessonCell(placeOf(lesson), runnable, part, runner, () => ++runs))
    }
  }
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
      language_info: {
        name: "typescript",
        version: "5",
        file_extension: ".ts",
        mimetype: "text/x.typescript",
        codemirror_mode: "typescript",
        nbconvert_exporter: "script",
        pygments_lexer: "typescript",
      },
      title: lesson.title,
    },
    cells: made,
  }
}

function lessonCell(
  place: string,
  { cell, code, problem }: RunnableCell,
  { edited, outputs, inputs }: Extract<LessonPart, { kind: "cell" }>,
  runner: string,
  count: () => number,
): IpynbCell {
  const id = cellId(`cell-${cell.id}`)
  const metadata = { descent: { cell: cell.id, ...(cell.title && { title: cell.title }), edited } }
  if (code === undefined) {
    const why = problem === undefined ? "Shown in the lesson, not run." : `It cannot be read (${problem}).`
    return { ...markdownCell(id, `${why}\n\n${fenced(cell.source)}`), metadata }
  }
  const set = inputsArgument(inputs)
  // The notebook shows titles as text of its own.
  const begin = `${runner}.begin(${JSON.stringify(`${place}/${cell.id}`)}${set && `, undefined${set}`});`
  const body = cell.error ? `await ${runner}.fails(async () => {\n${code}\n});` : code
  return {
    ...codeCell(id, `${begin}\n${body}\n${runner}.end();`, outputs),
    execution_count: outputs.length > 0 ? count() : null,
    metadata,
  }
}

function codeCell(
  id: string,
  source: string,
  outputs: OutputBundle[] = [],
): Extract<IpynbCell, { cell_type: "code" }> {
  return {
    id: cellId(id),
    cell_type: "code",
    metadata: {},
    source: lines(source),
    execution_count: null,
    outputs: outputs.map((bundle) => ({
      output_type: "display_data",
      data: Object.fromEntries(Object.entries(bundle).map(([type, text]) => [type, lines(text)])),
      metadata: {},
    })),
  }
}

function markdownCell(id: string, source: string): Extract<IpynbCell, { cell_type: "markdown" }> {
  return { id: cellId(id), cell_type: "markdown", metadata: {}, source: lines(source) }
}

const idOf = ({ cell }: RunnableCell): string => cell.id

/** Of 1 to 64 letters, digits, `-` and `_`. */
function cellId(id: string): string {
  return id.replace(/[^\w-]/g, "-").slice(0, 64)
}

/** A text as the format wants it: lines that keep their ends. */
function lines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/)
}

function fenced(source: string): string {
  const fence = "`".repeat(Math.max(3, ...[...source.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  return `${fence}ts\n${source}\n${fence}`
}
