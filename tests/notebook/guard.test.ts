/** @file What stands between code of a cell and its worker: the memory limit, the shared objects, the ways out. */
import { setFlagsFromString } from "node:v8"
import { createContext, runInContext, runInNewContext } from "node:vm"
import { describe, expect, it } from "vitest"
import { confine } from "../../src/notebook/confine.ts"
import { countArrays } from "../../src/notebook/counted-arrays.ts"
import { MemoryLimit } from "../../src/notebook/memory-limit.ts"
import { Realm } from "../../src/notebook/realm.ts"

setFlagsFromString("--expose-gc")
const gc = runInNewContext("gc") as () => void
/** A collection that is under way may spare what is garbage only since; the second one does not. */
const collect = (): boolean => {
  gc()
  gc()
  return true
}
const megabyte = 2 ** 20
const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** A global scope of its own, and what evaluates code in it. */
function freshScope(): { scope: typeof globalThis; run: (code: string) => unknown } {
  const context = createContext({})
  const run = (code: string): unknown => runInContext(code, context)
  return { scope: run("globalThis") as typeof globalThis, run }
}

function limitedScope(most: number): (code: string) => unknown {
  const { scope, run } = freshScope()
  countArrays(scope, new MemoryLimit(most, collect))
  return run
}

describe("the memory limit", () => {
  it("refuses the array with which those that are kept are too many, and says what to do", async () => {
    const run = limitedScope(16 * megabyte)
    await sleep(0)
    expect(() => run("kept = []; while (true) kept.push(new Float64Array(1e5))")).toThrow(
      /Float64Array: .* more than.*keep fewer.*batches/,
    )
    expect(run("kept.length")).toBeGreaterThan(15)
    expect(run("kept.length")).toBeLessThan(40)
  })

  it("refuses at once what is too much by itself", () => {
    const run = limitedScope(16 * megabyte)
    for (const code of [
      "new Float32Array(1e7)",
      "new ArrayBuffer(1e8)",
      "new ArrayBuffer(1, { maxByteLength: 1e8 })",
      "new WebAssembly.Memory({ initial: 2000 })",
    ])
      expect(() => run(code), code).toThrow(/at once/)
  })

  it("lets garbage go, however much of it, within one loop that never awaits", async () => {
    const run = limitedScope(16 * megabyte)
    await sleep(0)
    expect(run("let sum = 0; for (let i = 0; i < 1000; i++) sum += new Float64Array(1e5).length; sum")).toBe(
      1e8,
    )
  })

  it("gives back what has been let go of, so that the next run is normal", async () => {
    const run = limitedScope(16 * megabyte)
    await sleep(0)
    const bomb = `(() => { const kept = []; try { while (true) kept.push(new Uint8Array(1e6)) } catch { return kept.length } })()`
    for (let turn = 0; turn < 3; turn++) {
      expect(run(bomb)).toBeGreaterThan(12)
      await sleep(20)
    }
  })

  it("counts what is made by way of other arrays, of buffers, of classes and of clones", async () => {
    for (const code of [
      "one.slice()",
      "one.map((x) => x)",
      "one.toReversed()",
      "one.with(0, 1)",
      "one.buffer.slice(0)",
      "new one.constructor(1e6)",
      "new Mine(1e6)",
      "Reflect.construct(Float64Array, [1e6])",
      "new Float64Array(1e6).buffer",
      "new Float64Array(1e6).subarray(0, 1)",
    ]) {
      const run = limitedScope(16 * megabyte)
      await sleep(0)
      run("class Mine extends Float64Array {}; globalThis.Mine = Mine; one = new Float64Array(1e6)")
      expect(() => run(`kept = []; for (let i = 0; i < 100; i++) kept.push(${code})`), code).toThrow(
        /keep fewer/,
      )
    }
  })

  it("counts what is made on a GPU, and lets go of it as of arrays", async () => {
    const { scope, run } = freshScope()
    run(`globalThis.GPUDevice = class {
      createBuffer(options) { return { label: "buffer", ...options } }
      createTexture(options) { return { label: "texture", ...options } }
    }`)
    countArrays(scope, new MemoryLimit(16 * megabyte, collect))
    await sleep(0)
    run("device = new GPUDevice()")
    expect(run("device.createBuffer({ size: 8, usage: 8 }).label")).toBe("buffer")
    expect(run("for (let i = 0; i < 200; i++) device.createBuffer({ size: 1e6 }); 1")).toBe(1)
    for (const code of [
      "createBuffer({ size: 1e6 })",
      "createTexture({ size: [500, 500] })",
      "createTexture({ size: { width: 250, height: 250 }, sampleCount: 4 })",
    ]) {
      await sleep(0)
      expect(
        () => run(`{ const kept = []; for (let i = 0; i < 100; i++) kept.push(device.${code}) }`),
        code,
      ).toThrow(/^create(Buffer|Texture): .*keep fewer/)
    }
    await sleep(0)
    expect(() => run("device.createBuffer({ size: 1e9 })")).toThrow(/createBuffer: 0.9 GB at once/)
    expect(() => run("device.createBuffer()")).not.toThrow(/Memory/)
  })

  it("changes nothing else about arrays", () => {
    const run = limitedScope(16 * megabyte)
    expect(run("[new Float32Array([1, 2]).join(), new Float32Array(2) instanceof Float32Array].join()")).toBe(
      "1,2,true",
    )
    expect(run("[Float32Array.name, Float32Array.length, Float32Array.BYTES_PER_ELEMENT].join()")).toBe(
      "Float32Array,3,4",
    )
    expect(run("Float32Array.from([1, 2, 3], (x) => 2 * x).constructor === Float32Array")).toBe(true)
    expect(
      run(
        "ArrayBuffer.isView(new Uint8Array(new ArrayBuffer(8), 2, 3)) && new Uint8Array(new ArrayBuffer(8), 2, 3).length",
      ),
    ).toBe(3)
    expect(() => run("Float32Array(2)")).toThrow(/requires 'new'/)
  })
})

describe("the shared objects", () => {
  it("are put back: what was replaced, what was added, what was deleted, and what was inherited", () => {
    const { scope, run } = freshScope()
    const realm = new Realm(scope)
    expect(realm.mend()).toEqual({ name: "", isSpoilt: false })
    run(`Array.prototype.map = () => 666
      Object.prototype.type = "idle"
      delete Math.sin
      JSON.stringify = null
      Object.setPrototypeOf(Set.prototype, null)
      globalThis.Map = 1
      mine = 5`)
    expect(realm.mend()).toEqual({ name: "Object.prototype.type", isSpoilt: false })
    expect(
      run(
        `[[1].map((x) => x + 1)[0], {}.type, Math.sin(0), JSON.stringify([1]), typeof Map, new Set([1]).size, mine].join()`,
      ),
    ).toBe("2,,0,[1],function,1,5")
    expect(realm.mend()).toEqual({ name: "", isSpoilt: false })
  })

  it("are said to be spoilt when they cannot be put back", () => {
    for (const code of [
      "Object.freeze(Array.prototype)",
      `Object.defineProperty(Array.prototype, "map", { value: 1, configurable: false, writable: false })`,
      `Object.defineProperty(Object.prototype, "type", { value: "idle", configurable: false })`,
    ]) {
      const { scope, run } = freshScope()
      const realm = new Realm(scope)
      run(code)
      expect(realm.mend().isSpoilt, code).toBe(true)
    }
  })
})

describe("the ways out", () => {
  it("are gone from the scope, and those that a learner may try say what there is instead", () => {
    const { scope, run } = freshScope()
    run(`for (const name of ["fetch", "WebSocket", "BroadcastChannel", "IDBFactory", "close"]) globalThis[name] = function () {}
      globalThis.indexedDB = {}; setTimeout = queueMicrotask = performance = GPUDevice = 1`)
    confine(scope)
    expect(() => run(`fetch("x")`)).toThrow(/^fetch: .*network.*input\.file/)
    expect(() => run(`new WebSocket("x")`)).toThrow(/network/)
    expect(() => run(`indexedDB.open("x")`)).toThrow(/stores nothing/)
    expect(() => run("close()")).toThrow(/throw/)
    expect(
      run(
        "[typeof BroadcastChannel, typeof IDBFactory, setTimeout, queueMicrotask, performance, GPUDevice].join()",
      ),
    ).toBe("undefined,undefined,1,1,1,1")
  })
})
