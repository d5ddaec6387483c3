/** @file The optimizers. */
export { Optimizer } from "./optimizer.ts"
export { SGD, type SGDOptions } from "./sgd.ts"
