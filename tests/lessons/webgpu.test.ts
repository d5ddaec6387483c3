/** @file Every cell of every lesson runs unchanged on WebGPU and shows the numbers that the interpreter shows. */
import { afterAll, expect, it, vi } from "vitest"
import { openGpuThread } from "../engine/gpu-thread.ts"
import { tolerance, worstDifference } from "./agree.ts"
import { shownOn } from "./on-device.ts"
import { lessons, readData } from "./tasks.ts"

const gpu = openGpuThread()
vi.mock("../../engine/backend/webgpu/backend.ts", () => ({ createWebGPU: async () => gpu }))
Object.defineProperty(globalThis.navigator, "gpu", { value: {}, configurable: true })
afterAll(() => gpu.close())

it.each(lessons)(
  "the cells of $id show the same numbers on WebGPU as on the interpreter",
  async (lesson) => {
    const want = await shownOn("reference", lesson, readData)
    const before = gpu.runs()
    const { worst, where } = worstDifference(await shownOn("webgpu", lesson, readData), want)
    const runs = gpu.runs() - before
    console.log(
      `lesson ${lesson.id}: webgpu and reference differ by ${worst.toExponential(1)} at most (${where}) in ${runs} runs`,
    )
    expect(runs).toBeGreaterThan(0)
    expect(worst, where).toBeLessThan(tolerance)
  },
  300_000,
)
