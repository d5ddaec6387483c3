/** @file Listings in the book's colours of code, the same at build and in the page. Reads no language, only words. */
import { escapeText } from "../lib/svg.ts"

export type Language = "wat" | "wgsl" | "ts" | "loop"

/** What is coloured, by class; the first that matches at a place wins. */
const words: Record<Language, [name: string, pattern: string][]> = {
  wat: [
    ["ts", '"[^"\\n]*"'],
    ["tf", "\\$[\\w.]+"],
    [
      "tk",
      "\\b(?:func|param|local|result|import|export|memory|loop|block|if|else|end|br_if|br|call)\\b(?!\\.)",
    ],
    ["tt", "\\b(?:[if](?:32|64|32x4|64x2|16x8|8x16)|v128)\\b"],
    ["tn", "-?\\b\\d[\\w.+-]*"],
  ],
  wgsl: [
    ["tc", "//[^\\n]*"],
    ["tk", "\\b(?:fn|let|var|for|if|return|struct|else)\\b"],
    ["tt", "\\b(?:f32|i32|u32|bool|array|vec[234]|uniform|storage|read_write)\\b"],
    ["tf", "@\\w+|\\b[a-z]\\w*(?=\\()"],
    ["tn", "\\b\\d[\\w.]*"],
  ],
  ts: [
    ["tc", "//[^\\n]*"],
    ["ts", '"[^"\\n]*"'],
    ["tk", "\\b(?:const|let|await|return|import|from|export|new)\\b"],
    ["tf", "\\b[a-z]\\w*(?=\\()"],
    ["tn", "\\b\\d[\\w.]*"],
  ],
  loop: [
    ["tk", "\\b(?:for|once)\\b"],
    ["tf", "\\b[a-z]\\w*(?=\\()"],
    ["tn", "\\b\\d[\\w.]*"],
  ],
}

const patterns = new Map<Language, RegExp>()

function patternOf(language: Language): RegExp {
  let pattern = patterns.get(language)
  if (!pattern) {
    pattern = new RegExp(words[language].map(([name, part]) => `(?<${name}>${part})`).join("|"), "g")
    patterns.set(language, pattern)
  }
  return pattern
}

/** The text as HTML, with what has a colour in spans. */
export function coloured(source: string, language: Language): string {
  let html = ""
  let at = 0
  for (const match of source.matchAll(patternOf(language))) {
    const found = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined)
    html += escapeText(source.slice(at, match.index))
    html += found ? `<span class="${found[0]}">${escapeText(match[0])}</span>` : escapeText(match[0])
    at = match.index + match[0].length
  }
  return html + escapeText(source.slice(at))
}

/** A block of code that scrolls by keyboard too. */
export function listing(source: string, language: Language, label: string): string {
  return `<pre class="code tour-code" tabindex="0" role="group" aria-label="${escapeText(label)}"><code>${coloured(source, language)}</code></pre>`
}

/** Bytes in rows of sixteen, as a hexadecimal listing. */
export function hexadecimal(bytes: Uint8Array): string {
  const rows: string[] = []
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)].map((byte) => byte.toString(16).padStart(2, "0"))
    rows.push(`${at.toString(16).padStart(4, "0")}  ${row.join(" ")}`)
  }
  return rows.join("\n")
}
