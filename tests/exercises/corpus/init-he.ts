/** @file Answers to `init-he`. */
import type { Corpus } from "./corpus.ts"

const head = "function he(draws: Tensor): Tensor"
const f = (body: string, start = head) => `${start} {\n  ${body}\n}`

export default {
  right: {
    "by the number of columns": f("return draws.mul(Math.sqrt(2 / draws.shape[1]))"),
    "divided by the root of half the fan-in": f("return draws.div(Math.sqrt(draws.shape[1] / 2))"),
    "an arrow function": "const he = (draws) => draws.mul(Math.sqrt(2 / draws.shape[1]))",
    "an async function, CRLF and BOM": `\ufeff${f("return draws.mul(Math.sqrt(2 / draws.shape[1]))", `async ${head}`).replaceAll("\n", "\r\n")}`,
    "by fanInOut": f("return draws.mul(Math.sqrt(2 / fanInOut(draws.shape).fanIn))"),
    "a power": f("return draws.mul((2 / draws.shape.at(-1)) ** 0.5)"),
    "two roots": f("return draws.mul(Math.SQRT2).div(Math.sqrt(draws.shape[1]))"),
    "the columns counted": f("return draws.mul(Math.sqrt(2 / draws.transpose().shape[0]))"),
    "from the size": f("return draws.mul(Math.sqrt((2 * draws.shape[0]) / draws.size))"),
    "a list of lists": f(
      "const s = Math.sqrt(2 / draws.shape[1])\n  return draws.tolist().map((row) => row.map((v) => v * s))",
    ),
  },
  wrong: {
    "a constant spread": f("return draws.mul(0.01)"),
    "fresh draws": f("return randn(draws.shape).mul(Math.sqrt(2 / draws.shape[1]))"),
    "the engine's rule, with its own draws": f("return kaimingNormal(draws.shape)"),
    "the whole size for the fan": f("return draws.mul(Math.sqrt(2 / draws.size))"),
    transposed: f("return draws.transpose().mul(Math.sqrt(2 / draws.shape[1]))"),
    "no root of the fan": f("return draws.mul(Math.SQRT2 / draws.shape[1])"),
    "no root of the 2": f("return draws.mul(2 / Math.sqrt(draws.shape[1]))"),
    "zeros of the right shape": f("return zeros(draws.shape)"),
    "absolute values": f("return draws.abs().mul(Math.sqrt(2 / draws.shape[1]))"),
    "the draws as they are": f("return draws"),
  },
} satisfies Corpus
