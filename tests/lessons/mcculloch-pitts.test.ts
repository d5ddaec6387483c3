/** @file Lesson 3: the bird, the gates and all their thresholds, the wall at XOR, and the ways through it. */
import { readFileSync } from "node:fs"
import { beforeAll, describe, expect, test } from "vitest"
import { lessonPath } from "../../src/build/lesson-path.ts"
import { numberLesson } from "../../src/build/numbering.ts"
import { type CellsRun, runCells } from "../../src/build/run-cells.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import { everyUnit, FUNCTIONS, model } from "../../src/explorables/switchboard/unit.ts"
import switchboard from "../../src/explorables/switchboard.ts"

/** Read from the lesson's cells, beyond what its prose shows. */
const asked = {
  bird: "bird.seen.map((x) => score([1, 1], x))",
  lunch: "bird.[2, 1, 0].map((theta) => seen.map((x) => unit([1, 1], theta, x)))",
  intervals: "gates.intervals",
  gatesHold:
    "gates.gates.every(({ w, X, y }, i) => [0.01, 0.5, 1].every((share) => { const theta = intervals[i][0] + share * (intervals[i][1] - intervals[i][0]); return X.every((x, k) => unit(w, theta, x) === y[k]) }))",
  gatesEnd:
    "gates.gates.every(({ w, X, y }, i) => [intervals[i][0], intervals[i][1] + 0.01].every((theta) => X.some((x, k) => unit(w, theta, x) !== y[k])))",
  crossing: "crossing.found.map((c) => [c.fire, c.silent, c.sum])",
  uncrossed:
    "crossing.[[0, 0, 0, 1], [0, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 1]].map((y) => crossing(corners, y) ?? 0)",
  counts: "count.counts.map(({ tables, units, crossed }) => [tables, units, crossed])",
  xor: "xor.[first, second]",
  xorByEngine: "xor-engine.[exclusive.tolist().map(Number), first]",
  skip: "skip.skipping",
  any: "any.wrongRows",
  zs: "soft.[zAnd.tolist(), zOr.tolist()]",
  soft: "soft.[softAnd.tolist(), softOr.tolist()]",
  almostOne: "soft.1 - softOr.tolist()[3]",
  softXor: "soft-xor.output.tolist()",
  relu: "relu-xor.howMany.relu().sub(howMany.sub(1).relu().mul(2)).tolist()",
  veto: "veto.[...tables1943]",
}

let run: CellsRun
const value = (name: keyof typeof asked) => run.values[asked[name]]

beforeAll(async () => {
  const file = "content/01-brains-to-thresholds/03-mcculloch-pitts.mdx"
  const lesson = numberLesson(lessonPath(file)!, readFileSync(file, "utf8"))
  const cells = lesson.cells.map(({ fence, source }) => ({ ...fence, source }))
  const values = [...lesson.values.map(({ of }) => of), ...Object.values(asked)]
  run = await runCells("mcculloch-pitts", cells, values)
})

describe("the lesson's cells", () => {
  test("all run, and each shows something", () => {
    for (const [cell, outputs] of Object.entries(run.outputs)) {
      expect(outputs.length, cell).toBeGreaterThan(0)
      expect(
        outputs.filter((o) => o.kind === "error"),
        cell,
      ).toEqual([])
    }
  })

  test("WE 3.1: blueberry, golf ball, violet and hot dog have the sums 2, 1, 1, 0, and only the first fires", () => {
    expect(value("bird")).toEqual([2, 1, 1, 0])
    expect((value("lunch") as number[][])[0]).toEqual([1, 0, 0, 0])
  })

  test("D06: only the blueberry fires at θ = 2, and all four for θ = 0", () => {
    expect(value("lunch")).toEqual([
      [1, 0, 0, 0],
      [1, 1, 1, 0],
      [1, 1, 1, 1],
    ])
  })

  test("the intervals of thresholds are those of the gates, and not wider", () => {
    expect(value("intervals")).toEqual([
      [1, 2],
      [0, 1],
      [-1, 0],
      [-2, -1],
      [-1, 0],
    ])
    expect(value("gatesHold")).toBe(true)
    expect(value("gatesEnd")).toBe(true)
  })

  test("WE 3.2: logistic AND and OR", () => {
    expect(value("zs")).toEqual([
      [-30, -10, -10, 10],
      [-10, 10, 10, 30],
    ])
    const [and, or] = value("soft") as number[][]
    expect(and[0].toExponential(6)).toBe("9.357623e-14")
    expect(and[1].toExponential(6)).toBe("4.539787e-5")
    expect(and[3].toFixed(10)).toBe("0.9999546021")
    expect(or.map((p) => p.toFixed(10))).toEqual([
      "0.0000453979",
      "0.9999546021",
      "0.9999546021",
      "1.0000000000",
    ])
    // 1 − g(30) is g(−30) on paper; a float64 next to 1 is known to 1e-16 only.
    expect(and[0].toExponential(1)).toBe("9.4e-14")
    expect(Math.abs((value("almostOne") as number) - and[0])).toBeLessThan(2e-16)
  })

  test("WE 3.3: XOR from OR, NAND and AND, and from two ANDs with NOT and an OR", () => {
    expect(value("xor")).toEqual([
      [0, 1, 1, 0],
      [0, 1, 1, 0],
    ])
  })

  test("the engine's three units say what the three units from scratch say", () => {
    const [engine, scratch] = value("xorByEngine") as number[][]
    expect(engine).toEqual(scratch)
  })

  test("WE 3.4: logistic XOR", () => {
    expect((value("softXor") as number[]).map((p) => p.toFixed(10))).toEqual([
      "0.0000454391",
      "0.9999545196",
      "0.9999545196",
      "0.0000454391",
    ])
  })

  test("WE 3.5: two ReLUs give 0, 1, 1, 0 exactly", () => {
    expect(value("relu")).toEqual([0, 1, 1, 0])
  })

  test("two units suffice if the second sees the inputs too", () => {
    expect(value("skip")).toEqual([0, 1, 1, 0])
  })

  test("XOR is crossed, the gates are not", () => {
    const [xor] = value("crossing") as number[][][][]
    expect(xor).toEqual([
      [
        [0, 1],
        [1, 0],
      ],
      [
        [0, 0],
        [1, 1],
      ],
      [1, 1],
    ])
    expect(value("uncrossed")).toEqual([0, 0, 0, 0])
  })

  test("14 of 16 and 104 of 256 tables have a unit, and the rest are crossed", () => {
    const counts = value("counts") as number[][]
    expect(counts).toEqual([
      [4, 4, 0],
      [16, 14, 2],
      [256, 104, 152],
      [65536, 1882, 63654],
    ])
    for (const [tables, units, crossed] of counts) expect(units + crossed).toBe(tables)
  })

  test("one hidden layer does all 256 tables of three inputs", () => {
    expect(value("any")).toBe(0)
  })

  test("with a veto 11 tables are left: XOR, XNOR, NAND and both implications are missing", () => {
    const all = [...FUNCTIONS.keys()]
    const missing = all.filter((table) => !(value("veto") as string[]).includes(table))
    expect(missing.map((table) => FUNCTIONS.get(table))).toEqual([
      "XOR",
      "XNOR",
      "x₂ → x₁",
      "x₁ → x₂",
      "NAND",
    ])
  })
})

test("D07: one unit gets 14 of the 16 functions of two inputs wholly right on the switchboard", () => {
  const reach = [...FUNCTIONS.keys()].map((target) =>
    Math.max(
      ...everyUnit("signed").map(
        ({ w, theta }) =>
          model({ ...defaults(switchboard.controls), target, w1: w[0], w2: w[1], theta }, 0, 0).right,
      ),
    ),
  )
  expect(reach.filter((right) => right === 4)).toHaveLength(14)
  expect(reach.filter((right) => right < 4)).toEqual([3, 3])
})
