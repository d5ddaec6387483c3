/** @file Lesson 11: the numbers of the multiclass hinge loss, asked from the lesson's own cells. */
import { beforeAll, expect, test } from "vitest"
import { ask, printed } from "./ask.ts"

const questions = {
  engine: "hinge-engine.hingeRisk",
  byHand: "by-hand.[violations, losses, meanLoss]",
  lostMinus: "lost-signs.lostMinus",
  kinks: "one-knob.kinks.map((row) => row.loss)",
  moved: "one-knob.[3.5, 2.5].map((s) => sum(tooHigh([1.3, s, 2], 1)))",
  nudged: "one-knob.[4.8, 4.9, 5].map((s) => sum(tooHigh([1.3, s, 2], 1)))",
  changed: "shift-scale.[shifted, doubled, hundred]",
  firstLoss: "first.firstLoss",
  variants: "variants.[withRight, squared, overC, worst].map((v) => [...v, average(v)])",
  ten: "ten.[tenLosses, tenMean]",
  payers: "ten.payers",
  lead: "ten.ten[1][1] - ten[1][2]",
  pixels: "two-matrices.[first, second, [lossOfFirst, lossOfSecond]]",
  gradient: "gradient.[counted, byAutograd]",
  train: "train.[right, content, risk]",
  atZero: "slice.atZero",
  cuts: "slice.cuts.map(({ pictures, loss }) => [pictures, loss])",
  valley: "plane.valley",
  meter: "meter.[hinge, entropy]",
  calculators: `meter.S.map((s, i) => [hingeOf(s, truth[i]), Math.log(sum(s.map((v) => Math.exp(v - s[truth[i]]))))])`,
  tenEntropy: "meter.ten.map((s, i) => Math.log(sum(s.map((v) => Math.exp(v - s[shown[i]])))))",
} as const

let answer: Record<keyof typeof questions, unknown>
beforeAll(async () => {
  answer = await ask("content/03-what-good-means/11-multiclass-hinge.mdx", questions)
}, 120_000)

test("WE 11.1: the losses of three pictures, term by term, and their mean", () => {
  const [violations, losses, mean] = answer.byHand as [number[][], number[], number]
  expect(printed(violations, 7)).toEqual([
    ["0.0000000", "2.9000000", "0.0000000"],
    ["0.0000000", "0.0000000", "0.0000000"],
    ["6.3000000", "6.6000000", "0.0000000"],
  ])
  expect(printed(losses, 7)).toEqual(["2.9000000", "0.0000000", "12.9000000"])
  expect(printed(mean, 7)).toBe("5.2666667")
  // The engine's own precision is float32.
  expect(printed(answer.engine, 5)).toBe(printed(mean, 5))
})

test("WE 11.1: without its minus sign the frog would pay nothing like 12.9", () => {
  expect(printed(answer.lostMinus, 1)).toBe("0.5")
})

test("WE 11.2: the right class included, squared, divided by C, and doubled scores", () => {
  const [withRight, squared, overC] = answer.variants as number[][]
  expect(printed(withRight, 4)).toEqual(["3.9000", "1.0000", "13.9000", "6.2667"])
  expect(printed(squared.slice(0, 3), 2)).toEqual(["8.41", "0.00", "83.25"])
  expect(printed(overC[3], 7)).toBe("1.7555556")
  expect(printed((answer.changed as number[][])[1], 1)).toEqual(["4.8", "0.0", "23.8"])
})

test("WE 11.3: the gradient of the mean by the scores, by counting and by autograd", () => {
  const [counted, byAutograd] = answer.gradient as number[][][]
  expect(printed(counted, 7)).toEqual([
    ["-0.3333333", "0.3333333", "0.0000000"],
    ["0.0000000", "0.0000000", "0.0000000"],
    ["0.3333333", "0.3333333", "-0.6666667"],
  ])
  expect(printed(byAutograd, 7)).toEqual(printed(counted, 7))
})

test("WE 11.4: ten classes, three pictures", () => {
  const [losses, mean] = answer.ten as [number[], number]
  expect(printed(losses, 2)).toEqual(["10.58", "0.27", "71.91"])
  expect(printed(mean, 6)).toBe("27.586667")
  expect((answer.payers as string[][])[0]).toEqual(["deer 2.58", "dog 6.12", "frog 1.88"])
  expect((answer.payers as string[][])[1]).toEqual(["bird 0.27"])
  expect(printed(answer.lead, 2)).toBe("0.73")
})

test("WE 11.5: a cat under two weight matrices", () => {
  const [first, second, losses] = answer.pixels as number[][]
  expect(printed(first, 2)).toEqual(["-96.80", "437.90", "60.75"])
  expect(printed(second, 2)).toEqual(["447.20", "44.90", "12.85"])
  expect(printed(losses, 2)).toEqual(["694.25", "0.00"])
})

test("S07: the calculator gives hinge 2.9, 0, 12.9 and cross-entropy 2.0403552 for the first picture", () => {
  const rows = answer.calculators as number[][]
  expect(
    printed(
      rows.map(([hinge]) => hinge),
      1,
    ),
  ).toEqual(["2.9", "0.0", "12.9"])
  expect(printed(rows[0][1], 7)).toBe("2.0403552")
  expect(printed((answer.meter as number[])[0], 1)).toBe("0.0")
})

test("D08: the ten-class scores under hinge and cross-entropy", () => {
  expect(printed((answer.ten as [number[]])[0], 2)).toEqual(["10.58", "0.27", "71.91"])
  expect(printed(answer.tenEntropy, 6)).toEqual(["5.169843", "0.577481", "11.294485"])
})

test("the car picture pays 0 at a score of 3.5 and 0.5 at 2.5, and does not notice 0.1", () => {
  expect(printed(answer.moved, 1)).toEqual(["0.0", "0.5"])
  expect(answer.nudged).toEqual([0, 0, 0])
  expect(printed(answer.kinks, 1)).toEqual(["7.3", "0.7", "0.0", "0.0"])
})

test("a shift changes nothing, and a hundred times the scores meet a hundred times the margin", () => {
  const [shifted, , hundred] = answer.changed as number[][]
  expect(printed(shifted, 9)).toEqual(["2.900000000", "0.000000000", "12.900000000"])
  expect(
    printed(
      hundred.map((v) => v / 100),
      9,
    ),
  ).toEqual(printed(shifted, 9))
})

test("the first loss of ten classes is 9", () => {
  expect(answer.firstLoss as number).toBeGreaterThan(8.98)
  expect(answer.firstLoss as number).toBeLessThan(9.02)
})

test("trained on 500 digits more are right than content, and the loss is far below 9", () => {
  const [right, content, risk] = answer.train as number[]
  expect(right).toBeGreaterThan(0.9)
  expect(content).toBeLessThan(right)
  expect(risk).toBeLessThan(1)
})

test("S08: a cut through W = 0 on the digits shows 9 at the origin", () => {
  expect(printed(answer.atZero, 9)).toBe("9.000000000")
})

test("each cut bends upwards only, and the valley stays low beyond the trained weights", () => {
  const cuts = answer.cuts as [number, number][]
  for (const pictures of [1, 5, 100]) {
    const v = cuts.filter(([n]) => n === pictures).map(([, loss]) => loss)
    expect(v.length).toBeGreaterThan(10)
    for (let i = 1; i + 1 < v.length; i++)
      expect(v[i - 1] + v[i + 1] - 2 * v[i]).toBeGreaterThanOrEqual(-1e-9)
  }
  const [at0, at1, at3] = answer.valley as number[]
  expect(printed(at0, 6)).toBe("9.000000")
  expect(at1).toBeLessThan(1)
  expect(at3).toBeLessThan(1)
})
