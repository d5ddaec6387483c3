/**
 * @file A cell that computes on the GPU: the backend comes on demand into a worker that has no network, and trains there
 * as on the CPU. Without a GPU the CPU goes on; a value that cannot be read at once is told so.
 */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openBrowser, openPage } from "./browser.ts"
import { edit, editableCells, output, run, state, until } from "./cells.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const lesson = "gradient-descent/"

it("computes on the GPU when a cell asks for it, and loads the backend no earlier", async () => {
  const { page, close } = await openPage(browser, lesson)
  const backends = () =>
    page.evaluate(
      () => performance.getEntriesByType("resource").filter(({ name }) => /backend/.test(name)).length,
    )
  const [first, second] = await editableCells(page)
  await run(first)
  await until(first, /computed by you in/)
  expect(await backends()).toBe(0)
  await edit(
    second,
    `// Nothing reads this GPU at once: what is shown has to wait.
globalThis.OffscreenCanvas = undefined as any
await setDevice("webgpu")
const product = matmul(tensor([[1, 2], [3, 4]]), tensor([[5, 6], [7, 8]]))
console.log("product", product)
table({ first: product.slice([0, 0], [2, 1]).flatten() })
const used = (await devices()).find((device) => device.active)
;[used.name, ...(await product.dataAsync())].join(" ")`,
  )
  await run(second)
  await until(second, /computed by you in/)
  expect(await output(second)).toContain("product Tensor [2, 2] (19, 22, 43, 50)")
  expect(await second.getByRole("cell").allTextContents()).toEqual(expect.arrayContaining(["19", "43"]))
  expect(await output(second)).toContain("webgpu 19 22 43 50")
  expect(await backends()).toBe(1)
  await close()
})

it("trains a network on the GPU as on the CPU, jitted or not", async () => {
  const { page, close } = await openPage(browser, lesson)
  const [cell] = await editableCells(page)
  await edit(
    cell,
    `const x = tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
const y = tensor([[0], [1], [1], [0]])
async function losses(device, wrap) {
  await setDevice(device)
  const generator = new Generator(1)
  const model = new Sequential(new Linear(2, 8, { generator }), new Tanh(), new Linear(8, 1, { generator }))
  const optimizer = new Adam(model.parameters(), { lr: 0.05 })
  const step = wrap(() => {
    const loss = mse(model.forward(x), y)
    loss.backward()
    optimizer.step()
    optimizer.zeroGrad()
    return loss
  })
  const seen = []
  for (let i = 0; i < 100; i++) {
    const loss = step()
    if (i % 20 === 19) seen.push(await loss.itemAsync())
  }
  return seen
}
const cpu = await losses("cpu", jit)
const gpus = [await losses("webgpu", jit), await losses("webgpu", (f) => f)]
await setDevice("cpu")
const off = Math.max(...gpus.flatMap((gpu) => gpu.map((loss, i) => Math.abs(loss - cpu[i]) / cpu[i])))
;["off", off < 1e-2 ? "by little" : "by " + off, "learned", cpu[4] < cpu[0]].join(" ")`,
  )
  await run(cell)
  await until(cell, /computed by you in/, 60_000)
  expect(await output(cell)).toContain("off by little learned true")
  await close()
})

it("a value that is read at once is right, or the error tells how to wait for it", async () => {
  const { page, close } = await openPage(browser, lesson)
  const [cell] = await editableCells(page)
  await edit(cell, `await setDevice("webgpu")\ntensor([1, 2, 4]).sum().item()`)
  await run(cell)
  await until(cell, /computed by you in|^error/)
  const text = await output(cell)
  if ((await state(cell)).startsWith("error")) expect(text).toContain("await t.dataAsync()")
  else expect(text).toContain("7")
  await close()
})

it("where there is no GPU the run goes on on the CPU, and one sentence says so", async () => {
  const { page, close } = await openPage(browser, lesson)
  const [first] = await editableCells(page)
  await edit(
    first,
    `Object.defineProperty(navigator, "gpu", { value: undefined, configurable: true })
await setDevice("webgpu")
const active = (await devices()).find(({ active }) => active).name
active + " " + tensor([1, 2]).sum().item()`,
  )
  await run(first)
  await until(first, /computed by you in/)
  const text = await output(first)
  expect(text).toContain("cpu 3")
  expect(
    text.match(
      /asked for the GPU, and there is none to be had: this browser gives no access to a graphics processor/g,
    ),
  ).toHaveLength(1)
  await close()
})
