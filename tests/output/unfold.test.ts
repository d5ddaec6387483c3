/** @file Values that unfold as they are opened: what is there at once, what comes, and that nothing is lost. */
import fc from "fast-check"
import { expect, test } from "vitest"
import { display } from "../../src/notebook/display.ts"
import type { ValueNode } from "../../src/notebook/output.ts"
import { renderOutput } from "../../src/notebook/render.ts"
import { renderInside } from "../../src/notebook/render-value.ts"

function tree(value: unknown): ValueNode {
  const output = display(value)
  if (output.kind !== "value") throw new Error(`a ${output.kind}`)
  return output.value
}

const atFirst = (root: ValueNode): string => renderOutput({ kind: "value", value: root }, "page")

/** The text with every fold opened, as a reader with patience would. */
function opened(root: ValueNode, html = atFirst(root)): string {
  return html.replace(
    /<details data-unfold="([^"]*)" data-from="(\d+)">(<summary>.*?<\/summary>)<\/details>/gs,
    (_, path, from, summary) =>
      `<details>${summary}${opened(root, renderInside(root, path, Number(from)))}</details>`,
  )
}

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.integer(),
    fc.string(),
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 6 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 6 }),
  ),
})).value

test("a value that is opened fold by fold shows what the book shows at once", () => {
  fc.assert(
    fc.property(values, (value) => {
      const root = tree({ value })
      expect(opened(root)).toBe(renderOutput({ kind: "value", value: root }, "build"))
    }),
  )
})

test("only the first line of a value is rendered before it is opened", () => {
  const root = tree({ a: { b: { c: ["deep inside"] } }, many: Array.from({ length: 900 }, (_, i) => i) })
  expect(atFirst(root)).not.toContain("deep inside")
  expect(atFirst(root).match(/<details/g)).toHaveLength(1)
  expect(opened(root)).toContain("deep inside")
})

test("a long list comes a hundred at a time, and every entry comes", () => {
  const root = tree({ list: Array.from({ length: 950 }, (_, i) => ({ i })) })
  const first = renderInside(root, "/0", 0)
  expect(first).toContain("<summary>850 more</summary>")
  for (let i = 0; i < 950; i++) expect(opened(root)).toContain(`<span class="value-key">${i}:</span>`)
})

test("ten levels down there is still something to open; the book stops at six", () => {
  let deep: unknown = "the bottom"
  for (let i = 0; i < 10; i++) deep = { deep }
  expect(opened(tree(deep))).toContain("the bottom")
  expect(renderOutput({ kind: "value", value: tree(deep) }, "build")).not.toContain("the bottom")
})

test("a place that is none holds nothing", () => {
  expect(renderInside(tree({ a: 1 }), "/7/2", 0)).toBe("")
  expect(renderInside(tree({ a: 1 }), "/0", 0)).toBe("")
})
