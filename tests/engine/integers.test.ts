/** @file The edges of numbers: int32 at the ends of its range, floats that become integers, floats that are nearly 0. */
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { setDevice, type Tensor, tensor } from "../../engine/index.ts"
import { openGpuThread } from "./gpu-thread.ts"

const low = -(2 ** 31)
const high = 2 ** 31 - 1
const whole = (values: number[]) => tensor(Int32Array.from(values))

const gpu = openGpuThread()
vi.mock("../../engine/backend/webgpu/backend.ts", () => ({ createWebGPU: async () => gpu }))
Object.defineProperty(globalThis.navigator, "gpu", { value: {}, configurable: true })
afterAll(() => gpu.close())

describe.each(["cpu", "reference", "webgpu"])("on %s", (device) => {
  beforeAll(() => setDevice(device))
  afterAll(() => setDevice("cpu"))

  it.each(["float32", "float64"] as const)(
    "a %s becomes the integer towards 0, the nearest int32 beyond the range, and 0 for NaN",
    (dtype) => {
      const x = tensor([2.9, -2.9, -0, 3e9, -3e9, Infinity, -Infinity, Number.NaN, 2 ** 31, low], { dtype })
      const want = [2, -2, 0, high, low, high, low, 0, high, low]
      expect(x.to("int32").tolist()).toEqual(want)
      // Also when the conversion is one step of many.
      expect(x.mul(1).to("int32").add(0).tolist()).toEqual(want)
    },
  )

  it("arithmetic of integers wraps around, to the last digit", () => {
    expect(
      whole([high, low, 2 ** 30])
        .add(1)
        .tolist(),
    ).toEqual([low, low + 1, 2 ** 30 + 1])
    expect(whole([low, 5]).neg().tolist()).toEqual([low, -5])
    expect(whole([low, -5]).abs().tolist()).toEqual([low, 5])
    expect(whole([high, high]).sum().item()).toBe(-2)
    expect(whole([high, 1]).cumsum().tolist()).toEqual([high, low])
    const product = (list: number[]) => list.reduce((a, b) => Math.imul(a, b), 1)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: low, max: high }), { minLength: 2, maxLength: 9 }), (list) => {
        const x = whole(list)
        expect(x.mul(x).tolist()).toEqual(list.map((v) => Math.imul(v, v)))
        expect(x.prod().item()).toBe(product(list))
        expect(
          x
            .reshape([1, -1])
            .matmul(x.reshape([-1, 1]))
            .item(),
        ).toBe(list.reduce((sum, v) => (sum + Math.imul(v, v)) | 0, 0))
      }),
      { numRuns: 40, seed: 5 },
    )
  })

  it("powers of integers are exact where int32 holds them, and 0 for a fraction", () => {
    expect(
      whole([3, 7, -3, 10, 2])
        .pow(whole([19, 11, 19, 9, 30]))
        .tolist(),
    ).toEqual([1162261467, 1977326743, -1162261467, 1000000000, 1073741824])
    expect(whole([2, -3, 5]).pow(-1).tolist()).toEqual([0, 0, 0])
  })

  it("what is smaller than any normal float32 is kept or becomes 0, and nothing else", () => {
    const tiny = 2 ** -70
    const x = tensor([tiny, -tiny, 1])
    const table: [Tensor, number[]][] = [
      [x.mul(tensor([tiny, tiny, 1])), [tiny * tiny, -tiny * tiny, 1]],
      [x.square(), [tiny * tiny, tiny * tiny, 1]],
      [tensor([-95, 0, -100]).exp(), [Math.exp(-95), 1, Math.exp(-100)]],
      [
        x
          .reshape([3, 1])
          .matmul(tensor([[tiny]]))
          .reshape(-1),
        [tiny * tiny, -tiny * tiny, tiny],
      ],
    ]
    for (const [got, want] of table)
      for (const [i, value] of [...got.data()].entries())
        expect([0, Math.fround(want[i])].some((v) => Math.abs(v - value) <= Math.abs(v) * 1e-6)).toBe(true)
  })
})
