/** @file The generator: published test vectors, same seed same numbers, distributions. */
import { describe, expect, it } from "vitest"
import { philox } from "../../engine/core/random.ts"
import { choice, Generator, rand, randint, randn, random, randperm } from "../../engine/index.ts"

const hex = (text: string) => text.split(" ").map((word) => Number.parseInt(word, 16))

describe("philox4x32-10", () => {
  // From the file kat_vectors of Random123 1.14 (D. E. Shaw Research).
  it.each([
    ["0 0 0 0", "0 0", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    ["ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    ["243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ])("turns counter %s and key %s into %s", (counter, key, want) => {
    expect(philox(hex(counter), hex(key))).toEqual(hex(want))
  })
})

describe("a generator", () => {
  it("gives the first words of the published vectors as uniform numbers for seed 0", () => {
    const want = hex("6627e8d5 e169c58d bc57ac4c 9b00dbd8").map((word) => (word >>> 8) / 2 ** 24)
    const g = new Generator(0)
    expect([g.uniform(), g.uniform(), g.uniform(), g.uniform()]).toEqual(want)
    expect(rand(4, { generator: new Generator(0) }).tolist()).toEqual(want)
  })

  it("repeats after random.seed, and two generators do not disturb each other", () => {
    random.seed(7)
    const first = [rand([2, 3]).tolist(), randn(3).tolist(), randint(0, 9, 4).tolist(), randperm(5).tolist()]
    random.seed(7)
    new Generator(7).normal()
    const second = [rand([2, 3]).tolist(), randn(3).tolist(), randint(0, 9, 4).tolist(), randperm(5).tolist()]
    expect(second).toEqual(first)
  })

  it("gives the numbers in the order of the calls, however late they are read", () => {
    const g = new Generator(3)
    const [a, b] = [rand(5, { generator: g }), rand(5, { generator: g })]
    const late = [b.tolist(), a.tolist()]
    const h = new Generator(3)
    expect(late.reverse().flat()).toEqual(rand(10, { generator: h }).tolist())
  })

  it("draws uniform numbers in [0, 1) with the right moments", () => {
    const x = rand(20000, { generator: new Generator(1), dtype: "float64" })
    expect(x.min().item()).toBeGreaterThanOrEqual(0)
    expect(x.max().item()).toBeLessThan(1)
    // Five standard errors: √(1/12 / 20000) · 5 and about √(1/180 / 20000) · 5.
    expect(Math.abs(x.mean().item() - 0.5)).toBeLessThan(0.0103)
    expect(Math.abs(x.var().item() - 1 / 12)).toBeLessThan(0.0027)
  })

  it("draws normal numbers with the right moments and tails", () => {
    const x = randn(20000, { generator: new Generator(2), dtype: "float64" })
    expect(Math.abs(x.mean().item())).toBeLessThan(0.036)
    expect(Math.abs(x.var().item() - 1)).toBeLessThan(0.05)
    expect(Math.abs(x.abs().gt(1.959964).mean().item() - 0.05)).toBeLessThan(0.0078)
  })

  it("permutes and chooses: every number once, or only what is there", () => {
    const g = new Generator(4)
    expect([...g.permutation(50)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i))
    expect(new Set(choice(10, 10, { replace: false, generator: g }).data()).size).toBe(10)
    expect(
      choice(
        [
          [1, 2],
          [3, 4],
        ],
        5,
        { generator: g },
      ).shape,
    ).toEqual([5, 2])
    expect(() => choice(3, 4, { replace: false })).toThrow(/choice/)
    const counts = [0, 0, 0]
    for (let i = 0; i < 3000; i++) counts[g.integer(0, 3)]++
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(130)
  })

  it("refuses seeds that are not whole numbers from 0", () => {
    expect(() => new Generator(-1)).toThrow(/seed: -1/)
    expect(() => random.seed(0.5)).toThrow(/seed: 0.5/)
  })
})
