/** @file Exercise: a printed listing of a dense layer that does not run; which line is to blame? */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  title: "Code clinic: a printed layer",
  prompt: `This listing is in print as "a dense layer from scratch". Python refuses it before anything runs. Which line is to blame?

\`\`\`python
class MyDenseLayer(tf.keras.layers.Layer):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.W = self.add_weight([n_in, n_out])
        self.b = self.add_weight([1, n_out])

    def call(self, x):
        z = tf.matmul(x, self.W) + self.b
        output = tf.math.sigmoid(z)

    return output
\`\`\``,
  conventions: ["in Python, indentation says what belongs to what"],
  difficulty: "core",
  minutes: 2,
  revision: 1,
  options: [
    {
      id: "return",
      text: "`return output`",
      right: true,
      says: "Yes. It stands outside of `call`, at the level of the class: a SyntaxError. Four more spaces mend it; without any `return`, `call` would give back nothing.",
    },
    {
      id: "weight",
      text: "`self.W = self.add_weight([n_in, n_out])`",
      right: false,
      says: "Fragile, but no reason to refuse the file: in Keras 3 the first argument is the shape, in Keras 2 it was the name. Write `shape=(n_in, n_out)`, and it works in both.",
    },
    {
      id: "bias",
      text: "`self.b = self.add_weight([1, n_out])`",
      right: false,
      says: "A bias of shape 1 × out is a row, and broadcasting adds it to every row. That is fine.",
    },
    {
      id: "product",
      text: "`z = tf.matmul(x, self.W) + self.b`",
      right: false,
      says: "The weights are in × out, so the input stands on the left and nothing is transposed. This is Keras's spelling, and right.",
    },
    {
      id: "super",
      text: "`super().__init__()`",
      right: false,
      says: "It must be there: without it Keras does not know of the layer's weights.",
    },
  ],
  hints: [
    "Read the indentation aloud: which lines belong to `call`?",
    "A function hands back its result from the inside.",
  ],
  explanation:
    "`return` may stand only inside of a function. One lost indentation, and the file does not even load. With `return` moved to the right and `shape=` written out, the layer maps 4 × 3 to 4 × 2, as the one above does.",
})
