/** @file The backends of this build, one line each, and which one is in use. Knows nothing of kernels or ops. */
import { BackendError } from "../core/errors.ts"
import type { Backend } from "./backend.ts"
import { reference } from "./reference/backend.ts"

const backends: Record<string, Backend> = {
  cpu: reference,
  reference,
}

let current: Backend = reference
let currentName = "cpu"

/** The backend that runs what is asked for next. */
export function backend(): Backend {
  return current
}

export interface Device {
  name: string
  description: string
  active: boolean
}

/** The devices of this build: their names, one sentence on each, and which one is in use. */
export async function devices(): Promise<Device[]> {
  return Object.entries(backends).map(([name, { description }]) => ({
    name,
    description,
    active: name === currentName,
  }))
}

/** Chooses where tensors are computed from now on. Throws: BackendError if this build has no such device. */
export async function setDevice(name: string): Promise<void> {
  const found = Object.hasOwn(backends, name) ? backends[name] : undefined
  if (!found)
    throw new BackendError(
      `setDevice: this build has no device "${name}"; it has ${Object.keys(backends)
        .map((b) => `"${b}"`)
        .join(" and ")}.`,
    )
  current = found
  currentName = name
}
