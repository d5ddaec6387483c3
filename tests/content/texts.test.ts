/** @file The small pieces of the content pipeline: fences, numbers in prose, short texts, code colours, works. */
import { readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { cited, parseBibliography, shortForm } from "../../src/build/bibliography.ts"
import { cellFence } from "../../src/build/fence.ts"
import { highlight } from "../../src/build/highlight.ts"
import { lessonPath } from "../../src/build/lesson-path.ts"
import { inlineMarkdown, markdown } from "../../src/build/markdown.ts"
import { formatValue } from "../../src/build/values.ts"

describe("the line behind a fence", () => {
  it("gives a cell's options", () => {
    expect(
      cellFence("ts", 'cell id="ce" title="Cross-entropy, by hand" caption="It *falls*." hidden slow'),
    ).toEqual({
      id: "ce",
      title: "Cross-entropy, by hand",
      caption: "It *falls*.",
      hidden: true,
      slow: true,
    })
  })
  it("is no cell without the word, or in another language", () => {
    expect(cellFence("ts", null)).toBeUndefined()
    expect(cellFence("ts", "cellular")).toBeUndefined()
    expect(cellFence("python", 'cell id="a"')).toBeUndefined()
  })
  it("must have an id of lower-case letters, digits and hyphens", () => {
    expect(() => cellFence("ts", 'cell id="Loss 1"')).toThrow(/lower-case/)
  })
})

describe("a number in prose", () => {
  it.each([
    [-0.14, undefined, "−0.14"],
    [0.8925345, 4, "0.8925"],
    [0.8925345, undefined, "0.8925"],
    [-0.00001, 2, "−1 × 10⁻⁵"],
    [2.53e-18, 3, "2.5 × 10⁻¹⁸"],
    [0, 2, "0.00"],
    [0.000034567, undefined, "3.457 × 10⁻⁵"],
    [-62_378_344, undefined, "−62,378,344"],
    [12_345_678.9, undefined, "1.235 × 10⁷"],
    [3.1e12, 1, "3.1 × 10¹²"],
    [1234567, undefined, "1,234,567"],
    [1797, undefined, "1797"],
    [74041.66, 1, "74,041.7"],
    [0, undefined, "0"],
    [-0, undefined, "0"],
    [3.5e-12, undefined, "3.5 × 10⁻¹²"],
    [Number.POSITIVE_INFINITY, 2, "∞"],
    [[1, -2.5], undefined, "(1, −2.5)"],
    ["blue", undefined, "blue"],
  ] as const)("%s with %s digits reads %s", (value, digits, text) => {
    expect(formatValue(value, digits)).toBe(text)
  })
  it("never has a hyphen for a minus, and reads back to four digits", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), (value) => {
        const text = formatValue(value)
        expect(text).not.toContain("-")
        const back = text
          .replaceAll("−", "-")
          .replaceAll(",", "")
          .replace(
            / × 10(.*)$/,
            (_, power: string) =>
              `e${[...power].map((c) => (c === "⁻" ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c))).join("")}`,
          )
        expect(Math.abs(Number(back) - value)).toBeLessThanOrEqual(1e-3 * Math.abs(value))
      }),
    )
  })
})

describe("short texts", () => {
  it("render mathematics inside their line", async () => {
    const html = await inlineMarkdown("The loss *falls* with $p$.", "a caption")
    expect(html).toMatch(/^The loss <em>falls<\/em> with <span class="katex">.*<\/span>\.$/s)
  })
  it("keep a formula inside one paragraph", async () => {
    expect((await markdown("One $x$ two.\n\nThree.", "a hint")).match(/<p>/g)).toHaveLength(2)
  })
  it("say where a wrong formula stands", async () => {
    await expect(markdown("One.\n\n$\\frac{$", "hint 2 of softmax")).rejects.toThrow(
      /^hint 2 of softmax:3:1: TeX/,
    )
  })
  it("escape what is not markup", async () => {
    expect(await inlineMarkdown("`a < b && c`", "x")).toBe("<code>a &lt; b &amp;&amp; c</code>")
  })
})

describe("highlighted code", () => {
  it("has token classes, no colours, and exactly the author's text", async () => {
    const source = 'const a: number = 0.41 // <b>\nconst s = "x & y"\n'
    const html = await highlight(source)
    expect(html).toContain('<span class="tk">const</span>')
    expect(html).not.toContain("style=")
    const text = html
      .replace(/<[^>]*>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&")
    expect(text.trimEnd()).toBe(source.trimEnd())
  })
})

describe("a lesson's path", () => {
  it("says id, number and part, on every system", () => {
    const expected = { id: "gradient-descent", number: 17, part: "04-gradients", partNumber: 4 }
    expect(lessonPath("content/04-gradients/17-gradient-descent.mdx")).toMatchObject(expected)
    expect(lessonPath("content\\04-gradients\\17-gradient-descent.mdx")).toMatchObject(expected)
    expect(lessonPath("content/17-gradient-descent.mdx")).toBeUndefined()
  })
})

describe("the bibliography", () => {
  const text = readFileSync("content/references.json", "utf8")
  const works = parseBibliography(text, "content/references.json")
  it("is complete, and its DOIs look like DOIs", () => {
    expect(works.size).toBeGreaterThan(15)
    for (const { key, year, doi } of works.values()) {
      expect(key).toMatch(new RegExp(`^[a-z]+${year}[a-z]*$`))
      if (doi) expect(doi).toMatch(/^10\.\d{4,5}\/\S+$/)
    }
  })
  it("names the line of a work without its data", () => {
    expect(() =>
      parseBibliography('{\n  "a1": {"authors": "A", "year": 1, "title": "T"}\n}', "r.json"),
    ).toThrow('r.json:2:1: the work "a1" has no where')
  })
  it("shortens to the authors' names and the year", () => {
    expect(shortForm({ authors: "Rosenblatt, F.", year: 1958 })).toBe("Rosenblatt 1958")
    expect(shortForm({ authors: "Boyd, S.; Vandenberghe, L.", year: 2004 })).toBe(
      "Boyd and Vandenberghe 2004",
    )
    expect(cited(["guo2017"])[0].short).toBe("Guo et al. 2017")
  })
})
