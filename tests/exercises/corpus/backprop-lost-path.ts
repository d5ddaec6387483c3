/** @file Answers to `backprop-lost-path`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string) => `function gradients(x: number, y: number): number[] {\n  ${body}\n}`

export default {
  right: {
    "in one line": "const gradients = (x, y) => [2 * (x * y + x) * (y + 1), 2 * (x * y + x) * x]",
    "added in the first place": f(`const s = x * y + x
  const ds = 2 * s
  const dx = ds + y * ds
  return [dx, x * ds]`),
    "the product first": f(`const s = x * y + x
  const ds = 2 * s
  let dx = y * ds
  dx = dx + ds
  return [dx, x * ds]`),
    "two names": f(`const ds = 2 * (x * y + x)
  const dxBySum = ds
  const dxByProduct = y * ds
  return [dxBySum + dxByProduct, x * ds]`),
    "x factored out": f(`const s = x * (y + 1)
  return [2 * s * (y + 1), 2 * s * x]`),
    "the engine": f(`const at = { x: tensor(x, { dtype: "float64" }), y: tensor(y, { dtype: "float64" }) }
  const g = grad(({ x, y }) => x.mul(y).add(x).square())(at)
  return [g.x.item(), g.y.item()]`),
    "expanded by hand": f("return [2 * x * (y + 1) ** 2, 2 * x * x * (y + 1)]"),
    "an async function with CRLF": `async ${f(`const ds = 2 * (x * y + x)
  let dx = ds
  dx += y * ds
  return [dx, x * ds]`)}`.replaceAll("\n", "\r\n"),
    "a loop over messages": f(`const ds = 2 * (x * y + x)
  let dx = 0
  for (const slope of [1, y]) dx += slope * ds
  return [dx, x * ds]`),
  },
  wrong: {
    "only the product": f("const ds = 2 * (x * y + x)\n  return [y * ds, x * ds]"),
    "the larger of both": f("const ds = 2 * (x * y + x)\n  return [Math.max(ds, y * ds), x * ds]"),
    "the mean of both": f("const ds = 2 * (x * y + x)\n  return [(ds + y * ds) / 2, x * ds]"),
    "the 2 lost": f("const s = x * y + x\n  return [s * (y + 1), s * x]"),
    exchanged: f("const ds = 2 * (x * y + x)\n  return [x * ds, ds + y * ds]"),
    subtracted: f("const ds = 2 * (x * y + x)\n  return [ds - y * ds, x * ds]"),
    "y gets a second path too": f("const ds = 2 * (x * y + x)\n  return [ds + y * ds, ds + x * ds]"),
    "one number": f("const ds = 2 * (x * y + x)\n  return [ds + y * ds + x * ds]"),
  },
} satisfies Corpus
