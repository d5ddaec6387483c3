/** @file Tables as text: a user's CSV file becomes tensors. Knows the format and nothing of where files come from. */
import { checkOptions } from "../core/arguments.ts"
import { ValueError } from "../core/errors.ts"
import { tensor } from "../create.ts"
import { reshape } from "../ops/movement.ts"
import type { Tensor } from "../tensor.ts"

/** How the text of a table is read. */
export interface CsvOptions {
  /** Does the first line hold the names of the columns? True by default; without one they are called "0", "1", … */
  header?: boolean
  /** Name (or number, from 0) of the column that is the target `y`; without it all columns go to `x`. */
  label?: string | number
  /** What stands between two fields; "," by default. */
  separator?: string
  /** What a missing value does: "error" (default) names the first one; "skip" leaves out its row. */
  missing?: "error" | "skip"
}

/** A table as tensors. */
export interface Table {
  /** The columns but the label, [N, D], float32. A column of words becomes one column of 0 and 1 for each word. */
  x: Tensor
  /** The label column [N]: class numbers (int32) if it holds words or whole numbers, else float32. Null without `label`. */
  y: Tensor | null
  /** The names of the D columns of x; `colour=red` for one word of a column of words. */
  columns: string[]
  /** The words of the label column in the order of their class numbers; empty if it holds numbers. */
  classes: string[]
}

/** One line of the file: its fields, and where it begins. */
interface Row {
  readonly line: number
  readonly fields: readonly string[]
}

/** One column: numbers, or places in a sorted list of words. */
interface Column {
  readonly name: string
  readonly values: readonly number[]
  readonly words: readonly string[]
}

const missingWords = new Set(["", "na", "n/a", "nan", "null", "none", "?"])
const isMissing = (field: string): boolean => missingWords.has(field.trim().toLowerCase())
const isNumber = (field: string): boolean => field.trim() !== "" && Number.isFinite(Number(field))

/**
 * The table in a CSV file, given as text or as its bytes (UTF-8): `csv(text, {label: "species"})`. Fields may stand in
 * double quotes, with "" for a quote inside. A column of numbers stays one; a column of words becomes 0 and 1 (or class
 * numbers, as the label), the words sorted. Shape: N rows → x [N, D], y [N].
 * Throws: ValueError that names line and column for a missing value, a word among numbers, a row of another length,
 * a quote that is not closed; and for a label that is no column. Format: RFC 4180.
 * @example
 * const text = "length,colour,species\n1.5,red,rose\n2,blue,iris\n1.7,red,rose"
 * const { x, y, columns, classes } = csv(text, { label: "species" })
 * display(columns, x, classes)
 * y
 */
export function csv(source: string | Uint8Array | ArrayBuffer, options: CsvOptions = {}): Table {
  checkOptions("csv", options, ["header", "label", "separator", "missing"])
  const { header = true, label, separator = ",", missing = "error" } = options
  const text = typeof source === "string" ? source : new TextDecoder().decode(source)
  const rows = parse(text.replace(/^\uFEFF/, ""), separator)
  const first = rows[0]
  if (!first) throw new ValueError("csv: the file is empty; it needs one line for each example.")
  const names = header ? first.fields.map((name) => name.trim()) : first.fields.map((_, i) => String(i))
  const body = complete(header ? rows.slice(1) : rows, names, missing)
  if (body.length === 0)
    throw new ValueError("csv: there is no line with values; was the only line taken for the header?")
  const target = label === undefined ? -1 : typeof label === "number" ? label : names.indexOf(label)
  if (label !== undefined && !(target in names))
    throw new ValueError(
      `csv: there is no column ${JSON.stringify(label)}; the columns are ${names.join(", ")}.`,
    )
  const columns = names.map((name, c) => columnOf(name, c, body))
  const inputs = columns.filter((_, c) => c !== target).flatMap(spread)
  const x = Float32Array.from({ length: body.length * inputs.length }, (_, i) => {
    return inputs[i % inputs.length].values[Math.floor(i / inputs.length)]
  })
  const y = columns[target]
  return {
    x: reshape(tensor(x), [body.length, inputs.length]),
    y: y ? tensor([...y.values], { dtype: y.values.every(isWhole) ? "int32" : "float32" }) : null,
    columns: inputs.map(({ name }) => name),
    classes: y ? [...y.words] : [],
  }
}

const isWhole = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < 2 ** 31

/** The lines of the file, taken apart. Empty lines do not count. */
function parse(text: string, separator: string): Row[] {
  const rows: Row[] = []
  let line = 1
  let at = 0
  while (at < text.length) {
    const start = line
    const fields: string[] = []
    for (let open = true; open; ) {
      let field = ""
      if (text[at] === '"') {
        const end = closingQuote(text, at, start)
        field = text.slice(at + 1, end).replaceAll('""', '"')
        line += field.split("\n").length - 1
        at = end + 1
      }
      const from = at
      while (at < text.length && text[at] !== "\n" && text[at] !== "\r" && !text.startsWith(separator, at))
        at++
      fields.push(field + text.slice(from, at))
      open = text.startsWith(separator, at)
      if (open) at += separator.length
    }
    if (text[at] === "\r") at++
    if (text[at] === "\n") at++
    if (fields.length > 1 || fields[0].trim() !== "") rows.push({ line: start, fields })
    line++
  }
  return rows
}

/** Where the quote that opens at `at` is closed; "" inside is a quote itself. */
function closingQuote(text: string, at: number, line: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 2))
    if (text[end + 1] !== '"') return end
  throw new ValueError(`csv: line ${line}: a quote is opened and never closed; add the missing ".`)
}

/** The rows that hold a value in every column. */
function complete(rows: readonly Row[], names: readonly string[], missing: "error" | "skip"): Row[] {
  return rows.filter(({ line, fields }) => {
    if (fields.length !== names.length)
      throw new ValueError(
        `csv: line ${line} has ${fields.length} fields where there are ${names.length} columns (${names.join(", ")}); ` +
          "check the separator, and quote fields that contain it.",
      )
    const hole = fields.findIndex(isMissing)
    if (hole >= 0 && missing === "error")
      throw new ValueError(
        `csv: line ${line}, column "${names[hole]}": the value is missing` +
          `${fields[hole].trim() === "" ? "" : ` ("${fields[hole].trim()}")`}; fill it in, or leave such rows out with {missing: "skip"}.`,
      )
    return hole < 0
  })
}

function columnOf(name: string, c: number, rows: readonly Row[]): Column {
  const fields = rows.map((row) => row.fields[c].trim())
  const word = fields.findIndex((field) => !isNumber(field))
  if (word < 0) return { name, values: fields.map(Number), words: [] }
  if (fields.some(isNumber))
    throw new ValueError(
      `csv: line ${rows[word].line}, column "${name}": "${fields[word]}" is not a number, as other values of the column are; ` +
        'correct it, or make all of them words, e.g. "grade 1".',
    )
  const words = [...new Set(fields)].sort()
  const places = new Map(words.map((entry, i) => [entry, i]))
  return { name, values: fields.map((field) => places.get(field) ?? 0), words }
}

/** A column of numbers as it is; of words, one column of 0 and 1 for each word. */
function spread({ name, values, words }: Column): Column[] {
  if (words.length === 0) return [{ name, values, words }]
  return words.map((word, w) => ({
    name: `${name}=${word}`,
    values: values.map((place) => Number(place === w)),
    words: [],
  }))
}
