/**
 * @file Makes the built pages smaller without changing what a browser makes of them: no blanks at the edges of blocks,
 * empty SVG shapes closed in themselves, no end tags that the next tag implies, no quotes around one word.
 * Knows no page.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { AstroIntegration } from "astro"

/** Elements before whose tags a blank is never drawn. */
const blocks =
  "article|aside|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|legend|li|main|nav|ol|p|section|summary|table|tbody|td|th|thead|tr|ul"
const blank = new RegExp(`>\\s+(?=</?(?:${blocks})[\\s>])`, "g")
const shape = /<(circle|ellipse|line|path|polygon|polyline|rect|use)\b([^<>]*?)><\/\1>/g
/** A cell, a row or an item ends where the next one begins or its parent ends. */
const implied =
  /<\/(?:td|th)>(?=<(?:td|th|\/tr)\b)|<\/tr>(?=<(?:tr|\/tbody|\/thead)\b)|<\/li>(?=<(?:li|\/ul|\/ol)\b)/g
/** Where every character counts. */
const kept = /(<(pre|textarea|script|style)\b[\s\S]*?<\/\2>)/

/** Quotes around one word, and the last semicolon of a style. Names of places, and the head, keep theirs: programs read them. */
const attributes = (part: string): string =>
  part.replace(/<(?!html|meta|link)[a-zA-Z][^<>]*>/g, (tag) =>
    tag
      .replace(/ (?!(?:id|href|src|data-[\w-]+)=)([\w-]+)="([\w.#-]+)"(?=[\s>])/g, " $1=$2")
      .replace(/ style="([^"]*);"/, ' style="$1"'),
  )

const short = (part: string): string =>
  attributes(part.replace(blank, ">").replace(shape, "<$1$2/>").replace(implied, ""))

export function compactPage(html: string): string {
  // Each match of `kept` gives three parts: what stands before it, all of it, its name.
  return html
    .split(kept)
    .map((part, i) => [short(part), part.startsWith("<pre") ? attributes(part) : part, ""][i % 3])
    .join("")
}

export function compactPages(): AstroIntegration {
  return {
    name: "compact-pages",
    hooks: {
      "astro:build:done": ({ dir }) => {
        const root = fileURLToPath(dir)
        for (const name of globSync("**/*.html", { cwd: root })) {
          const file = join(root, name)
          writeFileSync(file, compactPage(readFileSync(file, "utf8")))
        }
      },
    },
  }
}
