/** @file `<Value of="cell.expression" />` → the number that the cell gave at build, as a reader writes it. */
import type { MdastPluginDefinition } from "satteri"
import type { LessonRun } from "./cell-results.ts"
import { ContentError, type Place, suggestion } from "./content-error.ts"
import { attribute, attributes, type Jsx, textAttribute } from "./jsx-node.ts"
import type { NumberedLesson } from "./numbering.ts"

/** `digits`: decimals; without it four significant digits (integers whole). True minus, powers of ten as ×10ⁿ. */
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
  let text: string
  if (digits !== undefined) text = value.toFixed(digits)
  else if (Number.isInteger(value) && Math.abs(value) < 1e15) text = String(value)
  else text = String(Number(value.toPrecision(4)))
  const [mantissa, exponent] = text.split("e")
  const signed = (part: string): string => (/^-[0.]*$/.test(part) ? part.slice(1) : part).replace("-", "−")
  const superscript = (part: string): string =>
    [...part.replace("+", "")].map((sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)])).join("")
  return exponent ? `${signed(mantissa)} × 10${superscript(exponent)}` : signed(mantissa)
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
