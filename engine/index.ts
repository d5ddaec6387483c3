/** @file The only door into the engine: everything that lessons, exercises and explorables may use. */
import "./fluent.ts"

export {
  type BackwardOptions,
  backward,
  type Differentiable,
  grad,
  noGrad,
  valueAndGrad,
} from "./autograd.ts"
export { type Device, devices, setDevice } from "./backend/registry.ts"
export type { DType, TypedArray } from "./core/dtype.ts"
export {
  BackendError,
  DTypeError,
  GradientError,
  MemoryError,
  ShapeError,
  ValueError,
} from "./core/errors.ts"
export { arange, eye, full, linspace, ones, type ShapeLike, tensor, zeros } from "./create.ts"
export * from "./datasets/index.ts"
export * as datasets from "./datasets/index.ts"
export { type GradcheckOptions, gradcheck } from "./gradcheck.ts"
export * as initializers from "./init.ts"
export {
  fanInOut,
  kaimingNormal,
  kaimingUniform,
  xavierNormal,
  xavierUniform,
} from "./init.ts"
export { type Jitted, jit } from "./jit.ts"
export { concat, stack, where } from "./join.ts"
export * from "./losses/index.ts"
export { type KernelProfile, memory, type Profile, profile } from "./measure.ts"
export * as metrics from "./metrics.ts"
export { accuracy, confusionMatrix } from "./metrics.ts"
export * as nn from "./nn/index.ts"
export * from "./nn/index.ts"
export * from "./ops/index.ts"
export * as optim from "./optim/index.ts"
export * from "./optim/index.ts"
export {
  type ChoiceOptions,
  choice,
  Generator,
  type RandomOptions,
  rand,
  randint,
  randn,
  random,
  randperm,
} from "./random.ts"
export { type Nested, Tensor, type TensorLike, type TensorOptions } from "./tensor.ts"
export { type Trace, type TraceNode, trace } from "./trace.ts"
