/**
 * @file One choice, worked out: what becomes of it with and without `jit`, its values from two backends, and whether a
 * second call compiles. Shows nothing.
 */
import {
  compiled,
  countCompiled,
  type Explanation,
  explain,
  interpreted,
  realizeAll,
  type TypedArray,
} from "../../../engine/inside.ts"
import { argumentsOf, type Choice, functionOf, mistakeOf, start } from "./choice.ts"

export interface Study {
  readonly choice: Choice
  readonly plain: Explanation
  readonly jitted: Explanation
  /** The same with its gradient; the same object as `plain` if that has it already. */
  readonly slope: Explanation
  /** The outputs of the graph, from the interpreter and from the module. */
  readonly values: readonly { readonly want: TypedArray; readonly got: TypedArray }[]
  /** Programs compiled by a first call of these shapes, and by one with other numbers. */
  readonly compiled: { readonly first: number; readonly second: number }
  /** What the engine says to a reader who has taken the wrong `w`. */
  readonly mistake: string
}

/** A call of the function, of which everything that it returns is computed. */
export function callOf(choice: Choice, seed: number): () => void {
  const f = functionOf(choice)
  const args = argumentsOf(choice, seed)
  // Random numbers are lazy too, and would be part of the graph.
  realizeAll(Object.values(args))
  return () => realizeAll(f(args))
}

export async function studyOf(choice: Choice): Promise<Study> {
  const args = argumentsOf(choice)
  const plain = explain(functionOf(choice), args)
  const [want, got] = await Promise.all([interpreted(plain).outputs(), compiled(plain).outputs()])
  const [first, second] = [1, 2].map((seed) => {
    const call = callOf(choice, seed)
    return countCompiled(call).compiled
  })
  return {
    choice,
    plain,
    jitted: explain(functionOf(choice), args, { jit: true }),
    slope: choice.gradient ? plain : explain(functionOf({ ...choice, gradient: true }), args),
    values: want.map((values, i) => ({ want: values, got: got[i] })),
    compiled: { first, second },
    mistake: mistakeOf(choice),
  }
}

let first: Promise<Study> | undefined

/** The study of the choice that the page begins with, made once. */
export function opening(): Promise<Study> {
  first ??= studyOf(start)
  return first
}
