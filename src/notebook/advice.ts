/**
 * @file What JavaScript lets pass in silence and a learner hardly means: operators on tensors, tensors as conditions,
 * promises as values. Asks the values of a run that is over; runs nothing.
 */
import * as engine from "../../engine/index.ts"
import type { Analysis, Position } from "./analyze.ts"
import { isOp } from "./engine-ops.ts"
import type { Output } from "./output.ts"
import type { Operand, Sign } from "./signs.ts"

export type Advice = Extract<Output, { kind: "advice" }>
export type PlacedSign = Sign<Position>

type Read = Pick<Analysis, "signs" | "code" | "caret">

/** Functions besides the ops that give a tensor. */
const GIVING =
  /^(?:tensor|zeros|ones|full|eye|arange|linspace|rand|randn|randint|randperm|concat|stack|where|mse|mae|huber|crossEntropy|binaryCrossEntropy|binaryCrossEntropyWithLogits|nll|multiclassHinge|perceptronLoss|klDivergence|detach|to)$/

/** Whether the name means the engine's function, and not one of the cells' own. */
function isEngines(name: string, values: Readonly<Record<string, unknown>>): boolean {
  return !Object.hasOwn(values, name) || values[name] === (engine as Record<string, unknown>)[name]
}

function givesTensor(name: string): boolean {
  return GIVING.test(name) || isOp(name)
}

/** A value that was found, or that it must be a tensor. */
type Found = { value: unknown } | "tensor" | undefined

function find({ root, path = [] }: Operand, values: Readonly<Record<string, unknown>>): Found {
  if (root === undefined) return undefined
  let found: Found = Object.hasOwn(values, root) ? { value: values[root] } : undefined
  for (const { name, call } of path) {
    if (name === "") found = call && givesTensor(root) && isEngines(root, values) ? "tensor" : undefined
    else if (isTensor(found)) {
      if (call ? givesTensor(name) || name === "var" : name === "grad" && found === "tensor") found = "tensor"
      else if (call || found === "tensor" || !found) return undefined
      else found = { value: Reflect.get(found.value as object, name) }
    } else if (call || found === undefined || found === "tensor") return undefined
    else {
      const { value } = found
      if (typeof value !== "object" || value === null) return undefined
      const property = Object.getOwnPropertyDescriptor(value, name)
      if (!property || !("value" in property)) return undefined
      found = { value: property.value }
    }
  }
  return found
}

function isTensor(found: Found): boolean {
  return found === "tensor" || (found !== undefined && found.value instanceof engine.Tensor)
}

export function isTensorOperand(
  operand: Operand | undefined,
  values: Readonly<Record<string, unknown>>,
): boolean {
  return operand !== undefined && !operand.index && isTensor(find(operand, values))
}

const METHODS: Record<string, string> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "**": "pow",
  "^": "pow",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
  "==": "eq",
  "===": "eq",
  "!=": "ne",
  "!==": "ne",
}

/** What to write instead of an operator between tensors: `x.add(1)`. */
export function asMethod({ operator, left, right, text }: Sign<unknown>): string | undefined {
  if (operator === "unary -") return `${bracketed(left.text)}.neg()`
  const plain = operator.replace(/^(\*\*|[-+*/%^])=$/, "$1")
  const method = METHODS[plain]
  if (!method || !right) return undefined
  if (text.endsWith("…")) return `a.${method}(b)`
  // A number has no methods: it must stand on the other side, or in the function.
  const call =
    left.literal === "number"
      ? `${method}(${left.text}, ${right.text})`
      : `${bracketed(left.text)}.${method}(${right.text})`
  return plain === operator ? call : `${left.text} = ${call}`
}

function bracketed(text: string): string {
  return /^[\w$.]+$|\)$/.test(text) ? text : `(${text})`
}

/**
 * At most three pieces of advice. `values`: what the cell got from outside and what it declares; `value` is what it
 * shows at its end. Never throws.
 */
export function adviceFor(
  analysis: Read,
  values: Readonly<Record<string, unknown>>,
  value: unknown,
): Advice[] {
  try {
    return unguarded(analysis, values, value).slice(0, MOST)
  } catch {
    // A Proxy among the values threw when it was asked what it is.
    return []
  }
}

function unguarded(
  { signs, code, caret }: Read,
  values: Readonly<Record<string, unknown>>,
  value: unknown,
): Advice[] {
  const found: Advice[] = []
  for (const sign of signs) {
    const text = sign.kind === "last" ? lastAdvice(sign, values, value) : textFor(sign, values)
    if (text) found.push({ kind: "advice", text, ...sign.at })
  }
  if (caret && !found.some(({ line }) => line === caret.line))
    found.push({
      kind: "advice",
      text: "`^` is “exclusive or” of the bits, not a power: `2 ^ 3` is 1. A power is `x ** 2`, for a tensor `x.pow(2)`.",
      ...caret,
    })
  for (const [name, one] of Object.entries(values))
    if (
      one instanceof Promise &&
      !new RegExp(`await\\s+${name.replaceAll("$", "\\$")}\\b|Promise\\.`).test(code)
    ) {
      const at = declaredAt(name, code)
      if (at) found.push({ kind: "advice", text: promiseText(name), ...at })
    }
  return found
}

const MOST = 3

export function promiseText(name: string): string {
  return `\`${name}\` is a promise, not yet a value. Write \`await\` before the call that makes it.`
}

function declaredAt(name: string, code: string): Position | undefined {
  const lines = code.split("\n")
  const pattern = new RegExp(`\\b(?:const|let|var)\\s+${name.replaceAll("$", "\\$")}(?![\\w$])`)
  const line = lines.findIndex((one) => pattern.test(one))
  return line < 0 ? undefined : { line: line + 1, column: lines[line].search(pattern) + 1 }
}

function textFor(sign: PlacedSign, values: Readonly<Record<string, unknown>>): string | undefined {
  const { kind, operator, left, right, text } = sign
  if (kind === "condition" && isTensorOperand(left, values))
    return `A tensor counts as true whatever its numbers are. Ask for one number: \`${bracketed(left.text)}.item()\`, after \`.min()\` for “all” or \`.max()\` for “any”.`
  if (kind !== "operator") return undefined
  const tensors = isTensorOperand(left, values) || isTensorOperand(right, values)
  if (operator === "^")
    return tensors
      ? `\`^\` is “exclusive or”, and no operator works on tensors. A power is \`${asMethod(sign)}\`.`
      : undefined
  const given = operator === "+=" ? known(left, values) : undefined
  if (typeof given === "string" && /tensor\(/.test(given) && left.literal === undefined)
    return `\`${left.text}\` has become text: \`+=\` writes a tensor behind it. For a sum of numbers write \`${left.text} += ${right && bracketed(right.text)}.item()\`, for a tensor \`${asMethod(sign)}\`.`
  if (!tensors) return undefined
  if (/^[=!]==?$/.test(operator)) {
    if (left.literal === "nothing" || right?.literal === "nothing") return undefined
    const both = isTensorOperand(left, values) && isTensorOperand(right, values)
    return `\`${text}\` asks ${both ? "whether both are the same object" : "whether the tensor itself is that value"}, not whether the numbers agree. Write \`${asMethod(sign)}\`, for one answer \`.min()\` of it.`
  }
  if (operator === "+" || operator === "+=") {
    if (left.literal === "text" || right?.literal === "text") return undefined
    if (typeof known(left, values) === "string" || (right && typeof known(right, values) === "string"))
      return undefined
    return `\`+\` writes tensors one behind the other as text. To add them write \`${asMethod(sign)}\`.`
  }
  return undefined
}

function known(operand: Operand, values: Readonly<Record<string, unknown>>): unknown {
  const found = operand.index ? undefined : find(operand, values)
  return found === "tensor" ? undefined : found?.value
}

function lastAdvice(
  { left, text }: PlacedSign,
  values: Readonly<Record<string, unknown>>,
  value: unknown,
): string | undefined {
  if (value instanceof Promise) return `This is a promise, not yet a value: write \`await ${text}\`.`
  if (typeof value === "string" && value.includes("[object Promise]"))
    return `There is a promise in this text: write \`await\` before the call that makes it, in brackets: \`(await f()) + 1\`.`
  const step = left.path?.at(-1)
  if (typeof value === "function" && step && !step.call && left.path?.every(({ name }) => name !== ""))
    return `\`${text}\` is the function itself. To call it write \`${text}()\`.`
  if (value === undefined && left.index && isTensor(find(left, values)))
    return "A tensor is not indexed with brackets, so this is nothing. Its rows are lists in `tolist()`; a part is cut with `slice`: `x.slice(0, 1)`."
  if (value === undefined && step && !step.call) {
    const owner = find({ ...left, path: left.path?.slice(0, -1) }, values)
    if (isTensor(owner) && step.name !== "grad") return memberAdvice(step.name)
  }
  return undefined
}

/** What a tensor has instead of a property that it has not. */
export function memberAdvice(name: string): string {
  const known: Record<string, string> = {
    length: "Its sizes are `shape`, the number of its elements is `size`.",
    T: "Write `transpose()`.",
    dim: "Write `ndim`.",
    values: "Its numbers are `data()`, nested `tolist()`.",
    value: "Its one number is `item()`.",
    device: "Where tensors live is chosen for all with `await setDevice(…)`.",
  }
  return `A tensor has no \`${name}\`.${known[name] ? ` ${known[name]}` : ""}`
}
