/** @file The list of devices on a machine that lacks some: what it says, and that nothing breaks. */
import { afterEach, describe, expect, it } from "vitest"
import { BackendError, devices, setDevice, tensor } from "../../engine/index.ts"

/** A browser that has WebGPU but no GPU; counts how often it is asked. */
function noAdapter(): { asked: number } {
  const gpu = {
    asked: 0,
    requestAdapter: async () => {
      gpu.asked++
      return null
    },
  }
  Object.defineProperty(globalThis.navigator, "gpu", { value: gpu, configurable: true })
  return gpu
}

const active = async () => (await devices()).find((device) => device.active)?.name

afterEach(async () => {
  Reflect.deleteProperty(globalThis.navigator, "gpu")
  await setDevice("cpu")
})

describe("a machine without a GPU", () => {
  it("is told so in a sentence, and goes on with the device that it has", async () => {
    const webgpu = (await devices()).find(({ name }) => name === "webgpu")
    expect(webgpu).toMatchObject({ available: false, active: false })
    expect(webgpu?.description).toMatch(/^webgpu: this browser gives no access .*setDevice\("cpu"\)\.$/)
    await expect(setDevice("webgpu")).rejects.toThrow(BackendError)
    expect(await active()).toBe("cpu")
    expect(tensor([1, 2]).add(1).tolist()).toEqual([2, 3])
  })

  it("is asked once by those who ask at the same time, and again later", async () => {
    const gpu = noAdapter()
    const both = await Promise.allSettled([setDevice("webgpu"), setDevice("webgpu")])
    for (const one of both) expect(one).toMatchObject({ reason: { name: "BackendError" } })
    expect(gpu.asked).toBe(1)
    await expect(setDevice("webgpu")).rejects.toThrow(/no GPU that it trusts/)
    expect(gpu.asked).toBe(2)
  })
})

describe("the interpreter", () => {
  it("comes when it is asked for, with the tensors that are there already", async () => {
    const x = tensor([1, 2, 3])
    const y = x.mul(2)
    await setDevice("reference")
    expect(await active()).toBe("reference")
    expect(y.add(x).tolist()).toEqual([3, 6, 9])
  })
})
