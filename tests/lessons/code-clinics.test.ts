/** @file Listings in print that do not run: what the book says of them, and the loops that do what they were meant to do. */
import { beforeAll, expect, test } from "vitest"
import { crossEntropy, nn, noGrad, optim, tensor } from "../../engine/index.ts"
import clinic from "../../exercises/04-gradients/tape-clinic.ts"
import { gradeHere } from "../exercises/in-process.ts"
import { ask, printed } from "./ask.ts"

let descent: unknown
let loop: unknown
let stopped: unknown
beforeAll(async () => {
  descent = (await ask("content/04-gradients/18-backpropagation.mdx", { visited: "by-tape.visited" })).visited
  const answers = await ask("content/04-gradients/19-backprop-mlp.mdx", {
    losses: "engine.engineLosses",
    late: "engine.crossEntropy(noGrad(() => engineNet.forward(X)), y).item()",
  })
  loop = answers.losses
  stopped = answers.late
}, 120_000)

test("C05: the loop with the tape goes down x² from 5 over 4 and 3.2 to 2.56", () => {
  expect(printed(descent, 10)).toEqual(["4.0000000000", "3.2000000000", "2.5600000000"])
})

test("C05: the clinic marks the missing shape and the reassignment, and says what each of them does", async () => {
  const hand = (...chosen: string[]) => gradeHere("tape-clinic", clinic, { kind: "choice", chosen })
  expect(await hand("shape", "reassigned")).toMatchObject({ verdict: "correct" })
  for (const chosen of [["shape"], ["reassigned"], ["shape", "reassigned", "tape"], ["loss"], ["gradient"]])
    expect((await hand(...chosen)).verdict, chosen.join()).not.toBe("correct")
  const says = new Map(clinic.options.map((option) => [option.id, option.says]))
  expect(says.get("shape")).toContain("TypeError")
  expect(says.get("reassigned")).toMatch(/None.*assign_sub/)
})

test("C06: one step of 0.5 takes the running network from 1.0486784 to 0.7052373", () => {
  expect(printed((loop as number[]).slice(0, 2), 7)).toEqual(["1.0486784", "0.7052373"])
})

test("C06: with the forward pass off the tape the loss is right and the step reports that there are no gradients", () => {
  const net = new nn.Linear(2, 3)
  const opt = new optim.SGD(net.parameters(), { lr: 0.5 })
  const early = noGrad(() => net.forward(tensor([[1, -2]])))
  expect(crossEntropy(early, tensor([2], { dtype: "int32" })).item()).toBeGreaterThan(0)
  expect(() => opt.step()).toThrow(
    /^SGD: no gradients: none of the 2 parameters has one; call loss\.backward\(\)/,
  )
  expect(stopped).toBeLessThan((loop as number[])[2])
})
