/**
 * @file The functions of mathematics for four float32 numbers at a time, by name: written into the function that
 * needs them, or called. Right for every float32 number: NaN, ±∞, ±0, subnormal. Knows no loop and no tensor.
 *
 * A module that uses sin or cos imports `Math.sin` or `Math.cos` (for numbers beyond 2²⁰): instantiate it with
 * `{ env: { memory }, Math: { sin: Math.sin, cos: Math.cos } }`.
 */
import type { Code, Func, Module } from "./assembler.ts"
import { exp, expm1 } from "./functions-exp.ts"
import { log, log1p } from "./functions-log.ts"
import { pow } from "./functions-pow.ts"
import { erf, tanh } from "./functions-sigmoid.ts"
import { cos, sin } from "./functions-trig.ts"

type Unary = (f: Func, x: Code) => Code

const unary = { exp, expm1, log, log1p, tanh, erf, sin, cos } as const satisfies Record<string, Unary>

export type VectorFunction = keyof typeof unary | "pow"

/** The function's code in `f`, for vectors f32x4 → f32x4. Each argument is computed once. The fast form in a loop. */
export function inlineFunction(f: Func, name: VectorFunction, x: Code, y: Code = []): Code {
  return name === "pow" ? pow(f, x, y) : unary[name](f, x)
}

/** A call of the function, of which the module keeps one copy. The small form. */
export function vectorFunction(module: Module, name: VectorFunction): (...args: Code[]) => Code {
  const types = name === "pow" ? (["v128", "v128"] as const) : (["v128"] as const)
  const shared = module.shared(name, types, ["v128"], (f) => {
    const [x, y] = f.params
    f.emit(inlineFunction(f, name, x, y))
  })
  return (...args) => shared.call(...args)
}
