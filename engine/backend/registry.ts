/** @file The backends of this build, one line each, and which one is in use. Knows nothing of kernels or ops. */
import type { DType } from "../core/dtype.ts"
import { BackendError } from "../core/errors.ts"
import { fuse } from "../fuse/fuse.ts"
import type { Backend } from "./backend.ts"
import { checkWasm, wasm } from "./wasm/backend.ts"

/** Code that only some machines and readers need comes when it is asked for. */
async function loaded<T>(module: Promise<T>): Promise<T> {
  try {
    return await module
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new BackendError(`setDevice: the code of this device could not be loaded (${reason}).`)
  }
}

interface Entry {
  /** Throws: BackendError with a sentence if this machine has no such device. */
  readonly open: () => Backend | Promise<Backend>
  /** What it is, where every machine has it, so that nobody has to try. */
  readonly everywhere?: string
}

const entries: Readonly<Record<string, Entry>> = {
  cpu: {
    open: () => {
      checkWasm()
      return wasm
    },
  },
  webgpu: {
    open: async () => {
      const gpu = globalThis.navigator?.gpu
      if (!gpu)
        throw new BackendError(
          "webgpu: this browser gives no access to a graphics processor; use a newer one, or stay on " +
            'setDevice("cpu").',
        )
      const { createWebGPU } = await loaded(import("./webgpu/backend.ts"))
      return createWebGPU(gpu, fuse)
    },
  },
  reference: {
    open: async () => (await loaded(import("./reference/backend.ts"))).reference,
    everywhere: "Plain JavaScript loops: the specification, slow and obvious.",
  },
}

const opening = new Map<string, Promise<Backend>>()
const opened = new Map<string, Backend>()
let current: Backend = wasm
let currentName = "cpu"

/** The backend that runs what is asked for next. */
export function backend(): Backend {
  return current
}

/** As `backend`, for arrays of this dtype: the CPU holds those that the device in use cannot, such as float64 on a GPU. */
export function backendFor(dtype: DType): Backend {
  return current.dtypes.includes(dtype) ? current : wasm
}

/** The devices that may have been in use so far, with their backends. */
export function openDevices(): ReadonlyMap<string, Backend> {
  return new Map([["cpu", wasm], ...opened])
}

/** A place where tensors can be computed. */
export interface Device {
  /** What `setDevice` takes. */
  name: string
  /** What it is, or why this machine does not have it. */
  description: string
  /** Does this machine have it? */
  available: boolean
  /** Is it in use? */
  active: boolean
}

/** Asked for twice at once, a device is opened once; one that could not be opened is tried again. */
function open(name: string): Promise<Backend> {
  let pending = opening.get(name)
  if (!pending) {
    pending = (async () => entries[name].open())()
    opening.set(name, pending)
    pending.then(
      (found) => opened.set(name, found),
      () => opening.delete(name),
    )
  }
  return pending
}

/**
 * The devices of this build: their names, one sentence on each, whether this machine has them, which one is in use.
 * @example
 * (await devices()).map(({ name }) => name)
 */
export async function devices(): Promise<Device[]> {
  return Promise.all(
    Object.entries(entries).map(async ([name, { everywhere }]) => {
      const active = name === currentName
      try {
        const description = everywhere ?? (await open(name)).description
        return { name, description, available: true, active }
      } catch (error) {
        if (!(error instanceof BackendError)) throw error
        return { name, description: error.message, available: false, active }
      }
    }),
  )
}

/**
 * Chooses where tensors are computed from now on: "cpu", "webgpu" or "reference" (plain loops, slow and obvious).
 * Tensors move by themselves when they are used. Throws: BackendError if this build or machine has no such device.
 * @example
 * await setDevice("reference")
 * tensor([1, 2, 3]).sum()
 */
export async function setDevice(name: string): Promise<void> {
  if (!Object.hasOwn(entries, name))
    throw new BackendError(
      `setDevice: this build has no device "${name}"; it has ${Object.keys(entries)
        .map((entry) => `"${entry}"`)
        .join(", ")}.`,
    )
  current = await open(name)
  currentName = name
}
