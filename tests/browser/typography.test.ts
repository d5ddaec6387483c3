/** @file How the pages of the built book are set: apostrophes, and groups of digits. Code, formulas and drawings are none of it. */
import { describe, expect, it } from "vitest"
import { pages } from "./pages.ts"

const characters: Record<string, string> = { "&#39;": "'", "&apos;": "'", "&#x27;": "'", "&nbsp;": " " }

/** What a reader sees, hears or finds by a search: the texts between the tags, and in attributes that are read. */
function texts(html: string): string[] {
  const seen = html
    .replace(/<!--.*?-->/gs, "")
    .replace(/<(script|style|pre|code|kbd|math|svg|textarea)\b.*?<\/\1>/gs, "")
  const read = [...seen.matchAll(/\s(?:title|content|alt|placeholder|aria-label|label)="([^"]*)"/g)]
  return [...seen.split(/<[^>]*>/), ...read.map(([, text]) => text)].map((text) =>
    text.replace(/&[#\w]+;/g, (sign) => characters[sign] ?? sign),
  )
}

describe.each(pages)("the page /$path", ({ html }) => {
  const all = texts(html)

  it("has typographic apostrophes, in titles, too", () => {
    expect(all.filter((text) => /\p{L}'\p{L}|s'\s/u.test(text))).toEqual([])
  })

  it("has numbers in groups of three from five digits on, and only those", () => {
    const addresses = /\bhttps?:\S+/g
    const odd = /(?<![\d.,:#/\w-])\d{5,}(?![\w-])|(?<![\d.,])\d,\d{3}(?![\d,])|\d[\u2009\u202f]\d{3}(?!\d)/
    expect(all.filter((text) => odd.test(text.replace(addresses, "")))).toEqual([])
  })
})
