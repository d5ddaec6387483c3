/** @file Answers to `pocket`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string, head = "function pocket(X: number[][], y: number[], passes: number)") =>
  `${head} {\n  ${body}\n}`
const run = (watch: string, result = "best.w", start = "X[0].map(() => 0)") =>
  f(`let w = ${start}
  let best = { w, errors: countErrors(w, X, y) }
  for (let pass = 0; pass < passes; pass++)
    for (let i = 0; i < X.length; i++) {
      if (y[i] * score(w, X[i]) > 0) continue
      w = w.map((wj, j) => wj + y[i] * X[i][j])
      ${watch}
    }
  return ${result}`)
const keep = "const errors = countErrors(w, X, y)\n      if (errors < best.errors) best = { w, errors }"

export default {
  right: {
    "a record of both": run(keep),
    "an async function": `async ${run(keep)}`,
    "a byte order mark and CRLF": `\ufeff${run(keep).replaceAll("\n", "\r\n")}`,
    "counts made anew each time": run(
      "if (countErrors(w, X, y) < countErrors(best.w, X, y)) best = { w, errors: 0 }",
    ),
    "a copy in the pocket": run(
      "const errors = countErrors(w, X, y)\n      if (errors < best.errors) best = { w: [...w], errors }",
    ),
    "a changing w, copied": f(`const w = new Array(X[0].length).fill(0)
  let mine = w.slice(), least = countErrors(w, X, y)
  for (let k = 0; k < passes * X.length; k++) {
    const i = k % X.length
    if (y[i] * score(w, X[i]) <= 0) {
      for (let j = 0; j < w.length; j++) w[j] += y[i] * X[i][j]
      const errors = countErrors(w, X, y)
      if (errors < least) [mine, least] = [w.slice(), errors]
    }
  }
  return mine`),
    "every candidate kept, the first best taken": f(`let w = X[0].map(() => 0)
  const all = [w]
  for (let pass = 0; pass < passes; pass++)
    X.forEach((x, i) => {
      if (y[i] * score(w, x) <= 0) all.push((w = w.map((wj, j) => wj + y[i] * x[j])))
    })
  const counts = all.map((v) => countErrors(v, X, y))
  return all[counts.indexOf(Math.min(...counts))]`),
    "counted where nothing moved too": f(`let w = X[0].map(() => 0), pocketed = w
  for (let pass = 0; pass < passes; pass++)
    for (const [i, x] of X.entries()) {
      if (y[i] * score(w, x) <= 0) w = w.map((wj, j) => wj + y[i] * x[j])
      if (countErrors(w, X, y) < countErrors(pocketed, X, y)) pocketed = w
    }
  return pocketed`),
    "right examples counted": f(`const right = (v) => X.length - countErrors(v, X, y)
  let w = X[0].map(() => 0), top = w
  while (passes--) for (let i = 0; i < X.length; i++) {
    if (y[i] * score(w, X[i]) > 0) continue
    w = w.map((wj, j) => y[i] * X[i][j] + wj)
    if (right(w) > right(top)) top = w
  }
  return top`),
    "own score and count": `const dot = (a, b) => { let s = 0; for (let j = a.length; j--; ) s += a[j] * b[j]; return s }
const pocket = (X, y, passes) => {
  const count = (v) => X.reduce((n, x, i) => n + (y[i] * dot(v, x) > 0 ? 0 : 1), 0)
  let w = Array.from(X[0], () => 0), p = w
  for (let t = 1; t <= passes; t++) X.forEach((x, i) => {
    if (y[i] * dot(w, x) > 0) return
    w = w.map((v, j) => v + y[i] * x[j])
    if (count(w) < count(p)) p = w
  })
  return p
}`,
    "typed arrays": f(`let w = new Float64Array(X[0].length), p = w
  for (let t = 0; t < passes; t++) for (let i = 0; i < X.length; i++)
    if (y[i] * score(w, X[i]) <= 0) {
      w = w.map((v, j) => v + y[i] * X[i][j])
      if (countErrors(w, X, y) < countErrors(p, X, y)) p = w
    }
  return p`),
    // The first update mends an example, so it always beats the start, with which every example counts as an error.
    "the start left out of the pocket": run(
      keep.replace("errors < best", "best.w.every((v) => v === 0) || errors < best"),
    ),
    "zeros from the engine": run(keep, "best.w", "zeros([X[0].length]).tolist()"),
  },
  wrong: {
    "a shared array": f(`const w = X[0].map(() => 0)
  let mine = w, least = countErrors(w, X, y)
  for (let pass = 0; pass < passes; pass++)
    for (let i = 0; i < X.length; i++)
      if (y[i] * score(w, X[i]) <= 0) {
        for (let j = 0; j < w.length; j++) w[j] += y[i] * X[i][j]
        if (countErrors(w, X, y) < least) { least = countErrors(w, X, y); mine = w }
      }
  return mine`),
    "errors of the example alone": run(
      "const errors = y[i] * score(w, X[i]) <= 0 ? 1 : 0\n      if (errors < best.errors) best = { w, errors }",
    ),
    "the weights before the update": run(
      keep.replace("best = { w, errors }", "best = { w: w.map((wj, j) => wj - y[i] * X[i][j]), errors }"),
    ),
    "the count for the weights": run(keep, "best.errors"),
    "stops at the first better one": run("if (countErrors(w, X, y) < best.errors) return w"),
    "w reset to the pocket after each pass": run(`${keep}\n      if (i === X.length - 1) w = best.w`),
    "updates half as long": run(keep).replace("wj + y[i]", "wj + 0.5 * y[i]"),
    "the average of the weights": f(`let w = X[0].map(() => 0)
  const sum = [...w]
  for (let pass = 0; pass < passes; pass++)
    for (let i = 0; i < X.length; i++) {
      if (y[i] * score(w, X[i]) <= 0) w = w.map((wj, j) => wj + y[i] * X[i][j])
      w.forEach((wj, j) => { sum[j] += wj / (passes * X.length) })
    }
  return sum`),
    "a tie at 0 let pass": run(keep).replace("> 0) continue", ">= 0) continue"),
  },
  equivalent: {
    "4:13 0 → 1": "only the number of weights is taken from this row, and all rows have it",
    "9:18 score(w, X[i]) → score(X[i], w)": "the dot product is symmetric",
  },
} satisfies Corpus
