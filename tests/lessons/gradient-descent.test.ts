/** @file Lesson 17: the numbers of gradient descent and the step size, asked from the lesson's own cells. */
import { beforeAll, expect, test } from "vitest"
import { grad, mse, optim, type Tensor, tensor } from "../../engine/index.ts"
import { ask, printed } from "./ask.ts"

const questions = {
  walks: "walks.walks",
  bowl: "bowl.[height, slopes]",
  race: "race.race.map(({ alpha, path, f5, steps }) => [alpha, path[1], path[2], path[3], f5, steps])",
  curvature: "curvature.[steepest, flattest, conditionNumber, limit, best]",
  factors: "factor.factors",
  f20: "factor.heights[20]",
  fit: "fit.[0, 1, 2, 3, 10, 100].map((k) => [trace[k].w, trace[k].b, trace[k].cost])",
  gradient0: "fit.[(0 - trace[1].w) / 0.05, (0 - trace[1].b) / 0.05]",
  end: "fit.[lastStep, trace[lastStep].w, trace[lastStep].b]",
  line: "line-limit.[...lineCurvatures, lineLimit]",
  over: "line-limit.[fitLine(0.149).at(-1).cost, fitLine(0.1495).at(-1).cost]",
  signs: "sign-steps.signPath",
  engine: "engine-fit.[weight.item(), bias.item(), trace[100].w, trace[100].b]",
  valleys: "two-valleys.[settle(2, 0.01), settle(2, 0.1), settle(-2, 0.1), settle(-2, 0.12)]",
  saddle: "saddle.escapes.map((row) => Object.values(row)[1])",
} as const

let answer: Record<keyof typeof questions, unknown>
beforeAll(async () => {
  answer = await ask("content/04-gradients/17-gradient-descent.mdx", questions)
}, 120_000)

test("WE 17.1, C09: five step sizes on x² creep, arrive, ring, cycle and diverge", () => {
  expect(printed(answer.walks, 4)).toEqual([
    ["5.0000", "4.0000", "3.2000", "2.5600", "2.0480", "1.6384"],
    ["5.0000", "0.0000", "0.0000", "0.0000", "0.0000", "0.0000"],
    ["5.0000", "-4.0000", "3.2000", "-2.5600", "2.0480", "-1.6384"],
    ["5.0000", "-5.0000", "5.0000", "-5.0000", "5.0000", "-5.0000"],
    ["5.0000", "-6.0000", "7.2000", "-8.6400", "10.3680", "-12.4416"],
  ])
})

test("WE 15.2: the bowl at (3, 3) is 54 high and has the gradient (9, 27)", () => {
  expect(answer.bowl).toEqual([54, [9, 27]])
})

test("WE 17.2, D11: the iterates, the height after five steps and the steps to 10⁻⁶ of seven step sizes", () => {
  const table: [number, string[], string[], string[], string, number | string][] = [
    [0.01, ["2.910000", "2.730000"], ["2.824500", "2.482500"], ["2.743185", "2.255655"], "25.330490", 420],
    [0.05, ["2.550000", "1.650000"], ["2.212500", "0.862500"], ["1.948125", "0.406875"], "2.411901", 81],
    [0.1, ["2.100000", "0.300000"], ["1.650000", "-0.150000"], ["1.335000", "-0.195000"], "0.742196", 39],
    [0.2, ["1.200000", "-2.400000"], ["1.200000", "1.200000"], ["0.480000", "-0.960000"], "0.552960", 20],
    [0.24, ["0.840000", "-3.480000"], ["1.272000", "3.000000"], ["-0.058560", "-3.065280"], "31.807476", 212],
    [
      0.25,
      ["0.750000", "-3.750000"],
      ["1.312500", "3.562500"],
      ["-0.234375", "-3.890625"],
      "71.967796",
      "never",
    ],
  ]
  const race = answer.race as [number, ...unknown[]][]
  for (const [i, [alpha, x1, x2, x3, f5, steps]] of table.entries()) {
    expect(race[i][0]).toBe(alpha)
    expect([1, 2, 3, 4].map((j) => printed(race[i][j], 6))).toEqual([x1, x2, x3, f5])
    expect(race[i][5]).toBe(steps)
  }
  const [, x1, x2, x3, f5, steps] = race[6]
  expect([x1, x2, x3].map((x) => printed(x, 3))).toEqual([
    ["0.300", "-5.100"],
    ["1.650", "7.050"],
    ["-1.455", "-10.365"],
  ])
  expect(printed(f5, 2)).toBe("1968.29")
  expect(steps).toBe("never")
})

test("WE 17.2: the critical and the best step follow from the two eigenvalues", () => {
  expect(printed(answer.curvature, 7)).toEqual([
    "8.1622777",
    "1.8377223",
    "4.4415184",
    "0.2450296",
    "0.2000000",
  ])
})

test("WE 17.2: with step size 0.2 every step multiplies f by 0.4", () => {
  for (const factor of answer.factors as number[]) expect(factor).toBeCloseTo(0.4, 9)
  expect((answer.f20 as number).toExponential(2)).toBe("5.94e-7")
})

test("WE 17.3, L03: the line, step by step", () => {
  expect(printed(answer.gradient0, 6)).toEqual(["-15.200000", "-6.000000"])
  expect(printed(answer.fit, 6)).toEqual([
    ["0.000000", "0.000000", "11.000000"],
    ["0.760000", "0.300000", "2.115600"],
    ["1.004000", "0.418000", "1.132708"],
    ["1.078000", "0.475400", "1.010434"],
    ["1.058227", "0.663796", "0.901652"],
    ["0.816896", "1.351834", "0.720778"],
  ])
})

test("WE 17.3, C23: the rule ‖Δθ‖ ≤ 10⁻⁸ stops at step 495, at the least-squares line", () => {
  const [step, w, b] = answer.end as number[]
  expect(step).toBe(495)
  expect(printed([w, b], 6)).toEqual(["0.800000", "1.400000"])
})

test("WE 17.3, L03: the Hessian's eigenvalues set the limit, and the limit is sharp", () => {
  expect(printed(answer.line, 6)).toEqual(["13.403124", "0.596876", "0.149219"])
  const [below, above] = answer.over as number[]
  expect(below).toBeLessThan(0.73)
  expect(above).toBeGreaterThan(11)
})

test("WE 17.4: sign steps end in a two-cycle", () => {
  expect(printed(answer.signs, 1)).toEqual(["1.0", "0.7", "0.4", "0.1", "-0.2", "0.1", "-0.2", "0.1", "-0.2"])
})

test("the engine's optimizer walks the same path as the loop from scratch", () => {
  const x = tensor([0, 1, 2, 3, 4], { dtype: "float64" })
  const y = tensor([1, 3, 2, 5, 4], { dtype: "float64" })
  const w = tensor(0, { dtype: "float64", requiresGrad: true })
  const b = tensor(0, { dtype: "float64", requiresGrad: true })
  const optimizer = new optim.SGD([w, b], { lr: 0.05 })
  const path = [0, 1, 2].map(() => {
    optimizer.zeroGrad()
    mse(x.mul(w).add(b), y).backward()
    optimizer.step()
    return printed([w.item(), b.item()], 4)
  })
  expect(path).toEqual([
    ["0.7600", "0.3000"],
    ["1.0040", "0.4180"],
    ["1.0780", "0.4754"],
  ])
  const [weight, bias, ...scratch] = answer.engine as number[]
  expect(printed([weight, bias], 4)).toEqual(printed(scratch, 4))
})

test("WE 23.4: from 2 a long step reaches the deep valley; from −2 a longer one leaves it", () => {
  expect(answer.valleys).toEqual([1.1309, -1.3008, -1.3008, 1.1309])
  const slope = grad((x: Tensor) => x.pow(4).sub(x.pow(2).mul(3)).add(x))
  for (const x of [1.1309011, -1.3008396, 0.1699384])
    expect(slope(tensor(x, { dtype: "float64" })).item()).toBeCloseTo(0, 5)
})

test("WE 23.3: on the ridge of a saddle plain gradient descent stays, a millionth beside it it escapes in 76 steps", () => {
  expect(answer.saddle).toEqual(["never", 76, 38, 13])
})
