/**
 * @file The second door into the engine: the way from a call to machine code, as data, for the page that shows it.
 * Not for cells, lessons or exercises; nothing that `index.ts` exports needs it.
 */
export type { ArrayInfo, Graph, Node, Read } from "./backend/graph.ts"
export { arrayInfo } from "./backend/graph.ts"
export type { TypedArray } from "./core/dtype.ts"
export type { View } from "./core/view.ts"
export type { Body, Fused, Home, Plan, Step } from "./fuse/plan.ts"
export {
  type ExplainOptions,
  type Explanation,
  explain,
  type FormPart,
  type FunctionNote,
  type KernelNote,
  type ShaderNote,
} from "./inside/explain.ts"
export {
  compiled,
  countCompiled,
  interpreted,
  type OnGpu,
  onGpu,
  type Prepared,
  separate,
} from "./inside/run.ts"
export type { Expr } from "./kernel/expr.ts"
export { realizeAll } from "./tensor.ts"
