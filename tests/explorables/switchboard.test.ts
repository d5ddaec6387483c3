/** @file The switchboard against all units of a fine grid, its own code, its link and its words. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Params } from "../../src/explorables/lib/explorable.ts"
import { decode, encode } from "../../src/explorables/lib/link.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import {
  answer,
  everyUnit,
  FUNCTIONS,
  INPUTS,
  model,
  type State,
} from "../../src/explorables/switchboard/unit.ts"
import switchboard from "../../src/explorables/switchboard.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

type Settings = Params<typeof switchboard.controls>
const usual = defaults(switchboard.controls)
const END = 36
const set = (more: Partial<Settings>, step = 0): State => model({ ...usual, ...more }, 0, step)
const preset = (name: string) => {
  const found = switchboard.presets.find((p) => p.name === name)
  if (!found) throw new Error(`no preset ${name}`)
  return set(found.params)
}

const quarter = (low: number, high: number) => fc.integer({ min: 4 * low, max: 4 * high }).map((v) => v / 4)
const setting = fc.record({
  target: fc.constantFrom(...FUNCTIONS.keys()),
  x1: fc.boolean(),
  x2: fc.boolean(),
  w1: quarter(-2, 2),
  w2: quarter(-2, 2),
  theta: quarter(-4, 4),
  units: fc.constantFrom("one", "two"),
  v1: quarter(-2, 2),
  v2: quarter(-2, 2),
  phi: quarter(-4, 4),
  gate: fc.constantFrom("and", "or", "unless"),
  dialect: fc.constantFrom("signed", "veto"),
})

describe("one unit", () => {
  it("fires exactly at its threshold, decimal dust or not", () => {
    expect(answer("signed", { w: [1, 1], theta: 2 }, [1, 1]).fires).toBe(true)
    expect(answer("signed", { w: [0.7, 0.1], theta: 0.8 }, [1, 1]).fires).toBe(true)
    expect(answer("signed", { w: [0.7, 0.1], theta: 0.81 }, [1, 1]).fires).toBe(false)
  })

  it("is silenced by a veto in the dialect of 1943, whatever else is on", () => {
    expect(answer("veto", { w: [1, -1], theta: 1 }, [1, 0])).toMatchObject({ fires: true, sum: 1 })
    expect(answer("veto", { w: [1, -1], theta: 0 }, [1, 1])).toMatchObject({ fires: false, vetoed: true })
    expect(answer("veto", { w: [2, 0.25], theta: 2 }, [1, 1])).toMatchObject({ fires: true, sum: 2 })
  })

  it("never computes a function that the search does not find", () => {
    for (const dialect of ["signed", "veto"]) {
      const { found } = set({ dialect }, END)
      fc.assert(
        fc.property(setting, (given) => {
          expect(found).toContain(set({ ...given, units: "one", dialect }).code)
        }),
      )
    }
  })
})

describe("the search", () => {
  it("finds 14 functions with signed weights and 11 with vetoes, in 36 units each", () => {
    expect(everyUnit("signed")).toHaveLength(END)
    expect(everyUnit("veto")).toHaveLength(END)
    expect(set({ dialect: "signed" }, END).found.size).toBe(14)
    expect(set({ dialect: "veto" }, END).found.size).toBe(11)
  })

  it("only ever adds stamps", () => {
    for (const dialect of ["signed", "veto"])
      for (let step = 1; step <= END; step++) {
        const [before, after] = [set({ dialect }, step - 1).found, set({ dialect }, step).found]
        for (const code of before) expect(after).toContain(code)
        expect(after.size - before.size).toBeLessThanOrEqual(1)
      }
  })
})

describe("the presets", () => {
  it("are all right where their name promises it", () => {
    for (const name of [
      "the bird’s AND",
      "OR",
      "NAND",
      "x₁ → x₂",
      "XOR with three",
      "XNOR with three",
      "1943: x₁ only",
    ])
      expect(preset(name).right, name).toBe(4)
    expect(preset("XOR with one unit").right).toBe(3)
    expect(preset("1943: NAND?").right).toBe(2)
  })

  it("come back from their links, to the same state", () => {
    for (const { params } of switchboard.presets) {
      const place = { params: { ...usual, ...params }, seed: 0, step: 9 }
      const back = decode(
        "switchboard",
        switchboard.controls,
        `#${encode("switchboard", switchboard.controls, place)}`,
      )!
      expect(model(back.params as Settings, back.seed, back.step)).toEqual(model(place.params, 0, 9))
    }
  })
})

describe("the square", () => {
  it("tints a corner if and only if the machine fires there, wherever no line goes through it", () => {
    fc.assert(
      fc.property(setting, (given) => {
        const state = set({ ...given, dialect: "signed" })
        const onLine = INPUTS.some(([x1, x2]) =>
          [state.a, state.b].some((u) => u && Math.abs(u.w[0] * x1 + u.w[1] * x2 - u.theta) < 0.1),
        )
        if (onLine) return
        const picture = switchboard.views.square!.draw(state)
        const tints = [...picture.matchAll(/<path d="M([^"]+)Z" fill="var\(--class-1\)" fill-opacity/g)]
        const polygons = tints.map(([, d]) => d!.split("L").map((p) => p.split(" ").map(Number)))
        for (const row of state.rows) {
          const [px, py] = [34 + (276 * (row.x[0] + 0.6)) / 2.2, 272 - (262 * (row.x[1] + 0.6)) / 2.2]
          const inside = polygons.some((polygon) => contains(polygon as [number, number][], px, py))
          expect(inside).toBe(row.fires)
        }
      }),
    )
  })
})

/** Is the point on the inner side of every edge of a convex polygon? One that has shrunk to a point has none. */
function contains(polygon: [number, number][], x: number, y: number): boolean {
  const signs = polygon.map(([ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length]!
    return Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax))
  })
  const sides = signs.filter((sign) => sign !== 0)
  return sides.length > 0 && sides.every((side) => side === sides[0])
}

describe("the words", () => {
  it("begin with where the machine fires, then say what is wrong", () => {
    const words = switchboard.describe(usual, set({}))
    expect(words).toMatch(
      /^It fires for \(0, 1\), \(1, 0\) and \(1, 1\)\. For XOR \(1, 1\) is wrong\. At \(1, 1\) the sum 2 reaches 0\.5, so it fires\. The unit fires where x₁ \+ x₂ ≥ 0\.5\./,
    )
  })

  it("say the rule of 1943 in its own terms", () => {
    const given = { dialect: "veto", w1: 1, w2: -1, theta: 1 }
    expect(switchboard.describe({ ...usual, ...given }, set(given))).toContain(
      "fires when at least 1 of its exciting inputs (x₁) is on, unless x₂ vetoes",
    )
  })

  it("say after the search that a circuit does what no single unit can", () => {
    const { params } = switchboard.presets.find((p) => p.name === "XOR with three")!
    expect(switchboard.describe({ ...usual, ...params }, set(params, END))).toContain(
      "XOR is not among them: your circuit does what no single unit can.",
    )
  })

  it("give the prediction's answer from the search", () => {
    const answers = (dialect: string) => switchboard.predict!.answer(usual, set({ dialect }, END))
    expect(answers("veto").id).toBe("five")
    expect(answers("veto").says).toContain("XOR, XNOR, x₂ → x₁, x₁ → x₂ and NAND")
    expect(answers("signed").id).toBe("two")
  })
})

describe("the code of a state", () => {
  it("computes the outputs on the screen and counts what the search has found", () => {
    fc.assert(
      fc.property(setting, fc.integer({ min: 0, max: END }), (given, step) => {
        const state = set(given, step)
        let rows: { output: number; wanted: number }[] = []
        const shown: string[] = []
        const scope = { display: (s: string) => shown.push(s), table: (r: typeof rows) => void (rows = r) }
        const body = stripTypes(switchboard.code({ ...usual, ...given }, 0, step))
        new Function(...Object.keys(scope), body)(...Object.values(scope))
        expect(rows.map((row) => row.output).join("")).toBe(state.code)
        expect(rows.map((row) => row.wanted).join("")).toBe(given.target)
        expect(shown).toEqual(step === 0 ? [] : [`${state.found.size} of 16 functions found`])
      }),
    )
  })
})
