/** @file Answers to `momentum-climbs`. */
import type { Corpus } from "./corpus.ts"

const f = (
  body: string,
  before = "let v = 0",
  after = "places.push(x)",
) => `function path(x, eta, rho, steps) {
  const places = []
  ${before}
  for (let k = 0; k < steps; k++) {
    const dx = 4 * x ** 3 - 6 * x + 1
    ${body}
    ${after}
  }
  return places
}`

export default {
  right: {
    "form B": f("v = rho * v - eta * dx\n    x += v"),
    "the minus in the velocity": f("v = rho * v - dx\n    x = x + eta * v"),
    "v changed in place": f("v *= rho\n    v += dx\n    x -= v * eta"),
    "by the places before": f(
      "const next = x - eta * dx + rho * (x - old)\n    old = x\n    x = next",
      "let old = x",
    ),
    "one line": f("x -= eta * (v = rho * v + dx)"),
    "a sum over all slopes": f(
      "slopes.push(dx)\n    x -= eta * slopes.reduce((sum, s, i) => sum + s * rho ** (slopes.length - 1 - i), 0)",
      "const slopes = []",
    ),
    "the places spread": f("v = dx + v * rho\n    x = x - v * eta", "let v = 0", "places[k] = x"),
    "an arrow with CRLF": `const path = (x, eta, rho, steps) => {
  let v = 0
  return Array.from({ length: steps }, () => {
    v = rho * v + (4 * x * x * x - 6 * x + 1)
    return (x = x - eta * v)
  })
}`.replaceAll("\n", "\r\n"),
    recursion: `function path(x, eta, rho, steps, v = 0) {
  if (steps === 0) return []
  v = rho * v + 4 * x ** 3 - 6 * x + 1
  x -= eta * v
  return [x, ...path(x, eta, rho, steps - 1, v)]
}`,
  },
  wrong: {
    "the step before the velocity": f("x -= eta * v\n    v = rho * v + dx"),
    "a mean": f("v = rho * v + (1 - rho) * dx\n    x -= eta * v"),
    "eta twice": f("v = rho * v + eta * dx\n    x -= eta * v"),
    "only one old slope": f("x -= eta * (dx + rho * v)\n    v = dx"),
    "the start counted": f("places.push(x)\n    v = rho * v + dx\n    x -= eta * v", "let v = 0", ""),
    "Nesterov's step": f("v = rho * v + dx\n    x -= eta * (dx + rho * v)"),
    "the velocity begins at the slope, twice": f(
      "v = rho * v + dx\n    x -= eta * v",
      "let v = 4 * x ** 3 - 6 * x + 1",
    ),
    "the sign of the slope alone": f("v = rho * v + Math.sign(dx)\n    x -= eta * v"),
    "returns the last place": f("v = rho * v + dx\n    x -= eta * v").replace("return places", "return x"),
    "returns velocities": f("v = rho * v + dx\n    x -= eta * v", "let v = 0", "places.push(v)"),
    "a velocity anew each step": f("let v = 0\n    v = rho * v + dx\n    x -= eta * v", ""),
    "no eta": f("v = rho * v + dx\n    x -= v"),
  },
} satisfies Corpus
