/** @file The state of an explorable goes into a link and comes back, whatever stands there. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Controls } from "../../src/explorables/lib/explorable.ts"
import { decode, encode, merge, type Place } from "../../src/explorables/lib/link.ts"
import { defaults } from "../../src/explorables/lib/params.ts"

const controls = {
  lr: { type: "slider", label: "rate", value: 0.1, min: 1e-6, max: 10, step: 0.1, scale: "log" },
  s: { type: "slider", label: "named like the seed", value: 1, min: 0, max: 9, step: 1 },
  loss: {
    type: "choice",
    label: "loss",
    value: "a~b:c",
    options: [
      { value: "a~b:c", label: "A" },
      { value: "50 % & more", label: "B" },
    ],
  },
  bias: { type: "toggle", label: "bias", value: true },
  start: { type: "handle", label: "start", value: [1, -1], view: "v", x: [-4, 4], y: [-4, 4], step: 0.1 },
  data: {
    type: "points",
    label: "data",
    value: [{ x: 1, y: 2, label: 1 }],
    view: "v",
    x: [-4, 4],
    y: [-4, 4],
    step: 0.1,
    max: 5,
  },
} as const satisfies Controls

const coordinate = fc.double({ min: -4, max: 4, noNaN: true }).map((x) => x || 0)
const place: fc.Arbitrary<Place> = fc.record({
  params: fc.record({
    lr: fc.double({ min: 1e-6, max: 10, noNaN: true }),
    s: fc.integer({ min: 0, max: 9 }),
    loss: fc.constantFrom("a~b:c", "50 % & more"),
    bias: fc.boolean(),
    start: fc.tuple(coordinate, coordinate),
    data: fc.array(
      fc.record({ x: coordinate, y: coordinate, label: fc.constantFrom(1 as const, -1 as const) }),
      {
        maxLength: 5,
      },
    ),
  }),
  seed: fc.nat(),
  step: fc.nat(1000),
})

describe("a link to a state", () => {
  it("comes back as it went, also between other parts of the fragment", () => {
    fc.assert(
      fc.property(place, (p) => {
        const part = encode("perceptron", controls, p)
        expect(part).not.toMatch(/[#&\s]/)
        expect(decode("perceptron", controls, `#ex.other=1~lr:3&${part}`)).toEqual(p)
      }),
    )
  })

  it("names only what differs from the defaults", () => {
    const usual = { params: defaults(controls), seed: 0, step: 0 }
    expect(encode("x", controls, usual)).toBe("ex.x=1")
    expect(
      encode("x", controls, { ...usual, params: { ...usual.params, lr: 0.3 }, seed: 42, step: 17 }),
    ).toBe("ex.x=1~lr:0.3~s:42~t:17")
  })

  it("survives garbage: what cannot be read is the default, what is too large is the limit", () => {
    const usual = { params: defaults(controls), seed: 0, step: 0 }
    const garbage = "#ex.x=1~lr:NaN~loss:zzz~bias:2~start:1~start:a,b~nobody:3~~:~lr~data:x~s:-1~t:1e9"
    expect(decode("x", controls, garbage)?.params).toEqual({ ...usual.params, data: [] })
    expect(decode("x", controls, "#ex.x=1~lr:1e9~start:99,-99")?.params).toMatchObject({
      lr: 10,
      start: [4, -4],
    })
    expect(decode("x", controls, "#ex.x=2~lr:3")).toBeUndefined()
    expect(decode("x", controls, "#section-3")).toBeUndefined()
    fc.assert(
      fc.property(fc.string(), (text) => {
        const back = decode("x", controls, `#ex.x=1~${text}`)
        if (back === undefined) return
        expect(decode("x", controls, encode("x", controls, back))).toEqual(back)
      }),
    )
  })

  it("replaces its own part of a fragment and leaves the others", () => {
    expect(merge("#ex.a=1~t:1&cell.b=xyz", "ex.a=1~t:2")).toBe("#cell.b=xyz&ex.a=1~t:2")
    expect(merge("#a-heading", "ex.a=1")).toBe("#ex.a=1")
    expect(merge("", "ex.a=1")).toBe("#ex.a=1")
  })
})
