/** @file A user's own files and principal components: formats taken apart, mistakes named by line, whitening to the digit. */
import { gzipSync } from "node:zlib"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  csv,
  Generator,
  idx,
  idxAsync,
  MinMaxScaler,
  mnist,
  PCA,
  randn,
  StandardScaler,
  tensor,
  ValueError,
} from "../../engine/index.ts"
import { expectClose } from "./close.ts"

const f64 = { dtype: "float64" } as const
const rows = tensor(
  [
    [2, 100],
    [4, 300],
    [6, 200],
    [8, 400],
  ],
  f64,
)

describe("scaling", () => {
  it("gives the z-scores −1.341641, −0.447214, … and puts a new point outside", () => {
    const scaler = new StandardScaler().fit(rows)
    const z = [-1.341641, -1.341641, -0.447214, 0.447214, 0.447214, -0.447214, 1.341641, 1.341641]
    expectClose(scaler.transform(rows).data(), z, 0, 6e-7)
    expectClose(scaler.transform([[10, 150]]).data(), [2.236068, -0.894427], 0, 6e-7)
    const unit = new MinMaxScaler().fit(rows)
    expectClose(unit.transform(rows).data(), [0, 0, 1 / 3, 2 / 3, 2 / 3, 1 / 3, 1, 1], 1e-12, 1e-12)
    expectClose(unit.transform([[10, 150]]).data(), [1.333333, 0.166667], 0, 6e-7)
    expectClose([...rows.std(0).data()], [2.581989, 129.099445], 0, 6e-7)
  })

  it("brings the condition number from 495684 to 9 by z-scores and to 1 by whitening", () => {
    const condition = (x: typeof rows, bias: boolean): number => {
      const data = x.tolist<number[][]>().map((row) => (bias ? [...row, 1] : row))
      // The PCA of the rows and their negatives together has no mean to take out: XᵀX / N up to a factor.
      const both = [...data, ...data.map((row) => row.map((v) => -v))]
      const { explainedVariance } = new PCA().fit(tensor(both, f64))
      const values = explainedVariance.data()
      return values[0] / values[values.length - 1]
    }
    expect(condition(rows, true)).toBeCloseTo(495684, -1)
    expect(condition(rows.sub(rows.mean(0)), false)).toBeCloseTo(6948, 0)
    expect(condition(new StandardScaler().fitTransform(rows), false)).toBeCloseTo(9, 8)
    expect(condition(new MinMaxScaler().fitTransform(rows), true)).toBeCloseTo(57, 0)
    expect(condition(new PCA({ whiten: true }).fitTransform(rows), false)).toBeCloseTo(1, 8)
  })
})

describe("PCA", () => {
  it("whitens the four rows to ±1.161969 and ±0.387075, with the identity as covariance", () => {
    const z = new PCA({ whiten: true }).fitTransform(rows)
    const want = [-1.161969, 0.387075, 0.387075, 1.161969, -0.387075, -1.161969, 1.161969, -0.387075]
    const [s0, s1] = [Math.sign(z.data()[0] / want[0]), Math.sign(z.data()[1] / want[1])]
    expectClose(z.mul([s0, s1]).data(), want, 0, 6e-7)
    expectClose(z.transpose().matmul(z).div(3).data(), [1, 0, 0, 1], 1e-9, 1e-9)
  })

  it("finds orthonormal components of falling variance whose signs do not depend on the order of the rows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(), (d, seed) => {
        const generator = new Generator(seed)
        const x = randn([12, d], { generator, ...f64 }).mul(
          randn([d], { generator, ...f64 })
            .abs()
            .add(0.2),
        )
        const pca = new PCA().fit(x)
        const v = pca.components
        const identity = Float64Array.from({ length: d * d }, (_, i) => Number(i % (d + 1) === 0))
        expectClose(v.matmul(v.transpose()).data(), identity, 1e-10, 1e-10)
        const variances = [...pca.explainedVariance.data()]
        expect(variances).toEqual(variances.toSorted((a, b) => b - a))
        const z = pca.transform(x)
        expectClose(z.var(0).data(), variances, 1e-9)
        expectClose(pca.inverseTransform(z).data(), x.data(), 1e-9, 1e-9)
        expectClose(new PCA().fit(x.flip(0)).components.data(), v.data(), 1e-6, 1e-6)
      }),
      { numRuns: 40, seed: 3 },
    )
  })

  it("keeps the first components, undoes whitening, and leaves a constant column at 0", () => {
    const x = tensor(
      [
        [1, 7, 2],
        [2, 7, 4.1],
        [3, 7, 5.9],
        [4, 7, 8],
      ],
      f64,
    )
    const pca = new PCA({ keep: 1, whiten: true }).fit(x)
    expect(pca.components.shape).toEqual([1, 3])
    expect(pca.transform(x).shape).toEqual([4, 1])
    expect(pca.inverseTransform(pca.transform(x)).sub(x).abs().max().item()).toBeLessThan(0.1)
    const all = new PCA({ whiten: true }).fitTransform(x)
    expect(all.data().every(Number.isFinite)).toBe(true)
    expect(all.slice([0, 2]).abs().max().item()).toBeLessThan(1e-6)
  })
})

describe("csv", () => {
  it("takes numbers, words, quotes, empty lines and Windows line ends", () => {
    const text =
      '\uFEFFsize,colour,"the ""name""",kind\r\n1.5,red,"a, b",yes\r\n2,blue,"two\nlines",no\r\n\r\n-3e1,red,c,yes'
    const { x, y, columns, classes } = csv(text, { label: "kind" })
    expect(columns).toEqual([
      "size",
      "colour=blue",
      "colour=red",
      'the "name"=a, b',
      'the "name"=c',
      'the "name"=two\nlines',
    ])
    expect(x.tolist()).toEqual([
      [1.5, 0, 1, 1, 0, 0],
      [2, 1, 0, 0, 0, 1],
      [-30, 0, 1, 0, 1, 0],
    ])
    expect([y?.tolist(), y?.dtype, classes]).toEqual([[1, 0, 1], "int32", ["no", "yes"]])
  })

  it("works without a header, with another separator, from bytes, and with numbers as labels", () => {
    const bytes = new TextEncoder().encode("1;2.5;0\n3;4;7\n")
    const { x, y, columns } = csv(bytes, { header: false, separator: ";", label: 2 })
    expect([x.tolist(), y?.tolist(), y?.dtype, columns]).toEqual([
      [
        [1, 2.5],
        [3, 4],
      ],
      [0, 7],
      "int32",
      ["0", "1"],
    ])
    expect(csv("a\n1\n2", {}).y).toBeNull()
    expect(csv("a,b\n1,0.5\n2,1", { label: "b" }).y?.dtype).toBe("float32")
  })

  it("gives back any table of words and numbers that was written with quotes", () => {
    const field = fc.string({ maxLength: 6 }).map((word) => `w${word}`)
    const table = fc.array(fc.tuple(fc.integer({ min: -999, max: 999 }), field), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(table, (entries) => {
        const lines = entries.map(([n, word]) => `${n},"${word.replaceAll('"', '""')}"`)
        const { x, y, classes } = csv(["n,word", ...lines].join("\n"), { label: "word" })
        expect(x.tolist()).toEqual(entries.map(([n]) => [n]))
        expect([...(y?.data() ?? [])].map((place) => classes[place])).toEqual(
          entries.map(([, word]) => word.trim()),
        )
      }),
      { numRuns: 100, seed: 4 },
    )
  })

  it("names line and column of what is wrong, and can skip rows with holes", () => {
    const wrong = (text: string, message: RegExp, options = {}) => {
      expect(() => csv(text, options)).toThrow(ValueError)
      expect(() => csv(text, options)).toThrow(message)
    }
    wrong("a,b\n1,2\n3,\n", /line 3, column "b": the value is missing; fill it in, or .*missing: "skip"/)
    wrong('a,b\n"x\ny",2\nz,N/A\n', /line 4, column "b": the value is missing \("N\/A"\)/)
    wrong("a,b\n1,2\n3,four\n", /line 3, column "b": "four" is not a number/)
    wrong("a,b\n1,2,3\n", /line 2 has 3 fields where there are 2 columns \(a, b\)/)
    wrong('a\n"x\n', /line 2: a quote is opened and never closed/)
    wrong("", /the file is empty/)
    wrong("a,b\n", /no line with values/)
    wrong("a,b\n1,2", /no column "c"; the columns are a, b/, { label: "c" })
    expect(csv("a,b\n1,2\n3,\n5,6", { missing: "skip" }).x.tolist()).toEqual([
      [1, 2],
      [5, 6],
    ])
  })
})

describe("idx", () => {
  const file = (type: number, shape: number[], bytes: number[]) =>
    Uint8Array.of(0, 0, type, shape.length, ...shape.flatMap((n) => [0, 0, n >> 8, n & 255]), ...bytes)

  it("reads every element type of the format", () => {
    const read = (type: number, bytes: number[], n = 2) => {
      const t = idx(file(type, [n], bytes))
      return [t.tolist(), t.dtype]
    }
    expect(read(8, [1, 255])).toEqual([[1, 255], "int32"])
    expect(read(9, [1, 255])).toEqual([[1, -1], "int32"])
    expect(read(11, [1, 2, 255, 254])).toEqual([[258, -2], "int32"])
    expect(read(12, [0, 1, 0, 0, 255, 255, 255, 255])).toEqual([[65536, -1], "int32"])
    expect(read(13, [0x3f, 0xc0, 0, 0, 0xbf, 0x80, 0, 0])).toEqual([[1.5, -1], "float32"])
    expect(read(14, [0x3f, 0xf8, 0, 0, 0, 0, 0, 0], 1)).toEqual([[1.5], "float64"])
  })

  it("reads images and labels, compressed or not, also from the middle of a buffer", async () => {
    const images = file(8, [2, 2, 3], [0, 51, 102, 153, 204, 255, 255, 0, 0, 0, 0, 51])
    const labels = file(8, [2], [7, 3])
    const { x, y } = await mnist(gzipSync(images), labels)
    expect([x.shape, y.tolist()]).toEqual([
      [2, 6],
      [7, 3],
    ])
    expectClose(x.data(), [0, 0.2, 0.4, 0.6, 0.8, 1, 1, 0, 0, 0, 0, 0.2])
    const shifted = new Uint8Array([9, 9, ...labels]).subarray(2)
    expect(idx(shifted).tolist()).toEqual([7, 3])
    expect((await idxAsync(shifted)).tolist()).toEqual([7, 3])
  })

  it("names what is wrong with a file", async () => {
    const labels = file(8, [3], [1, 2, 3])
    expect(() => idx(gzipSync(labels))).toThrow(/compressed \(gzip\); use await idxAsync/)
    expect(() => idx(Uint8Array.of(80, 75, 3, 4))).toThrow(
      /not an IDX file; its first bytes are \[80, 75, 3, 4\]/,
    )
    expect(() => idx(labels.slice(0, -1))).toThrow(/shape \[3\] has 11 bytes, this one 10; was it cut off/)
    expect(() => idx(new Uint8Array(0))).toThrow(/not an IDX file/)
    await expect(idxAsync(gzipSync(labels).subarray(0, 20))).rejects.toThrow(/damaged/)
    await expect(mnist(labels, labels)).rejects.toThrow(
      /images \[3\] and labels \[3\] do not belong together/,
    )
  })
})
