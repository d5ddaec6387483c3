/** @file The losses, as functions of (input, target, options). */
export * from "./classification.ts"
export type { LossOptions } from "./reduction.ts"
export * from "./regression.ts"
