/** @file Hebb and Oja against matrix arithmetic of the engine, their averages, their code and their words. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Generator, PCA, tensor } from "../../engine/index.ts"
import {
  angleTo,
  cloud,
  lastStep,
  model,
  POINTS,
  STEPS,
  type State,
  update,
} from "../../src/explorables/hebb/run.ts"
import explorable from "../../src/explorables/hebb-oja.ts"
import type { Params, Point } from "../../src/explorables/lib/explorable.ts"
import { decode, encode } from "../../src/explorables/lib/link.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

type Settings = Params<typeof explorable.controls>
const usual = defaults(explorable.controls)
const set = (more: Partial<Settings>, step = STEPS, seed = 0): State =>
  model({ ...usual, ...more }, seed, step)

const tenth = (low: number, high: number) => fc.integer({ min: 10 * low, max: 10 * high }).map((v) => v / 10)
const setting = fc.record({
  rule: fc.constantFrom("hebb", "oja", "anti"),
  eta: fc.constantFrom(0.001, 0.01, 0.02, 0.1, 0.2),
  long: fc.tuple(tenth(-2, 2), tenth(-2, 2)),
  short: tenth(0, 1.5),
  start: fc.tuple(tenth(-2, 2), tenth(-2, 2)),
})

describe("one example", () => {
  it("changes w by the outer product of x with itself, and Oja's decay is y² w", () => {
    fc.assert(
      fc.property(fc.tuple(tenth(-2, 2), tenth(-2, 2)), fc.tuple(tenth(-3, 3), tenth(-3, 3)), (w, x) => {
        const [W, X] = [tensor(w, { dtype: "float64" }), tensor(x, { dtype: "float64" })]
        const step = X.outer(X).matmul(W).mul(0.1)
        const y = w[0] * x[0] + w[1] * x[1]
        const close = (got: Point, want: number[]) =>
          expect(got).toEqual(want.map((v) => expect.closeTo(v, 12)))
        close(update("hebb", 0.1, w, x), W.add(step).tolist() as number[])
        close(update("anti", 0.1, w, x), W.sub(step).tolist() as number[])
        close(
          update("oja", 0.1, w, x),
          W.add(step)
            .sub(W.mul(0.1 * y * y))
            .tolist() as number[],
        )
      }),
    )
  })
})

describe("a run", () => {
  it("never gets shorter under Hebb's rule, and never longer when it is turned round with a small step", () => {
    fc.assert(
      fc.property(setting, fc.nat(50), (given, seed) => {
        const lengths = (rule: string) =>
          model({ ...given, rule, eta: 0.01 }, seed, STEPS).path.map((w) => Math.hypot(...w))
        const [grows, shrinks] = [lengths("hebb"), lengths("anti")]
        expect(grows.every((v, k) => k === 0 || v >= grows[k - 1]! - 1e-12)).toBe(true)
        expect(shrinks.every((v, k) => k === 0 || v <= shrinks[k - 1]! + 1e-12)).toBe(true)
      }),
    )
  })

  it("turns w to the main axis of the engine's own analysis, under Hebb and under Oja", () => {
    for (let seed = 0; seed < 10; seed++) {
      const points = cloud(usual, seed)
      // The rule knows no mean: mirrored points have none, and the same correlations.
      const mirrored = [...points.map(([a, b]) => [a, b]), ...points.map(([a, b]) => [-a, -b])]
      const axis = new PCA({ keep: 1 })
        .fit(tensor(mirrored))
        .components.flatten()
        .tolist() as unknown as Point
      for (const rule of ["hebb", "oja"]) {
        const { w, angle } = set({ rule }, STEPS, seed)
        expect(angleTo(axis, w)).toBeLessThan(6)
        expect(angle).toBeCloseTo(angleTo(axis, w), 2)
      }
    }
  })

  it("ends near length 1 under Oja's rule, from within and from without, and far beyond under Hebb's", () => {
    for (const start of [
      [0.1, 0.2],
      [1.8, -1.8],
    ] as const) {
      expect(set({ rule: "oja", start }).length).toBeGreaterThan(0.85)
      expect(set({ rule: "oja", start }).length).toBeLessThan(1.15)
      expect(set({ rule: "hebb", start }).length).toBeGreaterThan(1000)
    }
  })

  it("is broken off where the step is too large, and says so", () => {
    const { params } = explorable.presets.find((p) => p.name === "too large a step")!
    const s = set({ ...params, eta: 0.2, start: [2, 2] })
    expect(s.burst).toBe(true)
    expect(lastStep({ ...usual, ...params, start: [2, 2] }, 0)).toBe(s.step)
    expect(explorable.takeaway(usual, s)).toMatch(
      /^η = 0\.2 is too large: w has burst after \d+ examples?\.$/,
    )
  })

  it("stays where it is if w is zero", () => {
    for (const rule of ["hebb", "oja", "anti"])
      expect(set({ rule, start: [0, 0] })).toMatchObject({ length: 0, growth: 1 })
  })
})

describe("the picture's words", () => {
  it("tell angle, length and growth of the state", () => {
    const s = set({}, 100)
    expect(explorable.takeaway(usual, s)).toMatch(
      /^After 100 examples of Hebb’s rule w is [\d.]+° from the main axis; its length is [\d.]+ and grows by [\d.]+\s% an example\.$/,
    )
    expect(explorable.takeaway(usual, set({}, 0))).toContain("and its length is 0.73.")
  })

  it("answer the prediction for Hebb's rule: along the cloud, and growing", () => {
    for (let seed = 0; seed < 10; seed++)
      expect(explorable.predict!.answer(usual, set({ rule: "hebb" }, STEPS, seed)).id).toBe("grows")
    expect(explorable.predict!.answer(usual, set({ rule: "oja" })).id).toBe("settles")
  })

  it("never contain a broken number, whatever the settings", () => {
    fc.assert(
      fc.property(setting, fc.nat(STEPS), fc.nat(9), (given, step, seed) => {
        const s = model(given, seed, step)
        const pictures = Object.values(explorable.views).map((view) => view.draw(s))
        const words = [explorable.takeaway(usual, s), explorable.describe(usual, s)]
        for (const text of [...pictures, ...words, ...explorable.table(usual, s).rows.flat().map(String)])
          expect(text).not.toMatch(/NaN|undefined|Infinity|∞/)
      }),
      { numRuns: 40 },
    )
  })
})

describe("link and code", () => {
  it("give the state back from its link", () => {
    fc.assert(
      fc.property(setting, fc.nat(STEPS), fc.nat(9), (given, step, seed) => {
        const place = { params: given, seed, step }
        const link = `#${encode("hebb-oja", explorable.controls, place as never)}`
        const back = decode("hebb-oja", explorable.controls, link)!
        expect(model(back.params as Settings, back.seed, back.step)).toEqual(model(given, seed, step))
      }),
      { numRuns: 30 },
    )
  })

  it("give w and its length from the code, number by number", () => {
    fc.assert(
      fc.property(setting, fc.nat(60), fc.nat(9), (given, step, seed) => {
        const s = model(given, seed, step)
        const text = stripTypes(explorable.code(given as never, seed, s.step))
        const twin = new Function("Generator", text.replace(/\nresult$/, "\nreturn result"))
        expect(twin(Generator)).toEqual({ w: s.w, length: s.length })
      }),
      { numRuns: 60 },
    )
  })
})

it("has as many points as the words say", () => {
  expect(cloud(usual, 3)).toHaveLength(POINTS)
})
