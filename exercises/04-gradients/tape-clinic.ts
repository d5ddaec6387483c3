/** @file Exercise: a printed loop of gradient descent with a tape that does not run; which lines are to blame? */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  several: true,
  title: "Code clinic: a loop with a tape",
  prompt: `This loop is to walk down a loss in TensorFlow. It stops with an error at once, and when that is mended, with another in the second round. Which lines are to blame?

\`\`\`python
weights = tf.Variable(tf.random.normal())
for step in range(100):
    with tf.GradientTape() as tape:
        loss = compute_loss(weights)
    gradient = tape.gradient(loss, weights)
    weights = weights - 0.1 * gradient
\`\`\``,
  conventions: [
    "`compute_loss` takes the weights and is right",
    "a tape watches every `tf.Variable` by itself, and no other tensor",
  ],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  options: [
    {
      id: "shape",
      text: "`weights = tf.Variable(tf.random.normal())`",
      right: true,
      says: "Yes: how many numbers? Without a shape this is a TypeError. Write `tf.random.normal(shape=(2,))`, or whatever the loss takes.",
    },
    {
      id: "reassigned",
      text: "`weights = weights - 0.1 * gradient`",
      right: true,
      says: "Yes. The name now stands for the *result of a subtraction*, which is no variable. In the second round the tape does not watch it, and the gradient is None. Write `weights.assign_sub(0.1 * gradient)`.",
    },
    {
      id: "tape",
      text: "`with tf.GradientTape() as tape:`",
      right: false,
      says: "That line is right, and it belongs inside of the loop: one tape records one forward pass.",
    },
    {
      id: "loss",
      text: "`loss = compute_loss(weights)`",
      right: false,
      says: "It must stand inside of the tape's block, and it does. What is computed before the block is not on the tape.",
    },
    {
      id: "gradient",
      text: "`gradient = tape.gradient(loss, weights)`",
      right: false,
      says: "First what is differentiated, then by what. It may stand outside of the block: asking for a gradient need not be recorded.",
    },
  ],
  hints: [
    "How many weights are there? Which line would have to say so?",
    "What is `weights` after the first round: still the variable that the tape watches?",
  ],
  explanation:
    "A variable is a *place* that keeps its identity while its value changes. `weights = weights - …` gives the name to a new tensor; `assign_sub` changes the value in its place. The engine of this book has the same two words: `w = w.sub(…)` makes another tensor, `w.assign(…)` moves this one.",
})
