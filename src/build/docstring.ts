/** @file The parts of a docstring: sentences, what it says under labels such as "Shape:", its example. Knows no code. */

/** What a docstring states behind a word and a colon, in the order in which pages show it. */
export const labels = [
  "Shape",
  "Result",
  "Range",
  "Gradient",
  "Initialisation",
  "Throws",
  "Cost",
  "Format",
  "Reference",
] as const

export type Label = (typeof labels)[number]

export interface Docstring {
  /** The first sentence. */
  summary: string
  /** Everything before the first label, in paragraphs. */
  text: string[]
  facts: { label: Label; text: string }[]
  /** The code behind `@example`; "" if there is none. */
  example: string
}

const labelled = new RegExp(`(?:^|(?<=[.?!)]\\s+))(${labels.join("|")}):\\s+`)

/** Takes a comment, with its slashes and stars, apart. */
export function docstring(comment: string): Docstring {
  const [prose, code = ""] = bare(comment).split(/^@example\n?/m)
  const [head, ...rest] = prose.split(labelled)
  const facts = labels.flatMap((label) => {
    const at = rest.indexOf(label)
    return at < 0 ? [] : [{ label, text: oneLine(rest[at + 1]) }]
  })
  const text = head
    .split(/\n\s*\n/)
    .map(oneLine)
    .filter(Boolean)
  return { summary: firstSentence(text[0] ?? ""), text, facts, example: code.trimEnd() }
}

/** The comment's text, without the signs that make it one. */
function bare(comment: string): string {
  return comment
    .replace(/^\s*\/\*\*/, "")
    .replace(/\*\/\s*$/, "")
    .replace(/^[ \t]*\* ?/gm, "")
    .trim()
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim()

/** A sentence ends with a stop and a space; abbreviations do too, and end none. */
function firstSentence(text: string): string {
  return /^.*?(?<!\b(?:e\.g|i\.e|cf))[.?!](?=\s|$)/.exec(text)?.[0] ?? text
}
