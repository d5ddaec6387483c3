/** @file A term as a name: its anchor, and how its forms are found in running text. Knows no list of terms. */

/** "Hebb's rule" → "hebbs-rule": the same for the glossary's entry and for the box that defines it. */
export function termSlug(term: string): string {
  return term
    .normalize("NFKD")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
}

/** What a `<Definition term="δ (delta)">` defines: the name, and the one in brackets. */
export function namesIn(term: string): string[] {
  const [, name, other] = /^(.*?)\s*(?:\((.*)\))?$/.exec(term) ?? []
  return [name, other].filter(Boolean)
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

/** Source of an expression for a name and its plural; a small first letter may begin a sentence. */
function form(name: string): string {
  const first = name[0]
  const begin = /\p{Ll}/u.test(first) ? `[${first}${first.toUpperCase()}]` : escaped(first)
  const rest = escaped(name.slice(1))
    .replace(/['’]/g, "['’]")
    .replace(/\s+/g, "\\s+")
    .replace(/y$/, "(?:y|ies)")
  return `${begin}${rest}${name.endsWith("y") ? "" : "(?:e?s)?"}`
}

/** Finds any of the names as whole words, the longest first: "gradient descent" hides "gradient". */
export function termPattern(names: Iterable<string>): RegExp {
  const longest = [...names].sort((a, b) => b.length - a.length)
  return new RegExp(
    `(?<![\\p{L}\\p{N}_-])(?:${longest.map(form).join("|")})(?![\\p{L}\\p{N}_]|[-–]\\p{L})`,
    "gu",
  )
}
