/** @file Downhill against hand-computed runs, finite differences and the engine's autograd. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { grad, type Tensor, tensor } from "../../engine/index.ts"
import { factor, rate, zones } from "../../src/explorables/downhill/rates.ts"
import { descend, surfaceOf } from "../../src/explorables/downhill/surface.ts"
import downhill from "../../src/explorables/downhill.ts"
import { defaults } from "../../src/explorables/lib/params.ts"

const usual = defaults(downhill.controls)
const bowl = surfaceOf(usual)
const valley = surfaceOf({ ...usual, surface: "banana" })

describe("gradient descent on x₁² + x₁x₂ + 4x₂² from (3, 3)", () => {
  const table: [number, [number, number][], number, number][] = [
    [
      0.01,
      [
        [2.91, 2.73],
        [2.8245, 2.4825],
        [2.743185, 2.255655],
      ],
      25.33049,
      420,
    ],
    [
      0.05,
      [
        [2.55, 1.65],
        [2.2125, 0.8625],
        [1.948125, 0.406875],
      ],
      2.411901,
      81,
    ],
    [
      0.1,
      [
        [2.1, 0.3],
        [1.65, -0.15],
        [1.335, -0.195],
      ],
      0.742196,
      39,
    ],
    [
      0.2,
      [
        [1.2, -2.4],
        [1.2, 1.2],
        [0.48, -0.96],
      ],
      0.55296,
      20,
    ],
    [
      0.24,
      [
        [0.84, -3.48],
        [1.272, 3.0],
        [-0.05856, -3.06528],
      ],
      31.807476,
      212,
    ],
    [
      0.25,
      [
        [0.75, -3.75],
        [1.3125, 3.5625],
        [-0.234375, -3.890625],
      ],
      71.967796,
      -1,
    ],
    [
      0.3,
      [
        [0.3, -5.1],
        [1.65, 7.05],
        [-1.455, -10.365],
      ],
      1968.29,
      -1,
    ],
  ]

  it.each(table)("with step size %d takes the known path", (lr, path, fifth, arrives) => {
    const run = descend(bowl, [3, 3], lr, 0, 2000)
    path.forEach(([x, y], i) => {
      expect(run[i + 1]![0]).toBeCloseTo(x, 10)
      expect(run[i + 1]![1]).toBeCloseTo(y, 10)
    })
    expect(Math.abs(bowl.f(...run[5]!) / fifth - 1)).toBeLessThan(2e-6)
    expect(run.findIndex(([x, y]) => bowl.f(x, y) < 1e-6)).toBe(arrives)
  })

  it("loses exactly three fifths of f at each update with the best step size", () => {
    const run = descend(bowl, [3, 3], 0.2, 0, 20)
    expect(bowl.f(...run[20]!)).toBeCloseTo(54 * 0.4 ** 20, 15)
  })

  it("has the curvatures, limit and best step of the algebra", () => {
    expect(bowl.curvature.values[0]).toBeCloseTo(5 + Math.sqrt(10), 12)
    expect(bowl.curvature.values[1]).toBeCloseTo(5 - Math.sqrt(10), 12)
    expect(zones(bowl.curvature, 0)!.limit).toBeCloseTo(0.2450296, 7)
    expect(zones(bowl.curvature, 0)!.best).toBeCloseTo(0.2, 12)
  })
})

const coordinate = fc.double({ min: -3, max: 3, noNaN: true })

describe("a surface", () => {
  it.each([
    ["the bowl", bowl],
    ["the bent valley", valley],
  ])("%s has the gradient of its finite differences", (_name, { f, gradient }) => {
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const h = 1e-5
        const [gx, gy] = gradient(x, y)
        expect(gx).toBeCloseTo((f(x + h, y) - f(x - h, y)) / (2 * h), 5)
        expect(gy).toBeCloseTo((f(x, y + h) - f(x, y - h)) / (2 * h), 5)
      }),
    )
  })

  it("has the gradient of the engine's autograd, and takes the engine's path", () => {
    const H = tensor(
      [
        [2, 1],
        [1, 8],
      ],
      { dtype: "float64" },
    )
    const slope = grad((x: Tensor) => x.dot(H.matmul(x)).mul(0.5))
    const path = descend(bowl, [3, 3], 0.1, 0.5, 20)
    let x = tensor([3, 3], { dtype: "float64" })
    let v = tensor([0, 0], { dtype: "float64" })
    for (const [p, q] of path) {
      const [a, b] = x.tolist() as number[]
      expect(a).toBeCloseTo(p, 10)
      expect(b).toBeCloseTo(q, 10)
      v = v.mul(0.5).add(slope(x) as Tensor)
      x = x.sub(v.mul(0.1))
    }
    const bend = grad((z: Tensor) => {
      const [first, second] = [z.slice([0], [1]), z.slice([1], [2])]
      return first.sub(1).square().mul(0.5).add(second.sub(first.square()).square().mul(0.25)).sum()
    })
    for (const [p, q] of [
      [-1.5, 3],
      [2, -1],
      [0.3, 0.7],
    ] as const) {
      const [a, b] = (bend(tensor([p, q], { dtype: "float64" })) as Tensor).tolist() as number[]
      expect(a).toBeCloseTo(valley.gradient(p, q)[0], 12)
      expect(b).toBeCloseTo(valley.gradient(p, q)[1], 12)
    }
  })

  it("has curvatures that are the differences of its gradient at the minimum", () => {
    for (const { gradient, minimum, curvature } of [bowl, valley]) {
      const [p, q] = minimum
      curvature.vectors.forEach(([ux, uy], i) => {
        const h = 1e-5
        const [gx, gy] = gradient(p + h * ux, q + h * uy)
        expect(gx / h).toBeCloseTo(curvature.values[i]! * ux, 3)
        expect(gy / h).toBeCloseTo(curvature.values[i]! * uy, 3)
      })
    }
  })
})

describe("the rates", () => {
  it("are what long runs show, with momentum and without", () => {
    for (const [lr, beta] of [
      [0.05, 0],
      [0.22, 0],
      [0.05, 0.5],
      [0.3, 0.8],
    ] as const) {
      const run = descend(bowl, [3, 3], lr, beta, 400)
      const size = (t: number) => Math.hypot(...run[t]!)
      const far = run.findIndex((_, t) => t > 20 && size(t) < 1e-12)
      const end = far < 0 ? 400 : far
      const measured = (Math.max(size(end), size(end - 1)) / size(0)) ** (1 / end)
      expect(Math.abs(measured - rate(bowl.curvature, lr, beta))).toBeLessThan(0.05)
    }
  })

  it("reach 1 exactly at the limit, and are lowest at the best step", () => {
    const beta = fc.double({ min: 0, max: 0.95, noNaN: true })
    const lr = fc.double({ min: 0.001, max: 1, noNaN: true })
    fc.assert(
      fc.property(beta, lr, (b, any) => {
        const { limit, best } = zones(bowl.curvature, b)!
        expect(Math.abs(factor(bowl.curvature.values[0], limit, b))).toBeCloseTo(1, 6)
        expect(rate(bowl.curvature, any, b)).toBeGreaterThanOrEqual(rate(bowl.curvature, best, b) - 1e-6)
      }),
    )
  })

  it("stand in the description with the limit and the best step", () => {
    const words = downhill.describe(usual, downhill.model(usual, 0, 5))
    for (const part of [
      "limit 0.245",
      "0.184",
      "0.816",
      "(0.887, −0.143)",
      "0.742",
      "update 39",
      "0.2:",
      "0.632",
    ]) {
      expect(words).toContain(part)
    }
  })
})

it("a saddle has no limit, no best step and no arrival", () => {
  const params = { ...usual, a: 0.5, b: 3, c: 0.5 }
  const words = downhill.describe(params, downhill.model(params, 0, 5))
  expect(words).toContain("no single lowest point")
  expect(words).not.toContain("limit")
})
