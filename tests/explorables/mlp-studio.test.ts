/** @file MLP studio: its runs are the engine's, its sets and accuracies the syllabus's, its code reproduces the screen. */
import { describe, expect, it } from "vitest"
import * as engine from "../../engine/index.ts"
import type { LabelledPoint } from "../../src/explorables/lib/explorable.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import type { Settings } from "../../src/explorables/mlp-studio/controls.ts"
import { points } from "../../src/explorables/mlp-studio/data.ts"
import { CURVES, KINDS, readNet, resized, writeNet } from "../../src/explorables/mlp-studio/net.ts"
import { EXAMPLE, readPoints } from "../../src/explorables/mlp-studio/own.ts"
import { example, forward, inputsOf } from "../../src/explorables/mlp-studio/pass.ts"
import { runOf } from "../../src/explorables/mlp-studio/run.ts"
import { indexOf, model, unitOf } from "../../src/explorables/mlp-studio/state.ts"
import studio from "../../src/explorables/mlp-studio.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

const usual = { ...defaults(studio.controls), lr: 0.03 } as Settings
const state = (more: Partial<Settings> = {}, step = 100, seed = 0) => model({ ...usual, ...more }, seed, step)
const preset = (name: string) => studio.presets.find((p) => p.name === name)!.params as Partial<Settings>

/** What the cell of a state shows. */
function run(more: Partial<Settings>, step: number, seed = 0): { loss?: number; accuracy: number } {
  const shown: { loss?: number; accuracy: number }[] = []
  const { var: _variance, ...names } = engine
  const scope = { ...names, display: (result: (typeof shown)[0]) => shown.push(result) }
  const text = studio.code({ ...usual, ...more }, seed, step)
  new Function(...Object.keys(scope), stripTypes(text))(...Object.values(scope))
  return shown[0]
}

describe("the acceptance of the syllabus", () => {
  it("S01: seed 000 shows both untrained losses between 0.45 and 0.65", () => {
    const { losses } = state(preset("seed 000"), 0)
    for (const loss of [losses.train, losses.held!]) {
      expect(loss).toBeGreaterThan(0.45)
      expect(loss).toBeLessThan(0.65)
    }
  })

  it("S01: three tanh units get all training points of the circle in at least 4 of 5 runs", () => {
    const runs = [0, 1, 2, 3, 4].map((seed) => state({ net: "3", n: 200, share: 100 }, 1000, seed))
    expect(runs.filter(({ measure }) => measure.train === 1).length).toBeGreaterThanOrEqual(4)
  })

  it("S01: linear units never get more than 60 % of the circle", () => {
    for (const seed of [0, 1, 2])
      expect(
        state({ net: "20", g: "linear", n: 200, share: 100 }, 1000, seed).measure.train,
      ).toBeLessThanOrEqual(0.6)
  })

  it("S02: 20 tanh units get 97 % of the spiral within 1000 steps, 3 units never 75 %", () => {
    const spiral = { data: "spiral", n: 200, share: 100 }
    for (const seed of [0, 1]) {
      expect(state({ ...spiral, net: "20" }, 1000, seed).measure.train).toBeGreaterThanOrEqual(0.97)
      expect(state({ ...spiral, net: "3" }, 1000, seed).measure.train).toBeLessThanOrEqual(0.75)
    }
  })

  it("S02: an added point is drawn in the plane and in the hidden space, and is learnt from", () => {
    const mine: LabelledPoint[] = [{ x: 4.5, y: -4.5, label: 1 }]
    const [before, after] = [state(), state({ mine })]
    for (const view of [studio.views.output, studio.views.space]) {
      const discs = (s: typeof after) => view.draw(s).split("a3.5 3.5 0 1 0 7 0").length
      expect(discs(after)).toBe(discs(before) + 1)
    }
    expect(after.losses.train).not.toBe(before.losses.train)
    expect(after.run.data.train.length).toBe(before.run.data.train.length + 1)
  })

  it("D09: the 10th point of the spiral's first arm is (r sin t, r cos t) without noise", () => {
    const arm = points({ ...usual, data: "spiral", n: 200 }).filter(({ label }) => label === 1)
    expect(arm[9].x).toBeCloseTo(0.3761133126, 6)
    expect(arm[9].y).toBeCloseTo(0.2470602681, 6)
  })

  it("D09: circle, xor and gauss are what their names say", () => {
    const set = (data: string) => points({ ...usual, data, n: 200 })
    for (const { x, y, label } of set("circle")) expect(Math.hypot(x, y) < 3).toBe(label === 1)
    for (const { x, y, label } of set("xor")) expect(x * y > 0).toBe(label === 1)
    const blobs = set("gauss")
    expect(blobs.filter(({ x, y, label }) => (x + y) * label > 0).length).toBeGreaterThan(190)
    for (const data of ["circle", "xor", "gauss", "spiral", "moons"])
      expect(set(data).filter(({ label }) => label === 1).length).toBe(100)
  })
})

describe("a training", () => {
  it("is the same whether it is gone step by step, at once, or back", () => {
    const more = { batch: "10", drop: 0.2, dataSeed: 3 }
    const at = (step: number) => [...state(more, step, 4).weights.flatMap(({ w, b }) => [...w, ...b])]
    const [tenth, first] = [at(10), at(1)]
    // So many others that the first is forgotten.
    for (let dataSeed = 10; dataSeed < 16; dataSeed++) state({ dataSeed }, 1)
    const walked = Array.from({ length: 11 }, (_, step) => at(step))
    expect(walked[10]).toEqual(tenth)
    expect(walked[1]).toEqual(first)
  })

  it("costs one step more for the next step, and nothing for what is only looked at", () => {
    const run = runOf(usual, 8, 30)
    expect(run.thetas.length).toBe(31)
    expect(runOf({ ...usual, focus: 3, probe: [0, 0], mute: true }, 8, 12)).toBe(run)
    expect(run.thetas.length).toBe(31)
    expect(runOf(usual, 8, 31).thetas.length).toBe(32)
  })

  it("begins anew with the seed of the weights, or with other data", () => {
    const weights = (seed: number, dataSeed: number) => state({ dataSeed }, 0, seed).weights[0].w
    expect(weights(1, 0)).toEqual(weights(1, 5))
    expect(weights(1, 0)).not.toEqual(weights(2, 0))
    expect(state({ dataSeed: 1 }).run.data.train).not.toEqual(state({ dataSeed: 2 }).run.data.train)
  })

  it.each([
    {},
    { rule: "sgd", batch: "10", loss: "squared", init: "half", net: "1", g: "sigmoid", lr: 0.1 },
    { rule: "momentum", net: "5 relu, 3 elu", init: "he", f3: true, f6: true },
    { rule: "nesterov", net: "4 leaky", init: "normal", data: "xor", noise: 20 },
    { rule: "adagrad", init: "torch", data: "moons", noise: 10, l2: 0.01 },
    { rule: "rmsprop", lr: 0.01, data: "gauss", l1: 0.005 },
    { rule: "adadelta", drop: 0.3, net: "6", lr: 1 },
    { rule: "adamw", l2: 0.05, data: "own" },
    { grain: "batch", batch: "5", data: "spiral", mine: [{ x: 1, y: 2, label: -1 }] },
    { net: "", f1: false, f2: false, f5: true, data: "xor" },
  ] satisfies Partial<Settings>[])("is reproduced by the code of the state: %o", (more) => {
    const s = state(more, 25, 3)
    const shown = run(more, 25, 3)
    expect(shown.loss).toBeCloseTo(s.losses.train, 5)
    expect(shown.accuracy).toBeCloseTo(s.measure.train, 6)
    expect(run({ ...more, export: "weights" }, 25, 3).accuracy).toBeCloseTo(s.measure.train, 1)
  })

  it("stands still where its numbers leave all bounds, and says so", () => {
    const net = "20, 20, 20, 20, 20, 20"
    const wild = { rule: "sgd", lr: 10, g: "relu", net, init: "normal", f3: true, f4: true, data: "moons" }
    const s = state(wild, 60)
    expect(s.run.lost).toBeGreaterThan(0)
    expect(studio.takeaway(usual, s)).toContain("leave all bounds")
    for (const { w } of s.weights) expect([...w].every(Number.isFinite)).toBe(true)
  })
})

describe("the numbers of one example", () => {
  it.each(KINDS)("have the slope of %s by differences", (kind) => {
    const { g, slope } = CURVES[kind]
    for (const z of [-1.3, -0.2, 0.4, 2]) expect(slope(z)).toBeCloseTo((g(z + 1e-6) - g(z - 1e-6)) / 2e-6, 5)
  })

  it.each(["log", "squared"])("go back as the %s loss changes by each weight", (loss) => {
    const s = state({ loss, net: "3 tanh, 2 elu", probe: [2, -1] })
    const point = s.example.point
    s.weights.forEach(({ w, inputs }, l) => {
      w.forEach((weight, i) => {
        const at = (by: number) => {
          const changed = s.weights.map((layer) => ({ ...layer, w: layer.w.slice() }))
          changed[l].w[i] = weight + by
          const moved = changed[l].w[i] - weight
          return [example(s.shape, changed, point, s.problem).loss, moved]
        }
        const [[up, du], [down, dd]] = [at(1e-3), at(-1e-3)]
        const slope = s.example.delta[l][Math.floor(i / inputs)] * s.example.h[l][i % inputs]
        expect(slope).toBeCloseTo((up - down) / (du - dd), 4)
      })
    })
  })

  it("go forward as the engine does, to the same loss", () => {
    const s = state({ net: "5 sigmoid, 3 relu" })
    const { train } = s.run.data
    const scores = forward(s.shape, s.weights, inputsOf(s.shape, train), train.length).at(-1)!
    const labels = engine.tensor(train.map(({ label }) => label))
    const loss = engine
      .tensor([...scores])
      .mul(labels)
      .neg()
      .softplus()
      .mean()
      .item()
    expect(loss).toBeCloseTo(s.losses.train, 5)
  })

  it("are those of the nearest training point", () => {
    const s = state({ probe: [-2, 3] })
    const far = ({ x, y }: { x: number; y: number }) => Math.hypot(x + 2, y - 3)
    for (const p of s.run.data.train) expect(far(p)).toBeGreaterThanOrEqual(far(s.example.point))
  })
})

describe("a unit", () => {
  it("has a number, and the number leads back to it", () => {
    const { shape } = state({ net: "4, 2" })
    for (let i = 0; i <= 6; i++) expect(indexOf(shape, unitOf(shape, i))).toBe(i)
    expect(unitOf(shape, 99)).toEqual({ layer: 1, unit: 1 })
  })

  it("gives nothing when it is muted, and the table says what that costs", () => {
    const s = state({ focus: 1, mute: true })
    expect(s.train[1].filter((_, i) => i % 4 === 0).every((h) => h === 0)).toBe(true)
    const { columns, rows } = studio.table(usual, state())
    const cost = rows[0][columns.indexOf("accuracy without it")]
    expect(cost).toBe(`${Number((100 * s.measure.train).toPrecision(3))} %`)
  })
})

describe("the prediction", () => {
  const { predict, start } = studio

  it("asks about the first frame, and shows it with the unit muted that is missed least", () => {
    const first = state({ ...usual, lr: studio.controls.lr.value }, start)
    expect(first.measure.train).toBe(1)
    expect(predict!.question(usual, first)).toContain(`has ${first.shape.layers[0].units} units`)
    const params = { ...first.settings, ...predict!.about } as Settings
    const shown = model(params, 0, predict!.reveal!)
    const { id, says } = predict!.answer(params, shown)
    expect(shown.muted).toEqual({ layer: 0, unit: Number(id) - 1 })
    // What the words say, counted anew: the places of the plane that the network without a unit calls otherwise.
    const output = first.grid.at(-1)!
    const turned = predict!.options.map(({ id: unit }) => {
      const all = forward(first.shape, first.weights, first.grid[0], output.length, {
        layer: 0,
        unit: Number(unit) - 1,
      })
      return all.at(-1)!.filter((s, i) => s > 0 !== output[i] > 0).length / output.length
    })
    expect(turned[Number(id) - 1]).toBe(Math.min(...turned))
    expect(turned[Number(id) - 1]).toBeLessThan(0.05)
    expect(turned.filter((share) => share > 0.2).length).toBe(3)
    const list = turned.map((share) => `${Number((100 * share).toPrecision(2))} %`)
    expect(says).toContain(`${list.slice(0, 3).join(", ")}, and ${list[3]} of the plane`)
    expect(shown.measure.train).toBe(1)
  })
})

describe("the reader's own text", () => {
  it("is read from tables with commas, tabs or blanks, with a head or none", () => {
    for (const text of [
      "x,y,c\n1,2,1\n3,-4,0",
      "1\t2\t1\n3\t-4\t-1",
      "1 2 a\n3 −4 b",
      "1;2;yes\r\n3;-4;no\r\n",
    ])
      expect(readPoints(text).points).toEqual([
        { x: 1, y: 2, label: 1 },
        { x: 3, y: -4, label: -1 },
      ])
    expect(readPoints("1,2,1\nnothing\n3,4,0").says).toContain("1 line could not be read")
  })

  it("is scaled where it does not fit, and an example stands in where there is nothing", () => {
    const { points: scaled, says } = readPoints("100,1,1\n200,2,0\n300,3,0")
    expect(scaled.map(({ x }) => x)).toEqual([-5, 0, 5])
    expect(says).toContain("scaled")
    expect(readPoints("").points).toEqual(readPoints(EXAMPLE).points)
  })

  it("names layers, and every layer it can name is read back", () => {
    const { layers, problem } = readNet("8 relu, 4; 2 elu 3", "tanh")
    expect(layers.map(({ units, kind }) => `${units} ${kind}`)).toEqual([
      "8 relu",
      "4 tanh",
      "2 elu",
      "3 tanh",
    ])
    expect(problem).toBe("")
    expect(readNet(writeNet(layers, "relu"), "relu").layers).toEqual(layers)
    expect(readNet("99 tanh, 3 wild, x", "relu").problem).toMatch(/20 units.*“wild”.*“x” is no layer/)
    expect(resized(layers, 0, -8)).toEqual(layers.slice(1))
  })
})

it("every control says what it does", () => {
  for (const [name, control] of Object.entries(studio.controls))
    if (!/^f[2-7]$/.test(name)) expect("why" in control && control.why, name).toMatch(/\.$/)
})

it("every mark that sets a control gives it a value that it takes", () => {
  const s = state({ net: "4, 2 relu" })
  const marks = [...studio.views.network.draw(s).matchAll(/data-set="([^"]+)" data-value="([^"]*)"/g)]
  expect(marks.length).toBeGreaterThan(15)
  const nets = marks.filter(([, name]) => name === "net").map(([, , value]) => value)
  expect(nets).toEqual(["3, 2 relu", "5, 2 relu", "4, 1 relu", "4, 3 relu", "4, 2 relu, 2"])
  for (const [, name] of marks) expect(Object.keys(studio.controls)).toContain(name)
})
