/** @file The layer rules of the house, as data. Breaking one fails here, with the file and the import that broke it. */
import { readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join, posix, relative, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { fileLine } from "../scripts/map.ts"

const root = resolve(import.meta.dirname, "..")

/** layer → layers that it may import from. The longest matching prefix is a file's layer. Order: from the bottom up. */
const mayImport: Record<string, string[]> = {
  engine: [],
  bench: ["engine"],
  exercises: ["engine"],
  "src/drawing": [],
  "src/notebook": ["engine", "exercises", "src/drawing"],
  "src/explorables": ["engine", "src/notebook", "src/drawing"],
  "src/elements": ["engine", "exercises", "src/notebook", "src/explorables", "src/styles", "src/site.ts"],
  "src/site.ts": [],
  "src/build": ["engine", "exercises", "src/notebook", "src/explorables", "src/site.ts"],
  "src/content.config.ts": ["src/build"],
  "src/styles": [],
  "src/components": [
    "engine",
    "exercises",
    "src/notebook",
    "src/explorables",
    "src/elements",
    "src/build",
    "src/styles",
    "src/site.ts",
    "bench",
  ],
  "src/layouts": ["src/components", "src/elements", "src/build", "src/notebook", "src/styles", "src/site.ts"],
  "src/pages": [
    "exercises",
    "src/layouts",
    "src/components",
    "src/elements",
    "src/build",
    "src/notebook",
    "src/styles",
    "src/site.ts",
    "bench",
  ],
}

/** Packages that a layer may import; layers that are not listed may use what package.json has. */
const packages: Record<string, string[]> = {
  engine: [],
  exercises: [],
  "src/drawing": [],
  "src/explorables": [],
  "src/notebook": ["acorn", "acorn-walk", "@sveltejs/acorn-typescript", "@observablehq/plot", "d3-color"],
}

function* files(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* files(path)
    else if (/\.(ts|astro)$/.test(name)) yield posix.normalize(relative(root, path).replaceAll("\\", "/"))
  }
}

/** Written in AssemblyScript, which has rules of its own. */
const foreign = "bench/reference/assembly/"
const all = ["engine", "bench", "exercises", "src", "scripts"]
  .flatMap((folder) => [...files(join(root, folder))])
  .filter((file) => !file.startsWith(foreign))
const source = new Map(all.map((file) => [file, readFileSync(join(root, file), "utf8")]))

function layer(file: string): string | undefined {
  return Object.keys(mayImport)
    .filter((name) => file === name || file.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length)[0]
}

interface Import {
  from: string
  target: string
  typeOnly: boolean
  /** Loaded with the file itself, as a module: neither on demand nor as a text. */
  atOnce: boolean
}

/** Static and dynamic imports; Vite's queries are cut off; bare names stay as they are. */
function imports(file: string): Import[] {
  const text = (source.get(file) ?? "").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")
  const found: Import[] = []
  const patterns = [
    /(?:^|[\n;])\s*(import|export)(\s+type)?\s[^;'"`]*?from\s*["']([^"'\n]+)["']/g,
    /(?:^|[\n;])\s*(import)()\s*["']([^"'\n]+)["']/g,
    /\b(import)()\(\s*["']([^"'\n]+)["']\s*\)/g,
  ]
  for (const pattern of patterns)
    for (const match of text.matchAll(pattern)) {
      const specifier = match[3].replace(/\?.*$/, "")
      const target = specifier.startsWith(".")
        ? posix.normalize(posix.join(posix.dirname(file), specifier))
        : specifier
      const atOnce = pattern !== patterns[2] && specifier === match[3]
      found.push({ from: file, target, typeOnly: Boolean(match[2]), atOnce })
    }
  return found
}

const edges = all.flatMap(imports)
const local = edges.filter(
  (edge) => /^(engine|bench|exercises|src|scripts)\//.test(edge.target) || source.has(edge.target),
)

describe("the architecture", () => {
  it("has only imports that point down", () => {
    const broken = local.filter(({ from, target }) => {
      const a = layer(from)
      const b = layer(target)
      return a && a !== b && !(b && mayImport[a].includes(b))
    })
    expect(broken.map(({ from, target }) => `${from} → ${target}`)).toEqual([])
  })

  it("gives every file of src, engine and exercises a layer", () => {
    const lost = all.filter((file) => !file.startsWith("scripts/") && !layer(file) && !/\.d\.ts$/.test(file))
    expect(lost).toEqual([])
  })

  it("has one door into the engine, and one for the page that shows its inside", () => {
    const tour = /^src\/(explorables\/tour\/|elements\/tour|components\/Tour)/
    const past = local.filter(
      ({ from, target }) =>
        target.startsWith("engine/") &&
        !from.startsWith("engine/") &&
        target !== "engine/index.ts" &&
        !(target === "engine/inside.ts" && tour.test(from)),
    )
    expect(past.map(({ from, target }) => `${from} → ${target}`)).toEqual([])
  })

  it("keeps what the tour shows out of the engine that cells load", () => {
    const inside = local.filter(
      ({ from, target }) =>
        /^engine\/inside[./]/.test(target) && from.startsWith("engine/") && !/^engine\/inside[./]/.test(from),
    )
    expect(inside.map(({ from, target }) => `${from} → ${target}`)).toEqual([])
  })

  it("draws what cells show without a second engine in the page", () => {
    const reached = new Map([["src/elements/output-pane.ts", ""]])
    for (const [file, path] of reached)
      for (const { target, typeOnly } of local.filter(({ from, atOnce }) => from === file && atOnce))
        if (!typeOnly && !reached.has(target)) reached.set(target, `${path} → ${target}`)
    expect([...reached].filter(([file]) => file.startsWith("engine/")).map(([, path]) => path)).toEqual([])
  })

  it("has imports that exist and end in their extension", () => {
    const missing = edges.filter(
      ({ from, target }) =>
        /^(engine|bench|exercises|src|scripts)\//.test(target) &&
        dirname(from) !== "" &&
        !source.has(target) &&
        !statSync(join(root, target), { throwIfNoEntry: false })?.isFile(),
    )
    expect(missing.map(({ from, target }) => `${from} → ${target}`)).toEqual([])
  })

  it("has no cycle, not even inside a folder", () => {
    const graph = new Map<string, string[]>()
    for (const { from, target, typeOnly } of local)
      if (!typeOnly) graph.set(from, [...(graph.get(from) ?? []), target])
    const state = new Map<string, "open" | "done">()
    const cycles: string[] = []
    const visit = (file: string, path: string[]): void => {
      if (state.get(file) === "done") return
      if (state.get(file) === "open") {
        cycles.push([...path.slice(path.indexOf(file)), file].join(" → "))
        return
      }
      state.set(file, "open")
      for (const next of graph.get(file) ?? []) visit(next, [...path, file])
      state.set(file, "done")
    }
    for (const file of all) visit(file, [])
    expect(cycles).toEqual([])
  })

  it("keeps packages out of the layers that promise to need none", () => {
    const broken = edges.filter(({ from, target }) => {
      const allowed = packages[layer(from) ?? ""]
      return (
        allowed &&
        !source.has(target) &&
        !/^(engine|bench|exercises|src|scripts)\//.test(target) &&
        !allowed.includes(target)
      )
    })
    expect(broken.map(({ from, target }) => `${from} → ${target}`)).toEqual([])
  })

  it("begins every TypeScript file with what it owns", () => {
    const mute = all.filter(
      (file) => file.endsWith(".ts") && !/\.d\.ts$/.test(file) && !fileLine(source.get(file) ?? ""),
    )
    expect(mute).toEqual([])
  })

  it("has no file of more than 400 lines", () => {
    const long = all.filter((file) => (source.get(file) ?? "").split("\n").length > 401)
    expect(long).toEqual([])
  })

  it("has no drawer for odds and ends", () => {
    expect(all.filter((file) => /(^|\/)(utils?|helpers?|misc|common)(\.|\/)/.test(file))).toEqual([])
  })

  it("touches the DOM in custom elements only", () => {
    const dom = /\b(document|window|localStorage|HTMLElement)\s*[.[]/
    const broken = all.filter((file) => {
      if (!/^(engine|exercises|src\/notebook|src\/explorables)\//.test(file)) return false
      const code = (source.get(file) ?? "")
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
        .replace(/(["'`])(?:\\.|(?!\1)[\s\S])*?\1/g, '""')
      return dom.test(code)
    })
    expect(broken).toEqual([])
  })
})
