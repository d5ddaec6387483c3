/** @file Lesson 10: the numbers of risk and losses, asked from the lesson's own cells. */
import { beforeAll, expect, test } from "vitest"
import lineByHand from "../../exercises/03-what-good-means/line-by-hand.ts"
import { gradeHere } from "../exercises/in-process.ts"
import { ask, printed } from "./ask.ts"

const questions = {
  verdicts: "mistakes.[verdicts, zeroOneRisk, wrong.length, stillWrong.length]",
  lower: "mistakes.average(p.map((v, i) => ((v >= 0.05 ? 1 : 0) === y[i] ? 0 : 1)))",
  logits: "optimism.logits",
  stairs: "optimism.[...new Set(optimism.map((row) => row.mistakes))]",
  bends: "optimism.optimism.map((row) => row.surprise)",
  grades: "grades.[squares, gradeError]",
  rows: "rows.[perStudent, oneLoss]",
  bceByEngine: "bce-engine.bceByEngine",
  terms: "likelihood.[likelihood, terms, bce]",
  improved: "likelihood.average([0.2, 0.3, 0.7].map((q) => -Math.log(q)))",
  ignorant: "likelihood.-Math.log(0.5)",
  positive: "likelihood.-Math.log(0.6)",
  honest: "honest.[best('cross-entropy'), best('squared'), best('absolute')]",
  saturated: "saturated.[certainty, bySquares, byBce, ratio]",
  recovery: "slow-start.[endSquares, endBce]",
  stable: "stable.[byProbabilities, byLogits, studentLosses]",
  misuse: "misuse.[softmaxOfOne, notLogits, rightCall]",
  margins: "margins.priceRows.map((row) => Object.values(row))",
  byHand:
    "by-hand.[average(squaresOf(0.8, 1.4)), average(squaresOf(0.81, 1.4)), average(squaresOf(0.8, 1.39)), handRisk]",
  train: "train.history.map(({ loss, mistakes }) => [loss, mistakes])",
} as const

let answer: Record<keyof typeof questions, unknown>
beforeAll(async () => {
  answer = await ask("content/03-what-good-means/10-risk-and-losses.mdx", questions)
}, 120_000)

test("WE 10.1: the terms of binary cross-entropy on the students, and their mean", () => {
  const [likelihood, terms, bce] = answer.terms as [number, number[], number]
  expect(printed(terms, 10)).toEqual(["2.3025850930", "1.6094379124", "0.5108256238"])
  expect(printed(bce, 10)).toBe("1.4742828764")
  // The engine's own precision is float32.
  expect(printed(answer.bceByEngine, 5)).toBe(printed(bce, 5))
  expect(printed(likelihood, 12)).toBe("0.012000000000")
})

test("WE 10.1: at the threshold one half two of three are wrong, and moving towards the truth changes nothing", () => {
  expect(answer.verdicts).toEqual([[1, 1, 0], 2 / 3, 2, 2])
  expect(answer.lower).toBeCloseTo(1 / 3, 12)
  expect(printed(answer.improved, 3)).toBe("1.057")
})

test("WE 10.1: squared errors of the students and their mean, the logits", () => {
  const [perStudent, mean] = answer.rows as [number[], number]
  expect(printed(perStudent, 2)).toEqual(["0.81", "0.64", "0.16"])
  expect(printed(mean, 10)).toBe("0.5366666667")
  expect(printed(answer.logits, 6)).toEqual(["-2.197225", "1.386294", "0.405465"])
})

test("C07: 1.4742829 and 0.5366667 on the students; the misuse shows 0, and probabilities as logits 0.7509951", () => {
  const [softmaxOfOne, notLogits, rightCall] = answer.misuse as number[]
  expect(printed(rightCall, 7)).toBe("1.4742829")
  expect(printed((answer.rows as [number[], number])[1], 7)).toBe("0.5366667")
  expect(softmaxOfOne).toBe(0)
  expect(printed(notLogits, 7)).toBe("0.7509951")
})

test("A07: the engine's mse is one number, or one for each row if asked", () => {
  const [perStudent, mean] = answer.rows as [number[], number]
  expect(perStudent).toHaveLength(3)
  expect(printed(mean, 7)).toBe("0.5366667")
})

test("D05: the three students, from their logits, cost 1.4742829 on average", () => {
  const [, , losses] = answer.stable as number[][]
  expect(printed(losses.reduce((a, b) => a + b, 0) / 3, 7)).toBe("1.4742829")
})

test("WE 10.2: three final grades", () => {
  const [squares, mean] = answer.grades as [number[], number]
  expect(squares).toEqual([3600, 3600, 100])
  expect(printed(mean, 4)).toBe("2433.3333")
})

test("WE 10.3: a saturated unit gets a push 56.6 times stronger from cross-entropy", () => {
  const [p, squares, bce, ratio] = answer.saturated as number[]
  expect(printed([p, squares, bce], 10)).toEqual(["0.9820137900", "0.0173450211", "0.9820137900"])
  expect(printed(ratio, 1)).toBe("56.6")
})

test("WE 10.4: knowing nothing costs ln 2", () => {
  expect(printed(answer.ignorant, 6)).toBe("0.693147")
})

test("a positive that the model gives 0.6 costs 0.510826", () => {
  expect(printed(answer.positive, 6)).toBe("0.510826")
})

test("the table of surrogates: six losses at six margins", () => {
  expect(printed(answer.margins, 6)).toEqual([
    ["-2.000000", "1.000000", "2.000000", "3.000000", "2.126928", "3.068508", "9.000000"],
    ["-1.000000", "1.000000", "1.000000", "2.000000", "1.313262", "1.894636", "4.000000"],
    ["0.000000", "1.000000", "0.000000", "1.000000", "0.693147", "1.000000", "1.000000"],
    ["0.500000", "0.000000", "0.000000", "0.500000", "0.474077", "0.683949", "0.250000"],
    ["1.000000", "0.000000", "0.000000", "0.000000", "0.313262", "0.451941", "0.000000"],
    ["2.000000", "0.000000", "0.000000", "0.000000", "0.126928", "0.183118", "1.000000"],
  ])
})

test("the count of mistakes has few values under a moving bias, the smooth loss never repeats one and has one valley", () => {
  expect((answer.stairs as number[]).length).toBeLessThanOrEqual(3)
  const bends = answer.bends as number[]
  const slopes = bends.slice(1).map((v, i) => Math.sign(v - bends[i]))
  expect(slopes).not.toContain(0)
  expect(slopes.filter((s, i) => i > 0 && s !== slopes[i - 1])).toHaveLength(1)
})

test("cross-entropy and squared error are cheapest at the true frequency, absolute error at 1", () => {
  expect(answer.honest).toEqual([0.7, 0.7, 1])
})

test("after 300 steps cross-entropy has mended the unit, squared error is behind", () => {
  const [squares, bce] = answer.recovery as number[]
  expect(bce).toBeLessThan(0.05)
  expect(squares).toBeGreaterThan(2 * bce)
})

test("from a logit of 40 the loss is 40, by way of the probability it is infinite", () => {
  const [byProbability, byLogit] = answer.stable as number[][]
  expect(byProbability[2]).toBe(Number.POSITIVE_INFINITY)
  expect(byLogit[2]).toBeCloseTo(40, 12)
  expect(byProbability[0]).toBeCloseTo(byLogit[0], 4)
})

test("in training the loss falls at every step, the share of mistakes does not", () => {
  const history = answer.train as [number, number][]
  const falls = (k: 0 | 1) => history.slice(1).filter((row, i) => row[k] < history[i][k]).length
  expect(falls(0)).toBe(history.length - 1)
  expect(falls(1)).toBeLessThan(history.length / 2)
  const rises = history.slice(1).filter((row, i) => row[1] > history[i][1]).length
  expect(rises, "once it even rises").toBe(1)
  expect(history[0][1]).toBeGreaterThan(0.7)
  expect(history.at(-1)![1]).toBeLessThan(0.06)
})

test("S05: the fitted line is accepted if and only if its slope is within 0.01 of 0.8 and its intercept of 1.4", async () => {
  const [best, steeper, lower, shown] = answer.byHand as number[]
  expect(best).toBeCloseTo(0.72, 12)
  for (const worse of [steeper, lower, shown]) expect(worse).toBeGreaterThan(best)
  const accepted = async (slope: number, intercept: number) => {
    const cells = [[slope.toFixed(4), intercept.toFixed(4)]]
    const report = await gradeHere("line-by-hand", lineByHand, { kind: "table", cells })
    return report.verdict === "correct"
  }
  const places = [-0.2, -0.011, -0.0099, -0.005, 0, 0.005, 0.0099, 0.011, 0.2]
  for (const a of places)
    for (const b of places)
      expect(await accepted(0.8 + a, 1.4 + b), `${a}, ${b}`).toBe(Math.max(Math.abs(a), Math.abs(b)) < 0.01)
})
