/** @file Outputs as HTML: everything escaped, bounded, reachable by keyboard. */
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { tensor } from "../../engine/index.ts"
import { display } from "../../src/notebook/display.ts"
import { alignedText, numberText } from "../../src/notebook/number-text.ts"
import type { Output } from "../../src/notebook/output.ts"
import { renderOutput } from "../../src/notebook/render.ts"

const EVIL = `<img src=x onerror="alert(1)">'&`

/** Text between tags and inside attributes must not open a tag, close a quote or start an entity of its own. */
function isSafe(html: string): boolean {
  return (
    !/<img|onerror="/.test(html) &&
    html
      .split("<")
      .slice(1)
      .every((part) => /^\/?[a-z]+[0-9]?[\s>]/i.test(part) && part.includes(">"))
  )
}

const everyKind: Output[] = [
  { kind: "text", text: EVIL },
  display({ [EVIL]: [EVIL, new Map([[EVIL, EVIL]]), Symbol(EVIL)], [Symbol(EVIL)]: class {} }),
  {
    kind: "tensor",
    shape: [1],
    dtype: EVIL,
    values: [1],
    size: 1,
    min: 1,
    max: 1,
    nonFinite: 0,
    requiresGrad: false,
  },
  { kind: "table", columns: [EVIL], rows: [[EVIL]], total: 9 },
  { kind: "figure", spec: EVIL, alt: EVIL, data: { columns: [EVIL], rows: [[EVIL]] } },
  {
    kind: "curve",
    title: EVIL,
    x: EVIL,
    y: EVIL,
    log: false,
    live: true,
    series: [{ name: EVIL, x: [0], y: [1] }],
  },
  { kind: "tex", tex: EVIL, display: true },
  { kind: "progress", label: EVIL, value: 1, max: 2, ms: 3, done: false },
  { kind: "console", level: "log", text: EVIL },
  { kind: "error", name: EVIL, message: EVIL, hint: EVIL, line: 3, cell: EVIL },
]

describe("renderOutput", () => {
  test("escapes the text of every kind of output", () => {
    for (const output of everyKind) {
      const html = renderOutput(output, "page")
      expect(isSafe(html), html).toBe(true)
    }
  })

  test("says how long a loop will still take, once it can be guessed", () => {
    const at = (ms: number, value: number, max = 100): string =>
      renderOutput({ kind: "progress", label: "", value, max, ms, done: value >= max }, "page")
    expect(at(400, 10)).not.toContain("left")
    expect(at(2000, 10)).toContain("about 18 s left")
    expect(at(20_000, 10)).toContain("about 3 min left")
    expect(at(200, 0)).not.toContain("left")
    expect(at(5000, 99)).toContain("nearly done")
    expect(at(5000, 100)).toContain("5.0 s, done")
    expect(at(3_600_000, 1, 3)).toContain("about 2 h left")
    expect(at(5000, 3, Number.NaN)).not.toContain("left")
  })

  test("no value whatever brings markup of its own", () => {
    const nasty = fc.string({
      unit: fc.constantFrom("<", ">", '"', "'", "&", "a", "/", "=", "\n", "<script>"),
    })
    const value = fc.oneof(
      nasty,
      fc.array(fc.dictionary(nasty, nasty)),
      fc.object({ key: nasty, values: [nasty] }),
    )
    fc.assert(
      fc.property(value, (v) => {
        const html = renderOutput(display(v))
        return (
          !html.includes("<script") &&
          !html
            .replace(
              /<\/?(div|pre|p|span|ul|li|details|summary|table|thead|tbody|caption|tr|th|td)( (class|tabindex|role|aria-label|scope)="[^"<>]*")*>/g,
              "",
            )
            .includes("<")
        )
      }),
      { numRuns: 300 },
    )
  })

  test("uses the markup of an output at build and never in the page", () => {
    const figure: Output = { kind: "figure", alt: "a", svg: "<svg></svg>" }
    const formula: Output = { kind: "tex", tex: "x", display: false, html: "<b>x</b>" }
    expect(renderOutput(figure)).toContain("<svg>")
    expect(renderOutput(figure, "page")).not.toContain("<svg>")
    expect(renderOutput(figure, "page")).toContain("data-figure")
    expect(renderOutput(formula)).toContain("<b>x</b>")
    expect(renderOutput(formula, "page")).toContain('data-tex="x"')
  })

  test("an output of the wrong shape costs itself only", () => {
    for (const kind of ["value", "tensor", "table", "curve", "progress", "nonsense"]) {
      const html = renderOutput({ kind } as unknown as Output, "page")
      expect(html).toContain('class="output')
    }
  })

  test("a tensor has a header, at most 12 × 12 aligned numbers, and flags what is not finite", () => {
    const html = renderOutput(
      display(
        tensor([
          [1, -2.5, 3],
          [4, Number.NaN, 6],
        ]),
      ),
    )
    expect(html).toContain("Tensor [2, 3] float32")
    expect(html).toContain("<td>−2.5000</td>")
    expect(html).toContain('<td class="non-finite">NaN</td>')
    expect(html).toContain("1 NaN or infinite")
    const big = renderOutput(
      display(tensor(Array.from({ length: 20 }, () => Array.from({ length: 20 }, () => 7)))),
    )
    expect(big.match(/<td>7<\/td>/g)?.length).toBe(144)
    expect(big).toContain("<td>…</td>")
    expect(big).toContain("var(--seq-8)")
  })

  test("text is folded beyond forty lines", () => {
    const html = renderOutput({
      kind: "text",
      text: Array.from({ length: 240 }, (_, i) => `n${i}`).join("\n"),
    })
    expect(html).toContain("<summary>Show 200 more lines</summary>")
    expect(html.indexOf("n39\n") < 0 && html.indexOf("n40") > html.indexOf("<summary>")).toBe(true)
  })

  test("a table is a table: column headers, a box that can be focused, a caption where rows are left out", () => {
    const html = renderOutput(display([{ step: 1, loss: 0.5 }]))
    expect(html).toMatch(/tabindex="0" role="group" aria-label="Table with 2 columns, 1 row"/)
    expect(html).toMatch(/<table><thead><tr><th scope="col" class="number">step/)
  })

  test("a word among numbers stands under them, words among words at the left", () => {
    const html = renderOutput(
      display([
        { name: "a", steps: 76 },
        { name: "b", steps: "never" },
      ]),
    )
    expect(html).toContain('<tr><td>b</td><td class="number">never</td></tr>')
  })

  test("a hint shows as code what stands between its backticks", () => {
    const html = renderOutput({ kind: "error", name: "E", message: "m", hint: "Write `a < b`, not `b`." })
    expect(html).toContain('<p class="error-hint">Write <code>a &lt; b</code>, not <code>b</code>.</p>')
  })

  test("an error carries its line", () => {
    const html = renderOutput({ kind: "error", name: "E", message: "m", line: 3, column: 7, hint: "do this" })
    expect(html).toContain('data-line="3" data-column="7"')
    expect(html).toContain("do this")
  })
})

describe("numbers", () => {
  test("have a true minus, few digits and names for what is not finite", () => {
    expect(
      [-0.5, 1 / 3, 1e-9, 123456789, -0, Number.NaN, Number.NEGATIVE_INFINITY].map((v) => numberText(v)),
    ).toEqual(["−0.5", "0.3333", "1e−9", "123456789", "−0", "NaN", "−∞"])
  })

  test("of a column have the same number of decimals", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 1 }), (values) => {
        const texts = values.map(alignedText(values)).filter((text) => !/^−?0$/.test(text))
        const decimals = new Set(texts.map((text) => /e|$/.exec(text)?.[0] || text.split(".")[1]?.length))
        return decimals.size <= 1
      }),
    )
  })
})
