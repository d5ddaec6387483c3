/** @file Every cell of every lesson runs unchanged on WebGPU and shows the numbers that the CPU shows, which are the interpreter’s (devices.test.ts). */
import { afterAll, expect, it, vi } from "vitest"
import { openGpuThread } from "../engine/gpu-thread.ts"
import { worstDifference } from "./agree.ts"
import { shownOn } from "./on-device.ts"
import { lessonsBut, readData } from "./tasks.ts"

const gpu = openGpuThread()
vi.mock("../../engine/backend/webgpu/backend.ts", () => ({ createWebGPU: async () => gpu }))
Object.defineProperty(globalThis.navigator, "gpu", { value: {}, configurable: true })
afterAll(() => gpu.close())

it.each(lessonsBut("activations", "initialisation", "adaptive-rates", "backprop-mlp", "dense-layers"))(
  "the cells of $id show the same numbers on WebGPU as on the CPU",
  async (lesson) => {
    const want = await shownOn("cpu", lesson, readData)
    const before = gpu.runs()
    const { worst, where } = worstDifference(lesson.id, await shownOn("webgpu", lesson, readData), want)
    const runs = gpu.runs() - before
    console.log(
      `lesson ${lesson.id}: webgpu and CPU differ by ${worst.toPrecision(1)} of what they may (${where}) in ${runs} runs`,
    )
    expect(runs).toBeGreaterThan(0)
    expect(worst, where).toBeLessThan(1)
  },
  300_000,
)
