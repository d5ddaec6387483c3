/** @file Reads a number as people type or paste it, or says what is wrong with it. Knows nothing of right and wrong. */

export type NumberText = { ok: true; value: number } | { ok: false; blank: boolean; says: string }

/** Spaces that calculators and typesetters put between groups of digits; a plain space too. */
const SPACES = /[\s\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]/g
const MINUS = /[\u2212\u2010-\u2015\ufe63\uff0d]/g
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * Accepts `0.5`, `.333`, `3.33e-1`, `1/3`, `-2`, U+2212 and dashes as minus, spaces between groups of digits,
 * `2×10^-3`, `2·10⁻³` and a per cent sign. A comma is asked about, since it means two things in the world.
 */
export function readNumber(typed: string): NumberText {
  const bare = typed.trim().replace(SPACES, "")
  if (bare === "") return refuse("Type a number first.", true)
  const shown = typed.trim().slice(0, 40)
  if (/[\d.]\s+e|e\s+[\d+-]/i.test(typed))
    return refuse(`“${shown}” has a space inside the power of ten. Write it as 1e10.`)
  if (/\d\s+[\d.]/.test(typed.trim()) && !/^\D*\d{1,3}(\s\d{3})+(\D|$)/.test(typed.trim()))
    return refuse(`“${shown}” looks like two numbers. Write one.`)
  if (bare.includes(",")) {
    const point = bare.replace(",", ".")
    return DECIMAL.test(point.replace(MINUS, "-"))
      ? refuse(`A comma can mean two things. If you mean ${point}, write a point for the decimals.`)
      : refuse(`“${shown}” has commas. Write a point for the decimals and no separators.`)
  }
  const text = plain(bare)
  const percent = text.endsWith("%")
  const parts = (percent ? text.slice(0, -1) : text).split("/")
  if (parts.length > 2 || !parts.every((part) => DECIMAL.test(part))) return refuse(garbage(shown))
  const [above, below] = parts.map(Number)
  if (below === 0) return refuse("The fraction divides by zero.")
  const value = (below === undefined ? above : above / below) / (percent ? 100 : 1)
  return Number.isFinite(value) ? { ok: true, value } : refuse(`“${shown}” is too large for a number.`)
}

/** Typographic minus signs, superscripts and `×10^` in their plain forms. */
function plain(text: string): string {
  const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"
  return text
    .replace(MINUS, "-")
    .replace(/\u207b/g, "-")
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(superscripts.indexOf(digit)))
    .replace(/[×·*]10(?:\^|\*\*)?\(?([+-]?\d+)\)?/, "e$1")
    .replace(/^([+-]?)10\^\(?([+-]?\d+)\)?$/, "$11e$2")
}

function garbage(shown: string): string {
  if (/^[+-]?(inf|infinity|∞|nan)$/i.test(shown))
    return `“${shown}” is not a number that can be an answer here.`
  if (/[a-z]/i.test(shown))
    return `“${shown}” has letters. Write the number alone, such as 0.25, 1/4 or 2.5e-1.`
  return `“${shown}” is not a number. Write it as 0.25, 1/4 or 2.5e-1.`
}

function refuse(says: string, blank = false): NumberText {
  return { ok: false, blank, says }
}
