/**
 * @file What engines weigh: everything they export, bundled and minified as the book is, with all that loads at once
 * and later. Node only.
 */
import { readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { gzipSync } from "node:zlib"
import type { BundleSize } from "./results.ts"
import { bundleForWeb } from "./web-bundle.ts"

const size = (bytes: Uint8Array | string): number => gzipSync(bytes, { level: 9 }).length

/** Bytes of a module with all its exports: what loads with it, and everything, but for what is on demand in `left`. */
async function weigh(source: string, left = /^$/): Promise<{ first: number; all: number }> {
  const [first] = await bundleForWeb(source, { later: false })
  const all = await bundleForWeb(source)
  const wanted = all.filter(({ facadeModuleId }) => !left.test(facadeModuleId ?? ""))
  return { first: size(first.code), all: wanted.reduce((sum, { code }) => sum + size(code), 0) }
}

/** The WebAssembly file that TensorFlow.js loads where there is SIMD. */
function tfjsWasm(): number {
  const main = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm")
  const folder = dirname(main)
  const name = readdirSync(folder).find((file) => file === "tfjs-backend-wasm-simd.wasm")
  return name ? size(readFileSync(join(folder, name))) : 0
}

/** The device "reference", which a reader asks for by its name and no lesson needs. */
const interpreter = /\/engine\/backend\/reference\//

/** Our own sizes: a page that trains loads what a training step needs; cells of the book have all exports. */
export async function ourSizes(): Promise<BundleSize[]> {
  const step = await weigh('import "./cold/ours.ts"')
  const stepAnywhere = await weigh('import "./cold/ours.ts"; export { setDevice } from "../engine/index.ts"')
  const everything = 'export * from "../engine/index.ts"'
  const ours = await weigh(everything, interpreter)
  const whole = await weigh(everything)
  return [
    { id: "ours-step", title: "Descent, for a training step", bytes: step.first, budget: 50_000 },
    { id: "ours-step-webgpu", title: "the same and WebGPU", bytes: stepAnywhere.all, budget: 80_000 },
    { id: "ours", title: "Descent, all of it on the CPU", bytes: ours.first },
    { id: "ours-webgpu", title: "the same and WebGPU", bytes: ours.all, budget: 80_000 },
    { id: "ours-whole", title: "the same and the interpreter", bytes: whole.all },
  ]
}

export async function bundleSizes(): Promise<BundleSize[]> {
  const core =
    'export * from "@tensorflow/tfjs-core"; import "@tensorflow/tfjs-core/dist/register_all_gradients.js";'
  const cpu = await weigh(`${core} import "@tensorflow/tfjs-backend-cpu"`)
  const wasm = await weigh(`${core} export * from "@tensorflow/tfjs-backend-wasm"`)
  const webgpu = await weigh(`${core} import "@tensorflow/tfjs-backend-webgpu"`)
  const jax = await weigh('export * from "@jax-js/jax"')
  return [
    ...(await ourSizes()),
    { id: "tfjs-cpu", title: "TensorFlow.js core, JS", bytes: cpu.all },
    { id: "tfjs-wasm", title: "TensorFlow.js core, Wasm", bytes: wasm.all + tfjsWasm() },
    { id: "tfjs-webgpu", title: "TensorFlow.js core, WebGPU", bytes: webgpu.all },
    { id: "jax", title: "jax-js, CPU", bytes: jax.first },
    { id: "jax-webgpu", title: "jax-js with WebGPU and WebGL", bytes: jax.all },
  ]
}
