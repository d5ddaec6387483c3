/** @file The list of ops. Every export takes a tensor first and becomes a method of Tensor too. */
export * from "./activations.ts"
export * from "./arithmetic.ts"
export { avgPool2d, type ConvOptions, conv2d, maxPool2d, type PoolOptions } from "./conv.ts"
export * from "./functions.ts"
export { gather, indexSelect, oneHot, scatterAdd } from "./indexing.ts"
export { dot, matmul, outer } from "./matmul.ts"
export { flatten, flip, pad, permute, reshape, slice, squeeze, transpose, unsqueeze } from "./movement.ts"
export {
  argmax,
  argmin,
  broadcastTo,
  cumsum,
  logsumexp,
  max,
  mean,
  min,
  prod,
  std,
  sum,
  variance as var,
} from "./reduce.ts"
export * from "./softmax.ts"
