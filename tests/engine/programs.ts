/** @file The graph behind some tensors, run by the interpreter and by another backend, and the answers compared. */
import { expect } from "vitest"
import type { Backend } from "../../engine/backend/backend.ts"
import type { Graph } from "../../engine/backend/graph.ts"
import { reference } from "../../engine/backend/reference/backend.ts"
import type { TypedArray } from "../../engine/core/dtype.ts"
import type { Tensor } from "../../engine/index.ts"
import { bufferOn, graphOf, walkFrom } from "../../engine/schedule.ts"

/** A graph with what goes in. */
export interface Posed {
  readonly graph: Graph
  readonly inputs: readonly TypedArray[]
  readonly scalars: readonly number[]
}

/** What is still to be computed of some tensors, as a graph. `donate`: per tensor, the one whose storage it may take. */
export function posed(tensors: readonly Tensor[], donate: readonly (Tensor | undefined)[] = []): Posed {
  const slots = [...new Set(tensors.map((t) => t.source.slot))].filter((slot) => slot.kernel)
  const walk = walkFrom(slots)
  const donors = slots.map((_, o) => {
    const donor = donate[o]
    return donor ? walk.inputs.indexOf(donor.source.slot) : -1
  })
  return {
    graph: graphOf(walk, slots, donors),
    inputs: walk.inputs.map((slot) => reference.download(bufferOn(reference, slot))),
    scalars: walk.scalars.map(({ number }) => number as number),
  }
}

export function runOn(backend: Backend, { graph, inputs, scalars }: Posed): TypedArray[] {
  const buffers = graph.inputs.map(({ dtype }, i) => backend.upload(inputs[i].slice(), dtype))
  return backend
    .compile(graph)
    .run(buffers, scalars)
    .map((buffer) => backend.download(buffer))
}

/** Expects the same dtypes, and values within `tolerance` · (1 + |value|); whole numbers, NaN and ±∞ exactly. */
export function expectSame(
  got: readonly TypedArray[],
  expected: readonly TypedArray[],
  tolerance: number,
): void {
  expect(got.length).toBe(expected.length)
  got.forEach((values, o) => {
    expect(values.constructor).toBe(expected[o].constructor)
    expect(values.length).toBe(expected[o].length)
    const wrong = values.findIndex((value, i) => {
      const right = expected[o][i]
      if (Object.is(value, right) || value === right) return false
      const whole = expected[o] instanceof Int32Array || expected[o] instanceof Uint8Array
      const error = Math.abs(value - right)
      return whole || !(error <= tolerance * (1 + Math.abs(right)))
    })
    if (wrong >= 0)
      expect.fail(`output ${o}, element ${wrong}: ${values[wrong]} instead of ${expected[o][wrong]}`)
  })
}

/** Expects that a backend computes these tensors as the interpreter does. */
export function expectAsReference(backend: Backend, tensors: readonly Tensor[], tolerance = 1e-5): void {
  const task = posed(tensors)
  expectSame(runOn(backend, task), runOn(reference, task), tolerance)
}
