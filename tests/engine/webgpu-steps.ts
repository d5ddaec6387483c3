/**
 * @file A program of its own: so many steps of a small network on WebGPU, jitted, and what memory they take. Run by
 * webgpu-memory.test.ts with `--expose-gc` and two numbers, after how many to look first and at last; prints one line of JSON. `peak` and `live` are bytes on the GPU.
 */
import {
  Generator,
  jit,
  Linear,
  memory,
  mse,
  Sequential,
  SGD,
  setDevice,
  Tanh,
  tensor,
} from "../../engine/index.ts"
import { provideGpu } from "./gpu.ts"

/** Bytes of this process once the garbage is gone. */
async function resident(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return process.memoryUsage().rss
}

provideGpu()
await setDevice("webgpu")
const x = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
])
const y = tensor([[0], [1], [1], [0]])
const generator = new Generator(1)
const model = new Sequential(new Linear(2, 4, { generator }), new Tanh(), new Linear(4, 1, { generator }))
const optimizer = new SGD(model.parameters(), { lr: 0.3 })
const step = jit(() => {
  const loss = mse(model.forward(x), y)
  loss.backward()
  optimizer.step()
  optimizer.zeroGrad()
  return loss
})

const [early, steps] = process.argv.slice(2).map(Number)
const seen = []
let loss = step()
for (let i = 1; i <= steps; i++) {
  loss = step()
  // The loop goes faster than the GPU; whoever looks at the loss now and then waits for it.
  if (i % 1000 === 0) await loss.dataAsync()
  if (i === early || i === steps) seen.push({ ...memory().webgpu, resident: await resident() })
}
console.log(JSON.stringify({ seen, loss: await loss.itemAsync(), reason: step.reason }))
process.exit(0)
