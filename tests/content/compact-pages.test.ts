/** @file What may leave a built page, and what has to stay. */
import { describe, expect, it } from "vitest"
import { compactPage } from "../../src/build/compact-pages.ts"

describe("a built page", () => {
  it("has no blanks before the tags of blocks", () => {
    expect(compactPage("<section> <h2>One</h2>\n <p>Two <b>three</b> </p> </section>")).toBe(
      "<section><h2>One</h2><p>Two <b>three</b></p></section>",
    )
  })
  it("keeps the blanks between words and between inline elements", () => {
    const text = '<p>One <a href="#">two</a> <b>three</b> <code>four</code> <button>five</button> six</p>'
    expect(compactPage(text)).toBe(text)
    expect(compactPage("<b>a</b> <picture></picture> <param>")).toBe("<b>a</b> <picture></picture> <param>")
  })
  it("leaves out the end tags of cells, rows and items that the next tag implies", () => {
    expect(
      compactPage("<table><tbody><tr><th>a</th> <td>b</td></tr> <tr><td>c</td></tr></tbody></table>"),
    ).toBe("<table><tbody><tr><th>a<td>b<tr><td>c</tbody></table>")
    expect(compactPage("<ul><li>a</li> <li><p>b</p></li></ul>")).toBe("<ul><li>a<li><p>b</p></ul>")
    expect(compactPage("<tr><td>a</td><template></template></tr>")).toContain("</td><template>")
  })
  it("keeps code, fields and scripts to the character", () => {
    const text =
      '<pre> <div> a </div>\n <p></p></pre><textarea> <p> </textarea><script>x = "> <p>"</script><style> a > p {} </style>'
    expect(compactPage(`<div> ${text} <b></b> </div>`)).toBe(`<div> ${text} <b></b></div>`)
  })
  it("has no quotes around one word, and no last semicolon, in code too", () => {
    expect(
      compactPage(
        '<pre><span class="tk">if</span> x="a"</pre><b class="a b" role="none" style="top:1em;">y="b"</b>',
      ),
    ).toBe('<pre><span class=tk>if</span> x="a"</pre><b class="a b" role=none style="top:1em">y="b"</b>')
    expect(compactPage('<p id="a" hidden="" class="">')).toBe('<p id="a" hidden="" class="">')
  })
  it("closes empty SVG shapes in themselves, and nothing else", () => {
    expect(compactPage('<svg><g></g><line x1="1"></line><text></text></svg><span></span>')).toBe(
      '<svg><g></g><line x1="1"/><text></text></svg><span></span>',
    )
    expect(compactPage("<rect><title>A</title></rect>")).toBe("<rect><title>A</title></rect>")
  })
})
