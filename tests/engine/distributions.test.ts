/** @file Random numbers as samples: Kolmogorov–Smirnov, χ² and moments, for seeds that are fixed. */
import { describe, expect, it } from "vitest"
import {
  choice,
  Dropout,
  Generator,
  ones,
  rand,
  randint,
  randn,
  randperm,
  tensor,
} from "../../engine/index.ts"

const generator = (seed: number) => ({ generator: new Generator(seed) })

/**
 * √n times the largest distance between a sample's distribution function and F, given F at the sorted sample: above
 * 1.95 once in a thousand samples.
 */
function kolmogorov(f: ArrayLike<number>): number {
  const n = f.length
  let most = 0
  for (let i = 0; i < n; i++) most = Math.max(most, (i + 1) / n - f[i], f[i] - i / n)
  return most * Math.sqrt(n)
}

/** How many standard deviations χ² is from its mean, for equally likely cells. */
function excess(counts: ArrayLike<number>): number {
  const cells = Array.from(counts)
  const expected = cells.reduce((a, b) => a + b, 0) / cells.length
  const chi2 = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  return (chi2 - (cells.length - 1)) / Math.sqrt(2 * (cells.length - 1))
}

const n = 20000

describe("uniform numbers", () => {
  it.each([0, 1, 2 ** 40])("with seed %i are uniform, alone and in pairs", (seed) => {
    const x = rand(n, generator(seed)).data()
    expect(kolmogorov(Float64Array.from(x).sort())).toBeLessThan(1.95)
    const pairs = new Float64Array(100)
    for (let i = 0; i < n; i += 2) pairs[10 * Math.floor(10 * x[i]) + Math.floor(10 * x[i + 1])]++
    expect(Math.abs(excess(pairs))).toBeLessThan(4)
  })
})

describe("normal numbers", () => {
  it.each([0, 1, 2])("with seed %i have the distribution function Φ and the moments 0, 1, 0, 3", (seed) => {
    const z = randn(n, { ...generator(seed), dtype: "float64" })
    const sorted = tensor(Float64Array.from(z.data()).sort())
    const phi = sorted.mul(Math.SQRT1_2).erf().add(1).div(2)
    expect(kolmogorov(phi.data())).toBeLessThan(1.95)
    const moment = (k: number) => z.pow(k).mean().item()
    // Five standard errors: √(1, 2, 15, 96 / n).
    expect(Math.abs(z.mean().item())).toBeLessThan(5 * Math.sqrt(1 / n))
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n))
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / n))
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n))
  })

  it("are not correlated with their neighbours", () => {
    const z = randn(n, { ...generator(5), dtype: "float64" })
    const correlation = z
      .slice([1])
      .mul(z.slice([0], [-1]))
      .mean()
      .item()
    expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(n))
  })
})

describe("whole numbers", () => {
  it("from −2 to 4 come equally often", () => {
    const counts = new Float64Array(7)
    for (const k of randint(-2, 5, n, generator(3)).data()) counts[k + 2]++
    expect(Math.abs(excess(counts))).toBeLessThan(4)
  })

  it("in the 24 orders of four come equally often", () => {
    const g = generator(4)
    const counts = new Map<string, number>()
    for (let i = 0; i < 4800; i++) {
      const order = randperm(4, g).data().join("")
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    expect(Math.abs(excess([...counts.values()]))).toBeLessThan(4)
  })

  it("chosen without replacement come equally often at every place", () => {
    const g = generator(6)
    const counts = new Float64Array(15)
    for (let i = 0; i < 3000; i++)
      choice(5, 3, { replace: false, ...g })
        .data()
        .forEach((k, place) => {
          counts[5 * place + k]++
        })
    expect(Math.abs(excess(counts))).toBeLessThan(4)
  })
})

describe("dropout", () => {
  it("drops each unit by itself, with probability p, and scales what stays", () => {
    const p = 0.3
    const layer = new Dropout(p, generator(7))
    const rows = 2000
    const y = layer.forward(ones([rows, 4]))
    const dropped = y.eq(0)
    for (const share of dropped.mean(0).data())
      expect(Math.abs(share - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / rows))
    // Independence: how many of a row's four are dropped is binomial.
    const counts = new Float64Array(5)
    for (const k of dropped.sum(1).data()) counts[k]++
    const binomial = [1, 4, 6, 4, 1].map((ways, k) => ways * p ** k * (1 - p) ** (4 - k))
    counts.forEach((count, k) => {
      const expected = rows * binomial[k]
      expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected * (1 - binomial[k])))
    })
    expect(new Set(y.data())).toEqual(new Set([0, Math.fround(1 / (1 - p))]))
    expect(layer.forward(ones([rows, 4])).tolist()).not.toEqual(y.tolist())
  })
})
