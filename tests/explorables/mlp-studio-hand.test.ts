/** @file MLP studio: what the reader sets by hand, in the network and in the plane; training and code go on from it. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as engine from "../../engine/index.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import type { Settings } from "../../src/explorables/mlp-studio/controls.ts"
import {
  ACTS,
  applyEdits,
  type Edit,
  indexOfSpot,
  readEdits,
  spotAt,
  undone,
  withEdits,
  writeEdits,
} from "../../src/explorables/mlp-studio/edits.ts"
import { setSpot, through, valueAt } from "../../src/explorables/mlp-studio/hand.ts"
import {
  type Line,
  lineOf,
  seen,
  shifted,
  turned,
  turnPoint,
} from "../../src/explorables/mlp-studio/lines.ts"
import { pressNetwork } from "../../src/explorables/mlp-studio/network-view.ts"
import { meanLoss, weightsOf } from "../../src/explorables/mlp-studio/pass.ts"
import { runOf } from "../../src/explorables/mlp-studio/run.ts"
import { countOf, shapeOf } from "../../src/explorables/mlp-studio/shape.ts"
import { model } from "../../src/explorables/mlp-studio/state.ts"
import studio from "../../src/explorables/mlp-studio.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

const usual = { ...defaults(studio.controls), lr: 0.03 } as Settings
const settings = (more: Partial<Settings>): Settings => ({ ...usual, ...more })
const state = (more: Partial<Settings> = {}, step = 20, seed = 0) => model(settings(more), seed, step)
const shape = shapeOf(settings({ net: "3, 2", f3: true }))

/** What the cell of a state shows. */
function shownBy(more: Partial<Settings>, step: number, seed: number): { loss: number; accuracy: number } {
  const shown: { loss: number; accuracy: number }[] = []
  const { var: _variance, ...names } = engine
  const scope = { ...names, display: (result: (typeof shown)[0]) => shown.push(result) }
  const text = studio.code(settings(more), seed, step)
  new Function(...Object.keys(scope), stripTypes(text))(...Object.values(scope))
  return shown[0]
}

const anySpot = fc.nat(countOf(shape) - 1).map((index) => spotAt(shape, index))
const anyUnit = fc.constantFrom(...[0, 1, 2].map((unit) => ({ layer: 0, unit })), { layer: 1, unit: 1 })
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    step: fc.nat(6),
    at: anySpot,
    value: fc.integer({ min: -5000, max: 5000 }).map((n) => n / 1000),
  }),
  fc.record({ step: fc.nat(6), unit: anyUnit, act: fc.constantFrom(...ACTS) }),
)
const anyEdits = fc.array(anyEdit, { maxLength: 6 }).map((list) => list.sort((a, b) => a.step - b.step))

describe("the text of changes", () => {
  it("is read back as it was written", () => {
    fc.assert(
      fc.property(anyEdits, (edits) => {
        expect(readEdits(writeEdits(shape, edits), shape)).toEqual({ edits, problem: "" })
      }),
    )
  })

  it("names every place of the network once", () => {
    for (let index = 0; index < countOf(shape); index++) {
      const spot = spotAt(shape, index)
      expect(indexOfSpot(shape, spot)).toBe(index)
      const text = writeEdits(shape, [{ step: 1, at: spot, value: 1 }])
      expect(readEdits(text, shape).edits).toEqual([{ step: 1, at: spot, value: 1 }])
    }
    expect(writeEdits(shape, [{ step: 9, at: { layer: 0, unit: 1, input: 2 }, value: -0.5 }])).toBe(
      "9 w1.2.3 -0.5",
    )
  })

  it("says what of it cannot be followed, and follows the rest", () => {
    const { edits, problem } = readEdits(
      "3 w1.1.1 2; 4 w9.1.1 2; nonsense; 5 hold 7.1; 6 out 3.1; 7 b1.1 x",
      shape,
    )
    expect(edits).toEqual([{ step: 3, at: { layer: 0, unit: 0, input: 0 }, value: 2 }])
    expect(problem).toMatch(/no w9\.1\.1.*“nonsense” is no change.*no unit 7\.1.*output cannot/)
  })

  it("replaces a change of the same place and step, and drops what came later", () => {
    const at = { layer: 0, unit: 0, input: 0 }
    let text = withEdits("", shape, [{ step: 5, at, value: 1 }], 5)
    text = withEdits(text, shape, [{ step: 5, at, value: 2 }], 5)
    expect(text).toBe("5 w1.1.1 2")
    text = withEdits(text, shape, [{ step: 9, at, value: 3 }], 9)
    expect(withEdits(text, shape, [{ step: 7, at, value: 4 }], 7)).toBe("5 w1.1.1 2; 7 w1.1.1 4")
    expect(undone(text, shape)).toBe("5 w1.1.1 2")
  })
})

describe("a weight set by hand", () => {
  it("has its value at its step and not before, and training goes on from it as from any other", () => {
    const more = { rule: "sgd", lr: 0.1, loss: "squared", edits: "6 w1.2.1 1.5; 6 b2.1 -2" }
    const [before, at, after] = [5, 6, 7].map((step) => state(more, step))
    expect(before.weights).toEqual(state({ ...more, edits: "" }, 5).weights)
    expect(at.weights[0].w[2]).toBe(1.5)
    expect(at.weights[1].b[0]).toBe(-2)
    // One step down the slope of the mean loss, found by differences.
    const loss = (theta: Float32Array) =>
      meanLoss(at.shape, weightsOf(at.shape, theta), at.run.data.train, at.problem)
    const theta = at.run.thetas[6]
    for (const i of [0, 2, 5, 9, theta.length - 1]) {
      const [up, down] = [theta.slice(), theta.slice()]
      up[i] += 1e-2
      down[i] -= 1e-2
      const slope = (loss(up) - loss(down)) / (up[i] - down[i])
      expect(after.run.thetas[7][i]).toBeCloseTo(theta[i] - 0.1 * slope, 4)
    }
  })

  it("leads to the same numbers whether the reader has just set it or comes by a link", () => {
    let seed = 100
    fc.assert(
      fc.property(anyEdits, (edits) => {
        const more = { net: "3, 2", f3: true, n: 20, batch: "5", rule: "momentum" } as const
        const one = ++seed
        // As a hand does it: one after the other, each looked at, and a step further now and then.
        runOf(settings(more), one, 3)
        edits.forEach((edit, i) => {
          runOf(settings({ ...more, edits: writeEdits(shape, edits.slice(0, i + 1)) }), one, edit.step)
        })
        const text = writeEdits(shape, edits)
        const walked = runOf(settings({ ...more, edits: text }), one, 8)
        // So many others that it is forgotten.
        for (let k = 0; k < 6; k++) runOf(settings({ n: 20, dataSeed: k }), 1, 0)
        const anew = runOf(settings({ ...more, edits: text }), one, 8)
        expect(anew).not.toBe(walked)
        expect(walked.thetas).toEqual(anew.thetas)
        expect(walked.trainLosses).toEqual(anew.trainLosses)
        expect(walked.heldLosses).toEqual(anew.heldLosses)
      }),
      { numRuns: 12 },
    )
  })

  it("is what the engine makes of it without having written its steps down", () => {
    const step = fc.constantFrom(0, 3, 4, 5, 9)
    const set = fc.record({ step, at: anySpot, value: fc.integer({ min: -30, max: 30 }).map((n) => n / 10) })
    fc.assert(
      fc.property(
        fc.array(set, { minLength: 1, maxLength: 6 }),
        fc.constantFrom("sgd", "adam"),
        (list, rule) => {
          const edits = writeEdits(
            shape,
            list.sort((a, b) => a.step - b.step),
          )
          const more = { net: "3, 2", f3: true, n: 20, rule, edits }
          expect(shownBy(more, 15, 1).loss).toBeCloseTo(state(more, 15, 1).losses.train, 4)
        },
      ),
      { numRuns: 8 },
    )
  })

  it.each([
    { edits: "0 w1.1.1 2; 10 w1.2.2 -1.5; 10 b3.1 0.7" },
    { edits: "4 hold 1.2; 9 w1.2.1 0.25; 15 free 1.2", rule: "sgd", batch: "10" },
    { edits: "4 hold 1.2; 9 hold 2.1; 15 free 1.2; 16 free 2.1", rule: "momentum", l1: 0.002 },
    { edits: "4 hold 1.2; 12 b1.2 0.5; 15 free 1.2; 16 w1.1.1 1", rule: "adam", l2: 0.01, batch: "30" },
    { edits: "4 out 1.3; 6 hold 2.1; 20 w2.1.1 3", rule: "nesterov", loss: "squared", l2: 0.01 },
    { edits: "0 hold 1.1; 3 out 1.1; 7 w1.1.2 1; 25 b1.1 1", drop: 0.2, batch: "30", grain: "batch" },
    { edits: "5 w1.1.5 0.5; 5 w1.1.3 1", f3: true, f5: true, net: "4 relu", rule: "adamw", l2: 0.05 },
  ] satisfies Partial<Settings>[])("is in the code of the state, which reproduces it: %o", (more) => {
    const s = state(more, 25, 3)
    const shown = shownBy(more, 25, 3)
    expect(s.run.edits.length).toBeGreaterThan(0)
    expect(shown.loss).toBeCloseTo(s.losses.train, 5)
    expect(shown.accuracy).toBeCloseTo(s.measure.train, 6)
    expect(shownBy({ ...more, export: "weights" }, 25, 3).accuracy).toBeCloseTo(s.measure.train, 1)
  })

  it("is what the field shows and sets", () => {
    const s = state({ focus: 2, into: 1 }, 12)
    expect(s.picked).toEqual({ layer: 0, unit: 1, input: 0 })
    expect(through.weight.read(s.settings, s)).toBeCloseTo(valueAt(s, s.picked), 3)
    const moved = state({ ...s.settings, ...through.weight.write(s.settings, s, -3.25) }, 12)
    expect(valueAt(moved, s.picked)).toBe(-3.25)
    expect(studio.place!("weight", usual, moved)).toBe("x₁ → unit 2 of layer 1; 1 change by hand")
    expect(studio.views.network.draw(moved)).toContain("undo")
    expect(setSpot(moved, { ...s.picked, input: -1 }, 1).edits).toBe("12 w1.2.1 -3.25; 12 b1.2 1")
  })
})

describe("the tree of the network", () => {
  const { tree } = studio
  it("has every number once, under its unit, under its layer, and sets it", () => {
    const s = state({ net: "3, 2 relu", f3: true })
    const rows = tree!.rows(s)
    const values = rows.filter(({ value }) => value !== undefined)
    expect(values.length).toBe(countOf(s.shape))
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    for (const { cells } of rows) expect(cells.length).toBe(tree!.columns.length - 1)
    for (const [i, { level }] of rows.entries())
      expect(level - (rows[i - 1]?.level ?? 0)).toBeLessThanOrEqual(1)
    expect(rows.map(({ name }) => name).slice(0, 5)).toEqual([
      "Inputs: x₁, x₂, x₁²",
      "Layer 1: 3 tanh units",
      "Unit 1 of layer 1",
      "bias",
      "from x₁",
    ])
    const more = tree!.write(s.settings, s, "w2.1.3", 0.75)
    const after = tree!.rows(state({ ...s.settings, ...more }))
    expect(after.find(({ id }) => id === "w2.1.3")!.value).toBe(0.75)
  })

  it("says which units are frozen, taken out or muted", () => {
    const names = tree!
      .rows(state({ edits: "3 hold 1.1; 4 out 1.2", focus: 3, mute: true }))
      .map(({ name }) => name)
    for (const name of [
      "Unit 1 of layer 1 (frozen)",
      "Unit 2 of layer 1 (taken out)",
      "Unit 3 of layer 1 (muted)",
    ])
      expect(names).toContain(name)
  })
})

describe("a unit that is", () => {
  it("frozen keeps its weights while the others learn, until it is freed", () => {
    const weights = (step: number) => [...state({ edits: "5 hold 1.2; 15 free 1.2" }, step).weights[0].w]
    expect(weights(15).slice(2, 4)).toEqual(weights(5).slice(2, 4))
    expect(weights(15)[0]).not.toBe(weights(5)[0])
    expect(weights(16).slice(2, 4)).not.toEqual(weights(15).slice(2, 4))
  })

  it("taken out is heard by nobody, and comes back with its toggle", () => {
    const s = state({ focus: 3 }, 10)
    const off = { ...s.settings, ...through.out.write(s.settings, s, true) }
    const later = state(off, 30)
    for (let k = 0; k < 2; k++) expect(later.weights[1].w[k * 4 + 2]).toBe(0)
    const now = state(off, 10)
    expect(through.out.read(now.settings, now)).toBe(true)
    expect(through.out.write(now.settings, now, false).edits).toBe("")
    const output = state({}, 10)
    expect(through.out.read(output.settings, output)).toBe(undefined)
  })

  it("held and set is held at what it is set to", () => {
    const held = new Map<number, number>()
    const theta = new Float32Array(countOf(shape))
    const at = { layer: 0, unit: 0, input: 0 }
    applyEdits(
      shape,
      [
        { step: 0, unit: at, act: "hold" },
        { step: 0, at, value: 2 },
      ],
      0,
      theta,
      held,
    )
    expect(held.get(indexOfSpot(shape, at))).toBe(2)
  })
})

describe("the line of a unit", () => {
  const number = fc.double({ min: -3, max: 3, noNaN: true })
  const anyLine = fc
    .record({ w: fc.tuple(number, number), b: number })
    .filter(({ w, b }) => Math.hypot(...w) > 0.1 && seen({ w, b }) !== undefined)
  const far = ({ w, b }: Line, [x, y]: readonly [number, number]) =>
    (w[0] * x + w[1] * y + b) / Math.hypot(...w)

  it("is where the unit is 0, and is held where it can be seen", () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const { middle } = seen(line)!
        expect(far(line, middle)).toBeCloseTo(0, 6)
        expect(far(line, turnPoint(line)!)).toBeCloseTo(0, 6)
        for (const v of middle) expect(Math.abs(v)).toBeLessThanOrEqual(6 + 1e-9)
      }),
    )
  })

  it("is shifted through a point without turning, and turned towards one about its middle, as steep as before", () => {
    fc.assert(
      fc.property(anyLine, fc.tuple(number, number), (line, to) => {
        const moved = shifted(line, to)
        expect(moved.w).toEqual(line.w)
        expect(far(moved, to)).toBeCloseTo(0, 6)
        const { middle } = seen(line)!
        const other = turned(line, to)
        expect(Math.hypot(...other.w)).toBeCloseTo(Math.hypot(...line.w), 6)
        expect(far(other, middle)).toBeCloseTo(0, 6)
        if (Math.hypot(to[0] - middle[0], to[1] - middle[1]) > 0.1) expect(far(other, to)).toBeCloseTo(0, 6)
      }),
    )
  })

  it("stays what it is when it is turned to where its handle is: its blue side is still blue", () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const same = turned(line, turnPoint(line)!)
        for (const k of [0, 1]) expect(same.w[k]).toBeCloseTo(line.w[k], 6)
        expect(same.b).toBeCloseTo(line.b, 6)
      }),
    )
  })

  it("belongs to units of the first layer that see the coordinates alone", () => {
    const { weights, shape: usualShape } = state()
    const { w, b } = weights[0]
    expect(lineOf(usualShape, weights, { layer: 0, unit: 1 })).toEqual({ w: [w[2], w[3]], b: b[1] })
    expect(lineOf(usualShape, weights, { layer: 1, unit: 1 })).toBe(undefined)
    const curved = state({ f3: true })
    expect(lineOf(curved.shape, curved.weights, { layer: 0, unit: 1 })).toBe(undefined)
    const nothing = state({ init: "zeros", focus: 1 }, 0)
    expect(through.shift.read(nothing.settings, nothing)).toBe(undefined)
  })

  it("moves with its handles, which set the weights of that unit alone", () => {
    const s = state({ focus: 2 })
    const to = [1, -2] as const
    const moved = state({ ...s.settings, ...through.shift.write(s.settings, s, to) })
    expect(far(lineOf(moved.shape, moved.weights, moved.focus)!, to)).toBeCloseTo(0, 3)
    expect(moved.weights[0].w).toEqual(s.weights[0].w)
    const around = state({ ...s.settings, ...through.turn.write(s.settings, s, to) })
    expect(far(lineOf(around.shape, around.weights, around.focus)!, to)).toBeCloseTo(0, 3)
    expect(around.weights[1]).toEqual(s.weights[1])
  })
})

it("a click on a connection of the picture chooses it, and a click elsewhere none", () => {
  const s = state({ net: "3, 2" })
  const chosen = new Set<string>()
  for (let x = 75; x < 280; x += 4)
    for (let y = 50; y < 300; y += 4) {
      const found = pressNetwork(s, x, y, 3)
      if (!found) continue
      const { picked } = state({ net: "3, 2", ...found })
      chosen.add(`${picked.layer}.${picked.unit}.${picked.input}`)
    }
  expect(chosen.size).toBe(2 * 3 + 3 * 2 + 2)
  expect(pressNetwork(s, 10, 10, 10)).toBe(undefined)
})
