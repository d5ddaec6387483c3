/** @file The softmax thermostat against the lesson's worked examples, the formula p − Y, autograd and its own code. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as engine from "../../engine/index.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import { CLASSES, METHODS, model, type Settings, type State } from "../../src/explorables/softmax/state.ts"
import thermostat from "../../src/explorables/softmax-thermostat.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

const usual = defaults(thermostat.controls)
const set = (more: Partial<Settings>): State => model({ ...usual, ...more })
const preset = (name: string): State => {
  const found = thermostat.presets.find((p) => p.name === name)
  if (!found) throw new Error(`no preset ${name}`)
  return set(found.params)
}
const rounded = (values: readonly number[], digits: number) => values.map((v) => Number(v.toFixed(digits)))

describe("the picture of the cat, (3.2, 5.1, −1.7)", () => {
  const cat = preset("cat picture")

  it("is the default state", () => {
    expect(set({})).toEqual(cat)
  })

  it("has the exponentials and their sum when nothing is taken off", () => {
    const naive = set({ method: "naive64" })
    expect(rounded(naive.exps, 7)).toEqual([24.5325302, 164.0219073, 0.1826835])
    expect(naive.sum).toBeCloseTo(188.737121, 7)
  })

  it("has the printed probabilities and the loss 2.0403552 nats", () => {
    expect(rounded(cat.p, 7)).toEqual([0.1299825, 0.8690495, 0.0009679])
    expect(rounded([cat.loss], 7)).toEqual([2.0403552])
  })

  it("costs 2.9436103 bits, and 0.8861 by the logarithm to base 10", () => {
    expect(rounded([set({ unit: "bits" }).price], 7)).toEqual([2.9436103])
    const ten = preset("loss in base 10")
    expect(rounded([ten.price], 4)).toEqual([0.8861])
    expect(ten.price).toBeCloseTo(-Math.log10(ten.p[0]!), 12)
  })

  it("has the gradient (−0.8700175, 0.8690495, 0.0009679)", () => {
    expect(rounded(cat.gradient, 7)).toEqual([-0.8700175, 0.8690495, 0.0009679])
  })

  it("has the printed probabilities at the temperatures 0.5, 2 and 10", () => {
    const cold = set({ temperature: 0.5 }).p
    expect(rounded(cold.slice(0, 2), 6)).toEqual([0.021881, 0.978118])
    expect(rounded([cold[2]!], 7)).toEqual([0.0000012])
    expect(rounded(set({ temperature: 2 }).p, 6)).toEqual([0.272331, 0.704169, 0.0235])
    expect(rounded(preset("hot, T = 10").p, 6)).toEqual([0.354374, 0.428527, 0.217099])
  })
})

describe("three pictures", () => {
  const three = ["cat picture", "car picture", "frog picture"].map(preset)

  it("pay 0.0791318 and 6.1564772 for the car and the frog, 2.7586547 on average", () => {
    const [cat, car, frog] = three as [State, State, State]
    expect(rounded([car.p[1]!, frog.p[2]!], 7)).toEqual([0.9239182, 0.0021197])
    expect(rounded([car.loss, frog.loss], 7)).toEqual([0.0791318, 6.1564772])
    expect(rounded([(cat.loss + car.loss + frog.loss) / 3], 7)).toEqual([2.7586547])
  })

  it("have the printed gradient of their mean loss", () => {
    expect(
      three.map((s) =>
        rounded(
          s.gradient.map((g) => g / 3),
          7,
        ),
      ),
    ).toEqual([
      [-0.2900058, 0.2896832, 0.0003226],
      [0.008415, -0.0253606, 0.0169457],
      [0.1415518, 0.191075, -0.3326268],
    ])
  })
})

describe("softmax, stable and naive", () => {
  it("is not a number for (1000, 1001, 999) by the naive formula, and right by the stable one", () => {
    const broken = preset("1000, 1001, 999: naive")
    expect(broken.logits).toEqual([1000, 1001, 999])
    expect(broken.exps).toEqual([Infinity, Infinity, Infinity])
    expect([...broken.p, broken.loss, ...broken.gradient]).toEqual(Array(7).fill(Number.NaN))
    const stable = set({ cat: 0, car: 1, frog: -1, shift: 1000 })
    expect(rounded(stable.p, 7)).toEqual([0.2447285, 0.665241, 0.0900306])
  })

  it.each([
    ["naive32", 80, 90],
    ["naive64", 700, 710],
  ])(
    "overflows by %s between the logits %i and %i of equal classes, where the largest number ends",
    (method, safe, lost) => {
      const equal = { cat: 0, car: 0, frog: 0, method }
      expect(set({ ...equal, shift: safe }).p.map((p) => Number(p.toFixed(6)))).toEqual(
        Array(3).fill(0.333333),
      )
      expect(set({ ...equal, shift: lost }).p).toEqual(Array(3).fill(Number.NaN))
      const limit = Math.log(METHODS[method as keyof typeof METHODS].largest)
      expect(limit).toBeGreaterThan(safe)
      expect(limit).toBeLessThan(lost)
    },
  )

  it("divides 0 by 0 by the naive formula far below 0", () => {
    const low = set({ shift: -1000, method: "naive64" })
    expect(low.exps).toEqual([0, 0, 0])
    expect(low.p).toEqual(Array(3).fill(Number.NaN))
    expect(thermostat.takeaway({ ...usual, shift: -1000, method: "naive64" }, low)).toContain("0 ÷ 0")
  })

  it("loses only the class that overflows, and gives a loss without end when the truth is divided by ∞", () => {
    const one = set({ cat: -10, car: 10, frog: 0, shift: 80, method: "naive32" })
    expect(one.p).toEqual([0, Number.NaN, 0])
    expect(one.loss).toBe(Infinity)
  })

  it("can overflow in the sum alone: every probability is 0 then", () => {
    const sum = set({ cat: 8.5, car: 8.5, frog: 8.5, shift: 80, method: "naive32" })
    expect(sum.exps.every(Number.isFinite)).toBe(true)
    expect(sum.p).toEqual([0, 0, 0])
    expect(thermostat.takeaway({ ...usual, shift: 80, method: "naive32" }, sum)).toContain("the sum")
  })
})

function close(found: readonly number[], wanted: readonly number[], digits: number): void {
  expect(found.length).toBe(wanted.length)
  for (const [k, value] of found.entries()) expect(value).toBeCloseTo(wanted[k]!, digits)
}

const score = fc.double({ min: -10, max: 10, noNaN: true })
const setting = fc.record({
  cat: score,
  car: score,
  frog: score,
  temperature: fc.double({ min: 0.1, max: 10, noNaN: true }),
  shift: fc.integer({ min: -1000, max: 1000 }),
  truth: fc.constantFrom<string>(...CLASSES),
})

describe("for all scores, temperatures, shifts and true classes", () => {
  it("the gradient by autograd is p − Y and sums to 0", () => {
    fc.assert(
      fc.property(setting, (given) => {
        const { gradient, p, truth } = set(given)
        close(
          gradient,
          p.map((share, k) => share - (k === truth ? 1 : 0)),
          12,
        )
        expect(gradient.reduce((sum, g) => sum + g, 0)).toBeCloseTo(0, 12)
      }),
    )
  })

  it("the gradient is the slope of the loss by finite differences, and T times the one by the scores", () => {
    fc.assert(
      fc.property(setting, fc.constantFrom(...CLASSES), (given, name) => {
        const h = 1e-4 * given.temperature
        const at = (by: number) => set({ ...given, shift: 0, [name]: given[name] + by }).loss
        const slope = (at(h) - at(-h)) / (2 * h)
        const { gradient } = set({ ...given, shift: 0 })
        expect(slope * given.temperature).toBeCloseTo(gradient[CLASSES.indexOf(name)]!, 5)
      }),
    )
  })

  it("the stable softmax does not notice c, and its shares sum to 1", () => {
    fc.assert(
      fc.property(setting, (given) => {
        const { p, loss } = set(given)
        const still = set({ ...given, shift: 0 })
        close(p, still.p, 9)
        expect(loss).toBeCloseTo(still.loss, 9)
        expect(p.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
      }),
    )
  })

  it("the naive softmax agrees with the stable one wherever it survives", () => {
    fc.assert(
      fc.property(setting, (given) => {
        const calm = { ...given, temperature: 1, shift: 0 }
        const stable = set(calm)
        const naive = set({ ...calm, method: "naive64" })
        close(naive.p, stable.p, 12)
        close(naive.gradient, stable.gradient, 9)
      }),
    )
  })
})

describe("the words", () => {
  const describeState = (more: Partial<Settings>) => thermostat.describe({ ...usual, ...more }, set(more))

  it("begin with the probabilities, the loss and the gradient of the state", () => {
    expect(describeState({})).toMatch(
      /^Probabilities: cat 0\.1300, car 0\.8690 and frog 0\.0010\. The true class is cat: loss −ln p = 2\.0404 nats\. Gradient p − Y: cat −0\.8700, car \+0\.8690 and frog \+0\.0010; the sum is 0\./,
    )
  })

  it("say which logarithm makes 0.89 of 2.04", () => {
    expect(describeState({ unit: "ten" })).toContain(
      "−log₁₀ p = 0.88611 in base 10, which is 2.0404 nats divided by ln 10 = 2.3026",
    )
  })

  it("answer the prediction from the state: nothing changes, unless the naive formula breaks", () => {
    const answer = (more: Partial<Settings>) => thermostat.predict!.answer(usual, set(more))
    expect(answer({ shift: 100 }).id).toBe("same")
    expect(answer({ shift: 100 }).says).toContain("cat 0.1300, car 0.8690 and frog 0.0010")
    expect(answer({ shift: 100, method: "naive32" }).id).toBe("breaks")
  })
})

describe("any combination of settings", () => {
  it("is drawn and told without a broken number", () => {
    const methods = fc.constantFrom<string>(...Object.keys(METHODS))
    fc.assert(
      fc.property(setting, methods, fc.constantFrom("nats", "bits", "ten"), (given, method, unit) => {
        const settings = { ...usual, ...given, method, unit }
        const state = model(settings)
        const pictures = Object.values(thermostat.views).map((view) => view.draw(state))
        const words = [thermostat.takeaway(settings, state), thermostat.describe(settings, state)]
        const cells = thermostat.table(settings, state).rows.flat().map(String)
        for (const text of [...pictures, ...words, ...cells])
          expect(text).not.toMatch(/\b(undefined|Infinity|null)\b/)
      }),
    )
  })
})

describe("the code of a state", () => {
  interface Row {
    class: string
    p: number
    "p − Y": number
  }
  /** Runs the cell with the engine's names, and catches what it shows. */
  function run(settings: Settings): { rows: Row[]; shown: string[] } {
    const shown: string[] = []
    let rows: Row[] = []
    // `var` cannot be the name of a parameter, and the code does not use it.
    const { var: _variance, ...names } = engine
    const scope = { ...names, display: (s: string) => shown.push(s), table: (r: Row[]) => void (rows = r) }
    const body = stripTypes(thermostat.code(settings as typeof usual, 0, 0))
    new Function(...Object.keys(scope), body)(...Object.values(scope))
    return { rows, shown }
  }

  it.each([
    {},
    { truth: "frog", temperature: 0.3, shift: 500, unit: "bits" },
    { method: "naive32", shift: 60, unit: "ten" },
    { method: "naive32", shift: 1000 },
    { method: "naive64", temperature: 5, truth: "car" },
  ])("gives the numbers on the screen for %o", (more) => {
    const state = set(more)
    const { rows, shown } = run({ ...usual, ...more })
    expect(rows.map((row) => row.class)).toEqual([...CLASSES])
    expect(rows.map((row) => row.p)).toEqual(state.p)
    expect(rows.map((row) => row["p − Y"])).toEqual(state.gradient)
    expect(Number(shown[0]!.split(": ")[1])).toBe(state.price)
  })
})
