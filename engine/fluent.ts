/**
 * @file Gives Tensor the methods of all ops: `add(a, b)` is `a.add(b)` too. And ops their names, which bundlers shorten.
 * The only file with these side effects.
 */
import { backward } from "./autograd.ts"
import * as ops from "./ops/index.ts"
import { Tensor } from "./tensor.ts"

const all = { ...ops, backward }
type All = typeof all

/** For every op of (x, …rest), a method of (…rest). One that has the name of a member of Tensor is an error of types. */
type Methods = {
  [K in keyof All]: All[K] extends (x: Tensor, ...rest: infer Rest) => infer Result
    ? (...rest: Rest) => Result
    : never
}

declare module "./tensor.ts" {
  interface Tensor extends Methods {}
}

for (const [name, op] of Object.entries(all) as [string, (...args: unknown[]) => unknown][]) {
  Object.defineProperty(op, "name", { value: name })
  Object.defineProperty(Tensor.prototype, name, {
    value(this: Tensor, ...rest: unknown[]) {
      return op(this, ...rest)
    },
    writable: true,
    configurable: true,
  })
}
