/** @file A value as a step keeps it: a copy, and small. Knows neither steps nor pages. */
import { Tensor } from "../../engine/index.ts"
import { valuesOf } from "./late-values.ts"
import { numberText } from "./number-text.ts"
import type { StepValue, ValueNode } from "./output.ts"
import { stepText } from "./step-text.ts"
import { cutText, valueTree } from "./value-tree.ts"

/** Numbers of a vector or a matrix that are kept; a larger one is kept as its shape and its first numbers. */
const MOST_NUMBERS = 64
/** Numbers of a longer vector in its text. */
const FIRST_NUMBERS = 8
const LONGEST_TEXT = 200

type Numbers = { readonly length: number; readonly [i: number]: unknown }

/** What changes afterwards does not change the copy. Numbers stay numbers; what has no short form becomes a text. */
export function stepValue(value: unknown): StepValue {
  if (typeof value === "number" || typeof value === "boolean") return value
  if (typeof value === "string") return cutText(value, LONGEST_TEXT)
  if (value instanceof Tensor) return tensorValue(value)
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return vector(value as unknown as Numbers)
  if (Array.isArray(value) && value.length > 0) {
    if (value.every(isNumber)) return vector(value)
    if (isMatrix(value)) return matrix(value, value[0].length)
  }
  return cutText(lineText(valueTree(value)), LONGEST_TEXT)
}

const isNumber = (value: unknown): boolean => typeof value === "number"

/** Rows of numbers, all of one length. */
function isMatrix(rows: unknown[]): rows is number[][] {
  const [first] = rows
  return (
    Array.isArray(first) &&
    first.length > 0 &&
    rows.every((row) => Array.isArray(row) && row.length === first.length && row.every(isNumber))
  )
}

function tensorValue(t: Tensor): StepValue {
  const data = valuesOf(t) as unknown as Numbers
  if (t.ndim === 0) return t.dtype === "bool" ? Boolean(data[0]) : Number(data[0])
  if (t.ndim === 1) return vector(data)
  const [rows, columns] = t.shape
  if (t.ndim === 2 && rows * columns <= MOST_NUMBERS)
    return Array.from({ length: rows }, (_, r) =>
      Array.from({ length: columns }, (_, c) => Number(data[r * columns + c])),
    )
  return shaped(t.shape, data)
}

function vector(values: Numbers): StepValue {
  if (values.length > MOST_NUMBERS) return shaped([values.length], values)
  return Array.from({ length: values.length }, (_, i) => Number(values[i]))
}

function matrix(rows: number[][], columns: number): StepValue {
  if (rows.length * columns > MOST_NUMBERS) return shaped([rows.length, columns], rows[0])
  return rows.map((row) => [...row])
}

/** `[28, 28]: 0, 0.5, 1, …` */
function shaped(shape: readonly number[], values: Numbers): string {
  const first = Array.from({ length: Math.min(values.length, FIRST_NUMBERS) }, (_, i) =>
    numberText(Number(values[i])),
  )
  return `[${shape.join(", ")}]: ${first.join(", ")}, …`
}

/** The whole of a small object in one line: `{x: 1, label: even}`. */
function lineText(node: ValueNode): string {
  if (node.type === "primitive") return node.of === "number" ? numberText(Number(node.text)) : node.text
  if (node.type === "function" || node.type === "cut") return node.text
  if (node.type === "tensor") return stepText(node.tensor.values.slice(0, FIRST_NUMBERS))
  const isList = node.type === "array" || node.type === "set"
  let text = ""
  for (const [key, part] of node.entries) {
    if (text.length > LONGEST_TEXT) break
    text += `${text === "" ? "" : ", "}${isList || key === "" ? "" : `${key}: `}${lineText(part)}`
  }
  const name = node.name === "Object" || node.name === "Array" ? "" : node.name
  if (text === "" && name !== "") return name
  return `${name && `${name} `}${isList ? `[${text}]` : `{${text}}`}`
}
