/** @file Blocks to be put in order: what the judge gives for every order of them. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { ParsonsExercise } from "../../exercises/lib/exercise.ts"
import { judgeParsons } from "../../exercises/lib/judge-parsons.ts"
import { texts } from "./texts.ts"

describe("blocks to be put in order", () => {
  const block = (id: string, after?: string[]) => ({ id, code: `${id}()`, ...(after ? { after } : {}) })
  const exercise = (
    blocks: ParsonsExercise["blocks"],
    more: Partial<ParsonsExercise> = {},
  ): ParsonsExercise => ({
    ...texts,
    kind: "parsons",
    label: "it",
    blocks,
    misconceptions: [],
    ...more,
  })
  const judge = (of: ParsonsExercise, order: string[]) => judgeParsons(of, { kind: "parsons", order })
  const chain = exercise(["a", "b", "c", "d", "e"].map((id) => block(id)))

  it("give credit for the longest part that is in order", () => {
    expect(judge(chain, [..."abcde"]).verdict).toBe("correct")
    expect(judge(chain, [..."bacde"])).toMatchObject({
      verdict: "partial",
      score: 0.8,
      note: "generic.order",
    })
    expect(judge(chain, [..."eabcd"])).toMatchObject({ verdict: "partial", score: 0.8 })
    expect(judge(chain, [..."edcba"])).toMatchObject({ verdict: "wrong", score: 0 })
    expect(judge(chain, [..."a"])).toMatchObject({ verdict: "wrong", score: 0, note: "incomplete" })
    expect(judge(chain, [..."abd"])).toMatchObject({ verdict: "partial", score: 0.6, note: "incomplete" })
  })

  it("name the first block that stands too early, and cost no attempt where one is unknown", () => {
    const { message, evidence } = judge(chain, [..."acbde"])
    expect(message).toContain("Block 2, c(), stands too early")
    expect(evidence).toMatchObject({ where: "block 2", got: "c()" })
    expect(judge(chain, ["a", "gone"])).toMatchObject({ verdict: "invalid" })
    expect(judge(chain, ["a", "a"])).toMatchObject({ verdict: "invalid" })
  })

  it("may stand in every order that respects what each needs, and in no other", () => {
    // A diamond: b and c need a, d needs both; e is free.
    const diamond = exercise([
      block("a"),
      block("b", ["a"]),
      block("c", ["a"]),
      block("d", ["b", "c"]),
      block("e", []),
    ])
    const isRight = (order: string[]) => {
      const at = (id: string) => order.indexOf(id)
      return at("a") < at("b") && at("a") < at("c") && at("b") < at("d") && at("c") < at("d")
    }
    fc.assert(
      fc.property(fc.shuffledSubarray([..."abcde"], { minLength: 5 }), (order) => {
        expect(judge(diamond, order).verdict === "correct").toBe(isRight(order))
      }),
      { numRuns: 200 },
    )
  })

  it("are scored by the largest part in order, as trying all parts finds it", () => {
    const needs = { a: [], b: ["a"], c: ["a"], d: ["b"], e: ["c", "d"], f: [] } as Record<string, string[]>
    const six = exercise(Object.entries(needs).map(([id, after]) => block(id, after)))
    const above = (id: string): string[] => needs[id].flatMap((higher) => [higher, ...above(higher)])
    const fits = (part: string[]) =>
      part.every((id, i) => !part.slice(i + 1).some((below) => above(id).includes(below)))
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(needs), { minLength: 2 }), (order) => {
        const parts = Array.from({ length: 2 ** order.length }, (_, bits) =>
          order.filter((_, i) => (bits >> i) & 1),
        )
        const most = Math.max(...parts.filter(fits).map((part) => part.length))
        expect(judge(six, order).score).toBeCloseTo(most < 2 ? 0 : most / 6, 12)
      }),
      { numRuns: 200 },
    )
  })

  it("take one off for each block that does not belong, and say why it does not", () => {
    const trap = exercise(chain.blocks, {
      misconceptions: [{ id: "trap", says: "This one does nothing for you.", code: "x()", instead: "c" }],
    })
    expect(judge(trap, ["a", "b", "trap", "d", "e"])).toMatchObject({ note: "trap", score: 0.6 })
    expect(judge(trap, ["a", "b", "c", "trap", "d", "e"])).toMatchObject({ note: "trap", score: 0.8 })
  })

  it("have other right orders where the exercise says so", () => {
    const either = exercise(chain.blocks, { alternates: [{ c: ["a"], b: ["c"], d: ["b"] }] })
    expect(judge(either, [..."acbde"]).verdict).toBe("correct")
    expect(judge(either, [..."abcde"]).verdict).toBe("correct")
    expect(judge(either, [..."bacde"]).verdict).toBe("partial")
  })

  it("are our mistake where they need each other in a circle", () => {
    const circle = exercise([block("a", ["b"]), block("b", ["a"])])
    expect(judge(circle, ["a", "b"]).verdict).toBe("grader-error")
  })
})
