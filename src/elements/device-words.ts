/**
 * @file Devices in a reader's words: what there is and why not, what was measured and what follows from it. All numbers
 * come from measurements. Knows no DOM.
 */
import {
  type DeviceName,
  deviceTolerance,
  type GpuFacts,
  type Measurement,
  type SeenDevice,
} from "../notebook/device.ts"
import { type DeviceTest, deviceTests } from "../notebook/device-tests.ts"

const two = (value: number): string =>
  Number(value.toPrecision(2)).toLocaleString("en", { maximumSignificantDigits: 2 })

/** 950 bytes, 64 KiB, 1.2 MiB, 2 GiB. */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  const step = Math.min(3, Math.floor(Math.log2(bytes) / 10))
  return `${two(bytes / 1024 ** step)} ${["bytes", "KiB", "MiB", "GiB"][step]}`
}

/** 3.4 µs, 0.12 ms, 1.2 s. */
export function timeText(ms: number): string {
  if (ms < 0.1) return `${two(ms * 1000)} µs`
  return ms < 1000 ? `${two(ms)} ms` : `${two(ms / 1000)} s`
}

const named = ({ vendor, architecture, name }: GpuFacts): string =>
  name || `${vendor} ${architecture}`.trim() || "A GPU that the browser does not name"

/** What this browser has in the place of a device, or why it has none. */
export function seenInWords({ name, available, description, gpu, absence }: SeenDevice): string {
  if (name === "cpu") return description.replace(/^cpu: /, "")
  if (absence === "insecure")
    return "None: this page did not come by https, and browsers open the GPU only to pages that did."
  if (absence === "unsupported")
    return "None: this browser has no WebGPU, or it is turned off. New versions of most browsers have it."
  if (absence === "no-adapter")
    return (
      "None: this browser has WebGPU but offers no graphics processor. The machine may have none, the browser may " +
      "distrust its driver, or hardware acceleration may be turned off; the browser does not say which."
    )
  if (!gpu || !available) return `None: ${description.replace(/^webgpu: /, "")}`
  const limits = `Arrays of up to ${bytesText(gpu.largest)}; groups of up to ${gpu.threads} threads share ${bytesText(gpu.sharedBytes)}.`
  const truth = gpu.software
    ? " It is no graphics processor but a program that does a GPU’s work on the CPU: right, and slow."
    : ""
  return `${named(gpu)}, by WebGPU. ${limits}${truth}${gpu.readsAtOnce ? "" : NO_READING}`
}

const NO_READING =
  " This browser lets no program wait for it. What a cell shows comes as soon as it is there; but a cell that goes on with " +
  "a number, as by item(), ends with an error there, which says what to write: await t.itemAsync()."

/** What devices may differ by. */
export function toleranceInWords(): string {
  const exponent = String(Math.round(Math.log10(deviceTolerance))).replace(
    /\d/g,
    (d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(d)],
  )
  return (
    `The numbers are the same to within 10${exponent.replace("-", "⁻")} (as a share of 1 + |number|), which every cell of ` +
    "the book is tested for: each device adds up in another order."
  )
}

/** The result of one test in the unit that suits it. */
export function resultText({ work }: DeviceTest, ms: number | undefined): string {
  if (ms === undefined) return "–"
  if (work.kind === "matmul") return `${two((2 * work.n ** 3) / ms / 1e6)} GFLOP/s`
  if (work.kind === "net") return `${two(1000 / ms)} steps/s`
  if (work.kind === "chain") return `${two(work.n / ms / 1000)} million/s`
  return timeText(ms)
}

/** Closer than this is even: two measurements of the same thing differ as much. */
const EVEN = 1.2

export interface Outcome {
  winner: DeviceName | "even"
  /** How many times as fast, at least 1. */
  times: number
}

export function outcomeOf(cpu: number | undefined, gpu: number | undefined): Outcome | undefined {
  if (cpu === undefined || gpu === undefined) return undefined
  const times = Math.max(cpu, gpu) / Math.min(cpu, gpu)
  return { winner: times < EVEN ? "even" : cpu < gpu ? "cpu" : "webgpu", times }
}

export function outcomeText(outcome: Outcome | undefined): string {
  if (!outcome) return "–"
  if (outcome.winner === "even") return "even"
  return `${outcome.winner === "cpu" ? "CPU" : "GPU"}, ${two(outcome.times)}×`
}

/** Test → milliseconds on one device. */
export function timesOn(device: DeviceName, measured: readonly Measurement[]): Map<string, number> {
  const found = measured.filter((one) => one.device === device && one.ms !== undefined)
  return new Map(found.map(({ test, ms }) => [test, ms!]))
}

const NO_TIME =
  "The GPU took so long to get ready that there was no time to compare. Small work belongs on the CPU here."

/** What follows for the reader, the most important sentence first. */
export function verdict(measured: readonly Measurement[]): string[] {
  const cpu = timesOn("cpu", measured)
  const gpu = timesOn("webgpu", measured)
  if (gpu.size === 0) return cpuAlone(cpu)
  const sentences = [...nets(cpu, gpu), ...asking(cpu, gpu), ...products(cpu, gpu)]
  return sentences.length > 0 ? sentences : [NO_TIME]
}

function cpuAlone(cpu: ReadonlyMap<string, number>): string[] {
  const digits = cpu.get("digits-net")
  const only = "Only the CPU was measured, since there is no GPU here."
  if (digits === undefined) return [only]
  return [
    `${only} A thousand steps of a net of the size for the book’s digits take it ${timeText(1000 * digits)}.`,
  ]
}

const netNames: readonly [test: string, words: string][] = [
  ["small-net", "A net as small as those for the irises (4–16–3)"],
  ["digits-net", "A net for the book’s digits (64–128–10)"],
  ["large-net", "A net larger than the book’s (784–512–512–10)"],
]

function nets(cpu: ReadonlyMap<string, number>, gpu: ReadonlyMap<string, number>): string[] {
  return netNames.flatMap(([test, words]) => {
    const [onCpu, onGpu] = [cpu.get(test), gpu.get(test)]
    const outcome = outcomeOf(onCpu, onGpu)
    if (!outcome || onCpu === undefined || onGpu === undefined) return []
    if (outcome.winner === "even") return [`${words} takes as long on both.`]
    const counts = `${two(1000 / onCpu)} steps a second on the CPU, ${two(1000 / onGpu)} on the GPU`
    if (outcome.winner === "webgpu") return [`${words} belongs on the GPU: ${counts}.`]
    const lone = gpu.get("add")
    const why =
      lone !== undefined && onCpu < lone
        ? "; the CPU is through with a step before the GPU has made a single addition"
        : ""
    return [`${words} belongs on the CPU: ${counts}${why}.`]
  })
}

function asking(cpu: ReadonlyMap<string, number>, gpu: ReadonlyMap<string, number>): string[] {
  const [add, read, cpuRead] = [gpu.get("add"), gpu.get("read"), cpu.get("read")]
  if (add === undefined || read === undefined || cpuRead === undefined) return []
  return [
    `Asking the GPU for one addition takes ${timeText(add)}, and ${timeText(read)} if the result is read (on the CPU: ` +
      `${timeText(cpuRead)}). A loop that looks at its loss after each step makes at most ${two(1000 / read)} steps a ` +
      "second there, however small the net.",
  ]
}

function products(cpu: ReadonlyMap<string, number>, gpu: ReadonlyMap<string, number>): string[] {
  const sizes = deviceTests.flatMap(({ id, work }) => {
    const outcome = work.kind === "matmul" ? outcomeOf(cpu.get(id), gpu.get(id)) : undefined
    return work.kind === "matmul" && outcome ? [{ n: work.n, wins: outcome.winner === "webgpu" }] : []
  })
  if (sizes.length === 0) return []
  const last = sizes.findLastIndex(({ wins }) => !wins)
  if (last === sizes.length - 1)
    return [`For matrix products the GPU does not pay up to ${sizes[last].n} × ${sizes[last].n}.`]
  const { n } = sizes[last + 1]
  return [`Matrix products are faster on the GPU from ${n} × ${n} on, of the sizes that were tried.`]
}
