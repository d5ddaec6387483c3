/** @file Inputs as HTML text, and the values that their controls allow. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fitting, type InputControl, type InputValue, onStep, sameValue } from "../../src/notebook/input.ts"
import { renderOutput } from "../../src/notebook/render.ts"

const label = "<b>rate</b>"
const controls: [InputControl, InputValue][] = [
  [{ type: "slider", label, min: 0, max: 1, step: 0.01, unit: "s" }, 0.25],
  [{ type: "number", label, min: 1, max: 9 }, 3],
  [{ type: "select", label, options: ["a", "<i>b"] }, "<i>b"],
  [{ type: "toggle", label }, true],
  [{ type: "text", label, placeholder: '">' }, '"<i>'],
  [{ type: "points", label, x: [-1, 1], y: [-1, 1], step: 0.1, most: 5 }, [{ x: 0, y: 0.5, label: -1 }]],
  [{ type: "button", label }, 2],
  [{ type: "file", label, accept: ".csv" }, null],
]

describe.each(controls)("an input: $type", (control, value) => {
  const html = renderOutput({ kind: "input", key: label, control, value, initial: value })

  it("is disabled until a script takes it over, and lets no markup of a cell through", () => {
    expect(html).toMatch(/^<div class="output output-input"><fieldset [^>]*disabled>/)
    expect(html).not.toMatch(/<b>|<i>/)
  })

  it("takes any value at all to one that it allows, and leaves that alone", () => {
    const point = fc.record({ x: fc.double(), y: fc.double(), label: fc.constantFrom(1, -1, 0) })
    const anything = fc.oneof(fc.anything(), fc.double(), fc.constantFrom("a", "<i>b"), fc.array(point))
    fc.assert(
      fc.property(anything, (given) => {
        const once = fitting(control, given, value)
        expect(sameValue(fitting(control, once, value), once)).toBe(true)
        expect(() =>
          renderOutput({ kind: "input", key: "k", control, value: once, initial: value }),
        ).not.toThrow()
      }),
      { numRuns: 300, seed: 7 },
    )
  })
})

describe("a slider", () => {
  it("stands at whole steps from its lowest value, and never beyond its highest", () => {
    const track = fc
      .record({
        min: fc.integer({ min: -100, max: 100 }),
        steps: fc.integer({ min: 1, max: 400 }),
        step: fc.constantFrom(0.001, 0.01, 0.05, 0.25, 1, 3),
      })
      .map(({ min, steps, step }) => ({ min, max: min + steps * step, step }))
    fc.assert(
      fc.property(track, fc.double({ noNaN: true, min: -1000, max: 1000 }), (track, value) => {
        const at = onStep(value, track)
        expect(at).toBeGreaterThanOrEqual(track.min)
        expect(at).toBeLessThanOrEqual(track.max + 1e-9)
        const steps = (at - track.min) / track.step
        expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6)
        expect(onStep(at, track)).toBe(at)
      }),
      { numRuns: 500, seed: 7 },
    )
  })
})
