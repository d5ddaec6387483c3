/** @file Answers to `stopping-rule`. */
import type { Corpus } from "./corpus.ts"

const f = (
  test: string,
  change = "next - x",
) => `function stepsUntilStill(x: number, stepSize: number, delta: number) {
  for (let step = 1; step <= 1000; step++) {
    const next = x - stepSize * 2 * x
    const change = ${change}
    x = next
    ${test}
  }
  return 1000
}`

export default {
  right: {
    "the square compared with the square": f("if (change * change <= delta * delta) return step"),
    "the root of the square": f("if (Math.sqrt(change ** 2) <= delta) return step"),
    "two comparisons": f("if (change <= delta && change >= -delta) return step"),
    "the length taken at once": f("if (change <= delta) return step", "Math.abs(next - x)"),
    "Math.hypot": f("if (Math.hypot(change) <= delta) return step"),
    "a minus where it is negative": f("if ((change < 0 ? -change : change) <= delta) return step"),
    "the larger of both signs": f("if (Math.max(change, -change) <= delta) return step"),
    "the negated test": f("if (!(Math.abs(change) > delta)) return step"),
    "the sign times the change": f("if (Math.sign(change) * change <= delta) return step"),
    "the change without next": `const stepsUntilStill = (x, stepSize, delta) => {
  let step = 0
  while (step < 1000) {
    step += 1
    const change = -2 * stepSize * x
    x += change
    if (Math.abs(change) <= delta) break
  }
  return step
}`,
    "recursion with CRLF": `function stepsUntilStill(x, stepSize, delta, step = 1) {
  if (step > 1000) return 1000
  const change = 2 * stepSize * x
  return Math.abs(change) <= delta ? step : stepsUntilStill(x - change, stepSize, delta, step + 1)
}`.replaceAll("\n", "\r\n"),
    "an async function": `async ${f("if (Math.abs(change) <= delta) return step")}`,
    tensors: f("if (tensor(change, { dtype: 'float64' }).abs().item() <= delta) return step"),
  },
  wrong: {
    "the negative": f("if (-change <= delta) return step"),
    "only to the left": f("if (change > 0 && change <= delta) return step"),
    "the tolerance negated": f("if (change <= -delta) return step"),
    "a relative change": f("if (Math.abs(change / x) <= delta) return step"),
    "the square against the length": f("if (change ** 2 <= delta) return step"),
    "^ for the square": f("if ((change ^ 2) <= delta ^ 2) return step"),
    "one step late": f("if (Math.abs(change) <= delta) return step + 1"),
    "counted from 0": f("if (Math.abs(change) <= delta) return step - 1"),
    "the rounded change": f("if (Math.abs(Math.round(change)) <= delta) return step"),
    "the difference of the values": f("if (Math.abs(next ** 2 - x ** 2) <= delta) return step"),
    "always 1000": f(""),
    "nothing returned at the end": f("if (Math.abs(change) <= delta) return step").replace("return 1000", ""),
    "the bound forgotten": f("if (Math.abs(change) <= delta) return step").replace(
      "step <= 1000",
      "step <= 5000",
    ),
  },
  equivalent: {
    "2:30 1000 → 999": "whether it stops at step 1000 or never, it returns 1000",
    "2:22 step <= 1000 → step < 1000": "whether it stops at step 1000 or never, it returns 1000",
  },
} satisfies Corpus
