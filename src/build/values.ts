/** @file `<Value of="cell.expression" />` → the number that the cell gave at build, as a reader writes it. */
import type { MdastPluginDefinition } from "satteri"
import { grouped } from "../notebook/number-text.ts"
import type { LessonRun } from "./cell-results.ts"
import { ContentError, type Place, suggestion } from "./content-error.ts"
import { attribute, attributes, type Jsx, textAttribute } from "./jsx-node.ts"
import type { NumberedLesson } from "./numbering.ts"

/**
 * `digits`: decimals; without it four significant digits (integers whole). True minus, groups of three from five digits
 * on. A number that is too large or too small to be read that way is a power of ten: 2.5 × 10⁻¹⁸, not 0.00;
 * 3.1 × 10¹², not thirteen digits.
 */
export function formatValue(value: unknown, digits?: number): string {
  if (typeof value === "number") return formatNumber(value, digits)
  if (typeof value === "string") return value
  if (typeof value === "boolean") return value ? "true" : "false"
  if (Array.isArray(value)) return `(${value.map((one) => formatValue(one, digits)).join(", ")})`
  throw new Error(
    "it is neither a number, a text nor a list of them; read the tensor with .item() or .tolist()",
  )
}

function formatNumber(value: number, digits?: number): string {
  if (Number.isNaN(value)) return "NaN"
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞"
  const [mantissa, exponent] = scientific(value, digits)
    ? value.toExponential(digits === undefined ? 3 : 1).split("e")
    : [digits === undefined ? plain(value) : value.toFixed(digits)]
  const signed = (part: string): string => (/^-[0.]*$/.test(part) ? part.slice(1) : part).replace("-", "−")
  const superscript = (part: string): string =>
    [...part.replace("+", "")].map((sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)])).join("")
  return exponent
    ? `${signed(String(Number(mantissa)))} × 10${superscript(exponent)}`
    : grouped(signed(mantissa!))
}

const plain = (value: number): string =>
  String(Number.isInteger(value) ? value : Number(value.toPrecision(4)))

/** Would a reader have to count zeros or digits, or see nothing but zeros of a number that is not 0? */
function scientific(value: number, digits?: number): boolean {
  const size = Math.abs(value)
  if (size >= 1e9) return true
  if (value === 0) return false
  if (digits !== undefined) return Number(value.toFixed(digits)) === 0
  return size < 1e-4 || (size >= 1e6 && !Number.isInteger(value))
}

export function valuesPlugin(
  lesson: NumberedLesson,
  results: () => Promise<LessonRun>,
): MdastPluginDefinition {
  const { file } = lesson.path
  const visit = async (node: Readonly<Jsx>): Promise<Jsx | undefined> => {
    if (node.name !== "Value") return undefined
    const position = (node as { position?: { start: Place } }).position?.start
    const of = textAttribute(node, "of") ?? ""
    const cell = of.slice(0, of.indexOf("."))
    const ids = lesson.cells.map(({ fence }) => fence.id)
    if (!ids.includes(cell))
      throw new ContentError(
        file,
        position,
        `<Value of="${of}">: no cell has the id "${cell}".${suggestion(cell, ids)}`,
      )
    const digits = attribute(node, "digits")
    const { values } = await results()
    try {
      if (!Object.hasOwn(values, of)) throw new Error("the cell's run gave no value for it")
      const text = formatValue(values[of], digits === undefined ? undefined : Number(digits))
      return { ...node, attributes: [...node.attributes, ...attributes({ text })] } as Jsx
    } catch (error) {
      throw new ContentError(file, position, `<Value of="${of}">: ${(error as Error).message}.`)
    }
  }
  return {
    name: "values",
    options: { position: true },
    mdxJsxFlowElement: visit,
    mdxJsxTextElement: visit,
  } as MdastPluginDefinition
}
