/** @file Answers to `any-truth-table`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, head = "function hiddenLayer(rows: number[][])") => `${head} {\n  ${body}\n}`

export default {
  right: {
    "a choice between two": f(`return {
    W: rows.map((row) => row.map((bit) => (bit ? 1 : -1))),
    theta: rows.map((row) => row.reduce((a, b) => a + b, 0)),
  }`),
    loops: f(`const W = []
  const theta = []
  for (const row of rows) {
    const w = []
    let ones = 0
    for (const bit of row) {
      if (bit === 1) ones++
      w.push(bit === 1 ? 1 : -1)
    }
    W.push(w)
    theta.push(ones)
  }
  return { W, theta }`),
    "the sum on the row itself": f(`const W = rows.map((row) => row.map((bit) => bit - (1 - bit)))
  const theta = rows.map((row, k) => row.reduce((sum, bit, i) => sum + W[k][i] * bit, 0))
  return { theta, W }`),
    "the squared length": f(`const theta = rows.map((row) => row.reduce((sum, bit) => sum + bit * bit, 0))
  return { W: rows.map((row) => row.map((bit) => 2 * bit - 1)), theta }`),
    "powers of minus one": f(
      `return { W: rows.map((row) => row.map((bit) => (-1) ** (bit + 1))), theta: rows.map((row) => row.join("").replaceAll("0", "").length) }`,
    ),
    tensors: f(`const X = tensor(rows, { dtype: "float64" })
  return { W: X.mul(2).sub(1), theta: X.sum(1) }`),
    "an arrow": `const hiddenLayer = (rows) => ({ W: rows.map((r) => r.map((b) => Math.sign(b - 0.5))), theta: rows.map((r) => r.filter(Boolean).length) })`,
    "a record of two pushes": f(`return rows.reduce(
    ({ W, theta }, row) => ({
      W: [...W, row.map((b) => (b === 0 ? -1 : 1))],
      theta: [...theta, row.reduce((a, b) => a + b)],
    }),
    { W: [], theta: [] },
  )`),
    "an async function, CRLF": f(
      `const W = rows.map((row) => row.map((bit) => 2 * bit - 1))
  return { W, theta: rows.map((row) => row.filter((b) => b > 0).length) }`,
      "async function hiddenLayer(rows)",
    ).replaceAll("\n", "\r\n"),
  },
  wrong: {
    "thresholds of one": f(
      `return { W: rows.map((row) => row.map((bit) => 2 * bit - 1)), theta: rows.map(() => 1) }`,
    ),
    "one above the ones": f(
      `return { W: rows.map((row) => row.map((bit) => 2 * bit - 1)), theta: rows.map((row) => row.filter(Boolean).length + 1) }`,
    ),
    "one below the ones": f(
      `return { W: rows.map((row) => row.map((bit) => 2 * bit - 1)), theta: rows.map((row) => row.filter(Boolean).length - 1) }`,
    ),
    "signs turned": f(
      `return { W: rows.map((row) => row.map((bit) => 1 - 2 * bit)), theta: rows.map((row) => row.filter(Boolean).length) }`,
    ),
    "the zeros counted": f(
      `return { W: rows.map((row) => row.map((bit) => 2 * bit - 1)), theta: rows.map((row) => row.filter((b) => b === 0).length) }`,
    ),
    "a bias": f(
      `return { W: rows.map((row) => row.map((bit) => 2 * bit - 1)), theta: rows.map((row) => -row.filter(Boolean).length) }`,
    ),
    "twice the weights": f(
      `return { W: rows.map((row) => row.map((bit) => 4 * bit - 2)), theta: rows.map((row) => 2 * row.filter(Boolean).length) }`,
    ),
    "a list of two": f(
      `return [rows.map((row) => row.map((bit) => 2 * bit - 1)), rows.map((row) => row.filter(Boolean).length)]`,
    ),
    "one shared row": f(`const W = Array(rows.length).fill([])
  rows.forEach((row, k) => row.forEach((bit, i) => { W[k][i] = 2 * bit - 1 }))
  return { W, theta: rows.map((row) => row.filter(Boolean).length) }`),
    "the rows as they are": f(`return { W: rows, theta: rows.map((row) => row.length / 2) }`),
  },
} satisfies Corpus
