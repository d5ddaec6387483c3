/**
 * @file A WebGPU device for tests in Node: the package `webgpu` over the software renderer that comes with an installed
 * Chromium, or over the machine's own Vulkan. Fails where there is none.
 */
import { existsSync, realpathSync } from "node:fs"
import os from "node:os"
import { dirname, join } from "node:path"
import { create } from "webgpu"
import { createWebGPU, type WebGPUBackend } from "../../engine/backend/webgpu/backend.ts"
import type { Budget } from "../../engine/backend/webgpu/memory.ts"
import { fuse } from "../../engine/fuse/fuse.ts"

const folders = [
  process.env.CHROMIUM ? dirname(realpathSync(process.env.CHROMIUM)) : "",
  "/usr/lib/chromium",
  "/usr/lib/chromium-browser",
  "/usr/lib64/chromium-browser",
  "/opt/google/chrome",
  "/snap/chromium/current/usr/lib/chromium-browser",
]

/** Stays loaded when the module that it is not is closed again. */
const noDelete = 0x1000

/**
 * Tells Vulkan of the software renderer, and loads the browser's copy of the Vulkan loader, which Dawn then finds by
 * its name. As an addon of Node it is refused; by then it is in memory.
 */
function prepare(): void {
  if (process.platform !== "linux") return
  const folder = folders.find((place) => existsSync(join(place, "vk_swiftshader_icd.json")))
  if (!folder) return
  process.env.VK_ICD_FILENAMES ??= join(folder, "vk_swiftshader_icd.json")
  const { RTLD_NOW, RTLD_GLOBAL } = os.constants.dlopen
  try {
    process.dlopen({ exports: {} }, join(folder, "libvulkan.so.1"), RTLD_NOW | RTLD_GLOBAL | noDelete)
  } catch (error) {
    if (!String(error).includes("did not self-register")) throw error
  }
}

let gpu: GPU | undefined

/** What `navigator.gpu` is in a browser. */
function gpuOfThisMachine(): GPU {
  if (!gpu) {
    prepare()
    gpu = create([])
  }
  return gpu
}

/** Gives Node the `navigator.gpu` of a browser, for `setDevice("webgpu")`, which throws where there is no GPU. */
export function provideGpu(): void {
  Object.defineProperty(globalThis.navigator, "gpu", { value: gpuOfThisMachine(), configurable: true })
}

/** A WebGPU backend of its own. Throws where there is none: a missing backend is a failure, not a skip. */
export async function openWebGPU(budget?: Budget): Promise<WebGPUBackend> {
  return createWebGPU(gpuOfThisMachine(), fuse, budget)
}
