/** @file Answers to `leaky-relu`. */
import type { Corpus } from "./corpus.ts"

const head = "function leaky(z: Tensor, alpha: number): Tensor"
const f = (body: string, start = head) => `${start} {\n  ${body}\n}`

export default {
  right: {
    "by where": f("return where(z.gt(0), z, z.mul(alpha))"),
    "by where, the other way round": f("return where(z.lt(0), z.mul(alpha), z)"),
    "an arrow function": "const leaky = (z, alpha) => where(z.gt(0), z, z.mul(alpha))",
    "an async function, CRLF and BOM": `\ufeff${f("return where(z.gt(0), z, z.mul(alpha))", `async ${head}`).replaceAll("\n", "\r\n")}`,
    "two halves added": f("return z.relu().add(minimum(z, 0).mul(alpha))"),
    "maximum and minimum with 0": f("return maximum(z, 0).add(minimum(z, 0).mul(alpha))"),
    "maximum or minimum, by alpha": f(
      "return alpha <= 1 ? maximum(z.mul(alpha), z) : minimum(z.mul(alpha), z)",
    ),
    "by the absolute value": f("return z.mul(1 + alpha).add(z.abs().mul(1 - alpha)).div(2)"),
    "a ReLU and a line": f("return z.mul(alpha).add(z.relu().mul(1 - alpha))"),
    "clip for the negative part": f("return z.relu().add(z.clip(-Infinity, 0).mul(alpha))"),
  },
  wrong: {
    "the branches exchanged": f("return where(z.gt(0), z.mul(alpha), z)"),
    "a leak of 0.01 whatever alpha is": f("return where(z.gt(0), z, z.mul(0.01))"),
    "an absolute value": f("return where(z.gt(0), z, z.mul(-alpha))"),
    "an ELU": f("return where(z.gt(0), z, z.exp().sub(1).mul(alpha))"),
    "alpha added": f("return where(z.gt(0), z, z.add(alpha))"),
    "z divided by alpha": f("return where(z.gt(0), z, z.div(alpha))"),
    "maximum for alpha up to 2": f("return alpha < 2 ? maximum(z.mul(alpha), z) : z.relu()"),
    "z itself": f("return z"),
    "the sum": f("return where(z.gt(0), z, z.mul(alpha)).sum()"),
    "no graph": f("return where(z.gt(0), z, z.mul(alpha)).detach()"),
    "a list of numbers": f("return z.tolist().map((v) => (v > 0 ? v : alpha * v))"),
  },
} satisfies Corpus
