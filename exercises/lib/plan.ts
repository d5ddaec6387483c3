/** @file The calls that an answer to a code exercise is judged by, drawn fresh from a seed. Runs and judges nothing. */
import { Generator } from "../../engine/index.ts"
import type { FunctionExercise, Probe, Property } from "./exercise.ts"
import { encode, type Raw } from "./raw.ts"

export interface PlannedCall {
  args: Raw[]
  gradients?: number[]
}

export interface Plan {
  /** What the worker is asked: the probes, the inputs of laws that bring their own, and the first probe once more. */
  calls: PlannedCall[]
  /** The first calls, one for each probe, are compared with the reference. */
  probes: { name: string }[]
  /** The calls on which each law must hold: from (inclusive) to (exclusive). */
  laws: { property: Property; from: number; to: number }[]
  /** The call that repeats the first: what is kept from call to call shows here. */
  again: number
  /** Names of the function's parameters, for messages. */
  names: string[]
}

/** The same seed draws the same calls, everywhere. */
export function planCalls(exercise: FunctionExercise, seed: number): Plan {
  const probes = exercise.probes(new Generator(seed))
  const calls = probes.map(plannedCall)
  const laws = (exercise.properties ?? []).map((property, i) => {
    if (!property.probes) return { property, from: 0, to: probes.length }
    const from = calls.length
    calls.push(...property.probes(new Generator(seed + i + 1)).map(plannedCall))
    return { property, from, to: calls.length }
  })
  const again = calls.length
  if (calls.length > 0) calls.push(calls[0])
  return {
    calls,
    again,
    probes: probes.map(({ note }, i) => ({ name: note ?? `input ${i + 1}` })),
    laws,
    names: parameterNames(exercise.solution, exercise.entry),
  }
}

function plannedCall({ args, gradients }: Probe): PlannedCall {
  return gradients ? { args: args.map(encode), gradients } : { args: args.map(encode) }
}

/** `function softmax(s: Tensor, dim = -1)` → `["s", "dim"]`; empty where the form is another. */
export function parameterNames(code: string, entry: string): string[] {
  const head = code.match(
    new RegExp(`\\b${entry}\\b\\s*(?:=\\s*(?:async\\s*)?(?:function\\s*\\w*\\s*)?)?\\(([^)]*)\\)`),
  )
  return (head?.[1] ?? "")
    .split(",")
    .map((parameter) => parameter.match(/^\s*([\w$]+)/)?.[1] ?? "")
    .filter(Boolean)
}
