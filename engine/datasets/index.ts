/** @file Toy data sets, a user's own files, batches, splits, scalers and principal components. */
export * from "./batches.ts"
export { type CsvOptions, csv, type Table } from "./csv.ts"
export { idx, idxAsync, mnist } from "./idx.ts"
export { PCA, type PCAOptions } from "./pca.ts"
export * from "./scaling.ts"
export * from "./shapes.ts"
