/** @file Text bundles: what a script carries, what it gets on demand, and what its value is. */
import { fileURLToPath } from "node:url"
import { beforeAll, describe, expect, it } from "vitest"
import { fuse } from "../../engine/fuse/fuse.ts"
import * as engine from "../../engine/index.ts"
import { bundleText } from "../../src/build/bundle-text.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))
const { load } = bundleText() as unknown as { load: (id: string) => Promise<string> }

interface Text {
  /** Every file in it, from the root of the project. */
  files: string[]
  default: string
  modules: Record<string, () => Promise<Text>>
}

/** What `import … from "file?bundle-text"` gives, or "file?bundle-part". */
async function bundle(file: string, suffix = "?bundle-part"): Promise<Text> {
  const files: string[] = []
  const addWatchFile = (path: string) => files.push(path.replace(root, ""))
  const code = await load.call({ addWatchFile }, `\0${root}${file}${suffix}`)
  const body = code.replace("export default", "const text =").replace("export const", "const")
  return { files, ...new Function(`${body}\nreturn { default: text, modules }`)() }
}

// In the global scope, as whoever gets a text evaluates it.
const evaluate: (text: string) => unknown = Reflect.get(globalThis, "eval")
const parser = "src/notebook/parser.ts"

let worker: Text
beforeAll(async () => {
  worker = await bundle("src/notebook/worker.ts", "?bundle-text")
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
    const pure = /^engine\/(core|backend\/webgpu|backend\/graph\.ts)/
    const { files } = await bundle("engine/backend/webgpu/backend.ts")
    expect(files.filter((one) => one.startsWith("engine/") && !pure.test(one))).toEqual([])
  })

  it("computes with the engine of the script that asks for it", async () => {
    const text = (await bundle("src/notebook/watch.ts")).default
    Reflect.set(globalThis, "__engine", engine)
    const { Watch } = evaluate(text) as typeof import("../../src/notebook/watch.ts")
    const watch = new Watch(performance.now() + 10_000)
    expect(() => engine.tensor([-1]).log()).toThrow()
    watch.end()
    expect(watch.nan).toMatchObject({ kind: "NaN", op: "log", given: [-1] })
    expect(engine.tensor([1]).log().item()).toBe(0)
  })

  it("is the same engine everywhere: no part has one of its own", async () => {
    for (const part of Object.keys(worker.modules).filter((name) => name.startsWith("src/")))
      expect({ part, files: (await bundle(part)).files.filter((one) => one.startsWith("engine/")) }).toEqual({
        part,
        files: [],
      })
  }, 60_000)

  it("throws errors that the engine knows as its own", async () => {
    const text = (await bundle("engine/backend/webgpu/backend.ts")).default
    const { createWebGPU } = evaluate(text) as typeof import("../../engine/backend/webgpu/backend.ts")
    const noAdapter = { requestAdapter: async () => null } as unknown as GPU
    await expect(createWebGPU(noAdapter, fuse)).rejects.toBeInstanceOf(engine.BackendError)
    await expect(createWebGPU(noAdapter, fuse)).rejects.not.toBeInstanceOf(RangeError)
  })
})
