/**
 * @file Where cells compute, in words and data that worker and page share: the choice, what a run has used, how far
 * devices may differ. Computes nothing.
 */

/** The devices that a reader can choose for the cells of a page. */
export type DeviceName = "cpu" | "webgpu"

/**
 * The most by which the numbers of the book's cells may differ between devices, as a share of 1 + |number|; the lessons'
 * tests hold it. Sums of float32 are taken in another order on each device. Training loops are included, since none of
 * the book's is chaotic: a chaotic one would have to be compared by its first steps.
 */
export const deviceTolerance = 1e-5

/** Bytes that the engine holds on one device. */
export interface MemoryRow {
  device: string
  live: number
  peak: number
}

/** What the runs of one worker have used so far. */
export interface DeviceUse {
  /** Cell → the device that it computed on at its end, where that is not the page's. */
  cells: Record<string, string>
  /** The page's device could not be had: the cells ran on the CPU. */
  fellBack: boolean
  memory: MemoryRow[]
}

/** Why the engine could not open a device, without its advice. */
function reasonOf(message: string): string {
  return message
    .replace(/^\w+: /, "")
    .replace(/;.*$/s, "")
    .replace(/\.$/, "")
}

/** `asked`: the cell itself did, by `setDevice`; else the reader has chosen the GPU for the page. */
export function fallbackInWords(message: string, asked: boolean): string {
  const who = asked ? "This cell asked for the GPU" : "The cells of this page are set to the GPU"
  return (
    `${who}, and there is none to be had: ${reasonOf(message)}. It ran on the CPU instead; the numbers are the same, ` +
    "large arrays take longer."
  )
}

/** What the browser tells of a GPU. */
export interface GpuFacts {
  vendor: string
  architecture: string
  name: string
  /** No graphics processor at all: the browser computes on the CPU what a GPU would. */
  software: boolean
  /** Bytes of the largest array. */
  largest: number
  /** Bytes that threads of one group share. */
  sharedBytes: number
  /** Threads of one group. */
  threads: number
  /** A program can wait for a value; else it has to go on and be called back, as by `await t.dataAsync()`. What is shown waits either way. */
  readsAtOnce: boolean
}

/** `insecure`: the page did not come by https; `unsupported`: no WebGPU; `no-adapter`: WebGPU, but no GPU that it trusts. */
export type Absence = "insecure" | "unsupported" | "no-adapter" | "refused"

/** A device as the place sees it where cells run. `description` is the engine's, or why it has none. */
export interface SeenDevice {
  name: DeviceName
  available: boolean
  description: string
  gpu?: GpuFacts
  absence?: Absence
}

/** One test on one device: milliseconds of one round, or none if it did not fit into the time. */
export interface Measurement {
  test: string
  device: DeviceName
  ms?: number
}

/** What a worker tells that looks at devices (`seen`) or compares them (the others); `failed` ends it. */
export type DeviceNews =
  | { kind: "seen"; devices: SeenDevice[] }
  | { kind: "begins"; device: DeviceName }
  | { kind: "measured"; measurement: Measurement }
  | { kind: "compared" }
  | { kind: "failed"; message: string }
