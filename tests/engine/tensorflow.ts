/**
 * @file TensorFlow.js with its gradients, for Node: its package keeps them in modules that only a bundler can resolve,
 * so it is bundled here. Knows nothing of what it is used for.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "esbuild"

type TensorFlow = typeof import("@tensorflow/tfjs-core")

const contents = `
export * from "@tensorflow/tfjs-core"
import "@tensorflow/tfjs-core/dist/register_all_gradients"
import "@tensorflow/tfjs-backend-cpu"
`

/** The library on its plain JavaScript backend. */
export async function loadTensorflow(): Promise<TensorFlow> {
  const folder = mkdtempSync(join(tmpdir(), "tensorflow-"))
  const outfile = join(folder, "tensorflow.cjs")
  try {
    await build({
      stdin: { contents, resolveDir: import.meta.dirname },
      outfile,
      bundle: true,
      format: "cjs",
      platform: "node",
      mainFields: ["module", "main"],
      logLevel: "silent",
    })
    const tf = createRequire(import.meta.url)(outfile) as TensorFlow
    // Or it advertises its other packages on the console.
    tf.env().set("IS_NODE", false)
    await tf.setBackend("cpu")
    return tf
  } finally {
    rmSync(folder, { recursive: true })
  }
}
