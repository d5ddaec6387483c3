/** @file What a run has shown, in a sentence for whoever hears the page. Pure; knows neither page nor run. */
import { curveAlt } from "./curve-words.ts"
import { outputText } from "./export-text.ts"
import type { Output } from "./output.ts"

/** More than this of one output is no announcement any more: it is there to be read. */
const LONGEST = 160

/** The beginning of the first output, and how many follow it; nothing where nothing was shown. */
export function spokenOutputs(outputs: Iterable<Output>): string {
  const heard = [...outputs].filter(({ kind }) => kind !== "input" && kind !== "progress")
  if (heard.length === 0) return ""
  const words = spoken(heard[0])
  const said = words.length > LONGEST ? `${words.slice(0, LONGEST).trimEnd()} …` : words
  const more = heard.length - 1
  return more === 0 ? said : `${said}; and ${more} more ${more === 1 ? "output" : "outputs"}`
}

function spoken(output: Output): string {
  switch (output.kind) {
    case "figure":
      return `Figure: ${output.alt}`
    case "curve":
      return `Curve ${curveAlt(output)}`
    case "table":
      return `Table: ${count(output.columns.length, "column")}, ${count(output.total, "row")}`
    case "graph":
      return `Computational graph: ${count(output.nodes.length, "value")}`
    case "tex":
      return `Formula: ${output.tex}`
    case "steps":
      return count(output.total, "step")
    case "tensor":
      return outputText(output).replace(/\s+/g, " ")
    default:
      return firstLine(outputText(output))
  }
}

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`

function firstLine(text: string): string {
  return /\S.*/.exec(text)?.[0].trimEnd() ?? "empty text"
}
