/** @file Text bundles: what a script carries, what it gets on demand, and what its value is. */
import { fileURLToPath } from "node:url"
import { beforeAll, describe, expect, it } from "vitest"
import { fuse } from "../../engine/fuse/fuse.ts"
import { BackendError } from "../../engine/index.ts"
import { bundleText } from "../../src/build/bundle-text.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))
const { load } = bundleText() as unknown as { load: (id: string) => Promise<string> }

interface Text {
  /** Every file in it, from the root of the project. */
  files: string[]
  default: string
  modules: Record<string, () => Promise<Text>>
}

/** What `import … from "file?bundle-text"` gives. */
async function bundle(file: string): Promise<Text> {
  const files: string[] = []
  const addWatchFile = (path: string) => files.push(path.replace(root, ""))
  const code = await load.call({ addWatchFile }, `\0${root}${file}?bundle-text`)
  const body = code.replace("export default", "const text =").replace("export const", "const")
  return { files, ...new Function(`${body}\nreturn { default: text, modules }`)() }
}

// In the global scope, as whoever gets a text evaluates it.
const evaluate: (text: string) => unknown = Reflect.get(globalThis, "eval")
const parser = "src/notebook/parser.ts"

let worker: Text
beforeAll(async () => {
  worker = await bundle("src/notebook/worker.ts")
}, 60_000)

describe("a script as text", () => {
  it("leaves out what it imports on demand, and names it", () => {
    expect(Object.keys(worker.modules)).toContain(parser)
    expect(worker.default).toContain(`__import("${parser}")`)
    expect(worker.default).not.toMatch(/\bimport\(/)
    expect(worker.default).not.toContain("acorn")
  })

  it("has what its module exports as its value, and leaves no global behind", async () => {
    const before = Object.getOwnPropertyNames(globalThis)
    const module = evaluate((await bundle(parser)).default) as typeof import("../../src/notebook/parser.ts")
    expect(Object.getOwnPropertyNames(globalThis)).toEqual(before)
    expect(Object.keys(module).sort()).toEqual(["parseAnswer", "parseCell"])
    expect(module.parseCell("const a: number = 1")).toMatchObject({
      analysis: { code: "const a         = 1" },
    })
    expect(module.parseCell("const a = ;")).toMatchObject({ problem: { line: 1, column: 11 } })
  })
})

describe("what comes on demand", () => {
  it("carries no state of the engine a second time", async () => {
    const inEngine = async (file: string) =>
      (await bundle(file)).files.filter((one) => one.startsWith("engine/"))
    expect(await inEngine(parser)).toEqual([])
    const pure = /^engine\/(core|backend\/webgpu|backend\/graph\.ts)/
    expect((await inEngine("engine/backend/webgpu/backend.ts")).filter((one) => !pure.test(one))).toEqual([])
  })

  it("throws errors that the engine knows as its own", async () => {
    const text = (await bundle("engine/backend/webgpu/backend.ts")).default
    const { createWebGPU } = evaluate(text) as typeof import("../../engine/backend/webgpu/backend.ts")
    const noAdapter = { requestAdapter: async () => null } as unknown as GPU
    await expect(createWebGPU(noAdapter, fuse)).rejects.toBeInstanceOf(BackendError)
    await expect(createWebGPU(noAdapter, fuse)).rejects.not.toBeInstanceOf(RangeError)
  })
})
