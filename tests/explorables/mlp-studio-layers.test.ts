/** @file MLP studio: how the numbers of the layers are spread, dead units by name, and a kept network beside the present one. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as engine from "../../engine/index.ts"
import { decode, encode } from "../../src/explorables/lib/link.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import { compare, differences, otherOf } from "../../src/explorables/mlp-studio/compare.ts"
import type { Settings } from "../../src/explorables/mlp-studio/controls.ts"
import { CONDITION } from "../../src/explorables/mlp-studio/data.ts"
import { deadUnits, gradients, spreadOf } from "../../src/explorables/mlp-studio/histograms.ts"
import { meanLoss } from "../../src/explorables/mlp-studio/pass.ts"
import { model } from "../../src/explorables/mlp-studio/state.ts"
import studio from "../../src/explorables/mlp-studio.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

const usual = { ...defaults(studio.controls), lr: 0.03 } as Settings
const state = (more: Partial<Settings> = {}, step = 40, seed = 0) => model({ ...usual, ...more }, seed, step)

describe("a histogram", () => {
  it("counts every number once, as far to the left of 0 as to the right", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1 }), (values) => {
        const { bins, most, mean, deviation } = spreadOf(values)
        expect(bins.reduce((sum, n) => sum + n, 0)).toBe(values.length)
        expect(most).toBe(Math.max(...values.map(Math.abs)))
        const other = spreadOf(values.map((v) => v + 7))
        expect(other.mean).toBeCloseTo(mean + 7, 8)
        expect(other.deviation).toBeCloseTo(deviation, 8)
      }),
    )
  })

  it("is drawn for every layer, and its gradients are the slopes of the mean loss", () => {
    const s = state({ net: "3, 2 elu", loss: "squared" }, 10)
    const slopes = gradients(s)
    for (const [l, { w }] of s.weights.entries())
      for (let i = 0; i < w.length; i++) {
        const at = (by: number) => {
          const moved = s.weights.map((layer) => ({ ...layer, w: layer.w.slice() }))
          moved[l].w[i] += by
          return [meanLoss(s.shape, moved, s.run.data.train, s.problem), moved[l].w[i]]
        }
        const [[up, a], [down, b]] = [at(3e-3), at(-3e-3)]
        expect(slopes[l][i]).toBeCloseTo((up - down) / (a - b), 4)
      }
    const picture = studio.views.histograms.draw(s)
    for (const name of ["layer 1", "layer 2", "output"]) expect(picture).toContain(`>${name}<`)
  })

  it("goes with words that name the dead units, where there are any", () => {
    const biases = "0 b1.2 -150; 0 b1.4 -150"
    const s = state({ g: "relu", edits: biases, net: "4, 2" }, 0)
    expect(deadUnits(s.shape, s.weights, s.train)[0]).toEqual(expect.arrayContaining([1, 3]))
    expect(studio.describe(usual, s)).toMatch(/units? (is|are) dead: unit 2 of layer 1/)
    expect(studio.describe(usual, state())).not.toContain("dead")
  })
})

describe("a network that is kept", () => {
  const kept = (more: Partial<Settings>, step: number, seed = 0) => {
    const s = state(more, step, seed)
    return { ...s.settings, ...compare.write(s.settings, s, true) }
  }

  it("is A with its settings, seed, changes and curve, whatever becomes of B", () => {
    const first = state({ net: "3", rule: "sgd", edits: "5 b1.1 1" }, 30, 4)
    const b = { ...kept({ net: "3", rule: "sgd", edits: "5 b1.1 1" }, 30, 4), net: "8", edits: "" }
    const a = otherOf(b.a, 60)!
    expect(a).toMatchObject({ seed: 4, step: 30 })
    expect(a.run.trainLosses[30]).toBe(first.losses.train)
    const s = model(b, 4, 60)
    expect(differences(s, a)).toEqual([
      "Hidden layers “3” (B: “8”)",
      "Changes: step, place, number “5 b1.1 1” (B: none)",
    ])
    const table = studio.table(usual, s).also!.at(-1)!
    expect(table.rows.map(([name, step]) => [name, step])).toEqual([
      ["A, as kept", 30],
      ["A, at the step of B", 60],
      ["B, now", 60],
    ])
    expect(studio.views.loss.draw(s)).toMatch(/>A<.*>B</)
    expect(studio.describe(usual, s)).toContain("A, after as many steps")
    expect(compare.write(b, s, false)).toEqual({ a: "" })
  })

  it("comes back from the link", () => {
    const b = kept({ data: "formula", formula: "x y > 0 and r < 4", f5: true }, 20)
    const place = { params: b, seed: 1, step: 20 }
    const again = decode("mlp-studio", studio.controls, encode("mlp-studio", studio.controls, place))!
    expect(again.params).toEqual(b)
    expect(otherOf(again.params.a as string, 0)!.settings).toMatchObject({
      formula: "x y > 0 and r < 4",
      f5: true,
    })
  })

  it("is none where the link is spoilt", () => {
    expect(otherOf("nonsense", 10)).toBe(undefined)
    expect(compare.read(usual, state())).toBe(false)
  })
})

describe("a condition as data", () => {
  it("gives the classes, and the code draws the same points", () => {
    const more = { data: "formula", formula: "x > y", noise: 10, n: 80 } as const
    const s = state(more, 5)
    expect(s.run.data.read).toMatch(/of 80 points are of class \+1\.$/)
    expect(studio.place!("formula", usual, s)).toBe(s.run.data.read)
    const shown: { loss: number }[] = []
    const { var: _variance, ...names } = engine
    const scope = { ...names, display: (result: (typeof shown)[0]) => shown.push(result) }
    const text = stripTypes(studio.code({ ...usual, ...more }, 0, 5))
    new Function(...Object.keys(scope), text)(...Object.values(scope))
    expect(shown[0].loss).toBeCloseTo(s.losses.train, 5)
    const still = state({ ...more, noise: 0 })
    for (const { x, y, label } of still.run.data.train) expect(x > y).toBe(label === 1)
  })

  it("says where it cannot be read, and what stands in", () => {
    const s = state({ data: "formula", formula: "x > wave(y)" })
    expect(s.run.data.read).toContain("At character 5: there is no “wave”")
    expect(s.run.data.train).toEqual(state({ data: "formula", formula: CONDITION }).run.data.train)
    expect(state({ data: "formula", formula: "1 > 2" }).run.data.read).toContain("one class")
  })
})
