/** @file What the tour says of the engine is what the engine does: bytes, text, forms, values, counts. */
import { afterEach, describe, expect, it, vi } from "vitest"
import { disassemble } from "../../engine/backend/wasm/disassemble.ts"
import { grad, jit, randn, random, type Tensor, valueAndGrad } from "../../engine/index.ts"
import {
  compiled,
  countCompiled,
  type Explanation,
  explain,
  interpreted,
  separate,
} from "../../engine/inside.ts"
import { realizeAll } from "../../engine/tensor.ts"
import { expectClose } from "./close.ts"

type Args = Record<string, Tensor>

const functions: Record<string, (args: Args) => readonly Tensor[]> = {
  relu: ({ x, w, b }) => [x.matmul(w).add(b).relu()],
  softmax: ({ x, w, b }) => [x.matmul(w).add(b).softmax()],
  "gradient of tanh": ({ x, w, b }) => {
    const f = (p: Args): Tensor => x.matmul(p.w).add(p.b).tanh().square().sum()
    const [loss, g] = valueAndGrad(f)({ w, b })
    return [loss, g.w, g.b]
  },
  "two results over a comparison": ({ x, w, b }) => [x.gt(0).mul(x), x.matmul(w).add(b).gt(0)],
}

function args(batch = 5, fanIn = 7, fanOut = 3): Args {
  random.seed(1)
  const made = { x: randn([batch, fanIn]), w: randn([fanIn, fanOut]), b: randn([fanOut]) }
  realizeAll(Object.values(made))
  return made
}

afterEach(() => vi.unstubAllGlobals())

/** The modules that are made while `f` runs. */
function modulesMade(f: () => void): Uint8Array[] {
  const made: Uint8Array[] = []
  const { Module } = WebAssembly
  vi.stubGlobal("WebAssembly", {
    ...Object.fromEntries(
      Object.getOwnPropertyNames(WebAssembly).map((k) => [k, Reflect.get(WebAssembly, k)]),
    ),
    Module: new Proxy(Module, {
      construct(target, [bytes]) {
        made.push(new Uint8Array(bytes))
        return new target(bytes)
      },
    }),
  })
  f()
  vi.unstubAllGlobals()
  return made
}

describe.each(Object.entries(functions))("the explanation of %s", (_name, f) => {
  const given = args()
  const explained = explain(f, given)

  it("has the very bytes that are run when the result is read", () => {
    // Sizes that no other test has, so that the program is not there yet.
    const own = args(6, 5, 4)
    const made = modulesMade(() => realizeAll(f(own)))
    expect(made).toEqual([new Uint8Array(explain(f, own).wasm.bytes)])
  })

  it("has a module that the machine accepts, and its text", () => {
    expect(WebAssembly.validate(explained.wasm.bytes)).toBe(true)
    expect(explained.wasm.text).toBe(disassemble(explained.wasm.bytes))
    const { functions: parts, text } = explained.wasm
    expect(parts.map((part) => part.text).every((part) => text.includes(part))).toBe(true)
    expect(parts).toHaveLength(text.match(/^\(func /gm)?.length ?? 0)
    expect(parts.filter(({ name }) => /^k\d+$/.test(name)).map(({ name }) => name)).toEqual(
      explained.kernels.map(({ name }) => name),
    )
  })

  it("gives every node to one kernel", () => {
    const first = explained.graph.inputs.length + explained.graph.scalars.length
    const nodes = explained.kernels.flatMap((kernel) => kernel.nodes).sort((a, b) => a - b)
    expect(nodes).toEqual(explained.graph.nodes.map((_, i) => first + i))
  })

  it("cuts the form without losing a number", () => {
    expect(explained.formParts.flatMap(({ numbers }) => numbers)).toEqual(explained.form)
    const first = explained.graph.inputs.length
    for (const { array, numbers } of explained.formParts) {
      if (array >= 0 && array < first) {
        const [type, dims, ...shape] = numbers
        expect([type, dims]).toEqual([-1, shape.length])
        expect(shape.reduce((a, b) => a * b, 1)).toBe(explained.graph.inputs[array].size)
      } else expect(numbers.length).toBeGreaterThan(0)
    }
  })

  it("has the values of the interpreter, whole, fused or node by node", async () => {
    const [want, fused, apart] = await Promise.all(
      [interpreted, compiled, separate].map((make) => make(explained).outputs()),
    )
    const read = f(given).map((t) => t.data())
    expect(want.length).toBe(explained.graph.outputs.length)
    for (const [o, values] of want.entries()) {
      expectClose(fused[o], values, 1e-5, 1e-5)
      expectClose(apart[o], values, 1e-5, 1e-5)
    }
    expectClose(fused[explained.graph.outputs.length - 1], read[read.length - 1], 1e-6, 1e-6)
  })

  it("has a shader for every kernel, with its grid", () => {
    expect(explained.wgsl.length).toBeGreaterThanOrEqual(explained.kernels.length)
    for (const { code, groups } of explained.wgsl) {
      expect(code).toContain("@compute")
      expect(groups).toHaveLength(3)
    }
  })
})

describe("the explanation", () => {
  it("counts bytes: each array once a kernel, and no less without fusion", () => {
    const { kernels, bytesUnfused, names } = explain(functions.relu, args(2, 3, 4))
    const all = kernels.reduce((sum, { bytes }) => sum + bytes, 0)
    // x, w → product: (6 + 12 + 8) · 4; then the loop: product, b → result.
    expect(names).toEqual(["x", "w", "b"])
    expect(kernels[0].bytes).toBe(4 * (6 + 12 + 8))
    expect(all).toBeLessThan(bytesUnfused)
    expect(bytesUnfused).toBe(4 * (6 + 12 + 8) + 4 * (8 + 4 + 8) + 4 * (8 + 8))
  })

  it("keeps no product inside jit, as a replay does", () => {
    const plain = explain(functions.relu, args())
    const jitted = explain(functions.relu, args(), { jit: true })
    expect(plain.graph.outputs).toHaveLength(2)
    expect(jitted.graph.outputs).toHaveLength(1)
    const own = args(3, 11, 6)
    const f = jit((x: Tensor, w: Tensor, b: Tensor) => x.matmul(w).add(b).relu())
    const made = modulesMade(() => f(own.x, own.w, own.b).data())
    expect(made.at(-1)).toEqual(new Uint8Array(explain(functions.relu, own, { jit: true }).wasm.bytes))
  })

  it("leaves the arguments as they were and the graph uncomputed", () => {
    const given = args()
    const before = given.x.tolist()
    const y = functions.relu(given)[0]
    const explained: Explanation = explain(() => [y], given)
    expect(explained.graph.nodes).toHaveLength(3)
    expect(y.source.slot.kernel).toBeDefined()
    expect(given.x.tolist()).toEqual(before)
  })

  it("sees a second call compile nothing, with other numbers too, and other sizes compile anew", () => {
    const f = (given: Args) => functions.relu(given)[0].data()
    const first = args(9, 8, 7)
    f(first)
    const second = { ...first, x: first.x.mul(2) }
    realizeAll([second.x])
    expect(countCompiled(() => f(second)).compiled).toBe(0)
    const other = args(10, 8, 7)
    expect(countCompiled(() => f(other)).compiled).toBe(1)
  })

  it("agrees with grad", () => {
    const { x, w, b } = args()
    const loss = (v: Tensor): Tensor => x.matmul(v).add(b).relu().square().sum()
    const explained = explain((p) => [grad(loss)(p.w)], { x, w, b })
    return compiled(explained)
      .outputs()
      .then((outputs) => expectClose(outputs[outputs.length - 1], grad(loss)(w).data(), 1e-6, 1e-6))
  })
})
