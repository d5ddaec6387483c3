/** @file Answers to `backward-order`. */
import type { Answer } from "../../../exercises/lib/exercise.ts"
import type { Corpus } from "./corpus.ts"

const order = (text: string): Answer => ({ kind: "parsons", order: text.split(" ") })

export default {
  right: {
    "layer by layer": order("hidden shares d2 dW2 d1 dW1 move2 move1"),
    "errors first": order("hidden shares d2 d1 dW2 dW1 move2 move1"),
    "the lower gradient first": order("hidden shares d2 d1 dW1 dW2 move2 move1"),
    "the lower layer moves first": order("hidden shares d2 dW2 d1 dW1 move1 move2"),
    "the upper layer moves as soon as it may": order("hidden shares d2 dW2 d1 move2 dW1 move1"),
  },
  wrong: {
    backwards: order("move1 move2 dW1 d1 dW2 d2 shares hidden"),
    "the error before the shares": order("hidden d2 shares dW2 d1 dW1 move2 move1"),
    "no first layer": order("hidden shares d2 dW2 d1 move2"),
    "moved at once": order("hidden shares d2 dW2 move2 d1 dW1 move1"),
    "both errors": order("hidden shares d2 dW2 d1 backprop.no-mask dW1 move2 move1"),
    "a block that is not there": order("hidden shares d2 dW2 d1 dW1 move2 move1 nothing"),
    "a block twice": order("hidden shares d2 d2 dW2 d1 dW1 move2 move1"),
  },
} satisfies Corpus
