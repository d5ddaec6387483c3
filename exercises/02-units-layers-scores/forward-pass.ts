/** @file Exercise: the forward pass of a network of any depth, keeping what the backward pass will need. */
import type { Generator, Tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"
import { normal } from "../lib/probes.ts"

const forward = (body: string) => `function forward(X: Tensor, Ws: Tensor[], bs: Tensor[]) {
${body}
}`

/** `last` says what the last layer's activation is, `kept` how each layer is computed. */
const pass = (z: string, h: string, kept = "return { zs, hs }") =>
  forward(`  const zs = []
  const hs = [X]
  for (let k = 0; k < Ws.length; k++) {
    const z = ${z}
    const h = ${h}
    zs.push(z)
    hs.push(h)
  }
  ${kept}`)

const Z = "hs[k].matmul(Ws[k].transpose()).add(bs[k])"
const G = "k < Ws.length - 1 ? z.relu() : z"

const network = (random: Generator, sizes: number[], N: number): [Tensor, Tensor[], Tensor[]] => [
  normal(random, N, sizes[0]!),
  sizes.slice(1).map((n, k) => normal(random, n, sizes[k]!)),
  sizes.slice(1).map((n) => normal(random, n)),
]

export default defineExercise({
  kind: "function",
  title: "Build it yourself: a forward pass of any depth",
  prompt:
    "Write `forward(X, Ws, bs)` for a network of any depth, with ReLU in all layers but the last. Return **everything** that was computed on the way, as `{ zs, hs }`. You will need it when you build the backward pass.",
  conventions: [
    "`X` is [N, D], examples in rows; `Ws[k]` is out × in, `bs[k]` is [out]",
    "`zs` holds the pre-activations of the layers, first layer first; `hs` holds `X` and then the activations, so it is one longer",
    "the last layer has no function: its activation is its pre-activation",
  ],
  difficulty: "hard",
  minutes: 10,
  revision: 1,
  entry: "forward",
  starter: forward("  TODO()\n  return { zs: [], hs: [X] }"),
  solution: pass(Z, G),
  probes: (random) => [
    { args: network(random, [2, 3, 4], 5), note: "5 examples through 2–3–4" },
    { args: network(random, [4, 6, 5, 3], 2), note: "2 examples through 4–6–5–3" },
    { args: network(random, [3, 2], 4), note: "one layer alone" },
    { args: network(random, [3, 3, 3, 3], 3), note: "everything 3: each mistake fits, too" },
  ],
  misconceptions: [
    {
      id: "layers.last-activated",
      says: "You applied the ReLU to the last layer too. Scores may be negative: the last layer has no function.",
      code: pass(Z, "z.relu()"),
    },
    {
      id: "layers.never-activated",
      says: "There is no ReLU in your network, so it is one linear layer, however deep.",
      code: pass(Z, "z"),
    },
    {
      id: "layers.bias-forgotten",
      says: "The products are right; the biases are missing.",
      code: pass("hs[k].matmul(Ws[k].transpose())", G),
    },
    {
      id: "layers.input-not-kept",
      says: "Everything is computed rightly, but `hs` begins with the input: $h^{(0)}=x$. The gradient of the first weights needs it.",
      code: pass(Z, G, "return { zs, hs: hs.slice(1) }"),
    },
    {
      id: "layers.z-for-h",
      says: "Your next layer takes the pre-activations, not the activations: the ReLU is computed and then passed over.",
      code: pass("(k === 0 ? X : zs[k - 1]).matmul(Ws[k].transpose()).add(bs[k])", G),
    },
    {
      id: "layers.kept-after",
      says: "Your `zs` hold the activations. Keep $z$ **before** the ReLU: its slope depends on it.",
      code: pass(Z, G, "return { zs: hs.slice(1), hs }"),
    },
    {
      id: "act.step-for-relu",
      says: "Your hidden units are steps: each answers 1 for every positive $z$. A ReLU lets positive inputs pass unchanged, 0.4 as 0.4 and 3 as 3.",
      code: pass(Z, "k < Ws.length - 1 ? where(z.gt(0), 1, 0) : z"),
    },
    {
      id: "layers.first-not-activated",
      says: "The first layer of your network has no ReLU. Only the last one goes without.",
      code: pass(Z, "k > 0 && k < Ws.length - 1 ? z.relu() : z"),
    },
  ],
  hints: [
    "Begin with `hs = [X]`. Each layer reads the last entry of `hs`.",
    "`hs[k].matmul(Ws[k].transpose()).add(bs[k])` is the pre-activation number `k`, counted from 0.",
    "The last layer is the one with `k === Ws.length - 1`.",
  ],
  explanation:
    "Three lines in a loop: product, function, keep. `hs[k]` goes **into** layer `k` and `hs[k + 1]` comes out, so `hs` is one longer than `zs`. The gradient of `Ws[k]` will need `hs[k]`, and the way back through the ReLU will need `zs[k]`.",
})
