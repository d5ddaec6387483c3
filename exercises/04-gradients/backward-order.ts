/** @file Exercise: one step of training with a hand-written backward pass, line by line. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "parsons",
  title: "One round, line by line",
  prompt: "Put the lines of one training step in order: forward, back, then move. Some lines do not belong.",
  conventions: ["all gradients belong to the same forward pass", "the biases are left out, to keep it short"],
  difficulty: "core",
  minutes: 4,
  revision: 1,
  label: "one training step",
  blocks: [
    { id: "hidden", code: "const H = X\n  .matmul(W1.transpose())\n  .relu()" },
    { id: "shares", code: "const P = H\n  .matmul(W2.transpose())\n  .softmax(1)" },
    { id: "d2", code: "const d2 = P.sub(Y).div(N)" },
    { id: "dW2", code: "const dW2 = d2\n  .transpose()\n  .matmul(H)", after: ["d2"] },
    { id: "d1", code: "const d1 = d2\n  .matmul(W2)\n  .mul(H.gt(0))", after: ["d2"] },
    { id: "dW1", code: "const dW1 = d1\n  .transpose()\n  .matmul(X)", after: ["d1"] },
    { id: "move2", code: "W2 = W2.sub(dW2.mul(eta))", after: ["dW2", "d1"] },
    { id: "move1", code: "W1 = W1.sub(dW1.mul(eta))", after: ["dW1"] },
  ],
  misconceptions: [
    {
      id: "backprop.moved-before-sent",
      says: "You move `W2` before the error has gone down through it. The hidden error must be weighted with the weights that the forward pass used.",
      order: ["move2", "d1"],
    },
    {
      id: "backprop.transpose",
      says: "One of your gradients is transposed: `H.transpose().matmul(d2)` has a row for each hidden unit, `W2` has a row for each class.",
      code: "const dW2 = H\n  .transpose()\n  .matmul(d2)",
      instead: "dW2",
    },
    {
      id: "backprop.no-mask",
      says: "One of your errors goes through ReLUs that were off. Where `H` is 0 nothing comes back.",
      code: "const d1 = d2.matmul(W2)",
      instead: "d1",
    },
    {
      id: "gd.sign",
      says: "One of your steps goes uphill: the gradient is subtracted.",
      code: "W1 = W1.add(dW1.mul(eta))",
      instead: "move1",
    },
  ],
  hints: [
    "Forward first, until there is a `P` to compare with `Y`.",
    "`d1` needs the `W2` of the forward pass. When may `W2` move?",
  ],
  explanation:
    "The sweep needs the weights of the forward pass: `d1` is weighted by `W2`. Move `W2` too early, and the gradient of the first layer belongs to a network that never ran. Nothing crashes; it is only wrong. That is why optimizers move everything at the end.",
})
