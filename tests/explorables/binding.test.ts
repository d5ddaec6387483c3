/** @file Inputs that move with controls, and settings that cells make: there and back, and what does not fit. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { bindingFault, fromInput, toInput } from "../../src/explorables/lib/binding.ts"
import type { Control, Explorable, Params } from "../../src/explorables/lib/explorable.ts"
import { granted } from "../../src/explorables/lib/setting.ts"
import { firstPlace } from "../../src/explorables/lib/still.ts"
import type { InputControl, InputPoint, InputValue } from "../../src/notebook/input.ts"
import { explorables } from "./every-explorable.ts"

/** The inputs that an author would write for a control: binding and control. */
function inputsFor(name: string, key: string, control: Control): [string, InputControl][] {
  const binding = `${name}.${key}`
  const label = control.label
  switch (control.type) {
    case "slider": {
      const { min, max } = control
      return [
        [
          binding,
          { type: "slider", label, min, max, step: (max - min) / 100, unit: "", explorable: binding },
        ],
      ]
    }
    case "handle":
      return (["x", "y"] as const).map((axis) => {
        const [min, max] = control[axis]
        const explorable = `${binding}.${axis}`
        return [explorable, { type: "slider", label, min, max, step: 0.1, unit: "", explorable }]
      })
    case "choice": {
      const values = control.options.map((option) => option.value)
      const labels = control.options.map((option) => option.label)
      return [values, labels].map((options) => [
        binding,
        { type: "select", label, options, explorable: binding },
      ])
    }
    case "text":
      return []
    case "toggle":
      return [[binding, { type: "toggle", label, explorable: binding }]]
    case "points": {
      const [x, y] = [control.x, control.y].map(([low, high]): [number, number] => [low, high]) as [
        [number, number],
        [number, number],
      ]
      return [
        [
          binding,
          { type: "points", label, x, y, step: control.step, most: control.max, explorable: binding },
        ],
      ]
    }
  }
}

function anyValue(input: InputControl): fc.Arbitrary<InputValue> {
  switch (input.type) {
    case "slider":
      return fc.double({ min: input.min, max: input.max, noNaN: true })
    case "select":
      return fc.constantFrom(...input.options)
    case "points": {
      const along = ([min, max]: [number, number]) => fc.double({ min, max, noNaN: true })
      const label = fc.constantFrom(1 as const, -1 as const)
      const point: fc.Arbitrary<InputPoint> = fc.record({ x: along(input.x), y: along(input.y), label })
      return fc.array(point, { maxLength: input.most })
    }
    default:
      return fc.boolean()
  }
}

describe.each(explorables)("an input that moves with %s", (name, explorable) => {
  const { params } = firstPlace(explorable)
  const inputs = Object.entries(explorable.controls).flatMap(([key, control]) =>
    inputsFor(name, key, control),
  )

  it("fits every control, shows what it shows, and sets it to what it is set to", () => {
    for (const [binding, input] of inputs) {
      const first = toInput(explorable, binding, params, input, null)
      expect(bindingFault(explorable, binding, params, input, first), binding).toBe("")
      expect(fromInput(explorable, binding, params, first), binding).toEqual(params)
      fc.assert(
        fc.property(anyValue(input), (value) => {
          const moved = fromInput(explorable, binding, params, value)
          expect(toInput(explorable, binding, moved, input, null)).toEqual(value)
        }),
        { numRuns: 20, seed: 3 },
      )
    }
  })

  it("is told why where it does not fit", () => {
    for (const [binding, input] of inputs) {
      const first = toInput(explorable, binding, params, input, null)
      const fault = (to: string, what = input) => bindingFault(explorable, to, params, what, first)
      expect(fault(`${name}.nothing`)).toMatch(/^it has no control nothing; its controls are /)
      expect(fault(binding, { type: "text", label: "", placeholder: "" })).toMatch(/not an input\.text$/)
      if (input.type === "slider") {
        expect(fault(binding, { ...input, max: input.max + 1 })).toMatch(
          /^the control goes from .* give the input that min and max$/,
        )
        expect(bindingFault(explorable, binding, params, input, input.min - 1)).toMatch(
          /^the input begins at .* and the control at /,
        )
      }
      if (input.type === "select")
        expect(fault(binding, { ...input, options: ["a"] })).toMatch(/^the control offers /)
    }
  })
})

describe("a cell that sets an explorable", () => {
  const [, downhill] = explorables.find(([name]) => name === "downhill") as [string, Explorable]
  const now = firstPlace(downhill)

  it("changes what it names, says so in the controls' words, and leaves the rest", () => {
    const asked = granted(downhill, now, {
      params: { lr: 0.2, surface: "banana", start: [-1, 0.5] },
      step: 4,
    })
    expect(asked).toEqual({
      place: {
        params: { ...now.params, lr: 0.2, surface: "banana", start: [-1, 0.5] } as Params,
        seed: now.seed,
        step: 4,
      },
      words: "Step size η 0.2, Surface bent valley, Start (−1, 0.5), step 4",
    })
  })

  it("hears why it cannot", () => {
    const fault = (params: Record<string, unknown>) => granted(downhill, now, { params })
    expect(fault({ eta: 1 })).toEqual({
      fault: "it has no control eta; its controls are lr, beta, surface, a, b, c, start",
    })
    expect(fault({ lr: 3 })).toEqual({ fault: "lr cannot be 3; it is a number from 0.005 to 0.5" })
    expect(fault({ surface: "bowls" })).toEqual({
      fault: 'surface cannot be "bowls"; it is one of "bowl", "banana"',
    })
    expect(fault({ constructor: 1 })).toMatchObject({
      fault: expect.stringMatching(/^it has no control constructor/),
    })
  })
})
