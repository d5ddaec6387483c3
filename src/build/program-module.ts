/**
 * @file The engine and all that cells see as one module, for lessons that are taken away: readable, without
 * dependencies. Knows no lesson and no page.
 */
import { join } from "node:path"
import { build } from "vite"
import { bookLibrary } from "../notebook/library.ts"
import { projectRoot } from "./content-root.ts"

/** Every name that a cell can use without declaring it. */
export function libraryNames(): string[] {
  return [...bookLibrary(() => Promise.reject(new Error("no files at build"))).names].sort()
}

let made: Promise<string> | undefined

export function programModule(): Promise<string> {
  made ??= makeModule()
  return made
}

async function makeModule(): Promise<string> {
  const result = await build({
    configFile: false,
    root: projectRoot,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      target: "es2023",
      lib: { entry: join(projectRoot, "src/build/program-library.ts"), formats: ["iife"], name: "__bundle" },
      rollupOptions: { external: [/^node:/] },
    },
  })
  const outputs = [result].flat().flatMap((r) => ("output" in r ? r.output : []))
  const chunk = outputs.find((one) => one.type === "chunk")
  if (!chunk) throw new Error("The module of the book's programs could not be bundled.")
  // A function of its own keeps its names from those that are exported; `$` keeps those from JavaScript's own.
  const exported = libraryNames()
  return `// What the cells of the book see: the engine, Plot, the ways to show things. MIT licence.
const program = (() => {
${chunk.code}
return __bundle.openProgram(import.meta.url)
})()
export const { cell } = program
const {
${exported.map((name) => `  ${name}: $${name},`).join("\n")}
} = program.library
export {
${exported.map((name) => `  $${name} as ${name},`).join("\n")}
}
`
}
