/**
 * @file Vite plugins that keep Monaco small and out of the page until it is wanted: one TypeScript worker, with
 * ECMAScript's libraries only, and styles that come with the editor.
 */
import { readFile } from "node:fs/promises"
import { dirname, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { Plugin } from "vite"

/** For `worker.plugins`: the language service without the types of the DOM, which no cell can reach. */
export function slimTypeScriptLibraries(): Plugin {
  return {
    name: "descent:slim-typescript-libraries",
    enforce: "pre",
    async load(id) {
      if (!/monaco-editor\/esm\/vs\/languages\/features\/typescript\/lib\/lib\.js$/.test(id)) return
      const { libFileMap } = (await import(pathToFileURL(id).href)) as { libFileMap: Record<string, string> }
      const kept = Object.entries(libFileMap)
        .filter(([name]) => /^lib\.(es\d|esnext|es6|decorators)/.test(name) && !/\.full\.d\.ts$/.test(name))
        .map(([name, text]) => [name, text.replace(/\/\*[\s\S]*?Copyright[\s\S]*?\*\//, "")])
      return `export const libFileMap = ${JSON.stringify(Object.fromEntries(kept))}`
    },
  }
}

/** For `plugins`: Monaco's own worker, which nothing asks for, would be bundled as seven more megabytes. */
export function noSecondTypeScriptWorker(): Plugin {
  return {
    name: "descent:no-second-typescript-worker",
    enforce: "pre",
    transform(code, id) {
      if (!/features\/typescript\/workerManager\.js$/.test(id)) return
      return code.replace(
        /createWorker: \(\) => new Worker\(new URL\('ts\.worker\.js', import\.meta\.url\), \{ type: "module" \}\),/,
        "",
      )
    },
  }
}

/**
 * For `plugins`, at build: Astro links the styles of every script that a page might load. Monaco's become scripts that
 * add a `<style>`, so that a page without an open editor does without them.
 */
export function monacoStylesWithTheEditor(): Plugin {
  const PREFIX = "\0monaco-style:"
  return {
    name: "descent:monaco-styles-with-the-editor",
    apply: "build",
    enforce: "pre",
    resolveId(id, importer) {
      if (!id.endsWith(".css") || !importer?.includes("/monaco-editor/")) return
      return PREFIX + resolve(dirname(importer), id).replace(/\.css$/, "")
    },
    async load(id) {
      if (!id.startsWith(PREFIX)) return
      const file = `${id.slice(PREFIX.length)}.css`
      const css = await readFile(file, "utf8")
      const urls: string[] = []
      const text = JSON.stringify(css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\s+/g, " ")).replace(
        /url\((?:\\"|')?(\.[^)"'\\]+)(?:\\"|')?\)/g,
        (_, path: string) => `url(" + url${urls.push(resolve(dirname(file), path)) - 1} + ")`,
      )
      const imports = urls.map((path, i) => `import url${i} from ${JSON.stringify(`${path}?url`)}\n`)
      return `${imports.join("")}const style = document.createElement("style")
style.textContent = ${text}
document.head.append(style)`
    },
  }
}
