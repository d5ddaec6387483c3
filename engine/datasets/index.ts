/** @file Toy data sets, batches, splits and scalers. */
export * from "./batches.ts"
export * from "./scaling.ts"
export * from "./shapes.ts"
