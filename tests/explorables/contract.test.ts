/** @file What every explorable keeps to, whatever it shows. */
import { describe, expect, it } from "vitest"
import type { Control, Explorable, Params, Value } from "../../src/explorables/lib/explorable.ts"
import { decode, encode } from "../../src/explorables/lib/link.ts"
import { allowed, defaults } from "../../src/explorables/lib/params.ts"
import { firstPlace, still } from "../../src/explorables/lib/still.ts"
import { explorables } from "./every-explorable.ts"
import { wellFormed } from "./well-formed.ts"

/** Both ends of a control's range, or all of its settings. */
function ends(control: Control): Value[] {
  switch (control.type) {
    case "slider":
      return [control.min, control.max]
    case "choice":
      return control.options.map((o) => o.value)
    case "text":
      return ["", control.value, "x~y&%:é\n#".repeat(control.max).slice(0, control.max)]
    case "toggle":
      return [true, false]
    case "handle":
      return [
        [control.x[0], control.y[0]],
        [control.x[1], control.y[1]],
        [0, 0],
      ]
    case "points": {
      const corner = { x: control.x[1], y: control.y[0], label: -1 } as const
      return [[], [corner], Array.from({ length: control.max }, () => corner)]
    }
  }
}

/** Each control at each of its ends, the others at their defaults, and each preset. */
function* settings(explorable: Explorable): Generator<[string, Params]> {
  const usual = defaults(explorable.controls)
  for (const [name, control] of Object.entries(explorable.controls)) {
    for (const value of ends(control))
      yield [`${name} = ${JSON.stringify(value)}`, { ...usual, [name]: value }]
  }
  for (const preset of explorable.presets)
    yield [`preset ${preset.name}`, { ...usual, ...preset.params } as Params]
}

const faults = ["NaN", "undefined", "Infinity", "null"] as const

describe.each(explorables)("%s", (name, explorable) => {
  const unmeant = faults.filter((word) => !explorable.means?.includes(word))
  const broken = new RegExp(`\\b(${unmeant.join("|")})\\b|\\[object`)
  const { params, seed, step } = firstPlace(explorable)

  it("has a first frame that is well-formed and the same each time", () => {
    const html = still(`x-${name}`, explorable, "Figure 1.1")
    expect(wellFormed(html)).toBe("")
    expect(still(`x-${name}`, explorable, "Figure 1.1")).toBe(html)
    expect(html).not.toMatch(broken)
  })

  it("draws, describes and tabulates each control at both ends and each preset", () => {
    for (const [setting, p] of settings(explorable)) {
      const last = explorable.steps?.(p, seed) ?? 0
      expect(Number.isInteger(last) && last >= 0, `${setting}: steps is ${last}`).toBe(true)
      for (const t of new Set([0, Math.min(step, last), last])) {
        const state = explorable.model(p, seed, t)
        const pictures = Object.values(explorable.views).map((view) => view.draw(state))
        const { columns, rows } = explorable.table(p, state)
        const words = [
          explorable.takeaway(p, state),
          explorable.describe(p, state),
          explorable.code(p, seed, t),
        ]
        const places = Object.keys(explorable.controls).map(
          (name) => explorable.place?.(name, p, state) ?? "",
        )
        for (const place of places) expect(place, setting).not.toMatch(broken)
        for (const picture of pictures) expect(wellFormed(`<svg>${picture}</svg>`), setting).toBe("")
        for (const text of [...pictures, ...words, ...rows.flat().map(String)]) {
          expect(text, `${setting}, step ${t}`).not.toMatch(broken)
          expect(text, setting).not.toBe("")
        }
        expect(columns.length, setting).toBeGreaterThan(0)
        for (const row of rows) expect(row.length, setting).toBe(columns.length)
      }
    }
  })

  it("describes another state in other words", () => {
    const usual = explorable.describe(params, explorable.model(params, seed, step))
    const others = [...settings(explorable)].map(([, p]) =>
      explorable.describe(p, explorable.model(p, seed, 0)),
    )
    expect(new Set([usual, ...others]).size).toBeGreaterThan(1)
  })

  it("draws another picture when the transport moves", () => {
    const last = explorable.steps?.(params, seed) ?? 0
    if (last === 0) return expect(explorable.start ?? 0).toBe(0)
    const drawn = [0, last].map((t) =>
      Object.values(explorable.views).map((view) => view.draw(explorable.model(params, seed, t))),
    )
    expect(drawn[0]).not.toEqual(drawn[1])
    expect(explorable.start ?? 0).toBeLessThanOrEqual(last)
  })

  it("has presets and conditions that speak of controls that exist, with values that they allow", () => {
    expect(explorable.presets.length).toBeGreaterThan(0)
    for (const preset of explorable.presets) {
      for (const [key, value] of Object.entries(preset.params)) {
        expect(Object.keys(explorable.controls)).toContain(key)
        expect(allowed(explorable.controls[key]!, value), `${preset.name}: ${key}`).toEqual(value)
      }
    }
    for (const control of Object.values(explorable.controls)) {
      if (control.when) expect(Object.keys(explorable.controls)).toContain(control.when[0])
      if ("view" in control) expect(explorable.views[control.view]?.scale, control.label).toBeDefined()
    }
  })

  it("comes back from its link", () => {
    for (const [, p] of settings(explorable)) {
      const place = { params: p, seed: 7, step: 3 }
      expect(decode(name, explorable.controls, `#${encode(name, explorable.controls, place)}`)).toEqual(place)
    }
  })

  it("writes no text under 12 units and no colour but the book's", () => {
    const state = explorable.model(params, seed, step)
    for (const view of Object.values(explorable.views)) {
      const svg = view.draw(state)
      for (const [, size] of svg.matchAll(/font-size[:=]"?\s*([\d.]+)/g))
        expect(Number(size)).toBeGreaterThanOrEqual(12)
      expect(svg).not.toMatch(/#[0-9a-f]{3,8}\b|\brgba?\(/i)
      expect(view.width, "a view is drawn for a phone").toBeLessThanOrEqual(360)
    }
  })

  it("asks a question whose answer is one of its options", () => {
    const { predict } = explorable
    if (!predict) return expect(explorable.predict).toBeUndefined()
    const p = { ...params, ...predict.about } as Params
    const before = explorable.model(p, seed, step)
    expect(predict.question(p, before)).toMatch(/\?$/)
    const reveals = predict.before
      ? Array.from({ length: predict.before.steps }, (_, t) => t + 1)
      : [predict.reveal ?? step]
    for (const t of reveals) {
      const { id, says } = predict.answer(p, explorable.model(p, seed, t))
      expect(predict.options.map((o) => o.id)).toContain(id)
      expect(says).not.toMatch(broken)
    }
  })
})
