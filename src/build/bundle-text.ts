/**
 * @file Vite plugin: `import text, { modules } from "./x.ts?bundle-text"` gives one self-contained classic script as a
 * string, in dev and build alike. Knows nothing of what the script does.
 *
 * The rule for `import("./y.ts")` inside of it: y.ts and what it imports become a part of their own, `./y.ts?bundle-part`.
 * The call becomes `__import("path/of/y.ts")`, a global function that the script's host has to provide: it finds the text
 * with `modules["path/of/y.ts"]()`, evaluates it and answers with the value, which is the module object. The engine of a
 * part is the one of the script, which provides it as the global `__engine`. Any other module that both import is there
 * twice: what they share must be data and functions, no state and no `instanceof`.
 */
import { relative } from "node:path"
import { fileURLToPath } from "node:url"
import { build, type Plugin } from "vite"

const SCRIPT = "?bundle-text"
const PART = "?bundle-part"
const suffixes = new RegExp(`\\${SCRIPT}$|\\${PART}$`)
const ON_DEMAND = "on-demand:"
const root = fileURLToPath(new URL("../..", import.meta.url))
const engine = fileURLToPath(new URL("../../engine/index.ts", import.meta.url))

interface Bundle {
  code: string
  files: string[]
  /** Path in the project, as `__import` gets it → the file, for everything that is imported on demand. */
  modules: Map<string, string>
}

/** Dynamic imports stay in the script as external ones, under their path in the project. */
function onDemand(modules: Map<string, string>): Plugin {
  return {
    name: "descent:on-demand",
    enforce: "pre",
    async resolveDynamicImport(source, importer) {
      if (typeof source !== "string") return undefined
      const resolved = await this.resolve(source, importer)
      if (!resolved) return undefined
      const name = relative(root, resolved.id).replaceAll("\\", "/")
      modules.set(name, resolved.id)
      return { id: `${ON_DEMAND}${name}`, external: true }
    },
  }
}

async function bundle(entry: string, isPart: boolean): Promise<Bundle> {
  const modules = new Map<string, string>()
  const result = await build({
    configFile: false,
    root,
    logLevel: "error",
    plugins: [onDemand(modules)],
    build: {
      write: false,
      minify: true,
      target: "esnext",
      lib: { entry, formats: ["iife"], name: "__bundle" },
      rollupOptions: {
        external: isPart ? [engine] : [],
        output: { globals: { [engine]: "__engine" } },
      },
    },
  })
  const outputs = [result].flat().flatMap((r) => ("output" in r ? r.output : []))
  const chunk = outputs.find((o) => o.type === "chunk")
  if (!chunk) throw new Error(`bundle-text: ${entry} gave no script`)
  const code = chunk.code.replace(/\bimport\((["'`])on-demand:(.*?)\1\)/g, '__import("$2")')
  return {
    // The value of the script is what its entry exports.
    code: chunk.exports.length > 0 ? `(()=>{${code}\nreturn __bundle})()` : code,
    files: chunk.moduleIds.filter((id) => !id.startsWith("\0")),
    modules,
  }
}

function moduleText({ code, modules }: Bundle): string {
  const loaders = [...modules].map(
    ([name, file]) => `${JSON.stringify(name)}: () => import(${JSON.stringify(file + PART)})`,
  )
  return `export default ${JSON.stringify(code)}\nexport const modules = {${loaders.join(", ")}}`
}

/** One bundle is shared by every importer (the page's modules, Astro's server pass) until a file of it changes. */
export function bundleText(): Plugin {
  const cache = new Map<string, Promise<Bundle>>()
  const uses = (pending: Promise<Bundle>, file: string): Promise<boolean> =>
    pending.then(
      (b) => b.files.includes(file),
      () => true,
    )
  return {
    name: "descent:bundle-text",
    enforce: "pre",
    async resolveId(id, importer) {
      const [suffix] = suffixes.exec(id) ?? []
      if (suffix === undefined) return
      const resolved = await this.resolve(id.slice(0, -suffix.length), importer)
      return resolved && `\0${resolved.id}${suffix}`
    },
    async load(id) {
      const [suffix] = suffixes.exec(id) ?? []
      if (!id.startsWith("\0") || suffix === undefined) return
      if (!cache.has(id)) cache.set(id, bundle(id.slice(1, -suffix.length), suffix === PART))
      try {
        const found = await cache.get(id)!
        for (const file of found.files) this.addWatchFile(file)
        return moduleText(found)
      } catch (error) {
        cache.delete(id)
        throw error
      }
    },
    async watchChange(changed) {
      for (const [id, pending] of cache) if (await uses(pending, changed)) cache.delete(id)
    },
    async handleHotUpdate({ file, server }) {
      for (const [id, pending] of cache) {
        if (!(await uses(pending, file))) continue
        cache.delete(id)
        const module = server.moduleGraph.getModuleById(id)
        if (module) server.moduleGraph.invalidateModule(module)
      }
    },
  }
}
