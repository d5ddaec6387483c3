/** @file `graph` as a cell sees it: the traced graph of a tensor in texts, ready to be drawn. Draws nothing. */
import { GradientError, Tensor, type TraceNode, trace, ValueError } from "../../engine/index.ts"
import { valuesOf } from "./late-values.ts"
import { numberText } from "./number-text.ts"
import type { Output } from "./output.ts"

export type GraphOutput = Extract<Output, { kind: "graph" }>

/** More boxes than this are no picture any more: those nearest to the result are drawn. */
const MOST = 120
/** A tensor with more values is told by its range. */
const LISTED = 4

type Traced = ReturnType<typeof trace>

export function graphOutput(t: unknown, names?: unknown): GraphOutput {
  return drawn(traced(t, names))
}

/** Throws where there is no graph to be drawn. */
export function traced(t: unknown, names: unknown = {}): Traced {
  if (!(t instanceof Tensor))
    throw new ValueError("graph: this is not a tensor; pass the result whose graph you want to see.")
  if (typeof names !== "object" || names === null || Object.values(names).some((x) => !(x instanceof Tensor)))
    throw new ValueError("graph: the names must be a record of tensors, such as graph(loss, { w, b }).")
  if (t.tape?.freed)
    throw new GradientError(
      "graph: backward() has freed the graph of this tensor; draw it before backward(), or call " +
        "backward(undefined, { retainGraph: true }).",
    )
  return trace(t, names as Record<string, Tensor>)
}

export function drawn({ nodes, edges }: Traced): GraphOutput {
  const left = Math.max(0, nodes.length - MOST)
  return {
    kind: "graph",
    nodes: nodes.slice(left).map((node) => describe(node, node === nodes[nodes.length - 1])),
    edges: edges
      .filter(({ from, to }) => from >= left && to >= left)
      .map(({ from, to }) => ({ from: from - left, to: to - left })),
    left,
  }
}

function describe(
  { op, label, shape, value, grad }: TraceNode,
  isResult: boolean,
): GraphOutput["nodes"][number] {
  const isLeaf = op === "parameter" || op === "constant"
  return {
    name: label,
    op: isLeaf ? "" : op,
    role: op === "parameter" ? "parameter" : op === "constant" ? "constant" : isResult ? "result" : "op",
    shape: `[${shape.join(", ")}]`,
    value: valuesText(value),
    grad: grad ? valuesText(grad) : "",
  }
}

/** Few values one by one, many by their range. */
export function valuesText(t: Tensor): string {
  const values = [...valuesOf(t)].map((value) => Number(value) + 0)
  if (t.ndim === 0) return numberText(values[0])
  if (values.length === 0) return "no values"
  if (values.length <= LISTED) return `[${values.map((value) => numberText(value, 3)).join(", ")}]`
  if (values.some(Number.isNaN)) return "with NaN"
  let [low, high] = [values[0], values[0]]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low === high ? `all ${numberText(low, 3)}` : `${numberText(low, 3)} … ${numberText(high, 3)}`
}
