/**
 * @file Every op × every backend × every dtype that it has, on shapes that broadcast, are empty, scalar, large or not
 * contiguous. A backend that is missing fails.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { setDevice, Tensor, tensor } from "../../engine/index.ts"
import { all } from "./cases.ts"
import { provideGpu } from "./gpu.ts"
import { calls, devices, judgeDerivatives, judgeValues } from "./judge.ts"

afterAll(() => setDevice("cpu"))

it("every op has calls to be tried with", () => {
  expect(all.length).toBeGreaterThan(65)
  for (const op of all)
    if (op.spec.name !== "oneHot") expect(calls(op).length, op.spec.name).toBeGreaterThan(0)
})

/** A software renderer compiles a matrix product for seconds. */
const slow = 120_000

/** A GPU that is a program compiles every call for long: it tries one in three, unless all are asked for. */
const tried = devices.map((device) =>
  device.name === "webgpu" && !process.env.FULL ? { ...device, every: 3 } : device,
)

describe.each(tried.map((device) => [device.name, device] as const))("on %s", (name, device) => {
  beforeAll(() => {
    if (name === "webgpu") provideGpu()
    return setDevice(name)
  })

  describe.each(all.map((op) => [op.spec.name, op] as const))("%s", (_, op) => {
    it("gives what the interpreter gives, in every dtype", () => judgeValues(op, device), slow)

    if (op.spec.differentiable)
      it(
        "has the gradient of central differences, and the second derivative of differences of gradients",
        () => judgeDerivatives(op, device),
        slow,
      )
  })
})

describe.each(all.map((op) => [op.spec.name, op] as const))("%s", (name, op) => {
  beforeAll(() => setDevice("reference"))

  it("is a method that gives what the function gives", () => {
    expect(typeof (Tensor.prototype as unknown as Record<string, unknown>)[name]).toBe("function")
    for (const { shapes, rest = [] } of op.spec.examples) {
      const inputs = shapes.map((shape) =>
        tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.7)).reshape(shape),
      )
      const [x, ...others] = inputs
      const method = (x as unknown as Record<string, (...args: unknown[]) => Tensor>)[name]
      expect(method.call(x, ...others, ...rest).tolist()).toEqual(op(...inputs, ...rest).tolist())
    }
  })
})
