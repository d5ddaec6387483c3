/** @file The numbers of an exercise with variants, as markup that the page can fill with a reader's own. Knows no exercise. */
import { escapeHtml } from "./escape-html.ts"
import { highlightLines } from "./highlight.ts"

type Values = Record<string, number>

const given = (name: string, value: number): string =>
  `<span data-given="${name}">${escapeHtml(String(value).replace("-", "−"))}</span>`

/** `{{c}}` in rendered text → the value of c as it is written, in an element of its own. */
export function givenMarkup(html: string, values: Values | undefined): string {
  if (!values) return html
  return html.replace(/\{\{(\w+)\}\}/g, (all, name: string) =>
    name in values ? given(name, values[name]) : all,
  )
}

/** Highlighted code; its lines `const c = 3` stand first, with a number that can be filled in. */
export async function codeMarkup(code: string, values: Values | undefined): Promise<string> {
  if (!values) return highlightLines(code)
  const names = Object.keys(values)
  const rest = code.split("\n").filter((line) => !names.some((name) => line.startsWith(`const ${name} = `)))
  const heads = names.map((name) => `const ${name} = ${given(name, values[name])}\n`)
  return heads.join("") + (await highlightLines(rest.join("\n")))
}
