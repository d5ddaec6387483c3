/** @file Texts of docstrings as markup: names in backticks, exponents and indices in braces. Knows no page. */
import { escapeHtml } from "./escape-html.ts"

/** `href`: the address of a name; names without one are code and no link. */
export function proseHtml(text: string, href: (name: string) => string | undefined): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith("`") ? code(part.slice(1, -1), href) : formula(escapeHtml(typographic(part))),
    )
    .join("")
}

/** Source has straight apostrophes, a page has none. */
const typographic = (text: string): string => text.replace(/(?<=\p{L}{2})'/gu, "’")

function code(text: string, href: (name: string) => string | undefined): string {
  const address = href(text)
  const shown = `<code>${escapeHtml(text)}</code>`
  return address ? `<a href="${escapeHtml(address)}">${shown}</a>` : shown
}

/** `e^{−x}` with a raised exponent, `Σ_{j ≠ y}` and `s_y` with a lowered index. */
function formula(text: string): string {
  return text
    .replace(/\^\{([^}]*)\}/g, "<sup>$1</sup>")
    .replace(/_\{([^}]*)\}|(?<=\b\p{L})_(\p{L})\b/gu, (_, list = "", one = "") => `<sub>${list}${one}</sub>`)
}
