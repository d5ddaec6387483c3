/** @file The loss microscope: its fits against autograd and brute force, its words, its code. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as engine from "../../engine/index.ts"
import { grad, type Tensor, tensor } from "../../engine/index.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import {
  type Example,
  fitLine,
  LAMBDA,
  type Line,
  LOSSES,
  type Loss,
  PRICE,
  risk,
} from "../../src/explorables/loss/fit.ts"
import { model, OTHERS, type Settings, type State } from "../../src/explorables/loss/state.ts"
import microscope from "../../src/explorables/loss-microscope.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

const usual = defaults(microscope.controls)
const set = (more: Partial<Settings>): State => model({ ...usual, ...more })
const preset = (name: string): State => {
  const found = microscope.presets.find((p) => p.name === name)
  if (!found) throw new Error(`no preset ${name}`)
  return set(found.params)
}
const round = (state: State, loss: Loss) => Math.round(Math.abs(state.by[loss].turn))

/** The price of a margin by the engine. */
const byEngine: Record<Exclude<Loss, "zero-one">, (m: Tensor) => Tensor> = {
  hinge: (m) => m.neg().add(1).relu(),
  logistic: (m) => m.neg().softplus(),
  squared: (m) => m.neg().add(1).square(),
}
const double = (values: number[] | number[][]) => tensor(values, { dtype: "float64" })

const place = fc.double({ min: -5, max: 5, noNaN: true })
const setting = fc.record({
  example: fc.tuple(place, place),
  label: fc.constantFrom("+1", "-1"),
  weight: fc.double({ min: 0.1, max: 10, noNaN: true }),
})
const examplesOf = ({ example: [x, y], label, weight }: Pick<Settings, "example" | "label" | "weight">) =>
  [...OTHERS, { x, y, label: label === "+1" ? (1 as const) : (-1 as const) }].map(
    (p): Example => ({ ...p, weight: p.label === 1 ? 1 : weight }),
  )

describe("the price lists", () => {
  it("are the engine's, and logarithms do not overflow", () => {
    for (const loss of ["hinge", "logistic", "squared"] as const)
      for (const m of [-800, -4, -1, 0, 0.5, 1, 2, 40])
        expect(PRICE[loss](m)).toBeCloseTo(byEngine[loss](double([m])).item(), 10)
  })

  it("are those of the lesson's table at a margin of 2", () => {
    expect(LOSSES.map((loss) => Number(PRICE[loss](2).toFixed(6)))).toEqual([0, 0, 0.126928, 1])
  })
})

describe("wherever the example stands and however much a class counts", () => {
  it("the squared and the logistic line lie where the gradient by autograd is 0", () => {
    fc.assert(
      fc.property(setting, fc.constantFrom("squared" as const, "logistic" as const), (given, loss) => {
        const examples = examplesOf(given)
        const X = double(examples.map((e) => [e.x, e.y, 1]))
        const y = double(examples.map((e) => e.label))
        const c = double(examples.map((e) => e.weight))
        const total = (w: Tensor) =>
          byEngine[loss](X.matmul(w).mul(y))
            .mul(c)
            .sum()
            .div(c.sum())
            .add(
              w
                .square()
                .sum()
                .mul(LAMBDA / 2),
            )
        const w = double([...fitLine(loss, examples)])
        expect(total(w).item()).toBeCloseTo(risk(loss, fitLine(loss, examples), examples), 12)
        for (const g of grad(total)(w).tolist() as number[]) expect(Math.abs(g)).toBeLessThan(1e-9)
      }),
      { numRuns: 60 },
    )
  })

  it("no step in any direction lowers the risk of the hinge line", () => {
    fc.assert(
      fc.property(
        setting,
        fc.array(fc.tuple(place, place, place), { minLength: 30, maxLength: 30 }),
        (given, steps) => {
          const examples = examplesOf(given)
          const line = fitLine("hinge", examples)
          const least = risk("hinge", line, examples)
          for (const size of [1e-3, 1e-2, 0.1])
            for (const step of steps) {
              const moved = line.map((w, i) => w + size * step[i]) as unknown as Line
              expect(risk("hinge", moved, examples)).toBeGreaterThan(least - 1e-6)
            }
        },
      ),
      { numRuns: 60 },
    )
  })

  it("no line among thousands makes fewer mistakes than the 0–1 line", () => {
    fc.assert(
      fc.property(setting, (given) => {
        const examples = examplesOf(given)
        const weightOf = (line: Line) => risk("zero-one", line, examples)
        const least = weightOf(fitLine("zero-one", examples))
        for (let a = -Math.PI; a < Math.PI; a += 0.05)
          for (let b = -5; b <= 5; b += 0.25)
            expect(weightOf([Math.cos(a), Math.sin(a), b])).toBeGreaterThan(least - 1e-9)
      }),
      { numRuns: 30 },
    )
  })

  it("is drawn, told and tabulated without a broken number", () => {
    fc.assert(
      fc.property(setting, fc.constantFrom(...LOSSES), fc.boolean(), (given, loss, out) => {
        const settings = { ...usual, ...given, loss, out }
        const state = model(settings)
        const texts = [
          ...Object.values(microscope.views).map((view) => view.draw(state)),
          microscope.takeaway(settings, state),
          microscope.describe(settings, state),
          ...microscope.table(settings, state).rows.flat().map(String),
        ]
        for (const text of texts) expect(text).not.toMatch(/\b(NaN|undefined|Infinity|null)\b/)
      }),
      { numRuns: 60 },
    )
  })
})

describe("the example", () => {
  it("turns only the squared line when it is too right", () => {
    const s = preset("too right")
    expect(round(s, "squared")).toBeGreaterThanOrEqual(15)
    for (const loss of ["zero-one", "hinge", "logistic"] as const) expect(round(s, loss), loss).toBe(0)
    expect(s.by.hinge.prices.at(-1)).toBe(0)
  })

  it("turns no line in its group", () => {
    for (const loss of LOSSES) expect(round(preset("in its group"), loss), loss).toBe(0)
  })

  it("turns every line but the counted one when it is far on the wrong side", () => {
    const s = preset("far wrong")
    expect(round(s, "zero-one")).toBe(0)
    for (const loss of ["hinge", "logistic", "squared"] as const)
      expect(round(s, loss), loss).toBeGreaterThan(30)
  })

  it("pays alone, under hinge, just across the line", () => {
    expect(preset("just across").by.hinge.share).toBeGreaterThan(0.9)
  })

  it("is listened to by nobody when it is left out", () => {
    const s = set({ out: true, example: [-4.4, 4.4] })
    for (const loss of LOSSES) expect(s.by[loss].turn).toBe(0)
    expect(microscope.takeaway({ ...usual, out: true }, s)).toContain("left out")
  })
})

describe("the words", () => {
  it("begin with the loss in focus, and give its turn in degrees", () => {
    const s = preset("too right")
    expect(microscope.describe(usual, s)).toMatch(
      /^Squared error: the example pays [\d.]+, \d+ % of the total; its line has turned \d+° anticlockwise/,
    )
    expect(microscope.takeaway(usual, s)).toContain(`turns its line by ${round(s, "squared")}°`)
  })

  it("answer the prediction from the state", () => {
    const { id, says } = microscope.predict!.answer(usual, preset("too right"))
    expect(id).toBe("squared")
    expect(says).toContain("hinge 0°")
    expect(microscope.predict!.answer(usual, preset("far wrong")).id).not.toBe("zero-one")
  })

  it("say what a place means under the loss in focus", () => {
    expect(microscope.place!("example", usual, preset("far wrong"))).toMatch(
      /^wrong side of the logistic line, pays /,
    )
  })
})

describe("the code of a state", () => {
  function run(settings: Settings): string[] {
    const shown: string[] = []
    const { var: _variance, ...names } = engine
    const scope = { ...names, display: (s: string) => shown.push(s) }
    new Function(...Object.keys(scope), stripTypes(microscope.code(settings as typeof usual, 0, 0)))(
      ...Object.values(scope),
    )
    return shown
  }

  it.each(["hinge", "logistic", "squared"] as const)("finds the line of %s with the engine", (loss) => {
    const settings = { ...usual, loss, weight: 2, example: [-3, 1.5] } as Settings
    const [weights, last] = run(settings)
    const { line } = model(settings).by[loss]
    const found = weights.split(": ")[1].split(",").map(Number)
    for (const [i, w] of found.entries()) expect(Math.abs(w - line[i]), weights).toBeLessThan(0.03)
    const least = risk(loss, line, examplesOf(settings))
    expect(Number(last.split(": ")[1])).toBeLessThan(least + 2e-3)
  })

  it("counts as many mistakes as the 0–1 line makes", () => {
    const settings = { ...usual, loss: "zero-one", example: [-4.4, 4.4] } as Settings
    expect(run(settings)[0]).toContain(`: ${model(settings).by["zero-one"].mistakes}`)
  })
})
