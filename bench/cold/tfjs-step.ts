/** @file One training step of the XOR net in TensorFlow.js, on the backend that the page has set. */
import "@tensorflow/tfjs-core/dist/register_all_gradients.js"
import * as tf from "@tensorflow/tfjs-core"
import { done, inputs, targets } from "./xor.ts"

export async function step(backend: "cpu" | "wasm"): Promise<void> {
  await tf.setBackend(backend)
  await tf.ready()
  const [x, y] = [tf.tensor2d(inputs), tf.tensor2d(targets)]
  const w1 = tf.variable(tf.randomNormal([2, 4]))
  const b1 = tf.variable(tf.zeros([4]))
  const w2 = tf.variable(tf.randomNormal([4, 1]))
  const b2 = tf.variable(tf.zeros([1]))
  const cost = (): tf.Scalar => {
    const hidden = tf.tanh(tf.add(tf.matMul(x, w1 as tf.Tensor), b1))
    const output = tf.sigmoid(tf.add(tf.matMul(hidden, w2 as tf.Tensor), b2))
    return tf.mean(tf.squaredDifference(output, y))
  }
  const loss = tf.train.sgd(0.5).minimize(cost, true)
  done(loss ? loss.dataSync()[0] : Number.NaN)
}
