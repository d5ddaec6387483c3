/** @file MLP studio: a value for each place of the plane instead of a class; and units that are taken out. */
import { describe, expect, it } from "vitest"
import * as engine from "../../engine/index.ts"
import { decode, encode } from "../../src/explorables/lib/link.ts"
import { defaults, inUse } from "../../src/explorables/lib/params.ts"
import { compare } from "../../src/explorables/mlp-studio/compare.ts"
import type { Settings } from "../../src/explorables/mlp-studio/controls.ts"
import { dataOf } from "../../src/explorables/mlp-studio/data.ts"
import { HEIGHT } from "../../src/explorables/mlp-studio/heights.ts"
import { readValues } from "../../src/explorables/mlp-studio/own.ts"
import { example } from "../../src/explorables/mlp-studio/pass.ts"
import { model } from "../../src/explorables/mlp-studio/state.ts"
import studio from "../../src/explorables/mlp-studio.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

const usual = { ...defaults(studio.controls), lr: 0.03 } as Settings
const settings = (more: Partial<Settings> = {}): Settings => ({ ...usual, problem: "regression", ...more })
const state = (more: Partial<Settings> = {}, step = 60, seed = 0) => model(settings(more), seed, step)

/** What the cell of a state shows. */
function shownBy(more: Partial<Settings>, step: number, seed: number): { loss: number; error: number } {
  const shown: { loss: number; error: number }[] = []
  const { var: _variance, ...names } = engine
  const scope = { ...names, display: (result: (typeof shown)[0]) => shown.push(result) }
  const text = studio.code(settings(more), seed, step)
  new Function(...Object.keys(scope), stripTypes(text))(...Object.values(scope))
  return shown[0]
}

describe("a regression", () => {
  it("S01: without hidden layers learns the plane, and with them the bumps better than without", () => {
    expect(state({ net: "" }, 400).measure.held).toBeLessThan(0.02)
    const bumps = { target: "bumps", n: 300, share: 80 }
    const [line, network] = [state({ ...bumps, net: "" }, 400), state({ ...bumps, net: "12, 6" }, 1000)]
    expect(line.measure.train).toBeGreaterThan(0.2)
    expect(network.measure.train).toBeLessThan(line.measure.train / 2)
    expect(network.losses.held).toBeLessThan(line.losses.held! / 2)
  })

  it("has as its values those of the set at each place, and 1 at the top of a bump", () => {
    for (const { x, y, label } of dataOf(settings()).train) expect(label).toBeCloseTo((x + y) / 10, 6)
    const bumps = dataOf(settings({ target: "bumps", n: 500, share: 100 })).train
    const near = (a: number, b: number) =>
      bumps
        .filter(({ x, y }) => Math.hypot(x - a, y - b) < 1)
        .map(({ label }) => (label === 0 ? 0 : Math.sign(label)))
    expect(new Set(near(-4, 2.5))).toEqual(new Set([1]))
    expect(new Set(near(0, 2.5))).toEqual(new Set([-1]))
    expect(new Set(near(-2, 0))).toEqual(new Set([0]))
    for (const { x, y, label } of bumps.filter(({ x, y }) => Math.hypot(x - 4, y - 2.5) < 2))
      expect(label).toBeCloseTo(1 - Math.hypot(x - 4, y - 2.5) / 2, 6)
  })

  it("has the loss ½ (s − y)² of the linear output, and its error is the root of twice that", () => {
    const s = state({ target: "bumps", rule: "sgd" })
    expect(s.measure.train).toBeCloseTo(Math.sqrt(2 * s.losses.train), 5)
    expect(s.measure.held).toBeCloseTo(Math.sqrt(2 * s.losses.held!), 5)
    const { point, z } = s.example
    const score = z.at(-1)![0]
    expect(s.example.loss).toBeCloseTo((score - point.label) ** 2 / 2, 10)
  })

  it("goes back as the loss of one example changes by each weight", () => {
    const s = state({ net: "3 tanh, 2 elu", target: "bumps" })
    s.weights.forEach(({ w, inputs }, l) => {
      w.forEach((weight, i) => {
        const at = (by: number) => {
          const changed = s.weights.map((layer) => ({ ...layer, w: layer.w.slice() }))
          changed[l].w[i] = weight + by
          return [example(s.shape, changed, s.example.point, s.problem).loss, changed[l].w[i]]
        }
        const [[up, a], [down, b]] = [at(1e-3), at(-1e-3)]
        const slope = s.example.delta[l][Math.floor(i / inputs)] * s.example.h[l][i % inputs]
        expect(slope).toBeCloseTo((up - down) / (a - b), 4)
      })
    })
  })

  it.each([
    {},
    { target: "bumps", noise: 10, batch: "10", rule: "momentum", net: "6, 3" },
    { target: "formula", height: "5 sin(x) y", mine: [{ x: 1, y: 2, label: -1 }] },
    { target: "formula", height: "sqrt(x) / 2", noise: 20, share: 35, g: "relu" },
    { target: "formula", height: "x > y", l2: 0.01 },
    { target: "own", values: "1,2,30\n2,-1,-20\n-3,4,5", net: "3" },
  ] satisfies Partial<Settings>[])("is reproduced by the code of the state: %o", (more) => {
    const s = state(more, 25, 3)
    const shown = shownBy(more, 25, 3)
    expect(shown.loss).toBeCloseTo(s.losses.train, 5)
    expect(shown.error).toBeCloseTo(s.measure.train, 5)
    expect(shownBy({ ...more, export: "weights" }, 25, 3).error).toBeCloseTo(s.measure.train, 3)
  })

  it("says in words what it misses, and never speaks of classes", () => {
    const s = state({ target: "bumps", focus: 1, drop: 0.1 })
    const words = `${studio.takeaway(usual, s)} ${studio.describe(usual, s)} ${JSON.stringify(studio.table(usual, s))}`
    expect(words).toMatch(
      /miss the training values of the bumps by 0\.\d+ \(root mean square\), those held out by/,
    )
    expect(words).toMatch(/has the value −?0(\.\d+)? and gets/)
    expect(words).toContain("error without it")
    expect(words).not.toMatch(/class|accuracy|apart/)
    expect(studio.place!("probe", usual, s)).toMatch(/, value −?[\d.]+$/)
    const numbers = studio.views.numbers.draw(state({}))
    expect(numbers).toContain("∂L/∂s = s − y =")
    expect(numbers).not.toMatch(/>[^<]*(class|σ)/)
  })

  it("shows the values of the output and of the points on one scale, with its ends in numbers", () => {
    const s = state({ target: "bumps", net: "12, 6", n: 300 }, 600)
    const picture = studio.views.output.draw(s)
    for (const end of [">−1<", ">0<", ">1<"]) expect(picture).toContain(end)
    const used = new Set(
      [...picture.matchAll(/<path[^>]* fill="var\(--div-(\d+)\)"/g)].map(([, band]) => Number(band)),
    )
    expect(used.size).toBe(7)
    // Of a unit inside the field is its own, and of a classification there is no scale.
    expect(studio.views.output.draw(state({ focus: 1 }))).not.toContain("0.85")
    expect(studio.views.output.draw(state({ problem: "classification" }))).not.toContain("0.85")
  })

  it("has the controls that belong to it, and no others", () => {
    const shown = (more: Partial<Settings>) =>
      Object.entries(studio.controls)
        .filter(([, control]) => inUse(control, { ...usual, ...more }))
        .map(([name]) => name)
    const classes = shown({ data: "formula", target: "formula" })
    expect(classes).toEqual(expect.arrayContaining(["problem", "data", "formula", "loss", "cuts"]))
    for (const name of ["target", "height", "values", "own"]) expect(classes).not.toContain(name)
    const values = shown({ problem: "regression", data: "formula", target: "formula" })
    expect(values).toEqual(expect.arrayContaining(["problem", "target", "height"]))
    for (const name of ["data", "formula", "own", "values", "loss", "cuts"])
      expect(values).not.toContain(name)
    expect(shown({ problem: "regression", target: "own" })).toContain("values")
  })

  it("stands beside a kept one, and comes back from the link", () => {
    const kept = state({ target: "bumps" }, 20)
    const a = { ...kept.settings, ...compare.write(kept.settings, kept, true) }
    const b = model({ ...a, net: "8" }, 0, 40)
    const { name, columns } = studio.table(usual, b).also!.at(-1)!
    expect(name).toContain("Hidden layers “4, 2” (B: “8”)")
    expect(columns).toContain("held-out error")
    const other = model({ ...a, problem: "classification" }, 0, 20)
    expect(studio.table(usual, other).also!.at(-1)!.columns).toContain("error or accuracy")
    const place = { params: { ...a, height: "x y" }, seed: 2, step: 40 }
    expect(decode("mlp-studio", studio.controls, encode("mlp-studio", studio.controls, place))).toEqual(place)
  })
})

describe("values of the reader's own", () => {
  it("are read from lines, and those that are no numbers are counted", () => {
    const { points, says } = readValues("x,y,value\n1,2,0.5\n3,−4,−1\n1,1,\n2,2,high")
    expect(points).toEqual([
      { x: 1, y: 2, label: 0.5 },
      { x: 3, y: -4, label: -1 },
    ])
    expect(says).toContain("2 lines could not be read")
    expect(readValues("").points).toEqual(readValues("nothing").points)
    expect(readValues("").says).toContain("an example stands in")
  })

  it("are divided where the scale would not show them, and it says so", () => {
    const { points, says } = readValues("0,0,40\n1,1,-20")
    expect(points.map(({ label }) => label)).toEqual([1, -0.5])
    expect(says).toContain("divided by 40")
    const s = state({ target: "formula", height: "x y" })
    expect(Math.max(...s.run.data.train.map(({ label }) => Math.abs(label)))).toBeLessThan(1.05)
    expect(studio.place!("height", usual, s)).toMatch(/Values from −.*divided by 3\d\./)
  })

  it("come from a function, which is told where it cannot be read or has no value", () => {
    const read = (height: string) => state({ target: "formula", height }).run.data
    expect(read("sin(x").read).toMatch(/At character 4: .*never closed.*stands in/)
    expect(read("sqrt(0 - 1)").train).toEqual(read(HEIGHT).train)
    const half = read("ln(x)")
    expect(half.read).toMatch(/\d+ points without a value are left out/)
    for (const { x, label } of half.train) expect(Number.isFinite(label) && x > 0).toBe(true)
    expect(new Set(read("x > 0").train.map(({ label }) => label))).toEqual(new Set([1, -1]))
  })
})

describe("a unit that is taken out", () => {
  const more = { problem: "classification", edits: "4 out 1.3" } as const

  it("is gone from the picture, the words and the counts: a hollow place that leads back to it", () => {
    const [before, after] = [state(more, 3), state(more, 4)]
    const fields = (s: typeof after) =>
      studio.views.network
        .draw(s)
        .split('<g data-set="focus"')
        .map((g) => g.includes("<path"))
    const changed = fields(after).findIndex((there, i) => there !== fields(before)[i])
    expect(studio.views.network.draw(after)).toContain("2 2")
    expect(changed).toBe(3)
    expect(studio.takeaway(usual, after)).toContain("3 and 2 tanh units")
    expect(studio.table(usual, after).rows[2][0]).toBe("layer 1, unit 3 (taken out)")
    const pressed = (s: typeof after) => {
      const chosen = new Set<string>()
      for (let x = 75; x < 280; x += 3)
        for (let y = 50; y < 300; y += 3) {
          const found = studio.views.network.press!(s, x, y, 3) as Partial<Settings> | undefined
          if (found) chosen.add(`${found.focus}.${found.into}`)
        }
      return chosen.size
    }
    expect(pressed(before) - pressed(after)).toBe(4)
  })

  it("stays out when a unit above it is frozen and freed, until its weight is set by hand", () => {
    const later = state({ ...more, edits: "4 out 1.3; 6 hold 2.1; 8 free 2.1" }, 30)
    for (const k of [0, 1]) expect(later.weights[1].w[4 * k + 2]).toBe(0)
    expect(later.isOut({ layer: 0, unit: 2 })).toBe(true)
    const heard = state({ ...more, edits: "4 out 1.3; 9 w2.1.3 1" }, 9)
    expect(heard.isOut({ layer: 0, unit: 2 })).toBe(false)
    expect(studio.takeaway(usual, heard)).toContain("4 and 2 tanh units")
  })
})
