/**
 * @file Vite plugin: `import text from "./x.ts?bundle-text"` gives one self-contained classic script as a string, in
 * dev and build alike. Knows nothing of what the script does.
 */
import { fileURLToPath } from "node:url"
import { build, type Plugin } from "vite"

const SUFFIX = "?bundle-text"

interface Bundle {
  code: string
  files: string[]
}

async function bundle(entry: string): Promise<Bundle> {
  const result = await build({
    configFile: false,
    root: fileURLToPath(new URL("../..", import.meta.url)),
    logLevel: "error",
    build: {
      write: false,
      minify: true,
      target: "esnext",
      lib: { entry, formats: ["iife"], name: "__bundle" },
    },
  })
  const outputs = [result].flat().flatMap((r) => ("output" in r ? r.output : []))
  const chunk = outputs.find((o) => o.type === "chunk")
  if (!chunk) throw new Error(`bundle-text: ${entry} gave no script`)
  return { code: chunk.code, files: chunk.moduleIds.filter((id) => !id.startsWith("\0")) }
}

/** One bundle is shared by every importer (the page's modules, Astro's server pass) until a file of it changes. */
export function bundleText(): Plugin {
  const cache = new Map<string, Promise<Bundle>>()
  return {
    name: "descent:bundle-text",
    enforce: "pre",
    async resolveId(id, importer) {
      if (!id.endsWith(SUFFIX)) return
      const resolved = await this.resolve(id.slice(0, -SUFFIX.length), importer)
      return resolved && `\0${resolved.id}${SUFFIX}`
    },
    async load(id) {
      if (!id.startsWith("\0") || !id.endsWith(SUFFIX)) return
      const entry = id.slice(1, -SUFFIX.length)
      if (!cache.has(entry)) cache.set(entry, bundle(entry))
      try {
        const { code, files } = await cache.get(entry)!
        for (const file of files) this.addWatchFile(file)
        return `export default ${JSON.stringify(code)}`
      } catch (error) {
        cache.delete(entry)
        throw error
      }
    },
    async watchChange(changed) {
      for (const [entry, pending] of cache)
        if (
          await pending.then(
            (b) => b.files.includes(changed),
            () => true,
          )
        )
          cache.delete(entry)
    },
    async handleHotUpdate({ file, server }) {
      for (const [entry, pending] of cache) {
        if (
          !(await pending.then(
            (b) => b.files.includes(file),
            () => true,
          ))
        )
          continue
        cache.delete(entry)
        const module = server.moduleGraph.getModuleById(`\0${entry}${SUFFIX}`)
        if (module) server.moduleGraph.invalidateModule(module)
      }
    },
  }
}
