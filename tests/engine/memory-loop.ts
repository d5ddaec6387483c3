/**
 * @file A program: trains the XOR net in one synchronous loop and prints how much memory the process and the engine hold
 * after a tenth and at the end. `node memory-loop.ts jit 1000000`, or `eager`.
 */
import {
  jit,
  Linear,
  memory,
  mse,
  random,
  Sequential,
  SGD,
  Sigmoid,
  Tanh,
  tensor,
} from "../../engine/index.ts"

const [, , kind, count] = process.argv
const steps = Number(count)
random.seed(1)
const x = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
])
const y = tensor([[0], [1], [1], [0]])
const model = new Sequential(new Linear(2, 4), new Tanh(), new Linear(4, 1), new Sigmoid())
const opt = new SGD(model.parameters(), { lr: 0.5 })
const train = () => {
  const loss = mse(model.forward(x), y)
  loss.backward()
  opt.step()
  opt.zeroGrad()
  return loss
}
const step = kind === "jit" ? jit(train) : train

const run = (n: number) => {
  for (let i = 1; i < n; i++) step()
  const loss = step().item()
  return { loss, rss: process.memoryUsage().rss, ...memory().cpu }
}
const early = run(steps / 10)
const late = run(steps - steps / 10)
console.log(JSON.stringify({ early, late, reason: "reason" in step ? step.reason : undefined }))
