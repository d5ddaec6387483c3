/** @file Tensors that a cell keeps and never reads: nothing of them is computed, and they count as if it were. */
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Tensor } from "../../engine/index.ts"
import { limitTensors } from "../../src/notebook/guard.ts"
import { MemoryLimit } from "../../src/notebook/memory-limit.ts"
import { record } from "./record.ts"

setFlagsFromString("--expose-gc")
const gc = runInNewContext("gc") as () => void
let collections = 0

async function limit(most: number): Promise<void> {
  limitTensors(
    new MemoryLimit(most, () => {
      collections++
      gc()
      gc()
      return true
    }),
  )
  // Canaries are of use in the tasks after the one that made them.
  await new Promise((done) => setTimeout(done, 0))
}

beforeAll(() => limit(2 ** 31))
afterAll(() => {
  Tensor.census.onKept = undefined
})

async function run(source: string): Promise<{ shown: string; message: string; heap: number }> {
  const before = process.memoryUsage().heapUsed
  const { notebook, shown, error } = record({ one: source })
  await notebook.run(["one"])
  return {
    shown: JSON.stringify(shown("one")),
    message: error("one")?.message ?? "",
    heap: process.memoryUsage().heapUsed - before,
  }
}

const bombs = {
  "random ones": ["randn", "while (true) all.push(randn([1000, 1000]))"],
  "results of one op": ["mul", "const x = ones([500, 500]); for (let i = 0; ; i++) all.push(x.mul(i))"],
  "products of matrices": ["matmul", "const x = ones([700, 700]); while (true) all.push(x.matmul(x))"],
  "rows joined": ["concat", "const x = ones([500, 500]); while (true) all.push(concat([x, x]))"],
  "the graph of a gradient": [
    "tanh|mul",
    "const w = ones([500, 500], { requiresGrad: true }); while (true) all.push(w.mul(2).tanh())",
  ],
  "in a promise": ["randn", "while (true) { all.push(randn([1000, 1000])); await null }"],
} as const

describe("a loop that keeps tensors and never reads one ends with what it may hold", () => {
  for (const [what, [op, code]] of Object.entries(bombs))
    it(what, async () => {
      const { message, heap } = await run(`const all = []\n${code}`)
      expect(message).toMatch(
        new RegExp(`^(${op}): .*keeps, computed or not yet, are more than 2 GB.*keep fewer.*batches`),
      )
      expect(heap).toBeLessThan(1e9)
    })
})

it("small ones count for what is written down of them", async () => {
  await limit(2 ** 29)
  const { message, heap } = await run("const all = []\nwhile (true) all.push(rand([10]))")
  await limit(2 ** 31)
  expect(message).toMatch(/^rand: .*more than 0.5 GB/)
  expect(heap).toBeLessThan(1e9)
})

it("small results that are computed and kept count, too", async () => {
  await limit(2 ** 29)
  const code =
    "const all = [], x = ones([50, 50])\nfor (;;) { all.push(x.matmul(x)); all.at(-1).sum().item() }"
  const { message, heap } = await run(code)
  await limit(2 ** 31)
  expect(message).toMatch(/^\w+: .*more than 0.5 GB/)
  expect(heap).toBeLessThan(1e9)
})

describe("what is let go of, or computed, does not count", () => {
  const fine = {
    "tensors that nobody reads and nobody keeps": "for (let i = 0; i < 3000; i++) randn([1000, 1000])\n42",
    "a few of many that are kept": `const all = []
      for (let i = 0; i < 3000; i++) { const t = randn([1000, 1000]); if (i % 100 === 0) all.push(t) }
      all.length + 12`,
    "a chain that only ever grows":
      "let t = zeros([300, 300])\nfor (let i = 0; i < 20000; i++) t = t.add(0)\n42 + t.sum().item()",
    "steps on the way to a small result": `const x = ones([3500, 1, 16]), y = ones([1, 3500, 16])
      let sum = 0
      for (let i = 0; i < 2; i++) sum += x.sub(y).square().sum(2).slice([0, 0], [1, 1]).item()
      sum + 42`,
  }
  for (const [what, code] of Object.entries(fine))
    it(what, async () => {
      const { shown, message } = await run(code)
      expect(message).toBe("")
      expect(shown).toContain("42")
    })

  it("training collects no garbage early: everything that it makes is asked for", async () => {
    const before = collections
    const { message } = await run(`const x = randn([256, 400]), y = randn([256, 10])
const model = new Sequential(new Linear(400, 200), new Tanh(), new Linear(200, 10))
const optimizer = new SGD(model.parameters(), { lr: 0.01 })
for (let i = 0; i < 400; i++) {
  const loss = mse(model.forward(x), y)
  loss.backward()
  optimizer.step()
  optimizer.zeroGrad()
}`)
    expect(message).toBe("")
    expect(collections).toBe(before)
  })
})
