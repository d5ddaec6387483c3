/** @file What engines weigh: everything they export, minified, with all that it loads at once and later. Node only. */
import { readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { filesAtOnce, forBrowser } from "./bundle.ts"
import type { BundleSize } from "./results.ts"

const size = (bytes: Uint8Array): number => gzipSync(bytes, { level: 9 }).length

/** Bytes of a module with all its exports: what loads with it, and everything. */
async function weigh(source: string): Promise<{ first: number; all: number }> {
  const { outputFiles, metafile } = await build({
    ...forBrowser,
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: "ts" },
    outdir: "out",
    write: false,
    metafile: true,
  })
  const now = filesAtOnce(metafile, "<stdin>")
  let first = 0
  let all = 0
  for (const file of outputFiles) {
    const bytes = size(file.contents)
    all += bytes
    if (now.some((path) => file.path.endsWith(path))) first += bytes
  }
  return { first, all }
}

/** The WebAssembly file that TensorFlow.js loads where there is SIMD. */
function tfjsWasm(): number {
  const main = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm")
  const folder = dirname(main)
  const name = readdirSync(folder).find((file) => file === "tfjs-backend-wasm-simd.wasm")
  return name ? size(readFileSync(join(folder, name))) : 0
}

export async function bundleSizes(): Promise<BundleSize[]> {
  const core =
    'export * from "@tensorflow/tfjs-core"; import "@tensorflow/tfjs-core/dist/register_all_gradients.js";'
  const ours = await weigh('export * from "../engine/index.ts"')
  const cpu = await weigh(`${core} import "@tensorflow/tfjs-backend-cpu"`)
  const wasm = await weigh(`${core} export * from "@tensorflow/tfjs-backend-wasm"`)
  const webgpu = await weigh(`${core} import "@tensorflow/tfjs-backend-webgpu"`)
  const jax = await weigh('export * from "@jax-js/jax"')
  return [
    { id: "ours", title: "Descent, CPU", bytes: ours.first, budget: 50_000 },
    { id: "ours-webgpu", title: "Descent with WebGPU", bytes: ours.all, budget: 80_000 },
    { id: "tfjs-cpu", title: "TensorFlow.js core, JS", bytes: cpu.all },
    { id: "tfjs-wasm", title: "TensorFlow.js core, Wasm", bytes: wasm.all + tfjsWasm() },
    { id: "tfjs-webgpu", title: "TensorFlow.js core, WebGPU", bytes: webgpu.all },
    { id: "jax", title: "jax-js, CPU", bytes: jax.first },
    { id: "jax-webgpu", title: "jax-js with WebGPU and WebGL", bytes: jax.all },
  ]
}
