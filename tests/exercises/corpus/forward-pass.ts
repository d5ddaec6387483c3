/** @file Answers to `forward-pass`. */
import type { Corpus } from "./corpus.ts"

const head = "function forward(X: Tensor, Ws: Tensor[], bs: Tensor[])"
const f = (body: string, start = head) => `${start} {\n  ${body}\n}`
const loop = (line: string, before = "const zs = [], hs = [X]") =>
  f(`${before}
  for (let k = 0; k < Ws.length; k++) {
    ${line}
  }
  return { zs, hs }`)
const z = "const z = hs[k].matmul(Ws[k].transpose()).add(bs[k])"

export default {
  right: {
    "an arrow function": `const forward = (X, Ws, bs) => {
  const zs = [], hs = [X]
  Ws.forEach((W, k) => {
    const z = hs.at(-1).matmul(W.transpose()).add(bs[k])
    zs.push(z)
    hs.push(k === Ws.length - 1 ? z : relu(z))
  })
  return { zs, hs }
}`,
    "an async function": f(
      `const zs = [], hs = [X]
  for (const [k, W] of Ws.entries()) {
    zs.push(hs[k].matmul(W.transpose()).add(bs[k]))
    hs.push(k + 1 < Ws.length ? zs[k].relu() : zs[k])
  }
  return { zs, hs }`,
      `async ${head}`,
    ),
    "CRLF, BOM and no types": `\ufeff${`function forward(X, Ws, bs) {
  const zs = [], hs = [X]
  for (let k = 0; k < Ws.length; k++) {
    ${z}
    zs.push(z)
    hs.push(k < Ws.length - 1 ? z.relu() : z)
  }
  return { zs, hs }
}`.replaceAll("\n", "\r\n")}`,
    "the ReLU at the entrance of the next layer": f(`const zs = []
  for (let k = 0; k < Ws.length; k++) {
    const h = k === 0 ? X : zs[k - 1].relu()
    zs.push(h.matmul(Ws[k].transpose()).add(bs[k]))
  }
  const hs = [X, ...zs.map((z, k) => (k < zs.length - 1 ? z.relu() : z))]
  return { zs, hs }`),
    recursion: f(`if (Ws.length === 0) return { zs: [], hs: [X] }
  const z = X.matmul(Ws[0].transpose()).add(bs[0])
  const h = Ws.length > 1 ? z.relu() : z
  const rest = forward(h, Ws.slice(1), bs.slice(1))
  return { zs: [z, ...rest.zs], hs: [X, ...rest.hs] }`),
    "a maximum for the ReLU": loop(`${z}
    zs.push(z)
    hs.push(k < Ws.length - 1 ? maximum(z, 0) : z)`),
    "the last layer after the loop": f(`const zs = [], hs = [X]
  const last = Ws.length - 1
  for (let k = 0; k < last; k++) {
    ${z}
    zs.push(z)
    hs.push(z.relu())
  }
  const s = hs[last].matmul(Ws[last].transpose()).add(bs[last])
  return { zs: [...zs, s], hs: [...hs, s] }`),
    "more than was asked for on the way, keys the other way round": f(`const hs = [X]
  const zs = Ws.map((W, k) => {
    const z = hs[k].matmul(W.transpose()).add(bs[k].reshape([1, -1]))
    hs.push(k === Ws.length - 1 ? z : where(z.gt(0), z, 0))
    return z
  })
  return { hs, zs }`),
    "a layer as a function of its own": `const layer = (h, W, b) => matmul(h, transpose(W)).add(b)
${loop("const z = layer(hs[k], Ws[k], bs[k])\n    zs.push(z)\n    hs.push(k === Ws.length - 1 ? z : z.relu())")}`,
  },
  wrong: {
    "sigmoid for ReLU": loop(`${z}
    zs.push(z)
    hs.push(k < Ws.length - 1 ? z.sigmoid() : z)`),
    "leaky for ReLU": loop(`${z}
    zs.push(z)
    hs.push(k < Ws.length - 1 ? z.leakyRelu() : z)`),
    "a softmax at the end": loop(`${z}
    zs.push(z)
    hs.push(k < Ws.length - 1 ? z.relu() : z.softmax(1))`),
    "the scores alone": f(`let h = X
  for (let k = 0; k < Ws.length; k++) {
    const z = h.matmul(Ws[k].transpose()).add(bs[k])
    h = k < Ws.length - 1 ? z.relu() : z
  }
  return h`),
    "the last layer's values alone": f(`let h = X, z = X
  for (let k = 0; k < Ws.length; k++) {
    z = h.matmul(Ws[k].transpose()).add(bs[k])
    h = k < Ws.length - 1 ? z.relu() : z
  }
  return { zs: [z], hs: [h] }`),
    "no transposes": loop("const z = hs[k].matmul(Ws[k]).add(bs[k])\n    zs.push(z)\n    hs.push(z.relu())"),
    "always the first bias": loop(`const z = hs[k].matmul(Ws[k].transpose()).add(bs[0])
    zs.push(z)
    hs.push(k < Ws.length - 1 ? z.relu() : z)`),
    "always from the input": loop(`const z = X.matmul(Ws[k].transpose()).add(bs[k])
    zs.push(z)
    hs.push(k < Ws.length - 1 ? z.relu() : z)`),
    "last layer first": f(`const zs = [], hs = [X]
  for (let k = 0; k < Ws.length; k++) {
    ${z}
    zs.push(z)
    hs.push(k < Ws.length - 1 ? z.relu() : z)
  }
  return { zs: zs.reverse(), hs: hs.reverse() }`),
    "two layers at most": loop(`${z}
    zs.push(z)
    hs.push(k === 0 && Ws.length > 1 ? z.relu() : z)`),
  },
  equivalent: {
    "5:15 hs[k].matmul(Ws[k].transpose()).add(bs[k]) → bs[k].add(hs[k].matmul(Ws[k].transpose()))":
      "addition commutes",
  },
} satisfies Corpus
