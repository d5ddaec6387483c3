import { afterEach, describe, expect, test } from "vitest"
import { composed } from "../../engine/compose.ts"
import * as dl from "../../engine/index.ts"
import { keyOf } from "../../engine/kernel/expr.ts"
import { fused } from "../../engine/op.ts"
import { programsCompiled } from "../../engine/schedule.ts"

afterEach(() => dl.setDevice("cpu"))

const line = (a: dl.Tensor, b: dl.Tensor, x: dl.Tensor): dl.Tensor => a.mul(x).add(b)

describe("a function written in element-wise ops", () => {
  test("is one expression of the arguments that it uses, in the order in which it meets them", () => {
    const { expr, reads } = dl.noGrad(() => composed((x, _, y) => y.sub(2).mul(x.exp()), 3))
    expect(keyOf(expr)).toBe("mul(sub($0,2),exp($1))")
    expect(reads).toEqual([2, 0])
  })

  test("gives the same numbers as one kernel and op by op, with numbers, broadcasting and another dtype", () => {
    const one = fused("line", line)
    const a = dl.tensor([[1], [2], [3]])
    const x = dl.tensor([0.25, 0.5], { dtype: "float64" })
    for (const b of [10, dl.tensor([0, 1])]) {
      const whole = dl.noGrad(() => one(a, b, x))
      expect(whole.tolist()).toEqual(a.mul(x).add(b).tolist())
      expect(whole.dtype).toBe("float64")
    }
  })

  test("is differentiated as its ops are where they are recorded, more than once", () => {
    const one = fused("cube", (x) => x.mul(x).mul(x))
    expect(dl.noGrad(() => one(dl.tensor(2)).item())).toBe(8)
    const slope = dl.grad((x: dl.Tensor) => one(x))
    expect(slope(2).item()).toBe(12)
    expect(
      dl
        .grad((x: dl.Tensor) => slope(x))(2)
        .item(),
    ).toBe(12)
  })

  test("that returns an argument makes no kernel", () => {
    const x = dl.tensor([1, 2])
    expect(dl.noGrad(() => fused("same", (_, t) => t)(1, x))).toBe(x)
  })

  test("is worked out outside of a recording: jit sees its arguments and nothing else", () => {
    const half = fused("half", (x) => x.div(2))
    const w = dl.tensor([2, 4])
    const step = dl.jit((x: dl.Tensor) => dl.noGrad(() => half(x).add(half(w))))
    expect(step(dl.tensor([6, 8])).tolist()).toEqual([4, 6])
    w.assign(dl.tensor([0, 0]))
    const before = programsCompiled()
    expect(step(dl.tensor([6, 8])).tolist()).toEqual([3, 4])
    expect(step.reason).toBeUndefined()
    expect(programsCompiled()).toBe(before)
  })
})
