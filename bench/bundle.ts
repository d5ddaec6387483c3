/** @file Bundles the bench: its page, its child process, and beside them the files that engines load. Node only. */
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { type BuildOptions, build } from "esbuild"
import { compileReference } from "./reference/compile.ts"

const root = resolve(import.meta.dirname, "..")
const tfjsFiles = join(root, "node_modules/@tensorflow/tfjs-backend-wasm/dist")

/** Everybody is minified and split in the same way. */
const shared: BuildOptions = {
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  logLevel: "error",
  absWorkingDir: root,
  define: { "process.env.NODE_ENV": '"production"' },
}

/** Some peers have branches for Node in what a browser loads; there they are empty. */
const forBrowser: BuildOptions = {
  ...shared,
  platform: "browser",
  target: "chrome120",
  external: ["node:*"],
}

/** Copies of the engines' own files into a folder that is served. */
export function placeTfjsFiles(folder: string): void {
  mkdirSync(join(folder, "tfjs"), { recursive: true })
  for (const name of readdirSync(tfjsFiles))
    if (name.endsWith(".wasm")) cpSync(join(tfjsFiles, name), join(folder, "tfjs", name))
}

/** Builds page and child process into a fresh folder. Gives the reference programs' bytes. */
export async function bundleBench(folder: string): Promise<Uint8Array> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const reference = await compileReference()
  writeFileSync(join(folder, "reference.wasm"), reference)
  placeTfjsFiles(folder)
  await build({ ...forBrowser, entryPoints: { page: "bench/page.ts" }, outdir: folder })
  await build({
    ...shared,
    platform: "node",
    target: "node22",
    mainFields: ["module", "main"],
    entryPoints: { child: "bench/child.ts" },
    outdir: join(folder, "node"),
    outExtension: { ".js": ".mjs" },
    external: ["webgpu"],
    banner: { js: nodeNames },
  })
  writeFileSync(join(folder, "index.html"), pageOf("Bench", "page.js"))
  writeFileSync(join(folder, "blank.html"), pageOf("Blank"))
  return reference
}

/** What TensorFlow.js expects of Node and modules do not have. */
const nodeNames = `import { createRequire as makeRequire } from "node:module"
const require = makeRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname`

/** A page that loads nothing but its script. */
export function pageOf(title: string, script?: string): string {
  const tag = script ? `<script type="module" src="${script}"></script>` : ""
  return `<!doctype html><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">${tag}`
}
