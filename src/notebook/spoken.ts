/** @file What a run has shown, in a sentence for whoever hears the page. Pure; knows neither page nor run. */
import { outputText } from "./export-text.ts"
import type { Output } from "./output.ts"

/** More than this of one output is no announcement any more: it is there to be read. */
const LONGEST = 160

/** The beginning of the first output, and how many follow it; nothing where nothing was shown. */
export function spokenOutputs(outputs: Iterable<Output>): string {
  const heard = [...outputs].filter(({ kind }) => kind !== "input" && kind !== "progress")
  if (heard.length === 0) return ""
  const [first] = outputText(heard[0])
    .split("\n")
    .filter((line) => line.trim() !== "")
  const words = (first ?? "empty text").trim()
  const said = words.length > LONGEST ? `${words.slice(0, LONGEST).trimEnd()} …` : words
  const more = heard.length - 1
  return more === 0 ? said : `${said}; and ${more} more ${more === 1 ? "output" : "outputs"}`
}
