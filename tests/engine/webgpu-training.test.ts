/** @file The engine as a reader uses it, on WebGPU: jit, optimizers, layers, profile, moving between devices, loss of the GPU. */
import { afterEach, beforeEach, expect, test } from "vitest"
import { openDevices } from "../../engine/backend/registry.ts"
import type { WebGPUBackend } from "../../engine/backend/webgpu/backend.ts"
import * as dl from "../../engine/index.ts"
import { expectClose } from "./close.ts"
import { provideGpu } from "./gpu.ts"

beforeEach(async () => {
  provideGpu()
  await dl.setDevice("cpu")
})
afterEach(() => dl.setDevice("cpu"))

const x = dl.randn([24, 1, 8, 8], { generator: new dl.Generator(4) })
const labels = dl.tensor(Int32Array.from({ length: 24 }, (_, i) => i % 3))

/** A convolution, dropout, batch norm and two layers: most of what a lesson has. */
function network() {
  const generator = new dl.Generator(1)
  return new dl.Sequential(
    new dl.Conv2d(1, 4, 3, { generator }),
    new dl.ReLU(),
    new dl.MaxPool2d(2),
    new dl.Flatten(),
    new dl.Dropout(0.2, { generator: new dl.Generator(2) }),
    // Batch norm takes away what a bias adds; its gradient would be rounding errors, which Adam magnifies.
    new dl.Linear(36, 6, { generator, bias: false }),
    new dl.BatchNorm1d(6),
    new dl.Linear(6, 3, { generator }),
  )
}

type Wrap = <A extends unknown[], R>(f: (...args: A) => R) => (...args: A) => R
const eager: Wrap = (f) => f

/** Losses of some steps on a device, and the parameters after them. */
async function train(device: string, wrap: Wrap, makeOptimizer: (params: dl.Tensor[]) => dl.Optimizer) {
  await dl.setDevice(device)
  const model = network()
  const optimizer = makeOptimizer(model.parameters())
  const step = wrap((input: dl.Tensor, target: dl.Tensor) => {
    const loss = dl.crossEntropy(model.forward(input), target)
    loss.backward()
    optimizer.step()
    optimizer.zeroGrad()
    return loss
  })
  const losses: number[] = []
  for (let t = 0; t < 8; t++) losses.push(await step(x, labels).itemAsync())
  const state = await Promise.all(model.parameters().map((p) => p.dataAsync()))
  return { losses, state, reason: (step as { reason?: string }).reason, model }
}

test.each<[string, (params: dl.Tensor[]) => dl.Optimizer]>([
  ["SGD with momentum", (params) => new dl.SGD(params, { lr: 0.05, momentum: 0.9 })],
  ["Adam", (params) => new dl.Adam(params, { lr: 0.01 })],
])(
  "a network learns with %s as on the CPU, jitted or not",
  async (_, make) => {
    const cpu = await train("cpu", eager, make)
    for (const wrap of [eager, dl.jit]) {
      const gpu = await train("webgpu", wrap, make)
      expect(gpu.reason).toBeUndefined()
      expectClose(gpu.losses, cpu.losses, 1e-3, 1e-4)
      gpu.state.forEach((values, i) => {
        expectClose(values, cpu.state[i], 1e-2, 1e-2)
      })
    }
  },
  120_000,
)

test("profile tells the time of every kernel, once the GPU has told it", async () => {
  await dl.setDevice("webgpu")
  const a = dl.randn([64, 48], { generator: new dl.Generator(1) })
  const { result, kernels, kernelMs } = await dl.profile(async () =>
    a.matmul(a.transpose()).tanh().sum().dataAsync(),
  )
  expect(result.length).toBe(1)
  expect(kernels.map(({ kernel }) => kernel)).toContain("matmul 64×48·48×64")
  for (const { ms, calls } of kernels) expect(ms * calls).toBeGreaterThan(0)
  expect(kernelMs).toBeGreaterThan(0)
  expect(() => dl.profile(() => a.add(1))).toThrow(/profile: webgpu tells its times later.*async/)
})

test("tensors go from device to device by themselves, once their values are in JavaScript", async () => {
  const a = dl.tensor([1, 2, 3])
  await dl.setDevice("webgpu")
  const b = a.mul(2)
  await b.dataAsync()
  await dl.setDevice("cpu")
  expect(b.add(a).tolist()).toEqual([3, 6, 9])
})

test("a value that cannot be read at once says how to wait for it", async () => {
  await dl.setDevice("webgpu")
  expect(() => dl.tensor([1, 2]).sum().item()).toThrow(/write `await t\.dataAsync\(\)`/)
})

test("training goes on from the last pause when the GPU is lost", async () => {
  await dl.setDevice("webgpu")
  const model = new dl.Linear(1, 1, { generator: new dl.Generator(3) })
  const optimizer = new dl.SGD(model.parameters(), { lr: 0.1 })
  const [input, target] = [dl.tensor([[1], [2]]), dl.tensor([[3], [5]])]
  const step = dl.jit(() => {
    const loss = dl.mse(model.forward(input), target)
    loss.backward()
    optimizer.step()
    optimizer.zeroGrad()
    return loss
  })
  for (let i = 0; i < 300; i++) step()
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const backend = openDevices().get("webgpu") as WebGPUBackend
  backend.device.destroy()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await step().itemAsync()).toBeLessThan(0.01)
  expectClose(await model.weight.dataAsync(), [2], 0.1, 0.1)
})

test("float64 stays on the CPU, in graphs and in jitted functions", async () => {
  await dl.setDevice("webgpu")
  const a = dl.tensor([1, 2, 3], { dtype: "float64" })
  expect(a.div(3).sum().item()).toBe(2)
  const half = dl.jit((t: dl.Tensor) => t.div(3).to("float32"))
  expect(half(a).tolist()).toEqual([Math.fround(1 / 3), Math.fround(2 / 3), 1])
  expect(half(a).tolist()).toEqual(half(a).tolist())
  expect(await half(a).mul(3).dataAsync()).toEqual(Float32Array.from([1, 2, 3]))
})

test("whole numbers that need float64 on the way stay on the CPU, and are exact", async () => {
  await dl.setDevice("webgpu")
  const base = [0, 1, -1, 2, 3, -7, 9, 15, 1, -1, 0, 2, 46340, -3]
  const exponent = [0, 5, 7, 30, 19, 10, 9, 7, -3, -3, 4, -1, 2, 0]
  const int = (values: number[]) => dl.tensor(values, { dtype: "int32" })
  const powers = int(base).pow(int(exponent))
  expect(powers.tolist()).toEqual(base.map((a, i) => Math.trunc(a ** exponent[i])))
  expect(int([-4, 0, 3]).clip(-0.5, 2.5).tolist()).toEqual([0, 0, 2])
  // What follows is on the GPU again, as far as it can.
  expect(await powers.add(1).dataAsync()).toEqual(Int32Array.from(powers.tolist<number[]>(), (p) => p + 1))
})
