/** @file Lesson 5: the perceptron's runs, its bound, its cost, and the explorable that shows them. */
import { readFileSync } from "node:fs"
import fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { Generator, perceptronLoss, tensor } from "../../engine/index.ts"
import { lessonPath } from "../../src/build/lesson-path.ts"
import { numberLesson } from "../../src/build/numbering.ts"
import { type CellsRun, runCells } from "../../src/build/run-cells.ts"
import type { LabelledPoint } from "../../src/explorables/lib/explorable.ts"
import { longest, type Vector, widestMargin } from "../../src/explorables/perceptron/margin.ts"
import { isMistake, state } from "../../src/explorables/perceptron/run.ts"
import { reveal, turnOf } from "../../src/explorables/perceptron/tell.ts"
import { solutions } from "../../src/explorables/perceptron/weight-view.ts"
import explorable from "../../src/explorables/perceptron-mistakes.ts"

const gate = (low: number, labels: number[]): LabelledPoint[] =>
  [
    [low, low],
    [low, 1],
    [1, low],
    [1, 1],
  ].map(([x, y], i) => ({ x, y, label: labels[i] as 1 | -1 }))
const AND = [-1, -1, -1, 1]
const OR = [-1, 1, 1, 1]
const XOR = [-1, 1, 1, -1]
/** The weights after each of its four updates, pass after pass. */
const XOR_CYCLE = [
  [0, 0, -1],
  [0, 1, 0],
  [1, 1, 1],
  [0, 0, 0],
]
const END = 1e9
const done = (points: LabelledPoint[]) => state(points, "fixed", 0, END)

/** Read from the lesson's cells, beyond what its prose shows. */
const asked = {
  hebb: "hebb.patterns.map((x) => score(hebb, x))",
  byHand: "hebb.patterns.map((x) => score(byHand, x))",
  easy: "perceptron.[easy.updates, easy.passes, easy.w]",
  slow: "trace.slow.updates.map(({ pass, row, w }) => [pass, row, ...w])",
  slowEnd: "trace.[slow.updates.length, slow.passes, slow.w, slow.clean]",
  wrong: "trace.path",
  runs: "counts.runs.map((r) => [r.updates.length, r.passes, ...r.w])",
  xor: "counts.perceptron(binary, [-1, 1, 1, -1], 7).updates.map(({ w }) => w)",
  noBias: "counts.perceptron(binary.map((x) => x.slice(0, 2)), AND, 500).clean",
  bound: "margin.[bound, R2, gamma]",
  fences:
    "squeeze.lengths.every(({ k, length }) => length >= k * gamma && length <= Math.sqrt(R2 * k) + 1e-12)",
  easyBound: "bounds.easyBound",
  certificate: "bounds.length(mixture) - gamma",
  scaled: "scaling.[allScaled.updates.length, inputsOnly.updates.length]",
  errors: "stairs.[[0, 0], [1, 1], [0.5, 0.5], [0.6, 0.6], [2, 0], [0.9, 0.2]].map(([a, b]) => errors(a, b))",
  climb: "climb.[down, up]",
  cost0: "climb.J([0, 0, 0], binary, AND)",
  byTensors: "perceptron-engine.[learnt.tolist(), easy.w]",
  engine: "engine.X.matmul(w).tolist().every((z, i) => z * AND[i] > 0)",
  digits: "digits.[pair.length, mistakes]",
  pocket: "iris-pocket.[pocket.errors, missed(pocket.w), overlap.length]",
}

describe("the lesson's cells", () => {
  let run: CellsRun
  const value = (name: keyof typeof asked) => run.values[asked[name]]

  beforeAll(async () => {
    const file = "content/01-brains-to-thresholds/05-perceptron.mdx"
    const lesson = numberLesson(lessonPath(file)!, readFileSync(file, "utf8"))
    const cells = lesson.cells.map(({ fence, source }) => ({ ...fence, source }))
    const values = [...lesson.values.map(({ of }) => of), ...Object.values(asked)]
    run = await runCells("perceptron", cells, values)
  })

  test("all run, and each shows something", () => {
    for (const [cell, outputs] of Object.entries(run.outputs)) {
      expect(outputs.length, cell).toBeGreaterThan(0)
      expect(
        outputs.filter((o) => o.kind === "error"),
        cell,
      ).toEqual([])
    }
  })

  test("WE 4.4: Hebb's rule gives −2 for all four patterns, weights by hand separate them", () => {
    expect(value("hebb")).toEqual([-2, -2, -2, -2])
    expect(value("byHand")).toEqual([1, -1, -1, -1])
  })

  test("WE 5.1, C21: AND with inputs ±1 needs one update and two passes", () => {
    expect(value("easy")).toEqual([[{ pass: 1, row: 0, w: [1, 1, -1] }], 2, [1, 1, -1]])
  })

  test("WE 5.2, C21, C22: AND with inputs 0 and 1 takes 18 updates, pass by pass as stated", () => {
    expect(value("slowEnd")).toEqual([18, 9, [3, 2, -4], true])
    const rows = value("slow") as number[][]
    const passes = [1, 2, 3, 4, 5, 6, 7, 8].map((pass) => {
      const here = rows.filter((row) => row[0] === pass)
      return `${here.map((row) => row[1]).join(" ")} → ${here.at(-1)!.slice(2).join(" ")}`
    })
    expect(passes).toEqual([
      "0 3 → 1 1 0",
      "0 1 3 → 2 1 -1",
      "1 2 3 → 2 1 -2",
      "2 3 → 2 2 -2",
      "1 3 → 3 2 -2",
      "1 2 3 → 3 2 -3",
      "2 3 → 3 3 -3",
      "1 → 3 2 -4",
    ])
  })

  test("errors do not fall steadily on the way", () => {
    const wrong = value("wrong") as number[]
    expect(wrong.some((n, i) => i > 0 && n > wrong[i - 1])).toBe(true)
    expect(wrong.at(-1)).toBe(0)
  })

  test("WE 5.3, WE 5.4, C21: OR and the four patterns where Hebb failed", () => {
    expect(value("runs")).toEqual([
      [1, 2, 1, 1, -1],
      [18, 9, 3, 2, -4],
      [3, 2, 1, 1, 1],
      [9, 6, 2, 2, -1],
      [14, 6, 2, 2, 2, -4],
    ])
  })

  test("WE 5.5, C21, C22: XOR makes the same four updates in every pass", () => {
    expect(value("xor")).toEqual(Array.from({ length: 7 }, () => XOR_CYCLE).flat())
  })

  test("without a bias AND with inputs 0 and 1 is never learnt", () => {
    expect(value("noBias")).toBe(false)
  })

  test("WE 5.6, C21: the bounds are 51 and 9, and a mixture proves that the margin is the widest", () => {
    const [bound, R2, gamma] = value("bound") as number[]
    expect(bound).toBeCloseTo(51, 9)
    expect(R2).toBe(3)
    expect(gamma).toBeCloseTo(1 / Math.sqrt(17), 12)
    expect(value("easyBound")).toBeCloseTo(9, 9)
    expect(value("certificate")).toBeCloseTo(0, 12)
    expect(value("fences")).toBe(true)
  })

  test("scaling all inputs changes no count; sparing the constant does", () => {
    expect(value("scaled")).toEqual([18, 306])
  })

  test("WE 5.7: errors of AND on the stairs", () => {
    expect(value("errors")).toEqual([1, 2, 0, 0, 1, 0])
  })

  test("descent lowers the criterion, the sign of the slides raises it, and J(0) = 0", () => {
    const [down, up] = value("climb") as number[][]
    expect(down.at(-1)).toBeLessThan(down[0])
    expect(up.every((cost, k) => k === 0 || cost > up[k - 1])).toBe(true)
    expect(value("cost0")).toBe(0)
  })

  test("the perceptron with tensors ends where the loop from scratch ends", () => {
    const [tensors, scratch] = value("byTensors") as number[][]
    expect(tensors).toEqual(scratch)
    expect(scratch).toEqual([1, 1, -1])
  })

  test("the engine's loss separates AND from beside 0, and gives no slope at 0", () => {
    expect(value("engine")).toBe(true)
    const w = tensor([0, 0, 0], { requiresGrad: true })
    perceptronLoss(
      tensor([
        [0, 1, 1],
        [1, 1, 1],
      ]).matmul(w),
      [-1, 1],
    ).backward()
    expect(Array.from(w.grad!.data(), (g) => g + 0)).toEqual([0, 0, 0])
  })

  test("threes and eights are separable pixel by pixel; the irises stay wrong in part, least in the pocket", () => {
    expect(value("digits")).toEqual([357, 0])
    const [errors, missed, flowers] = value("pocket") as number[]
    expect(missed).toBe(errors)
    expect(errors).toBeGreaterThan(0)
    expect(errors).toBeLessThan(10)
    expect(flowers).toBe(100)
  })
})

describe("the explorable's run", () => {
  test("WE 5.1, C21: AND with inputs ±1 takes one update and ends at (1, 1, −1)", () => {
    const s = done(gate(-1, AND))
    expect(s).toMatchObject({ mistakes: 1, w: [1, 1, -1], done: true })
    expect(s.visits.at(-1)!.pass).toBe(2)
  })

  test("WE 5.2: AND with inputs 0 and 1 takes 18 updates and ends at (3, 2, −4) in pass 9", () => {
    const s = done(gate(0, AND))
    expect(s).toMatchObject({ mistakes: 18, w: [3, 2, -4], done: true })
    expect(s.visits.at(-1)!.pass).toBe(9)
  })

  test("WE 5.5: XOR comes back to zero weights every four examples and never ends", () => {
    const s = done(gate(0, XOR))
    expect(s).toMatchObject({ cycle: 4, done: false, bound: undefined, w: [0, 0, 0] })
    expect(s.visits.slice(0, 4).map((v) => v.after)).toEqual(XOR_CYCLE)
  })

  test("WE 5.6, C21: the widest margins give the bounds 9 and 51", () => {
    expect(done(gate(-1, AND)).bound).toBeCloseTo(9, 9)
    expect(done(gate(0, AND)).bound).toBeCloseTo(51, 9)
    const { u, gamma } = widestMargin(gate(0, AND))!
    expect(u.map((v) => v * Math.sqrt(17))).toEqual([2, 2, -3].map((v) => expect.closeTo(v, 9)))
    expect(gamma).toBeCloseTo(1 / Math.sqrt(17), 12)
  })

  test("going on after the end changes nothing, and before the start every weight is 0", () => {
    const points = gate(0, OR)
    expect(state(points, "fixed", 0, END + 5)).toEqual(done(points))
    expect(state(points, "fixed", 0, 0)).toMatchObject({ w: [0, 0, 0], mistakes: 0, wrong: 4 })
  })

  test("no points at all are no error", () => {
    expect(explorable.steps!({ points: [], order: "fixed" }, 0)).toBe(0)
    expect(explorable.describe({ points: [], order: "fixed" }, state([], "fixed", 0, 0))).toContain(
      "0 points",
    )
  })
})

const aPoint = fc.record({
  x: fc.integer({ min: -25, max: 25 }).map((v) => v / 10),
  y: fc.integer({ min: -25, max: 25 }).map((v) => v / 10),
  label: fc.constantFrom<1 | -1>(1, -1),
})
const somePoints = fc.array(aPoint, { minLength: 1, maxLength: 12 })

/** Points labelled by a line, none of them close to it. */
const separable = fc
  .tuple(
    somePoints,
    fc.double({ min: 0, max: 6.3, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
  )
  .map(([points, angle, b]) =>
    points.flatMap((p): LabelledPoint[] => {
      const z = Math.cos(angle) * p.x + Math.sin(angle) * p.y + b
      return Math.abs(z) < 0.4 ? [] : [{ ...p, label: z > 0 ? 1 : -1 }]
    }),
  )
  .filter((points) => points.length > 0)
const anOrder = fc.constantFrom("fixed", "shuffled", "hardest")

describe("laws of the perceptron", () => {
  test("a run over separable points ends, within Novikoff's bound, in any order", () => {
    fc.assert(
      fc.property(separable, anOrder, fc.nat(99), (points, order, seed) => {
        const s = state(points, order, seed, END)
        expect(s.done).toBe(true)
        expect(s.wrong).toBe(0)
        expect(s.mistakes).toBeLessThanOrEqual(s.bound! + 1e-6)
      }),
    )
  })

  test("no random unit vector has a wider margin than the exact one", () => {
    fc.assert(
      fc.property(separable, fc.nat(1000), (points, seed) => {
        const { u, gamma } = widestMargin(points)!
        const marginOf = (w: Vector) =>
          Math.min(...points.map((p) => p.label * (w[0] * p.x + w[1] * p.y + w[2]))) / Math.hypot(...w)
        expect(marginOf(u)).toBeCloseTo(gamma, 9)
        const random = new Generator(seed)
        for (let k = 0; k < 50; k++) {
          const near = u.map((v) => v + random.normal(0, k < 25 ? 0.05 : 1)) as unknown as Vector
          expect(marginOf(near)).toBeLessThanOrEqual(gamma + 1e-9)
        }
      }),
    )
  })

  test("no bound is claimed where the two classes share a point", () => {
    fc.assert(
      fc.property(somePoints, aPoint, (points, p) => {
        expect(widestMargin([...points, p, { ...p, label: p.label === 1 ? -1 : 1 }])).toBeUndefined()
      }),
    )
  })

  test("right examples leave the weights alone; a mistake raises y·z by the squared length of x", () => {
    fc.assert(
      fc.property(somePoints, anOrder, fc.nat(60), (points, order, step) => {
        const { last } = state(points, order, 1, step)
        if (!last) return
        const p = points[last.index]
        expect(last.mistake).toBe(isMistake(last.before, p))
        if (!last.mistake) {
          expect(last.after).toEqual(last.before)
          return
        }
        const [a, b, c] = last.after
        const rise = p.label * (a * p.x + b * p.y + c) - p.label * last.z
        expect(rise).toBeCloseTo(p.x ** 2 + p.y ** 2 + 1, 9)
      }),
    )
  })

  test("the solution region of the weights' view holds no mistake, and holds w once none is left", () => {
    fc.assert(
      fc.property(separable, (points) => {
        const s = done(points)
        const region = solutions(s)
        const middle = region.reduce<[number, number]>(
          ([a, b], [x, y]) => [a + x / region.length, b + y / region.length],
          [0, 0],
        )
        expect(points.filter((p) => isMistake([middle[0], middle[1], s.w[2]], p))).toEqual([])
        expect(region.length).toBeGreaterThan(2)
      }),
    )
  })

  test("the longest input is measured with its constant 1", () => {
    expect(longest(gate(0, AND))).toBe(3)
  })
})

describe("the explorable in words and code", () => {
  const settings = (points: readonly LabelledPoint[], order = "fixed") => ({ points, order })

  test("every preset in every order repeats itself exactly in its code twin", () => {
    for (const { params } of explorable.presets) {
      for (const order of ["fixed", "shuffled", "hardest"]) {
        const given = settings(params.points!, order)
        const step = Math.min(17, explorable.steps!(given, 3))
        const s = explorable.model(given, 3, step)
        const text = explorable.code(given, 3, step).replace("(x: number[])", "(x)")
        const twin = new Function("Generator", text.replace(/\nresult$/, "\nreturn result"))
        expect(twin(Generator)).toEqual({ w: s.w, mistakes: s.mistakes })
      }
    }
  })

  test("the prediction's answer is what the picture then does", () => {
    const given = settings(gate(0, AND))
    for (let step = 1; step <= 36; step++) {
      const s = explorable.model(given, 0, step)
      const { before, after } = s.last!
      const turned = Math.sign(before[0] * after[1] - before[1] * after[0])
      expect(reveal(s).id).toBe(turnOf(s.last!))
      if (turned !== 0) expect(reveal(s).id).toBe(turned > 0 ? "left" : "right")
    }
  })

  test("the description names example, score, move, count and bound", () => {
    const words = explorable.describe(settings(gate(0, AND)), state(gate(0, AND), "fixed", 0, 8))
    expect(words).toContain("Example 8: point (1, 1), label +1, score −1: mistake")
    expect(words).toContain("w from (1, 0) to (2, 1), b from −2 to −1.")
    expect(words).toContain("5 mistakes; bound (R/γ)² = 51")
  })

  test("it says so when no line separates the points", () => {
    const words = explorable.describe(settings(gate(0, XOR)), state(gate(0, XOR), "fixed", 0, 8))
    expect(words).toContain("no line separates the points, so there is no bound")
    expect(words).toContain("The weights come back every 4 examples")
  })

  test("no picture contains a value that is not a number, and every picture has its points", () => {
    fc.assert(
      fc.property(fc.array(aPoint, { maxLength: 8 }), anOrder, fc.nat(50), (points, order, step) => {
        const s = explorable.model(settings(points, order), 5, step)
        for (const view of Object.values(explorable.views))
          expect(view.draw(s)).not.toMatch(/NaN|Infinity|undefined/)
        const discs = explorable.views.data.draw(s).match(/var\(--class-[12]\)" stroke/g) ?? []
        expect(discs.length).toBe(points.length)
      }),
    )
  })
})
