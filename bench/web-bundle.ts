/**
 * @file Scripts of pages that load one engine and nothing else, made by the bundler and the minifier that build the
 * book. Every engine goes through the same. Node only.
 */
import { join, resolve } from "node:path"
import { build, type Plugin, type Rolldown } from "vite"

const root = resolve(import.meta.dirname, "..")
const ENTRY = join(root, "bench/entry.ts")

/**
 * The files of a script with this source, which lies in this folder; the first one is the script. Without `later` it
 * is the only one, and what it imports on demand is left out.
 */
export async function bundleForWeb(source: string, { later = true } = {}): Promise<Rolldown.OutputChunk[]> {
  const entry: Plugin = {
    name: "bench:entry",
    enforce: "pre",
    resolveId: (id) => (id === ENTRY ? id : undefined),
    load: (id) => (id === ENTRY ? source : undefined),
    resolveDynamicImport: (id) => (later ? undefined : { id: String(id), external: true }),
  }
  const result = await build({
    configFile: false,
    root,
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [entry],
    build: {
      write: false,
      target: "chrome120",
      lib: { entry: ENTRY, formats: ["es"], fileName: "main" },
      // Some peers have branches for Node in what a browser loads. Scripts of the book have no comments for bundlers.
      rolldownOptions: {
        external: /^node:/,
        // What the script has in common with what it imports later stays in the script: it may export more.
        preserveEntrySignatures: "allow-extension",
        output: { minify: true, comments: false },
      },
    },
  })
  return [result]
    .flat()
    .flatMap((one) => ("output" in one ? one.output : []))
    .filter((file) => file.type === "chunk")
    .toSorted((a, b) => Number(b.isEntry) - Number(a.isEntry))
}
