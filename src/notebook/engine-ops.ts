/** @file Which names mean an op of the engine: a function that is a method of tensors, too. */
import * as engine from "../../engine/index.ts"

/** By its name as a function or as a method; they differ in one, since `var` is a word of the language. */
export function isOp(name: string): boolean {
  const [own, method] = name === "var" || name === "variance" ? ["variance", "var"] : [name, name]
  const made = Object.getOwnPropertyDescriptor(engine.Tensor.prototype, method)?.value
  return typeof Reflect.get(engine, own) === "function" && typeof made === "function" && name !== "backward"
}
