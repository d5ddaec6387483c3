/** @file The canonical form of a graph: graphs that do the same have one form, and nothing else has it. */
import { describe, expect, it } from "vitest"
import { concat, gather, matmul, ones, pad, type Tensor, tensor, zeros } from "../../engine/index.ts"
import { programsCompiled, walkFrom } from "../../engine/schedule.ts"

/** The form of what makes this tensor. */
const formOf = (t: Tensor): string => walkFrom([t.source.slot]).form.copy().join(" ")

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
])
const y = tensor([
  [6, 5, 4],
  [3, 2, 1],
])
const square = tensor([
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
])
const places = [
  [0, 1, 2],
  [2, 1, 0],
  [1, 1, 1],
]
const one = tensor([0.5])
const sides = [[1, 1]] as const
const oneLeft = [[1, 0]] as const
const oneRight = [[0, 1]] as const

/** Every two of them differ in something that a program depends on. */
const calls: Record<string, () => Tensor> = {
  "an element-wise op": () => x.sub(y),
  "another op": () => x.add(y),
  "the same array twice": () => x.sub(x),
  "a sum times a difference": () => x.add(y).mul(x.sub(y)),
  "a sum times a difference the other way round": () => x.add(y).mul(y.sub(x)),
  "a sum times a difference of columns": () => x.add(y).mul(x.flip(1).sub(y.flip(1))),
  "a sum times a difference of columns the other way round": () => x.add(y).mul(y.flip(1).sub(x.flip(1))),
  "a row for every row": () => x.sub(y.slice([0], [1])),
  "the other row for every row": () => x.sub(y.slice([1], [2])),
  "a number": () => x.sub(1),
  "one dimension": () => x.flatten().sub(y.flatten()),
  "a transposed operand": () => square.add(square.transpose()),
  "another dtype": () => x.to("float64").sub(y.to("float64")),
  "a conversion": () => x.to("float64"),
  "a conversion to whole numbers": () => x.to("int32"),
  "a sum of rows": () => x.sum(1),
  "a sum of columns": () => x.sum(0),
  "a sum of some": () => x.slice([0, 0], [2, 2]).sum(),
  "a sum of fewer": () => x.slice([0, 0], [2, 1]).sum(),
  "a largest entry": () => x.max(1),
  "a place of the largest entry": () => x.argmax(1),
  "running sums": () => x.cumsum(1),
  "running sums of columns": () => x.cumsum(0),
  "running sums of all": () => x.flatten().cumsum(0),
  "a product": () => matmul(x, square),
  "a product of a transpose": () => matmul(x, square.transpose()),
  "a product of the same shape over more terms": () => matmul(ones([2, 4]), ones([4, 3])),
  "a product with fewer rows": () => matmul(x.slice([0], [1]), square),
  "a product with fewer columns": () => matmul(x, square.slice([0, 0], [3, 2])),
  "elements by index": () => gather(x, 1, [[0], [2]]),
  "rows by index": () => gather(x, 0, [[0, 1, 0]]),
  "a column by index": () => gather(x.slice([0, 0], [2, 1]), 0, [[0], [1]]),
  "a column by index in its rows": () => gather(x.slice([0, 0], [2, 1]), 1, [[0], [0]]),
  "a square by index": () => gather(square, 0, places),
  "a square by index in its rows": () => gather(square, 1, places),
  "two arrays side by side": () => concat([x, y], 1),
  "two arrays one below the other": () => concat([x, y], 0),
  "a border of zeros": () => pad(one, sides, 0),
  "a border of −0": () => pad(one, sides, -0),
  "a border of ones": () => pad(one, sides, 1),
  "a border of −1, which has the same low bits": () => pad(one, sides, -1),
  "a border of 0.1": () => pad(one, sides, 0.1),
  "a border of the number after 0.1, which has the same high bits": () => pad(one, sides, 0.1 + 2 ** -56),
  "a border of infinities": () => pad(one, sides, Number.POSITIVE_INFINITY),
  "a border on the left": () => pad(one, oneLeft),
  "a border on the right": () => pad(one, oneRight),
}

describe("the form", () => {
  it("is another one for each two calls that need programs of their own", () => {
    const seen = new Map<string, string>()
    for (const [name, call] of Object.entries(calls)) {
      const form = formOf(call())
      expect(seen.get(form), `${name} has the form of`).toBe(undefined)
      seen.set(form, name)
    }
  })

  it("is the same one for other values, so that nothing is compiled again", () => {
    const other = {
      ...calls,
      "a number": () => x.sub(2),
      "a border on the right": () => pad(tensor([9]), oneRight),
    }
    for (const [name, call] of Object.entries(calls)) {
      expect(formOf(other[name as keyof typeof other]()), name).toBe(formOf(call()))
      call().data()
      const before = programsCompiled()
      other[name as keyof typeof other]().data()
      expect(programsCompiled(), name).toBe(before)
    }
  })

  it("does no harm where an empty array has a size that int32 cannot hold", () => {
    const wide = zeros([0, 2 ** 33])
    expect(wide.sum(1).shape).toEqual([0])
    expect(wide.add(1).shape).toEqual([0, 2 ** 33])
    expect(zeros([0, 2 ** 34]).add(1).shape).toEqual([0, 2 ** 34])
    expect(wide.sum().item()).toBe(0)
    expect(wide.prod().item()).toBe(1)
  })
})
