/** @file Thirty floors against closed forms, the checked spreads of default settings, automatic differentiation and its words. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as engine from "../../engine/index.ts"
import type { Settings } from "../../src/explorables/floors/building.ts"
import { model, STEPS } from "../../src/explorables/floors/training.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import building from "../../src/explorables/thirty-floors.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

const usual = defaults(building.controls) as Settings
const at = (more: Partial<Settings>, seed = 0, step = 30) => model({ ...usual, ...more }, seed, step)
const top = (more: Partial<Settings>, seed = 0) => at(more, seed).floors.at(-1)!.up
const says = (more: Partial<Settings>) => building.takeaway({ ...usual, ...more } as never, at(more))
/** The geometric mean over some seeds: one narrow network scatters. */
const typical = (more: Partial<Settings>) => {
  const logs = Array.from({ length: 8 }, (_, seed) => Math.log(top(more, seed)))
  return Math.exp(logs.reduce((a, b) => a + b) / logs.length)
}

describe("after thirty floors of 128 units", () => {
  it.each([
    ["relu", { scheme: "lecun" }, 2.9e-5],
    ["relu", { scheme: "he" }, 0.64],
    ["tanh", { scheme: "lecun" }, 0.13],
    ["tanh", { scheme: "own", gain: 0.5 }, 7e-10],
  ])("%s with %o leaves about %d", (g, more, want) => {
    const ratio = typical({ g, ...more, width: 128 }) / want
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(2)
  })
})

it("theory of ReLU: a factor of √½ with Xavier and of 1 with He, on both ways", () => {
  const { floors } = at({ g: "relu", scheme: "lecun" })
  expect(floors[29]!.upTheory).toBeCloseTo(2 ** -15, 7)
  expect(floors[0]!.downTheory).toBeCloseTo(2 ** -15, 7)
  for (const { upTheory, downTheory } of at({ g: "relu", scheme: "he" }).floors) {
    expect(upTheory).toBeCloseTo(1, 3)
    expect(downTheory).toBeCloseTo(1, 3)
  }
})

it("the gradient that comes down is that of automatic differentiation, normalised or not", () => {
  for (const g of ["tanh", "relu", "linear"])
    for (const normalise of [false, true]) {
      const depth = 4
      const width = 8
      const given = { g, scheme: "he", width, depth, normalise }
      const draw = { generator: new engine.Generator(5), dtype: "float64" } as const
      const x = engine.randn([16, width], draw)
      const ct = engine.randn([16, width], draw)
      const weights = Array.from({ length: depth }, () =>
        engine.randn([width, width], draw).mul(Math.SQRT2 / Math.sqrt(width)),
      )
      const network = (input: engine.Tensor) =>
        weights.reduce((h, W) => {
          const z = h.matmul(W.transpose())
          const c = z.sub(z.mean(0))
          const y = normalise ? c.div(c.square().mean(0).add(1e-12).sqrt()) : z
          return g === "tanh" ? y.tanh() : g === "relu" ? y.relu() : y
        }, input)
      const gradient = engine.grad((t: engine.Tensor) => network(t).mul(ct).sum())(x)
      const [first, last] = [at(given, 5).floors[0]!, at(given, 5).floors[depth - 1]!]
      expect(first.down).toBeCloseTo(Math.sqrt(gradient.square().mean().item()), 9)
      expect(last.up).toBeCloseTo(Math.sqrt(network(x).square().mean().item()), 9)
    }
})

it("histograms hold every value once, whatever the setting", () => {
  const setting = fc.record({
    g: fc.constantFrom("tanh", "relu", "linear"),
    scheme: fc.constantFrom("zeros", "constant", "normal", "lecun", "he", "own"),
    gain: fc.integer({ min: 1, max: 100 }).map((n) => n / 10),
    width: fc.constantFrom(8, 16, 24),
    depth: fc.integer({ min: 2, max: 12 }),
    normalise: fc.boolean(),
  })
  fc.assert(
    fc.property(setting, (given) => {
      const { floors, depth } = at(given)
      expect(floors.length).toBe(depth)
      for (const { upBins, downBins } of floors)
        for (const bins of [upBins, downBins]) expect(bins.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
    }),
    { numRuns: 25 },
  )
})

it("equal weights make one unit of all: constant ones for ever, zeros in silence", () => {
  expect(at({ g: "tanh", scheme: "constant" }).different).toBe(1)
  expect(at({ scheme: "lecun" }).different).toBe(96)
  expect(top({ scheme: "zeros" })).toBe(0)
  expect(says({ g: "tanh", scheme: "constant" })).toContain("identical")
  expect(says({ scheme: "zeros" })).toContain("nothing will ever change")
})

it("a saturated tanh network explodes on the way down", () => {
  expect(at({ g: "tanh", scheme: "normal" }).floors[0]!.down).toBeGreaterThan(1e4)
  expect(says({ g: "tanh", scheme: "normal" })).toMatch(/signal stays alive .* gradient blows up/)
})

it("normalising every floor keeps a signal that would die", () => {
  expect(top({ scheme: "lecun" })).toBeLessThan(1e-3)
  expect(top({ scheme: "lecun", normalise: true })).toBeGreaterThan(0.5)
})

it("answers the prediction: less than a thousandth, for every seed", () => {
  for (let seed = 0; seed < 10; seed++)
    expect(building.predict!.answer(usual as never, at({}, seed)).id).toBe("nothing")
})

it("the same seed gives the same building, another one another", () => {
  expect(at({}, 3).floors).toEqual(at({}, 3).floors)
  expect(at({}, 3).floors).not.toEqual(at({}, 4).floors)
})

it.each([
  ["tanh", "own", true],
  ["relu", "he", false],
  ["linear", "constant", false],
])("the code of a state gives its numbers: %s, %s", (g, scheme, normalise) => {
  const settings = { ...usual, g, scheme, gain: 1.3, width: 16, depth: 7, normalise }
  let rows: { signal: number }[] = []
  // `var` cannot be the name of a parameter, and the code does not use it.
  const { var: _variance, ...names } = engine
  const scope: Record<string, unknown> = { ...names, table: (found: typeof rows) => void (rows = found) }
  const body = stripTypes(building.code(settings as never, 9, 7))
  new Function(...Object.keys(scope), body)(...Object.values(scope))
  const { floors } = model(settings, 9, 7)
  rows.forEach(({ signal }, l) => {
    expect(signal).toBeCloseTo(floors[l]!.up, 10)
  })
  expect(rows.length).toBe(7)
})

describe("fifty steps of training", () => {
  const train = (more: Partial<Settings>, steps = STEPS, seed = 0) =>
    at({ what: "train", width: 32, depth: 12, ...more }, seed, steps)
  const wording = (more: Partial<Settings>, steps = STEPS) =>
    building.takeaway({ ...usual, what: "train" } as never, train(more, steps))

  it.each([
    ["relu", "he", false],
    ["tanh", "lecun", true],
  ])(
    "the losses are those of the code with automatic differentiation: %s, %s, %s",
    (g, scheme, normalise) => {
      const given = { g, scheme, normalise, width: 12, depth: 5 }
      const settings = { ...usual, what: "train", ...given }
      const { var: _variance, ...names } = engine
      const body = `${stripTypes(building.code(settings as never, 3, 8)).replace(/losses$/, "")}; return losses`
      const losses = new Function(...Object.keys(names), body)(...Object.values(names)) as number[]
      const { losses: shown } = train(given, 8, 3)
      expect(shown.length).toBe(9)
      shown.forEach((loss, k) => {
        expect(loss).toBeCloseTo(losses[k]!, 9)
      })
    },
  )

  it("a start that lets the signal through learns; one that does not stays at ln 2", () => {
    for (const seed of [0, 1, 2]) {
      const alive = train({ g: "tanh", scheme: "lecun", width: 96, depth: 8 }, STEPS, seed).losses
      expect(alive.at(-1)).toBeLessThan(0.35)
      const dead = train({ g: "tanh", scheme: "own", gain: 0.3 }, STEPS, seed).losses
      for (const loss of dead) expect(loss).toBeCloseTo(Math.LN2, 3)
    }
    expect(wording({ scheme: "zeros" })).toContain("learnt nothing")
  })

  it("a step back costs nothing and gives what was there, and climbing shows the start", () => {
    const there = train({ scheme: "he" }, 7)
    train({ scheme: "he" }, 20)
    expect(train({ scheme: "he" }, 7)).toEqual(there)
    expect(at({ scheme: "he", width: 32, depth: 12 }).losses).toEqual(there.losses.slice(0, 1))
  })

  it("units that began equal are equal after training", () => {
    expect(train({ g: "tanh", scheme: "constant" }).different).toBe(1)
  })

  it("says when there is no number for the loss any more", () => {
    const wild = train({ g: "linear", scheme: "own", gain: 3 })
    expect(wild.blown).toBeGreaterThan(0)
    expect(wild.losses.every(Number.isFinite)).toBe(true)
    expect(wording({ g: "linear", scheme: "own", gain: 3 })).toContain("blew up")
  })
})
