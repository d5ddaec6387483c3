/**
 * @file The GPU: finds an adapter, opens a device with all that the adapter allows, and notices when it is lost or
 * complains. Knows no arrays and no kernels.
 */
import { BackendError } from "../../core/errors.ts"

/** Flags of WebGPU, by value: Node has no globals for them. */
export const usage = {
  mapRead: 0x1,
  copySrc: 0x4,
  copyDst: 0x8,
  uniform: 0x40,
  storage: 0x80,
  queryResolve: 0x200,
} as const
export const mapRead = 0x1
export const computeStage = 0x4

const wanted = ["timestamp-query"] as const

const raised = [
  "maxStorageBuffersPerShaderStage",
  "maxStorageBufferBindingSize",
  "maxBufferSize",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
] as const

export interface Gpu {
  readonly device: GPUDevice
  /** What the adapter says of itself, e.g. `google swiftshader`; may be empty. */
  readonly label: string
  /** Storage buffers that one kernel may bind. */
  readonly bindings: number
  readonly timestamps: boolean
  /** How canvases keep their pixels here, `rgba8unorm` or `bgra8unorm`. */
  readonly canvasFormat: GPUTextureFormat
  /** Why the device can no longer be used, once that is so. */
  lost: string | undefined
  /** The first thing that the device complained about; never set by right code. Told once. */
  complaint: string | undefined
}

async function openDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const requiredLimits: Record<string, number> = {}
  for (const limit of raised) requiredLimits[limit] = adapter.limits[limit]
  const requiredFeatures = wanted.filter((feature) => adapter.features.has(feature))
  try {
    return await adapter.requestDevice({ requiredLimits, requiredFeatures })
  } catch (error) {
    throw new BackendError(
      `webgpu: the GPU could not be opened (${(error as Error).message}); reload the page, or stay on setDevice("cpu").`,
    )
  }
}

/** Throws: BackendError if this machine gives us no GPU. */
export async function openGpu(gpu: GPU): Promise<Gpu> {
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" })
  if (!adapter)
    throw new BackendError(
      "webgpu: this browser has WebGPU, but no GPU that it trusts; update the browser or the graphics driver, " +
        'or stay on setDevice("cpu").',
    )
  const device = await openDevice(adapter)
  const { vendor = "", architecture = "", description = "" } = adapter.info ?? {}
  const opened: Gpu = {
    device,
    label: description || `${vendor} ${architecture}`.trim(),
    bindings: Math.min(device.limits.maxStorageBuffersPerShaderStage, 16),
    timestamps: device.features.has("timestamp-query"),
    canvasFormat: gpu.getPreferredCanvasFormat(),
    lost: undefined,
    complaint: undefined,
  }
  device.lost.then((info) => {
    opened.lost = info.message || info.reason
  })
  device.onuncapturederror = ({ error }) => {
    opened.complaint ??= error.message
  }
  return opened
}

/** Throws: BackendError if the device has gone or has refused some work. */
export function checkGpu(gpu: Gpu): void {
  if (gpu.lost !== undefined)
    throw new BackendError(
      `webgpu: the GPU was lost (${gpu.lost || "no reason given"}): the driver restarted, or the machine slept. ` +
        'Another one is opened if there is one: run the cell again, or continue on setDevice("cpu").',
    )
  if (gpu.complaint !== undefined) {
    const complaint = gpu.complaint
    gpu.complaint = undefined
    throw new BackendError(
      `webgpu: the GPU refused work: ${complaint} Continue on setDevice("cpu") and report this.`,
    )
  }
}
