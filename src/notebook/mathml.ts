/** @file MathML as KaTeX writes it, made valid. Knows no TeX. */

/** Elements whose children have places: base, script, numerator… One child too many, and browsers draw an error. */
const PLACED = new Set(["msub", "msup", "msubsup", "munder", "mover", "munderover", "mfrac", "mroot"])

/**
 * KaTeX puts an invisible “function of” (U+2061) behind every named operator, even where the name is a value and the
 * element has no place for a second child, as in `\mu_{\max}`. There the sign goes.
 */
export function validMathml(html: string): string {
  const open: string[] = []
  return html.replace(/<mo>\u2061<\/mo>|<(\/?)(m[a-z]+)\b[^>]*>/g, (tag, close, name) => {
    if (name === undefined) return PLACED.has(open.at(-1) ?? "") ? "" : tag
    if (close) open.pop()
    else open.push(name)
    return tag
  })
}
