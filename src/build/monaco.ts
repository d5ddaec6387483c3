/** @file Vite plugins that keep Monaco small: one TypeScript worker, with ECMAScript's libraries only. */
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
