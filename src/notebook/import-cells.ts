/**
 * @file Cells out of a file: the book's own JSON, a notebook or a program that the book has made, other notebooks and
 * programs as far as they are TypeScript. Undoes what the export adds. Takes the parser as an argument; knows no page.
 */
import type { Parser } from "./cell-reader.ts"

export interface ImportedCell {
  /** As in the file; the same may be there twice. */
  id?: string
  title?: string
  source: string
  inputs?: Record<string, unknown>
}

export interface ImportedCells {
  name: string
  cells: ImportedCell[]
  /** What the reader should know about it. */
  note?: string
}

/** Why a file cannot be read, in a reader's words. */
export class ImportError extends Error {}

export const SCRATCHPAD_FORMAT = "descent-scratchpad"
const VERSION = 1

/** What the book saves; {@link readCells} reads it. */
export function scratchpadFile(name: string, cells: readonly ImportedCell[], book: string): string {
  return `${JSON.stringify({ format: SCRATCHPAD_FORMAT, version: VERSION, book, name, cells }, null, 1)}\n`
}

/** `file` is the file's name. Throws {@link ImportError}. */
export function readCells(file: string, text: string, { parseCell }: Parser): ImportedCells {
  const name = file.replace(/^.*[/\\]/, "").replace(/\.[a-z]+$/i, "") || "Scratchpad"
  const isJson = /\.(json|ipynb)$/i.test(file) || (!/\.[cm]?[jt]s$/i.test(file) && /^\s*\{/.test(text))
  const found = isJson ? fromJson(name, text) : fromProgram(name, text)
  const cells = found.cells.map((cell) => ({ ...cell, source: bare(cell.source, parseCell) }))
  if (cells.length === 0) throw new ImportError("The file holds no cells.")
  return { ...found, cells }
}

function fromJson(name: string, text: string): ImportedCells {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    throw new ImportError("The file is damaged or cut off: it is no complete JSON.")
  }
  if (!isRecord(file)) throw new ImportError("The file is not one that this book has saved.")
  if (file.format === "descent-backup")
    throw new ImportError(
      "The file holds all your work, not one scratchpad: bring it in on the page “Your work”.",
    )
  if (file.format === SCRATCHPAD_FORMAT) return fromScratchpad(name, file)
  if (Array.isArray(file.cells) && typeof file.nbformat === "number") return fromNotebook(name, file)
  throw new ImportError("The file is neither a scratchpad of this book nor a notebook.")
}

function fromScratchpad(name: string, file: Record<string, unknown>): ImportedCells {
  if (Number(file.version) > VERSION)
    throw new ImportError(
      "The file was saved by a newer version of this book. Reload the page and try again.",
    )
  const { cells } = file
  if (!Array.isArray(cells)) throw new ImportError("The file is damaged: its cells are missing.")
  return {
    name: typeof file.name === "string" && file.name !== "" ? file.name : name,
    cells: cells.map((cell, i) => {
      if (!isRecord(cell) || typeof cell.source !== "string")
        throw new ImportError(`The file is damaged: cell ${i + 1} has no text.`)
      const { id, title, source, inputs } = cell
      return {
        ...(typeof id === "string" && { id }),
        ...(typeof title === "string" && title !== "" && { title }),
        source,
        ...(isRecord(inputs) && { inputs }),
      }
    }),
  }
}

function fromNotebook(name: string, { metadata, cells }: Record<string, unknown>): ImportedCells {
  const about = isRecord(metadata) ? metadata : {}
  const kernel = isRecord(about.kernelspec) ? String(about.kernelspec.language ?? "") : ""
  if (kernel !== "" && !/^(typescript|javascript)$/i.test(kernel))
    throw new ImportError(`The notebook is written in ${kernel}; cells of this book are TypeScript.`)
  let left = 0
  const taken = (cells as unknown[]).flatMap((cell): ImportedCell[] => {
    if (!isRecord(cell)) throw new ImportError("The file is damaged: one of its cells cannot be read.")
    const text = Array.isArray(cell.source) ? cell.source.join("") : String(cell.source ?? "")
    const own = isRecord(cell.metadata) && isRecord(cell.metadata.descent) ? cell.metadata.descent : undefined
    const said = {
      ...(typeof own?.cell === "string" && { id: own.cell }),
      ...(typeof own?.title === "string" && { title: own.title }),
    }
    if (cell.cell_type === "code") {
      if (isImport(text)) return []
      const { inner, inputs } = unframed(text)
      return [{ ...said, source: withoutFails(inner), ...setTo(inputs) }]
    }
    // What could not be read when it was saved stands there as text.
    const fenced = own && /^(`{3,})ts\n([\s\S]*)\n\1$/m.exec(text)
    if (fenced) return [{ ...said, source: fenced[2] }]
    // The title of the whole and those of cells are taken from elsewhere.
    if (!/^(lesson$|title-)/.test(String(cell.id))) left++
    return []
  })
  return {
    name: typeof about.title === "string" && about.title !== "" ? about.title : name,
    cells: taken,
    ...(left > 0 && { note: "Texts between the cells were left out." }),
  }
}

/** The line that fetches the book's module: a cell has it without. */
function isImport(text: string): boolean {
  return /^import \{[^}]*\bcell\b[^}]*\} from "[^"]*descent\.js"\s*$/.test(text)
}

/** What an exported cell is without the two lines that it stands between, and what the first one says of its inputs. */
function unframed(text: string): { inner: string; inputs?: string } {
  const frame =
    /^(\w+)\.begin\("(?:[^"\\]|\\.)*"(?:, (?:undefined|"(?:[^"\\]|\\.)*")(?:, (\{.*\}))?)?\);\n([\s\S]*)\n\1\.end\(\);$/.exec(
      text,
    )
  return frame ? { inner: frame[3], inputs: frame[2] } : { inner: text }
}

/** Inputs that somebody has written by hand may be no data. */
function setTo(json: string | undefined): { inputs?: Record<string, unknown> } {
  if (json === undefined) return {}
  try {
    const inputs: unknown = JSON.parse(json)
    return isRecord(inputs) ? { inputs } : {}
  } catch {
    return {}
  }
}

function withoutFails(text: string): string {
  return /^await \w+\.fails\(async \(\) => \{\n([\s\S]*)\n\}\);$/.exec(text)?.[1] ?? text
}

/** Without the call that shows the last expression. */
function bare(source: string, parseCell: Parser["parseCell"]): string {
  if (!/\bcell_*\.show\(/.test(source)) return source
  const parsed = parseCell(source)
  const last = "analysis" in parsed ? parsed.analysis.last : undefined
  if (!last) return source
  const shown = /^cell_*\.show\(([\s\S]*)\)$/.exec(source.slice(last.start, last.end))
  return shown ? source.slice(0, last.start) + shown[1] + source.slice(last.end) : source
}

const BEGIN = /^cell_*\.begin\("([^"]*)", ("(?:[^"\\]|\\.)*")(?:, (\{.*\}))?\);$/
const LEFT_OUT = /^\/\/ (.*): left out, because it cannot be read \(.*\)\.$/
const STATIC = /^\/\/ .*: shown in the lesson, not run\.$/
const SEAM = /^(\{ \/\/ From here on, .* means what the next cell declares\.|cell_*\.end\(\);)$/

function fromProgram(name: string, text: string): ImportedCells {
  const lines = text.replaceAll("\r\n", "\n").split("\n")
  if (!lines.some((line) => BEGIN.test(line) || LEFT_OUT.test(line))) return fromOther(name, text)
  const title = lines[0] === "/*" ? lines[1].replace(/^ \* ?/, "").replaceAll("* /", "*/") : name
  const isLesson = !/^ \* A scratchpad of/m.test(text)
  const cells: ImportedCell[] = []
  let at = 0
  while (at < lines.length) {
    const begin = BEGIN.exec(lines[at])
    const leftOut = LEFT_OUT.exec(lines[at])
    at++
    if (!begin && !leftOut) continue
    const from = at
    while (at < lines.length && !(lines[at - 1] === "" && isSeam(lines[at]))) at++
    // An empty line stands before what comes next.
    const own = lines.slice(from, at - 1)
    // The headings of a lesson stand before the next cell.
    while (isLesson && own.at(-2) === "" && /^\/\/ #{1,6} /.test(own.at(-1) ?? "")) own.splice(-2)
    if (begin) {
      const id = begin[1].slice(begin[1].lastIndexOf("/") + 1)
      const said = JSON.parse(begin[2]) as string
      const source = withoutFails(own.join("\n"))
      cells.push({ id, ...(said !== id && { title: said }), source, ...setTo(begin[3]) })
    } else {
      const said = leftOut?.[1] ?? ""
      const source = own.map((line) => line.replace(/^\/\/ ?/, "")).join("\n")
      cells.push(/^c\d+$/.test(said) ? { id: said, source } : { title: said, source })
    }
  }
  return { name: title, cells }
}

function isSeam(line: string): boolean {
  return [BEGIN, LEFT_OUT, STATIC, SEAM].some((sign) => sign.test(line))
}

/** Somebody's program: one cell, and a word about what does not work in it. */
function fromOther(name: string, text: string): ImportedCells {
  if (text.includes("\0")) throw new ImportError("The file is no text.")
  if (text.trim() === "") throw new ImportError("The file is empty.")
  const imports = /^\s*(import|export)\b/m.test(text)
  const note = "This book has not made the file: all of it is one cell."
  return {
    name,
    cells: [{ source: text.replace(/\n$/, "") }],
    note: imports
      ? `${note} A cell cannot use \`import\` and \`export\`: the library is there without.`
      : note,
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
