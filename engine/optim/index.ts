/** @file The optimizers, gradient clipping and learning-rate schedules. */
export * from "./adaptive.ts"
export { clipGradNorm } from "./clip.ts"
export { Optimizer } from "./optimizer.ts"
export * from "./schedule.ts"
export { SGD, type SGDOptions } from "./sgd.ts"
