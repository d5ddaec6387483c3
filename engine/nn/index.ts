/** @file The layers. */
export * from "./activations.ts"
export * from "./layers.ts"
export { Module, Sequential } from "./module.ts"
export * from "./regularize.ts"
