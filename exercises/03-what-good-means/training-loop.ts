/** @file Exercise: the lines of a training loop, to be put in order. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "parsons",
  title: "A training loop, line by line",
  prompt:
    "`X` holds the inputs, `y` the class numbers, `W` and `b` the weights, and `opt` moves them. Build the loop that trains the classifier with gradient descent. Some lines do not belong.",
  conventions: [
    "`crossEntropy(scores, y)` takes scores",
    "`loss.backward()` **adds** its gradients to those that are there; `opt.zeroGrad()` clears them",
    "`opt.step()` moves the weights by the gradients that it finds",
  ],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  label: "the training loop",
  blocks: [
    { id: "for", code: "for (let k = 0; k < 150; k++) {" },
    { id: "scores", code: "  const scores = X.matmul(W).add(b)" },
    { id: "loss", code: "  const loss = crossEntropy(scores, y)" },
    { id: "clear", code: "  opt.zeroGrad()", after: ["for"] },
    { id: "backward", code: "  loss.backward()", after: ["loss", "clear"] },
    { id: "step", code: "  opt.step()" },
    { id: "end", code: "}" },
  ],
  // Clearing what the step has used is as good as clearing before the next backward pass.
  alternates: [{ backward: ["loss"], clear: ["step"], end: ["clear"] }],
  misconceptions: [
    {
      id: "ce.softmax-twice",
      says: "One of your losses gets shares instead of scores. `crossEntropy` applies the softmax itself; applied twice, the loss can never come near zero.",
      code: "  const loss = crossEntropy(scores.softmax(1), y)",
      instead: "loss",
    },
    {
      id: "ce.of-decisions",
      says: "You compare class numbers. They jump and have no slope, so no gradient comes back through `argmax`. The loss needs the scores.",
      code: "  const loss = crossEntropy(scores.argmax(1), y)",
      instead: "loss",
    },
    {
      id: "loop.cleared-too-late",
      says: "You clear the gradients between computing and using them: `opt.step()` finds zeros, and nothing moves.",
      order: ["backward", "clear", "step"],
    },
    {
      id: "loop.step-before-backward",
      says: "Your step comes before the gradients of this round are there. First `backward()` fills them, then the step uses them.",
      order: ["step", "backward"],
    },
    {
      id: "loop.cleared-once",
      says: "You clear the gradients once, before the loop. From the second round on they pile up, and each step follows the sum of all rounds.",
      order: ["clear", "for"],
    },
  ],
  hints: [
    "Forwards first: from the inputs to scores, from the scores to one number.",
    "Then backwards: gradients that are old must be gone before new ones are added, and the step needs the new ones.",
  ],
  explanation:
    "Scores, loss, gradients, step: each line needs the one before. Only `opt.zeroGrad()` is free to move, as long as it does not stand between `backward` and `step`. Clear in the wrong place and nothing crashes: the weights stand still, or follow gradients that are long out of date.",
})
