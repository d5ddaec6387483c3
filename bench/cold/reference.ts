/** @file Cold start of the reference programs: one training step of the XOR net. */
import { loadReference } from "../reference/module.ts"
import { trainer } from "../reference/programs.ts"
import { done, inputs, targets } from "./xor.ts"

const weights = (count: number): Float32Array =>
  Float32Array.from({ length: count }, () => Math.random() - 0.5)
const step = trainer(await loadReference(location.href), {
  kind: "train",
  layers: [
    { kind: "dense", inputs: 2, outputs: 4, weight: weights(8), bias: new Float32Array(4) },
    { kind: "tanh" },
    { kind: "dense", inputs: 4, outputs: 1, weight: weights(4), bias: new Float32Array(1) },
    { kind: "sigmoid" },
  ],
  input: [2],
  outputs: 1,
  loss: "mse",
  rule: { kind: "sgd", lr: 0.5, momentum: 0 },
  batchSize: 4,
  batches: [
    {
      x: new Float32Array(inputs.flat()),
      y: new Float32Array(targets.flat()),
      labels: new Int32Array(4),
    },
  ],
  readEvery: false,
})
done(step ? step(0) : Number.NaN)
