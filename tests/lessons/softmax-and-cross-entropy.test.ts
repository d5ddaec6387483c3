/** @file Lesson 12: the numbers of softmax and cross-entropy, asked from the lesson's own cells. */
import { beforeAll, expect, test } from "vitest"
import { ask, printed } from "./ask.ts"

const questions = {
  shares: "shares.[exps, total, shares]",
  loss: "loss.[loss, -Math.log10(pCat), -Math.log2(pCat), -Math.log(0.13)]",
  batch: "batch.[P[1][1], losses[1], P[2][2], losses[2], meanLoss]",
  engineLoss: "engine-loss.byEngine.item()",
  four: "four.[withCar, signLost]",
  gradient: "gradient.[byFormula, byAutograd]",
  batchGradient: "batch-gradient.batchGradient.tolist()",
  jacobian: "jacobian.jacobian.tolist()",
  temperature: "temperature.[cold, mild, warm]",
  overflow: "overflow.[naive, stable]",
  ten: "ten.[truth.map((y, i) => tenP[i][y]), tenLoss, tenMean]",
  twice: "twice.[once, twice]",
  ignorance: "ignorance.ignorance.map((row) => row['ln C'])",
  twoClasses: "two-classes.[bySoftmax, bySigmoid]",
  satisfied: "satisfied.[hinge, stillPays]",
  limits:
    "overflow.[Math.exp(709.78), Math.exp(709.79), Math.fround(Math.exp(88.72)), Math.fround(Math.exp(88.73))]",
  train: "train.right",
} as const

let answer: Record<keyof typeof questions, unknown>
beforeAll(async () => {
  answer = await ask("content/03-what-good-means/12-softmax-and-cross-entropy.mdx", questions)
}, 120_000)

test("WE 12.1, A06: three scores become probabilities", () => {
  expect(printed(answer.shares, 7)).toEqual([
    ["24.5325302", "164.0219073", "0.1826835"],
    "188.7371210",
    ["0.1299825", "0.8690495", "0.0009679"],
  ])
})

test("WE 12.1: the loss in nats, by accident in base 10, in bits, and from a rounded probability", () => {
  expect(printed(answer.loss, 7)).toEqual(["2.0403552", "0.8861150", "2.9436103", "2.0402208"])
})

test("WE 12.2: the other two pictures and the mean, by hand and by the engine", () => {
  expect(printed(answer.batch, 7)).toEqual(["0.9239182", "0.0791318", "0.0021197", "6.1564772", "2.7586547"])
  expect(printed(answer.engineLoss, 7)).toBe("2.7586547")
})

test("WE 12.3: four classes, and the lost minus sign", () => {
  expect(printed(answer.four, 7)).toEqual([
    ["0.8684268", "0.1298894", "0.0009672", "0.0007165"],
    expect.anything(),
  ])
  expect(printed((answer.four as number[][])[1], 3)).toEqual(["0.836", "0.125", "0.001", "0.038"])
})

test("WE 12.4, A06: the gradient is p − Y, for one example and for the mean of three", () => {
  const [formula, autograd] = answer.gradient as number[][]
  expect(printed(formula, 7)).toEqual(["-0.8700175", "0.8690495", "0.0009679"])
  expect(printed(autograd, 7)).toEqual(printed(formula, 7))
  expect(printed(answer.batchGradient, 7)).toEqual([
    ["-0.2900058", "0.2896832", "0.0003226"],
    ["0.0084150", "-0.0253606", "0.0169457"],
    ["0.1415518", "0.1910750", "-0.3326268"],
  ])
})

test("WE 12.5: the Jacobian of softmax is symmetric and its rows sum to zero", () => {
  expect(printed(answer.jacobian, 7)).toEqual([
    ["0.1130871", "-0.1129613", "-0.0001258"],
    ["-0.1129613", "0.1138024", "-0.0008412"],
    ["-0.0001258", "-0.0008412", "0.0009670"],
  ])
})

test("WE 12.6: temperatures one half, two and ten", () => {
  const [cold, mild, warm] = answer.temperature as number[][]
  expect(printed(cold.slice(0, 2), 6)).toEqual(["0.021881", "0.978118"])
  expect(printed(cold[2], 7)).toBe("0.0000012")
  expect(printed(mild, 6)).toEqual(["0.272331", "0.704169", "0.023500"])
  expect(printed(warm, 6)).toEqual(["0.354374", "0.428527", "0.217099"])
})

test("WE 12.7, A06: the formula as written overflows, the shifted one does not", () => {
  const [naive, stable] = answer.overflow as number[][]
  expect(naive).toEqual([Number.NaN, Number.NaN, Number.NaN])
  expect(printed(stable, 7)).toEqual(["0.2447285", "0.6652410", "0.0900306"])
})

test("a 64-bit float holds e to the 709.78, a 32-bit float e to the 88.72, and no more", () => {
  const [d, dOver, f, fOver] = answer.limits as number[]
  expect([d, f].every(Number.isFinite)).toBe(true)
  expect([dOver, fOver]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])
})

test("WE 12.8: ten classes, three pictures", () => {
  const [p, losses, mean] = answer.ten as [number[], number[], number]
  expect(printed(p[0], 7)).toBe("0.0056855")
  expect(printed(p[1], 6)).toBe("0.561311")
  expect(p[2].toExponential(5)).toBe("1.24414e-5")
  expect(printed(losses, 6)).toEqual(["5.169843", "0.577481", "11.294485"])
  expect(printed(mean, 6)).toBe("5.680603")
})

test("WE 12.9: softmax applied twice", () => {
  const [once, twice] = answer.twice as number[][]
  expect(printed(once, 6)).toEqual(["0.105361", "0.223144"])
  expect(printed(twice, 6)).toEqual(["0.371101", "0.437488"])
})

test("knowing nothing costs the logarithm of the number of classes", () => {
  expect(printed(answer.ignorance, 6)).toEqual(["0.693147", "2.302585", "4.605170", "6.907755"])
})

test("two classes: softmax is the sigmoid of the difference", () => {
  const [softmax, sigmoid] = answer.twoClasses as number[]
  expect(softmax).toBeCloseTo(sigmoid, 14)
})

test("the hinge loss is content with the car, cross-entropy is not", () => {
  expect(printed(answer.satisfied, 7)).toEqual(["0.0000000", "0.0791318"])
})

test("a linear softmax classifier gets more than 95 % of the irises right", () => {
  expect(answer.train).toBeGreaterThan(0.95)
})
