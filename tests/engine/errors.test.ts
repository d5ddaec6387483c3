/** @file What bad input gets: an error of the right kind that names the op, the shapes and what to do. */
import { describe, expect, it } from "vitest"
import {
  arange,
  BackendError,
  concat,
  DTypeError,
  devices,
  full,
  MemoryError,
  ones,
  rand,
  ShapeError,
  setDevice,
  type Tensor,
  tensor,
  ValueError,
  zeros,
} from "../../engine/index.ts"

const x = ones([2, 3])

describe("a mistake is named at the call", () => {
  const cases: [string, () => unknown, new (message: string) => Error, RegExp][] = [
    [
      "shapes that do not broadcast",
      () => x.add(ones([4])),
      ShapeError,
      /^add: shapes \[2, 3\] and \[4\] do not broadcast/,
    ],
    [
      "inner sizes",
      () => x.matmul(ones([2, 3])),
      ShapeError,
      /^matmul: inner sizes differ, \[2, 3\] · \[2, 3\] \(3 ≠ 2\)\. Did you mean x\.matmul\(w\.transpose\(\)\)\?/,
    ],
    [
      "a dimension outside",
      () => x.sum(2),
      ShapeError,
      /^sum: dimension 2 is outside shape \[2, 3\]; use -2 to 1/,
    ],
    ["softmax of a scalar", () => tensor(1).softmax(), ShapeError, /^softmax: .*a scalar has no dimensions/],
    ["reshape to another size", () => x.reshape([4]), ShapeError, /^reshape: \[2, 3\] has 6 elements/],
    ["two unknown sizes", () => x.reshape([-1, -1]), ShapeError, /^reshape/],
    ["slice outside", () => x.slice([0, 2], [2, 4]), ShapeError, /^slice: .*inside \[2, 3\]/],
    ["squeeze of a size above 1", () => x.squeeze(0), ShapeError, /^squeeze: dimension 0 .* has size 2/],
    ["permute with a dimension twice", () => x.permute([0, 0]), ShapeError, /^permute/],
    ["item of several numbers", () => x.item(), ShapeError, /^item: shape \[2, 3\] has 6 elements/],
    ["max of nothing", () => zeros([0]).max(), ShapeError, /^max: there is nothing/],
    ["ragged rows", () => tensor([[1, 2], [3]]), ShapeError, /^tensor: .*ragged: \[1\] has 1 entries .* 2/],
    ["a number among rows", () => tensor([[1, 2], 3]), ShapeError, /^tensor: .*ragged: \[1\] is a number/],
    ["text", () => tensor(["a"] as unknown as number[]), DTypeError, /^tensor: \[0\] is string/],
    [
      "an index outside",
      () =>
        x.gather(1, [
          [0, 3],
          [0, 0],
        ]),
      ValueError,
      /^gather: index 3 at position 1 is not one of 0 … 2/,
    ],
    ["a negative index", () => x.indexSelect(0, [-1]), ValueError, /^indexSelect: index -1/],
    ["a class outside", () => tensor([0, 5]).oneHot(3), ValueError, /^oneHot: index 5/],
    [
      "2⁴⁰ elements",
      () => zeros([2 ** 20, 2 ** 20]),
      MemoryError,
      /^zeros: .*1099511627776 elements .* 4 TiB, more than the 1 GiB/,
    ],
    ["2⁴⁰ elements by broadcasting", () => ones([2 ** 20, 1]).add(ones([2 ** 20])), MemoryError, /^add: /],
    ["2⁴⁰ random numbers", () => rand([2 ** 40]), MemoryError, /^rand: /],
    ["a negative size", () => full([-1], 0), ShapeError, /^full: \[-1\] is not a shape/],
    ["a step the wrong way", () => arange(0, 5, -1), ValueError, /^arange: no way/],
    ["an empty list", () => concat([]), ShapeError, /^concat: the list is empty/],
    ["pieces that do not fit", () => concat([x, ones([2, 2])]), ShapeError, /^concat: \[2, 3\] and \[2, 2\]/],
    ["an unknown dtype", () => x.to("float16" as "float32"), DTypeError, /^to: there is no dtype "float16"/],
    [
      "a kernel that is too large",
      () => ones([1, 1, 2, 2]).maxPool2d(3),
      ShapeError,
      /^maxPool2d: the kernel/,
    ],
    [
      "a value of another shape",
      () => ones([2]).assign(ones([3])),
      ShapeError,
      /^assign: shape \[3\] does not fit/,
    ],
  ]
  it.each(cases)("%s", (_, act, kind, message) => {
    let caught: unknown
    try {
      act()
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(kind)
    expect((caught as Error).message).toMatch(message)
  })
})

describe("devices", () => {
  it("are listed, chosen by name, and a missing one is named with those there are", async () => {
    const list = await devices()
    expect(list.filter((d) => d.active).map((d) => d.name)).toEqual(["cpu"])
    expect(list.map((d) => d.name)).toContain("reference")
    await setDevice("reference")
    expect((await devices()).find((d) => d.active)?.name).toBe("reference")
    await setDevice("cpu")
    await expect(setDevice("tpu")).rejects.toThrow(BackendError)
    await expect(setDevice("tpu")).rejects.toThrow(/no device "tpu"; it has "cpu", /)
  })
})

describe("reading a tensor", () => {
  it("gives typed arrays, nested numbers and text", () => {
    expect(
      tensor([
        [1, 2],
        [3, 4],
      ]).data(),
    ).toEqual(Float32Array.of(1, 2, 3, 4))
    expect(tensor(5).tolist()).toBe(5)
    expect(
      String(
        tensor([
          [1, 2],
          [3, 4.5],
        ]),
      ),
    ).toBe("tensor([[1, 2],\n        [3, 4.5]], shape [2, 2], float32)")
    expect(String(tensor([true, false]))).toBe("tensor([true, false], shape [2], bool)")
    expect(String(arange(1000))).toBe("tensor([0, 1, 2, …, 997, 998, 999], shape [1000], float32)")
    expect(String(zeros([0]))).toBe("tensor([], shape [0], float32)")
  })

  it("keeps the dtype of a typed array; other integers become int32", () => {
    expect(tensor(Float64Array.of(1)).dtype).toBe("float64")
    expect(tensor(Int32Array.of(1)).dtype).toBe("int32")
    expect(tensor(Uint8Array.of(7, 255)).data()).toEqual(Int32Array.of(7, 255))
    expect(tensor(Uint8Array.of(0, 7), { dtype: "bool" }).data()).toEqual(Uint8Array.of(0, 1))
  })

  it("gives copies: writing to them changes nothing", () => {
    const t = tensor([1, 2])
    t.data()[0] = 9
    const source = Float32Array.of(1, 2)
    const u = tensor(source)
    source[0] = 9
    expect([t.tolist(), u.tolist()]).toEqual([
      [1, 2],
      [1, 2],
    ])
  })

  it("runs nothing before it is read", () => {
    const y: Tensor = ones([3]).exp().log()
    expect(y.source.slot.buffer).toBeUndefined()
    y.data()
    expect(y.source.slot.kernel).toBeUndefined()
    expect(y.source.slot.inputs).toEqual([])
  })
})
