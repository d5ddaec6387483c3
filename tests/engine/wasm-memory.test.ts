/** @file WebAssembly memory is a cache: buffers come, go and come back with their values, and it stays small. */
import { describe, expect, it } from "vitest"
import { wasm } from "../../engine/backend/wasm/backend.ts"
import { Heap } from "../../engine/backend/wasm/heap.ts"
import { deviceBytes, Memory } from "../../engine/backend/wasm/memory.ts"
import { allocate } from "../../engine/core/dtype.ts"
import { MemoryError } from "../../engine/core/errors.ts"
import * as dl from "../../engine/index.ts"
import { posed } from "./programs.ts"

describe("the heap", () => {
  it("gives blocks that do not overlap, at whole cache lines, and takes them back", () => {
    const heap = new Heap()
    const generator = new dl.Generator(4)
    const blocks: { address: number; bytes: number }[] = []
    for (let step = 0; step < 4000; step++) {
      if (blocks.length > 0 && generator.uniform() < 0.48) {
        const [{ address, bytes }] = blocks.splice(generator.integer(0, blocks.length), 1)
        heap.release(address, bytes)
      } else {
        const bytes =
          generator.integer(0, 2) === 0 ? generator.integer(0, 300) : generator.integer(0, 200_000)
        blocks.push({ address: heap.allocate(bytes), bytes })
      }
    }
    blocks.sort((a, b) => a.address - b.address)
    blocks.forEach(({ address, bytes }, i) => {
      expect(address % 64).toBe(0)
      expect(address).toBeGreaterThan(0)
      const next = blocks[i + 1]?.address ?? heap.memory.buffer.byteLength
      expect(address + bytes).toBeLessThanOrEqual(next)
    })
    for (const { address, bytes } of blocks) heap.release(address, bytes)
    expect(heap.live).toBe(0)
  })

  it("uses what was given back before it grows", () => {
    const heap = new Heap()
    const size = 10 * 2 ** 20
    const addresses = [0, 1, 2].map(() => heap.allocate(size))
    const end = heap.memory.buffer.byteLength
    for (const address of addresses) heap.release(address, size)
    expect(heap.allocate(3 * size)).toBe(addresses[0])
    expect(heap.memory.buffer.byteLength).toBe(end)
  })

  it("says what is wrong when there is no more", () => {
    const heap = new Heap()
    expect(() => heap.allocate(2 ** 31)).toThrow(MemoryError)
    expect(() => heap.allocate(2 ** 31)).toThrow(/2048 MB/)
  })
})

describe("the memory", () => {
  it("evicts what was not used of late, with its values, and brings it back", () => {
    const memory = new Memory()
    const buffers = Array.from({ length: 40 }, (_, i) => {
      memory.run++
      const buffer = memory.fresh("float32", 2 ** 20)
      memory.heap.f32.fill(i, buffer.address >> 2, (buffer.address >> 2) + 2 ** 20)
      return buffer
    })
    expect(memory.heap.live).toBeLessThan(68 * 2 ** 20)
    expect(buffers.filter(({ address }) => address === 0).length).toBeGreaterThan(20)
    expect(buffers[39].address).toBeGreaterThan(0)
    for (const [i, buffer] of buffers.entries()) {
      memory.run++
      if (buffer.address === 0) memory.bring(buffer)
      expect(memory.heap.f32[(buffer.address >> 2) + 5]).toBe(i)
      expect(memory.valuesOf(buffer)[2 ** 20 - 1]).toBe(i)
    }
  })

  it.each([
    ["float32", [0.5, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e-40]],
    ["float64", [0.1, -0, Number.NaN, Number.NEGATIVE_INFINITY, 1e-310]],
    ["int32", [7, -(2 ** 31), 2 ** 31 - 1, 0, -1]],
    ["bool", [1, 0, 1, 1, 0]],
  ] as const)("gives back every value of a small result of %s that has left it", (dtype, given) => {
    const memory = new Memory()
    const made = (): ReturnType<Memory["fresh"]> => {
      const buffer = memory.fresh(dtype, given.length)
      const { f32, f64, i32 } = memory.heap
      const [whole, bytes] =
        dtype === "float32" ? [f32, 4] : dtype === "float64" ? ([f64, 8] as const) : ([i32, 4] as const)
      whole.set(given, buffer.address / bytes)
      return buffer
    }
    const values = allocate(dtype, given.length)
    values.set(given)
    const [read, brought] = [made(), made()]
    // Everybody has a second chance.
    for (let i = 0; i < 1100; i++) {
      memory.run++
      memory.fresh("float32", 10)
    }
    expect([read.address, brought.address]).toEqual([0, 0])
    expect(given.map((_, i) => memory.element(read, i))).toEqual([...values])
    expect(memory.valuesOf(read)).toEqual(values)
    memory.bring(brought)
    expect(brought.address).toBeGreaterThan(0)
    expect(given.map((_, i) => memory.element(brought, i))).toEqual([...values])
    expect(memory.valuesOf(brought)).toEqual(values)
  })

  it("keeps what one run needs, however much it is", () => {
    const memory = new Memory()
    const buffers = Array.from({ length: 30 }, () => memory.fresh("float64", 2 ** 19))
    expect(buffers.every(({ address }) => address > 0)).toBe(true)
    expect(memory.heap.live).toBeGreaterThan(30 * deviceBytes("float64", 2 ** 19))
  })

  it("stays flat over two hundred thousand runs that nobody cleans up after", () => {
    const [x, w] = [dl.tensor([1, 2, 3]), dl.tensor([0.5, 0.5, 0.5])]
    const { graph, inputs, scalars } = posed([w.sub(x.mul(0.001)), w.mul(x).sum()], [w])
    const program = wasm.compile(graph)
    const fixed = graph.inputs.map(({ dtype }, i) => wasm.upload(inputs[i].slice(), dtype))
    const at = graph.donors[0]
    const run = (count: number): number => {
      for (let i = 0; i < count; i++) fixed[at] = program.run(fixed, scalars)[0]
      return wasm.memory?.().live ?? 0
    }
    const early = run(20_000)
    expect(early).toBeGreaterThan(0)
    expect(run(180_000)).toBeLessThanOrEqual(early * 1.05)
  })

  it("copies a buffer so that one can be given away", () => {
    const x = dl.tensor([1, 2, 3])
    const { graph, inputs, scalars } = posed([x.add(1)], [x])
    const buffer = wasm.upload(inputs[0].slice(), "float32")
    const copy = wasm.copy(buffer)
    const [next] = wasm.compile(graph).run([buffer], scalars)
    expect([...wasm.download(next)]).toEqual([2, 3, 4])
    expect([...wasm.download(copy)]).toEqual([1, 2, 3])
  })
})

describe("a program", () => {
  it("tells the time of every kernel, by name", () => {
    const x = dl.tensor([
      [1, 2],
      [3, 4],
    ])
    const { graph, inputs, scalars } = posed([x.matmul(x).tanh().sum()])
    const times: { kernel: string; ms: number }[] = []
    const buffers = graph.inputs.map(({ dtype }, i) => wasm.upload(inputs[i], dtype))
    const [out] = wasm.compile(graph).run(buffers, scalars, times)
    expect(times.map(({ kernel }) => kernel.split(" ")[0])).toEqual(["matmul", "sum"])
    expect(times.every(({ ms }) => ms >= 0)).toBe(true)
    expect(wasm.download(out)[0]).toBeCloseTo(4, 1)
    const columns = dl.tensor([0, 1], { dtype: "int32" })
    const task = posed([
      x.transpose().indexSelect(1, columns),
      x.cumsum(0),
      dl.pad(x, [
        [1, 0],
        [0, 0],
      ]),
    ])
    const more: { kernel: string; ms: number }[] = []
    const given = task.graph.inputs.map(({ dtype }, i) => wasm.upload(task.inputs[i], dtype))
    wasm.compile(task.graph).run(given, task.scalars, more)
    expect(more.map(({ kernel }) => kernel.split(" ")[0]).sort()).toEqual(["cumsum", "gather", "place"])
  })
})
