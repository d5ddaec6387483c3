/**
 * @file The prose of a lesson's page as Markdown, with its formulas as TeX; exercises and explorables as links to the
 * book. Reads the page; knows no file format but Markdown.
 */

/** What a lesson's text consists of, in order. */
export type Piece = { markdown: string } | { cell: HTMLElement }

const SKIPPED =
  "script, style, template, button, nav, input, form, [hidden]:not(.way), .heading-anchor, .visually-hidden, .page-notice, astro-island > template"
const INLINE =
  /^(A|ABBR|B|BR|CITE|CODE|DFN|EM|I|IMG|KBD|MARK|Q|S|SMALL|SPAN|STRONG|SUB|SUP|TIME|VAR|SVG|LABEL|MATH)$/

export function piecesOf(prose: HTMLElement): Piece[] {
  const pieces: Piece[] = []
  let blocks: string[] = []
  const flush = (): void => {
    if (blocks.length > 0) pieces.push({ markdown: blocks.join("\n\n") })
    blocks = []
  }
  const visit = (node: Element): void => {
    if (node.matches("nn-cell")) {
      flush()
      pieces.push({ cell: node as HTMLElement })
    } else if (node.querySelector("nn-cell")) for (const child of node.children) visit(child)
    else blocks.push(...blocksOf(node))
  }
  for (const child of prose.children) visit(child)
  flush()
  return pieces
}

/** Blocks of Markdown, none of them empty. */
function blocksOf(element: Element): string[] {
  if (element.matches(SKIPPED)) return []
  const named = special(element)
  if (named !== undefined) return named === "" ? [] : [named]
  const heading = /^H([1-6])$/.exec(element.tagName)
  if (heading) return filled(`${"#".repeat(Number(heading[1]))} ${inline(element)}`)
  if (element.matches("p") && !isDisplay(element)) return filled(inline(element))
  if (element.matches("ul, ol")) return filled(list(element))
  if (element.matches("summary")) return filled(`**${inline(element)}**`)
  if (element.matches("blockquote")) return filled(quoted(inside(element).join("\n\n")))
  if (element.matches("aside, .box, .note")) return filled(quoted(inside(element).join("\n\n")))
  if (element.matches("table")) return filled(table(element))
  return inside(element)
}

/** It is a formula on a line of its own, or holds one. */
const isDisplay = (element: Element): boolean =>
  element.matches(".katex-display") || element.querySelector(".katex-display") !== null

const filled = (block: string): string[] => (block.trim() === "" ? [] : [block.trim()])

/** Formulas, code, and what can only be used in the book. */
function special(element: Element): string | undefined {
  if (element.matches(".katex-display")) return `$$${texOf(element)}$$`
  if (element.matches("pre"))
    return `\`\`\`${element.getAttribute("data-language") ?? ""}\n${(element.textContent ?? "").replace(/\n$/, "")}\n\`\`\``
  if (element.matches("nn-exercise")) {
    const name = element.getAttribute("data-title") ?? "Exercise"
    const number = element.querySelector(".exercise-label b")?.textContent ?? "Exercise"
    return `> **${number}: ${escaped(name)}.** [Do it in the book](${here(element.id)}), where it is checked.`
  }
  if (element.matches("nn-explorable")) {
    const name = element.querySelector(".ex-label")?.textContent?.trim() ?? "Explorable"
    return `> **${escaped(name)}.** [Move it in the book](${here(element.id)}).`
  }
  return undefined
}

/** The blocks of the children; texts and inline elements between them are paragraphs. */
function inside(element: Element): string[] {
  const blocks: string[] = []
  let run = ""
  const flush = (): void => {
    blocks.push(...filled(run))
    run = ""
  }
  for (const node of element.childNodes) {
    if (node instanceof Text) run += escaped(node.data.replace(/\s+/g, " "))
    else if (node instanceof Element) {
      if (INLINE.test(node.tagName.toUpperCase()) && !isDisplay(node)) run += inlineOf(node)
      else {
        flush()
        blocks.push(...blocksOf(node))
      }
    }
  }
  flush()
  return blocks
}

function inline(element: Element): string {
  let text = ""
  for (const node of element.childNodes) {
    if (node instanceof Text) text += escaped(node.data.replace(/\s+/g, " "))
    else if (node instanceof Element) text += inlineOf(node)
  }
  return text.trim()
}

function inlineOf(element: Element): string {
  if (element.matches(SKIPPED) || element.matches("svg")) return ""
  if (element.matches(".katex")) return `$${texOf(element)}$`
  if (element.matches("br")) return "\\\n"
  if (element.matches("code, kbd")) return coded(element.textContent ?? "")
  const text = inline(element)
  const lead = /^\s/.test(element.textContent ?? "") ? " " : ""
  const trail = /\s$/.test(element.textContent ?? "") ? " " : ""
  if (text === "") return lead
  const around = (sign: string): string => `${lead}${sign}${text}${sign}${trail}`
  if (element.matches("strong, b")) return around("**")
  if (element.matches("em, i, dfn, cite")) return around("*")
  const href = element.getAttribute("href")
  if (href !== null)
    return `${lead}[${text}](${new URL(href, location.href.replace(/#.*/, "")).href})${trail}`
  return `${lead}${text}${trail}`
}

function texOf(element: Element): string {
  return (element.querySelector("annotation")?.textContent ?? element.textContent ?? "").trim()
}

function coded(text: string): string {
  const fence = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)))
  const space = /^`|`$/.test(text) ? " " : ""
  return `${fence}${space}${text}${space}${fence}`
}

function list(element: Element): string {
  const ordered = element.matches("ol")
  return [...element.children]
    .map((item, i) => {
      const sign = ordered ? `${i + 1}. ` : "- "
      return (
        sign +
        inside(item)
          .join("\n\n")
          .replaceAll("\n", `\n${" ".repeat(sign.length)}`)
      )
    })
    .join("\n")
}

function table(element: Element): string {
  const rows = [...element.querySelectorAll("tr")].map((row) =>
    [...row.children].map((cell) => inline(cell).replaceAll("|", "\\|")),
  )
  const width = Math.max(0, ...rows.map((row) => row.length))
  if (width === 0) return ""
  const line = (cells: string[]): string =>
    `| ${Array.from({ length: width }, (_, i) => cells[i] ?? "").join(" | ")} |`
  const [head, ...rest] = rows
  return [line(head), line(Array(width).fill("---")), ...rest.map(line)].join("\n")
}

function quoted(text: string): string {
  return text === "" ? "" : text.replace(/^/gm, "> ").replace(/^> $/gm, ">")
}

/** Signs that would mean something. */
function escaped(text: string): string {
  return text.replace(/[\\*_`[\]<$#|]/g, "\\$&")
}

function here(id: string): string {
  return `${location.origin}${location.pathname}#${id}`
}
