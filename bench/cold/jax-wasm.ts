/** @file Cold start of jax-js in WebAssembly: without `jit`, which would only cost time in a single step. */
import { defaultDevice, init, nn, numpy as np, random, valueAndGrad } from "@jax-js/jax"
import { done, inputs, targets } from "./xor.ts"

await init("wasm")
defaultDevice("wasm")
const parameters = [
  random.normal(random.key(1), [2, 4]),
  np.zeros([4]),
  random.normal(random.key(2), [4, 1]),
  np.zeros([1]),
]
const cost = ([w1, b1, w2, b2]: np.Array[], x: np.Array, y: np.Array): np.Array => {
  const hidden = np.tanh(np.matmul(x, w1).add(b1))
  return np.square(nn.sigmoid(np.matmul(hidden, w2).add(b2)).sub(y)).mean()
}
const [loss, gradients] = valueAndGrad(cost)(
  parameters.map((p) => p.ref),
  np.array(inputs),
  np.array(targets),
)
const moved = parameters.map((p, i) => p.sub(gradients[i].mul(0.5)))
for (const p of moved) p.dataSync()
done(loss.dataSync()[0])
