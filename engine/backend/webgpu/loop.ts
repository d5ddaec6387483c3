/** @file Element-wise work in WGSL: one invocation for each point of a loop. Knows no reductions. */

import { sizeOf } from "../../core/shape.ts"
import { rowMajor } from "../../core/view.ts"
import type { Body, Loop, Step } from "../../fuse/plan.ts"
import type { Read } from "../graph.ts"
import { walk } from "./address.ts"
import type { Layout } from "./layout.ts"
import { type Dispatch, grid, groupIndex, Shader } from "./wgsl.ts"

const workgroup = 256

export function readsOf(body: Body): Read[] {
  return body.flatMap((step) => (step.op === "read" ? [step.read] : []))
}

/** E.g. `loop tanh add`, from the last step to the first. */
export function nameOf(kind: string, body: Body): string {
  const ops = new Set(
    body.map(({ op }) => op).filter((op) => op !== "read" && op !== "const" && op !== "convert"),
  )
  return [kind, ...[...ops].reverse().slice(0, 6)].join(" ")
}

/** The statements that leave invocations without a point, and name the point of the others `i`. */
export function eachPoint(count: number): string[] {
  return [`let i = ${groupIndex} * ${workgroup}u + lid;`, `if (i >= ${count}u) { return; }`]
}

/** A kernel of one invocation a point. */
export function pointwise(shader: Shader, name: string, count: number, lines: readonly string[]): Dispatch {
  return shader.dispatch(name, workgroup, grid(Math.ceil(count / workgroup)), [...eachPoint(count), ...lines])
}

export function loopKernels(loop: Loop, layout: Layout): Dispatch[] {
  const { shape, body, stores } = loop
  const size = sizeOf(shape)
  if (size === 0) return []
  const arrays = [...readsOf(body).map(({ array }) => array), ...stores.map(({ array }) => array)]
  if (!layout.fits(arrays)) return splitLoop(loop, layout)
  const shader = new Shader(layout, arrays)
  const { lines, address } = walk(
    "i",
    shape,
    readsOf(body).map(({ view }) => view),
  )
  return [
    pointwise(shader, nameOf("loop", body), size, [
      ...lines,
      ...shader.body(body, ({ view }) => address(view)),
      ...stores.map(({ array, value }) => shader.store(array, "i", `v${value}`)),
    ]),
  ]
}

/**
 * The body of a loop that reads more arrays than a kernel may bind, from copies in the work space, which is one
 * binding; and the loops that copy.
 */
export function gatherReads(
  body: Body,
  shape: Loop["shape"],
  layout: Layout,
): { copies: Dispatch[]; body: Body } {
  const size = sizeOf(shape)
  const copies: Dispatch[] = []
  const copied = body.map((step): Step => {
    if (step.op !== "read" || layout.scalar(step.read.array) >= 0) return step
    const array = layout.temporary(step.dtype, size)
    copies.push(...loopKernels({ kind: "loop", shape, body: [step], stores: [{ array, value: 0 }] }, layout))
    return { op: "read", read: { array, view: rowMajor(shape) }, dtype: step.dtype }
  })
  return { copies, body: copied }
}

/** A loop over too many arrays: everything is read into the work space, computed there, and then copied out. */
function splitLoop({ shape, body, stores }: Loop, layout: Layout): Dispatch[] {
  const size = sizeOf(shape)
  const gathered = gatherReads(body, shape, layout)
  const parts = stores.map(({ array, value }) => ({
    array,
    value,
    dtype: layout.info(array).dtype,
    temporary: layout.temporary(layout.info(array).dtype, size),
  }))
  const inner: Loop = {
    kind: "loop",
    shape,
    body: gathered.body,
    stores: parts.map(({ temporary, value }) => ({ array: temporary, value })),
  }
  const out = parts.flatMap(({ array, temporary, dtype }) =>
    loopKernels(
      {
        kind: "loop",
        shape,
        body: [{ op: "read", read: { array: temporary, view: rowMajor(shape) }, dtype }],
        stores: [{ array, value: 0 }],
      },
      layout,
    ),
  )
  return [...gathered.copies, ...loopKernels(inner, layout), ...out]
}
