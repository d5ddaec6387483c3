/** @file Where NaN first appears: cells run as in the page, and what is said of it. */
import { describe, expect, it } from "vitest"
import { Tensor } from "../../engine/index.ts"
import { Suspicion } from "../../src/notebook/first-nan.ts"
import { bookLibrary } from "../../src/notebook/library.ts"
import type { Output } from "../../src/notebook/output.ts"
import { record } from "./record.ts"

const library = bookLibrary(async () => new Uint8Array())

/** The advice under a cell, where the notebook looks for the origin as it does in the page. */
async function advice(
  cells: Record<string, string>,
  id: string,
): Promise<Extract<Output, { kind: "advice" }> | undefined> {
  const suspicion = new Suspicion()
  const r = record(cells, {
    library,
    inspect: (at, known) => suspicion.resolve(at, known, { lesson: "test", library }),
  })
  const { messages } = r
  const push = messages.push.bind(messages)
  messages.push = (...list) => {
    for (const { id, run, slot, output } of list) suspicion.see(id, run, slot, output)
    return push(...list)
  }
  await r.notebook.run([id])
  return r.outputs(id).find((output) => output.kind === "advice")
}

const here = (source: string) => advice({ here: source }, "here")

describe("a number that is none", () => {
  it.each([
    [
      "const x = tensor([1, -1, 2])\nconst y = x.log()\ny",
      2,
      /^NaN first comes from `log` of −1 at \[1\]\. A number below 0 has no logarithm/,
    ],
    [
      "const p = tensor([0, 1])\nconst l = p.log()\nl",
      2,
      /^An infinite number first comes from `log` of 0 at \[0\]\./,
    ],
    [
      "const a = tensor([[0, 1], [0, 3]])\nconst s = a.div(a)\nconsole.log('mean', s.mean().item())",
      2,
      /^NaN first comes from `div` of 0 and 0 at \[0, 0\]\. Division by 0/,
    ],
    [
      "const z = tensor([1000, 0])\nconst e = exp(z)\nconst p = e.div(e.sum())\np.tolist()",
      3,
      /^NaN first comes from `div`.*Before it, in line 2: an infinite number first comes from `exp` of 1000 at \[0\]/,
    ],
    [
      "const f = (v) => v.sqrt()\nconst all = [1, -4].map((k) => f(tensor(k)).item())\nall",
      1,
      /^NaN first comes from `sqrt` of −4\. A number below 0 has no root/,
    ],
    [
      "const table1 = [tensor(0).div(tensor(0)).item()].map((loss) => ({ loss }))\ntable(table1)",
      1,
      /`div` of 0 and 0/,
    ],
    [
      "const g = grad((w) => w.sqrt().sum())(tensor([0, 1]))\ng",
      1,
      /An infinite number first comes from `grad`/,
    ],
  ])("is traced to its line and op: %j", async (source, line, words) => {
    const found = await here(source)
    expect(found?.text).toMatch(words)
    expect(found?.line).toBe(line)
  })

  it("is traced through a training loop, with the number of steps and what helps", async () => {
    const found = await here(`const x = tensor([[1], [2], [30]])
const y = tensor([[2], [4], [60]])
const w = tensor([[0]], { requiresGrad: true })
const opt = new optim.SGD([w], { lr: 0.1 })
const losses = curve("Loss")
for (let i = 0; i < 60; i++) {
  const loss = mse(x.matmul(w), y)
  opt.zeroGrad()
  loss.backward()
  opt.step()
  losses.push({ loss: loss.item() })
}`)
    expect(found?.text).toMatch(
      /^(NaN|An infinite number) first comes .*, after \d+ steps of the optimizer\./,
    )
    expect([7, 9, 10]).toContain(found?.line)
  })

  it("is traced into the cell above that made it, though that cell shows nothing", async () => {
    const found = await advice({ first: "const bad = tensor([-1]).log()", second: "bad.add(1)" }, "second")
    expect(found).toMatchObject({ line: 1, cell: "first" })
    expect(found?.text).toMatch(/`log` of −1/)
  })

  it("is said nothing of where it is written down, comes from plain numbers or is not there", async () => {
    expect(await here("tensor([NaN, 1]).add(1).item === undefined")).toBeUndefined()
    expect(await here("0 / 0")).toBeUndefined()
    expect(await here("where(tensor([1, 0]), tensor([1, 2]), -Infinity)")).toBeUndefined()
    expect(await here("tensor([1, 2]).log()")).toBeUndefined()
  })

  it("leaves the engine as it was, and the values of the cells, too", async () => {
    const before = Object.getOwnPropertyDescriptors(Tensor.prototype)
    const cells = { a: "const w = tensor([1, -1])\nw.log()", b: "w.add(1)" }
    await advice(cells, "b")
    await advice(cells, "a")
    expect(Object.getOwnPropertyDescriptors(Tensor.prototype)).toEqual(before)
  })

  it("gives up after a second, and shows what the cell has shown", async () => {
    const began = performance.now()
    const found = await here("await new Promise((done) => setTimeout(done, 1500))\ntensor([-1]).log()")
    expect(found).toBeUndefined()
    expect(performance.now() - began).toBeLessThan(4000)
  })

  it("is not searched for again and again while an input is moved", async () => {
    const suspicion = new Suspicion()
    const seen: string[] = []
    const cells = {
      a: 'const k = input.slider("k", { min: 0, max: 9 })\nlet t = tensor([k]).sub(10)\nfor (let i = 0; i < 3000; i++) t = t.add(0)\nt.log()',
    }
    const r = record(cells, {
      library,
      inspect: async (id, known) => {
        suspicion.see(id, 1, 0, { kind: "text", text: "NaN" })
        const found = await suspicion.resolve(id, known, { lesson: "test", library })
        seen.push(found?.kind ?? "nothing")
        return found
      },
    })
    await r.notebook.run(["a"])
    for (let k = 1; k < 5; k++) await r.notebook.change("a", { k }, [])
    expect(seen[0]).toBe("advice")
    expect(seen.slice(1)).toEqual(["nothing", "nothing", "nothing", "nothing"])
  })

  it("does not disturb what is random: the shown numbers are those of a run without it", async () => {
    const cells = { a: "display(randn([2]))\ntensor([-1]).log()", b: "randn([2])" }
    const suspicion = new Suspicion()
    const plain = record(cells, { library })
    const watched = record(cells, {
      library,
      inspect: (at, known) => suspicion.resolve(at, known, { lesson: "test", library }),
    })
    await plain.notebook.run(["a", "b"])
    await watched.notebook.run(["a", "b"])
    expect(watched.outputs("b")).toEqual(plain.outputs("b"))
  })
})
