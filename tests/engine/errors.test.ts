/** @file Choosing a device, and reading a tensor: as numbers, as text, as a copy, and not before it is asked for. */
import { describe, expect, it } from "vitest"
import {
  arange,
  BackendError,
  devices,
  ones,
  setDevice,
  type Tensor,
  tensor,
  zeros,
} from "../../engine/index.ts"

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
