/** @file The graph behind a tensor as nodes and edges, for drawing. Changes nothing; values are computed when read. */
import { gradientsBehind } from "./autograd.ts"
import { show } from "./core/arguments.ts"
import type { DType } from "./core/dtype.ts"
import { ValueError } from "./core/errors.ts"
import { Tensor } from "./tensor.ts"

/** One value of a recorded graph. */
export interface TraceNode {
  /** Its place among the nodes. */
  id: number
  /** The op that made it; `parameter` for a leaf that requires a gradient, `constant` for any other leaf. */
  op: string
  /** The name given for it, or "". */
  label: string
  /** Sizes of its dimensions. */
  shape: number[]
  /** Type of its elements. */
  dtype: DType
  /** Does a gradient flow to it? */
  requiresGrad: boolean
  /** The values, cut off from the graph. */
  value: Tensor
  /** The gradient of the traced tensor by this one; null where there is none, or the traced tensor is not one number. */
  grad: Tensor | null
}

/** A recorded graph, for drawing. */
export interface Trace {
  /** Inputs before results; the last node is the tensor itself. */
  nodes: TraceNode[]
  /** From an input to the op that uses it; `position` counts the op's inputs. */
  edges: { from: number; to: number; position: number }[]
}

/**
 * The recorded graph that leads to `t`, back to its leaves. `names` labels tensors: `trace(loss, {w, b})`.
 * What was computed without any input that requires a gradient is not on the tape and appears as a constant.
 * Throws: ValueError unless t is a tensor; GradientError if a parameter was changed in place since t was computed.
 * @example
 * const w = tensor([2, 3], { requiresGrad: true })
 * const { nodes } = trace(w.mul(5).sum(), { w })
 * table(nodes.map(({ id, op, label, shape }) => ({ id, op, label, shape: `[${shape}]` })))
 */
export function trace(t: Tensor, names: Readonly<Record<string, Tensor>> = {}): Trace {
  if (!(t instanceof Tensor))
    throw new ValueError(`trace: ${show(t)} is not a tensor; pass the result whose graph you want to see.`)
  const isLoss = t.size === 1 && t.requiresGrad && t.tape !== undefined && !t.tape.freed
  const gradients = isLoss ? gradientsBehind(t) : new Map<Tensor, Tensor>()
  const labels = new Map(Object.entries(names).map(([name, tensor]) => [tensor, name]))
  const ids = new Map<Tensor, number>()
  const nodes: TraceNode[] = []
  const edges: Trace["edges"] = []
  const stack: Tensor[] = [t]
  while (stack.length > 0) {
    const top = stack[stack.length - 1]
    const inputs = top.tape?.inputs ?? []
    const next = ids.has(top) ? undefined : inputs.find((x) => !ids.has(x))
    if (next) {
      stack.push(next)
      continue
    }
    stack.pop()
    if (ids.has(top)) continue
    const id = nodes.length
    ids.set(top, id)
    const { shape, dtype, requiresGrad, tape } = top
    const op = tape?.op ?? (requiresGrad ? "parameter" : "constant")
    const grad = gradients.get(top)?.detach() ?? null
    nodes.push({
      id,
      op,
      label: labels.get(top) ?? "",
      shape,
      dtype,
      requiresGrad,
      value: top.detach(),
      grad,
    })
    inputs.forEach((x, position) => {
      edges.push({ from: ids.get(x) as number, to: id, position })
    })
  }
  return { nodes, edges }
}
