/** @file Every link of the built book leads somewhere, under the sub-path that it was built for; every page says what it is. */
import { existsSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, inject, it } from "vitest"
import { dist, pages } from "./pages.ts"

const base = new URL(inject("book")).pathname
const decode = (text: string) => text.replaceAll("&amp;", "&").replaceAll("&#38;", "&")

function target(path: string): string | undefined {
  const file = join(dist, decodeURIComponent(path.slice(base.length)))
  if (!path.startsWith(base) || !existsSync(file)) return undefined
  return statSync(file).isDirectory() ? join(file, "index.html") : file
}

const ids = (file: string) =>
  new Set([...readFileSync(file, "utf8").matchAll(/\sid="([^"]+)"/g)].map(([, id]) => decode(id)))

describe.each(pages)("the page /$path", ({ path, html }) => {
  it("links only to what is there", () => {
    const here = new URL(`http://book${base}${path}`)
    const broken = [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)]
      .map(([, link]) => decode(link))
      .filter((link) => !/^(https?:|mailto:|data:|javascript:)/.test(link))
      .filter((link) => {
        const url = new URL(link, here)
        const file = target(url.pathname)
        if (!file || !existsSync(file)) return true
        const anchor = decodeURIComponent(url.hash.slice(1))
        return (
          anchor !== "" && !/^(ex\.|shared=)/.test(anchor) && file.endsWith(".html") && !ids(file).has(anchor)
        )
      })
    expect([...new Set(broken)]).toEqual([])
  })

  it("has a title, a description, social tags and one main heading", () => {
    expect(html).toMatch(/<title>[^<]{5,}<\/title>/)
    expect(html).toMatch(/<meta name="description" content="[^"]{20,}"/)
    expect(html).toMatch(/<meta property="og:title"/)
    expect(html).toMatch(/<html[^>]* lang="en"/)
    expect(html.match(/<h1[\s>]/g)).toHaveLength(1)
  })

  it("uses each id once", () => {
    const all = [...html.replace(/<svg[\s\S]*?<\/svg>/g, "").matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(all.filter((id, i) => all.indexOf(id) !== i)).toEqual([])
  })
})

describe("the book", () => {
  it("has a sitemap, a page for lost readers and a home page", () => {
    expect(existsSync(join(dist, "404.html"))).toBe(true)
    expect(existsSync(join(dist, "sitemap-index.xml"))).toBe(true)
    expect(pages.map(({ path }) => path)).toContain("")
  })
})
