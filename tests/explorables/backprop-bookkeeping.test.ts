/** @file Backprop bookkeeping against finite differences, the engine's own backward pass, its words and its code. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as engine from "../../engine/index.ts"
import { GRAPHS, type GraphName } from "../../src/explorables/backprop/graphs.ts"
import { verdict } from "../../src/explorables/backprop/guess.ts"
import { lengthOf, type State, state } from "../../src/explorables/backprop/tape.ts"
import explorable from "../../src/explorables/backprop-bookkeeping.ts"
import { decode, encode } from "../../src/explorables/lib/link.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

const names = Object.keys(GRAPHS) as GraphName[]
const usual = defaults(explorable.controls)
const at = (
  name: GraphName,
  step: number,
  guess = 0,
  leaves: Record<string, number> = GRAPHS[name].leaves,
): State => state(name, leaves, step, true, guess)

const setting = fc
  .constantFrom(...names)
  .chain((name) =>
    fc.tuple(
      fc.constant(name),
      fc.record(
        Object.fromEntries(
          Object.keys(GRAPHS[name].leaves).map((leaf) => [leaf, fc.double({ min: -3, max: 3, noNaN: true })]),
        ),
      ),
    ),
  )

describe("for all expressions and leaves", () => {
  it("the messages, added up, are the gradients of the engine's backward pass", () => {
    fc.assert(
      fc.property(setting, ([name, leaves]) => {
        const { nodes, grads } = at(name, 1000, 0, leaves)
        for (const [i, { grad }] of nodes.entries()) expect(grads[i]).toBeCloseTo(grad, 9)
      }),
      { numRuns: 40 },
    )
  })

  it("the gradient of every leaf is what wiggling it gives, away from a tie", () => {
    fc.assert(
      fc.property(setting, ([name, leaves]) => {
        fc.pre(name !== "max" || Math.abs(leaves.x! - leaves.y!) > 0.01)
        for (const { check, grad } of at(name, 1000, 0, leaves).nodes)
          if (check !== undefined) expect(Math.abs(check - grad)).toBeLessThan(1e-5 * (1 + Math.abs(grad)))
      }),
      { numRuns: 40 },
    )
  })

  it("a number is written only when its turn has come: values first, then the 1, then the messages", () => {
    for (const name of names) {
      const { gates } = GRAPHS[name]
      expect(at(name, 0).values.filter((v) => v === undefined).length).toBe(gates.length)
      expect(at(name, gates.length).values).not.toContain(undefined)
      expect(at(name, gates.length).grads.every((g) => g === undefined)).toBe(true)
      expect(at(name, gates.length + 1).grads.filter((g) => g !== undefined)).toEqual([1])
      expect(at(name, lengthOf(name)).grads).not.toContain(undefined)
    }
  })
})

describe("a press on a box", () => {
  const { targets } = explorable.views.graph
  const shown = (name: GraphName, step: number) => state(name, GRAPHS[name].leaves, step, false, 0)

  it("leads through the moments at which it is written, and then to the first again", () => {
    for (const name of names)
      for (const [i] of shown(name, 0).nodes.entries()) {
        const press = (s: State) => shown(name, targets!(s)[i]!.to.step!)
        const writes = shown(name, 0).events.filter(
          (e) => (e.kind === "message" ? e.message.to : e.node) === i,
        ).length
        let s = shown(name, 0)
        const seen = Array.from({ length: writes + 1 }, () => (s = press(s)).step)
        expect(seen.slice(0, writes)).toEqual([...seen.slice(0, writes)].sort((a, b) => a - b))
        expect(seen[writes]).toBe(seen[0])
        for (const at of seen) expect(shown(name, at).last).toMatchObject(at > 0 ? {} : { kind: "none" })
      }
  })

  it("asks for its next number where the reader fills in", () => {
    const s = at("fork", 0)
    const p = s.nodes.findIndex(({ name }) => name === "p")
    const asked = at("fork", targets!(s)[p]!.to.step!)
    expect(asked.next).toEqual({ kind: "value", node: p })
  })

  it("can be made on every box inside of the picture, and says what the box holds", () => {
    for (const name of names)
      for (const { x, y, width, height } of targets!(shown(name, 1000))) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x + width).toBeLessThanOrEqual(explorable.views.graph.width)
        expect(y + height).toBeLessThanOrEqual(explorable.views.graph.height)
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(24)
      }
    expect(targets!(shown("product", 1000))[0]!.label).toBe(
      "x, value −2, gradient −4: go to where it is written",
    )
  })
})

describe("a number that the reader fills in", () => {
  /** The fork just before the second message comes to x: 1 is there, 3 arrives. */
  const second = (guess: number) => verdict(at("fork", lengthOf("fork") - 2, guess))

  it("is right when it is the sum of both paths", () => {
    expect(second(4)).toMatchObject({ right: true })
  })

  it("is told about the second path when it is one message alone", () => {
    expect(second(3).right).toBe(false)
    expect(second(3).says).toContain("already holds 1: add")
    expect(second(1).says).toContain("or keep 1")
  })

  it("is told which factor it lacks", () => {
    // The neuron: a passes upstream 0.1966 × local −1 to w₀; the box of x₁ was written last.
    const a = (guess: number) => verdict(at("neuron", 19, guess)).says
    expect(a(0.1966)).toContain("still has to be multiplied by x₀")
    expect(a(-1)).toContain("local slope alone")
    expect(a(0.3932)).toContain("multiplied by w₀ itself")
    expect(a(7)).toContain("What arrives at a is 0.1966")
    // b passes 0.1966 × −3 to x₁.
    expect(verdict(at("neuron", 18, 0.5898)).says).toContain("sign")
  })

  it("is not judged before it is typed, nor again when its box is written", () => {
    expect(verdict(at("neuron", 19, 0)).says).toBe("Type it, then press Step.")
    expect(verdict(at("neuron", 19, -0.5898)).says).toBe("Type it, or keep −0.5898, then press Step.")
  })

  it("is told when the multiplier is not swapped", () => {
    // (x + y)·z: f passes z = −4 to q = 3.
    const first = verdict(at("product", 3, 3))
    expect(first.says).toContain("multiplied by q itself")
  })

  it("does not see the number that it is asked for", () => {
    for (const name of names)
      for (let step = 0; step < lengthOf(name); step++) {
        const s = state(name, { ...GRAPHS[name].leaves }, step, true, 1234)
        const drawn = explorable.views.rule.draw(s)
        expect(drawn).toContain("?")
      }
  })
})

describe("the words", () => {
  it("say upstream, local and what is passed on", () => {
    const params = { ...usual }
    expect(explorable.takeaway(params, explorable.model(params, 0, 18))).toBe(
      "b passes −0.3932 to w₁: upstream 0.1966 × local −2.",
    )
  })

  it("say every gradient when the sweep is done", () => {
    const params = { ...usual, graph: "max" }
    expect(explorable.takeaway(params, explorable.model(params, 0, 100))).toBe(
      "One sweep back, and all 3 derivatives are known: ∂f/∂x = 0, ∂f/∂y = 2 and ∂f/∂z = 4.",
    )
  })

  it("answer the prediction with both messages", () => {
    const params = { ...usual, graph: "fork" }
    const { id, says } = explorable.predict!.answer(params, explorable.model(params, 0, 100))
    expect(id).toBe("sum")
    expect(says).toContain("1 + 3 = 4")
  })
})

describe("a link", () => {
  it("brings back the same state", () => {
    const params = { ...usual, graph: "loss", lossS0: 1.5, fills: true, guess: -0.25 }
    const link = encode("backprop-bookkeeping", explorable.controls, { params, seed: 0, step: 9 })
    const place = decode("backprop-bookkeeping", explorable.controls, `#${link}`)!
    expect(place.params).toEqual(params)
    expect(explorable.model(place.params as typeof usual, 0, place.step).grads).toEqual(
      explorable.model(params, 0, 9).grads,
    )
  })
})

describe("the code of a state", () => {
  it.each([{}, { graph: "product", productX: 3 }, { folded: true }, { graph: "loss" }, { graph: "max" }])(
    "records the same tape for %o",
    (more) => {
      const params = { ...usual, ...more }
      let traced: engine.Trace | undefined
      const { var: _variance, ...library } = engine
      const scope = {
        ...library,
        graph: (f: engine.Tensor, labels: Record<string, engine.Tensor>) =>
          void (traced = engine.trace(f, labels)),
      }
      const body = stripTypes(explorable.code(params, 0, 0))
      new Function(...Object.keys(scope), body)(...Object.values(scope))
      for (const { name, value, grad } of explorable.model(params, 0, 0).nodes) {
        const node = traced!.nodes.find(({ label }) => label === name)!
        expect([node.value.item(), node.grad!.item()]).toEqual([value, grad])
      }
    },
  )
})
