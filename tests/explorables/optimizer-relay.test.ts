/** @file Optimizer relay: its runs are the engine's, its words and code say what is on the screen. */
import { describe, expect, it } from "vitest"
import * as engine from "../../engine/index.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import relay from "../../src/explorables/optimizer-relay.ts"
import { corrections, learningRates, METHODS, type Method } from "../../src/explorables/relay/rules.ts"
import { model, type RelayParams, STEPS, SURFACES, surfaces } from "../../src/explorables/relay/run.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

const usual = defaults(relay.controls) as RelayParams
const state = (more: Partial<RelayParams> = {}, step = 60, seed = 1) =>
  model({ ...usual, ...more } as RelayParams, seed, step)
const preset = (name: string, step = 60) =>
  state(relay.presets.find((p) => p.name === name)!.params as Partial<RelayParams>, step)

/** What the cell of a state shows: place and height. */
function run(params: Partial<RelayParams>, step: number, seed = 1): [number[], number] {
  const shown: [number[], number][] = []
  const { var: _variance, ...names } = engine
  const scope = { ...names, display: (place: number[], f: number) => shown.push([place, f]) }
  const text = relay.code({ ...usual, ...params } as typeof usual, seed, step)
  new Function(...Object.keys(scope), stripTypes(text))(...Object.values(scope))
  return shown[0]
}

describe("the runs", () => {
  it.each(METHODS)("of %s are the engine's, on each landscape", (focus) => {
    for (const surface of SURFACES) {
      const [[x, y], f] = run({ focus, surface }, 40)
      const moment = state({ surface }, 40).runs[focus][40]
      expect(moment.at[0], surface).toBeCloseTo(x, 9)
      expect(moment.at[1], surface).toBeCloseTo(y, 9)
      expect(moment.f, surface).toBeCloseTo(f, 9)
    }
  })

  it.each(METHODS)("of %s are the engine's under the noise of the same seed", (focus) => {
    const [[x, y]] = run({ focus, noise: true }, 25, 9)
    const moment = state({ noise: true }, 25, 9).runs[focus][25]
    expect([moment.at[0] - x, moment.at[1] - y].map(Math.abs)[0]).toBeLessThan(1e-9)
    expect(Math.abs(moment.at[1] - y)).toBeLessThan(1e-9)
  })

  it("follow the gradient of their landscape", () => {
    for (const surface of Object.values(surfaces))
      for (const [x, y] of [
        [-3, 1],
        [0.5, -0.7],
      ]) {
        const h = 1e-6
        const [gx, gy] = surface.gradient(x, y)
        expect(gx).toBeCloseTo((surface.f(x + h, y) - surface.f(x - h, y)) / (2 * h), 5)
        expect(gy).toBeCloseTo((surface.f(x, y + h) - surface.f(x, y - h)) / (2 * h), 5)
      }
  })

  it("are those of SGD when nothing is remembered", () => {
    const { runs } = preset("no memory")
    expect(runs.momentum).toEqual(runs.sgd.map((m, t) => ({ ...m, memory: runs.momentum[t].memory })))
  })

  it("change with the seed under noise, and not without", () => {
    expect(state({}, 30, 1).runs).toEqual(state({}, 30, 2).runs)
    expect(state({ noise: true }, 30, 1).runs).not.toEqual(state({ noise: true }, 30, 2).runs)
  })
})

describe("what they show", () => {
  it("Adam's first step is its learning rate along both axes, for any gradient", () => {
    const { move, gradient } = preset("Adam, η = 0.3", 1).runs.adam[1]
    expect(Math.abs(gradient[0])).not.toBeCloseTo(Math.abs(gradient[1]), 0)
    for (const along of move) expect(Math.abs(along)).toBeCloseTo(0.3, 6)
  })

  it("a step beyond the limit of the ravine loses SGD alone among those with a scale of their own", () => {
    const { runs } = preset("too long a step", STEPS)
    expect(runs.sgd[STEPS].f).toBeGreaterThan(runs.sgd[0].f)
    expect(runs.adam[STEPS].f).toBeLessThan(runs.adam[0].f)
  })

  it("momentum is ahead of SGD in the ravine", () => {
    const { runs } = state({}, STEPS)
    expect(runs.momentum[STEPS].f).toBeLessThan(runs.sgd[STEPS].f)
  })

  it("the corrections begin at 1/(1 − β) and go to 1", () => {
    const settings = { lr: 0.1, rho: 0.9, beta: 0.99 }
    expect(corrections(settings, 1).map((c) => Number(c.toFixed(9)))).toEqual([10, 100])
    for (const c of corrections(settings, 3000)) expect(c).toBeCloseTo(1, 9)
  })
})

describe("what each axis lets through", () => {
  it("is η for those without a scale, and η over the corrected root for the others", () => {
    const { runs, params } = state({ focus: "adam" }, 1)
    expect(learningRates("momentum", params, runs.momentum[1].memory, 1)).toEqual([params.lr, params.lr])
    const [x, y] = learningRates("adam", params, runs.adam[1].memory, 1)
    const [gx, gy] = runs.adam[1].gradient
    expect(x * Math.abs(gx)).toBeCloseTo(params.scaled, 6)
    expect(y * Math.abs(gy)).toBeCloseTo(params.scaled, 6)
  })

  it("is said in words where the axes differ", () => {
    expect(relay.describe(usual as typeof usual, state({ focus: "rmsprop" }))).toContain(
      "multiplies a gradient",
    )
    expect(relay.describe(usual as typeof usual, state())).not.toContain("multiplies a gradient")
  })
})

it("a press on a small map looks into its method", () => {
  const pressed = relay.views.lanes.targets!(state()).map(({ to }) => to.params!.focus)
  expect(pressed).toEqual([...METHODS])
})

describe("the words", () => {
  it("rank from the lowest", () => {
    const s = state()
    const heights = s.ranking.map((m) => s.runs[m][60].f)
    expect(heights).toEqual([...heights].sort((a, b) => a - b))
    expect(relay.table(usual as typeof usual, s).rows.map(([place]) => place)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it("answer the prediction with the lowest of the state", () => {
    const s = state()
    const { id } = relay.predict!.answer(usual as typeof usual, s)
    for (const m of METHODS) expect(s.runs[id as Method][60].f).toBeLessThanOrEqual(s.runs[m][60].f)
  })

  it("say what the method in focus remembers", () => {
    const words = (focus: Method) => relay.describe(usual as typeof usual, state({ focus }, 5))
    expect(words("sgd")).toContain("remembers nothing")
    expect(words("momentum")).toContain("Its velocity is")
    expect(words("rmsprop")).toContain("mean of squares")
    expect(words("adam")).toContain("age 5 corrects them")
  })
})
