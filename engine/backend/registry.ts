/** @file The backends of this build, one line each, and which one is in use. Knows nothing of kernels or ops. */
import { BackendError } from "../core/errors.ts"
import type { Backend } from "./backend.ts"
import { reference } from "./reference/backend.ts"
import { wasm, wasmIsSupported } from "./wasm/backend.ts"

interface Entry {
  readonly description: string
  /** Throws: BackendError with a sentence if this machine has no such device. */
  readonly open: () => Backend | Promise<Backend>
}

/** The CPU: WebAssembly where there is SIMD, as in every browser since 2023, else plain loops. */
const cpu = wasmIsSupported() ? wasm : reference

const entries: Record<string, Entry> = {
  cpu: { description: cpu.description, open: () => cpu },
  reference: { description: reference.description, open: () => reference },
}

const opened = new Map<string, Backend>([["cpu", cpu]])
let current: Backend = cpu
let currentName = "cpu"

/** The backend that runs what is asked for next. */
export function backend(): Backend {
  return current
}

/** The devices that have been in use so far, with their backends. */
export function openDevices(): ReadonlyMap<string, Backend> {
  return opened
}

export interface Device {
  name: string
  /** What it is, or why this machine does not have it. */
  description: string
  available: boolean
  active: boolean
}

async function open(name: string): Promise<Backend> {
  const found = opened.get(name) ?? (await entries[name].open())
  opened.set(name, found)
  return found
}

/** The devices of this build: their names, one sentence on each, whether this machine has them, which one is in use. */
export async function devices(): Promise<Device[]> {
  return Promise.all(
    Object.entries(entries).map(async ([name, { description }]) => {
      const active = name === currentName
      try {
        await open(name)
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
