/** @file Cold start of the engine of this book: one training step of the XOR net. */
import { mse, randn, SGD, tensor, zeros } from "../../engine/index.ts"
import { done, inputs, targets } from "./xor.ts"

const leaf = { requiresGrad: true }
const [w1, b1, w2, b2] = [randn([2, 4], leaf), zeros([4], leaf), randn([4, 1], leaf), zeros([1], leaf)]
const optimizer = new SGD([w1, b1, w2, b2], { lr: 0.5 })

const hidden = tensor(inputs).matmul(w1).add(b1).tanh()
const loss = mse(hidden.matmul(w2).add(b2).sigmoid(), tensor(targets))
loss.backward()
optimizer.step()
done(loss.item())
