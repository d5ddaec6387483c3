/**
 * @file The text of one kernel in WGSL: its bindings, the elements of arrays, and the steps of a body. float32 is
 * f32, int32 is i32; bool is a bool in values and a word, 0 or 1, in memory. Knows no shapes.
 */
import type { DType } from "../../core/dtype.ts"
import type { Body, Step } from "../../fuse/plan.ts"
import type { ScalarFunction } from "../../kernel/expr.ts"
import type { Read } from "../graph.ts"
import { functionText } from "./functions.ts"
import type { Bindings, Layout, Range } from "./layout.ts"

/** A kernel that is ready to become a pipeline. */
export interface Dispatch {
  /** For `profile`. */
  readonly name: string
  readonly code: string
  readonly ranges: readonly Range[]
  readonly groups: readonly [number, number, number]
}

/** The WGSL type of a value. */
export function typeOf(dtype: DType): string {
  return dtype === "float32" ? "f32" : dtype === "int32" ? "i32" : "bool"
}

const memoryType = (dtype: DType) => (dtype === "bool" ? "u32" : typeOf(dtype))

/** Workgroups a row of the grid may have: the least that every device can do is 65535. */
const widest = 32768

/** A grid of at least `count` workgroups; `groupIndex` counts them. */
export function grid(count: number): readonly [number, number, number] {
  return count <= widest ? [count, 1, 1] : [widest, Math.ceil(count / widest), 1]
}

/** The number of the workgroup in a grid made by `grid`. */
export const groupIndex = `(wid.x + wid.y * ${widest}u)`

export function number(value: number, dtype: DType): string {
  if (dtype === "bool") return value ? "true" : "false"
  if (dtype === "int32") return value === -(2 ** 31) ? "(-2147483647 - 1)" : `${value | 0}`
  if (Number.isNaN(value)) return "nan()"
  const rounded = Math.fround(value)
  if (!Number.isFinite(rounded)) return rounded > 0 ? "inf()" : "-inf()"
  if (Object.is(rounded, -0)) return "bitcast<f32>(0x80000000u)"
  const text = String(rounded)
  return /[.e]/.test(text) ? `${text}f`.replace("e+", "e") : `${text}.0f`
}

const floatCalls: Partial<Record<ScalarFunction, string>> = {
  max: "max_",
  min: "min_",
  sign: "sign_",
  exp: "exp_",
  expm1: "expm1_",
  log: "log_",
  log1p: "log1p_",
  sin: "sin_",
  cos: "cos_",
  tanh: "tanh_",
  erf: "erf_",
  pow: "pow_",
}

const infix: Partial<Record<ScalarFunction, string>> = {
  add: "+",
  sub: "-",
  mul: "*",
  div: "/",
  eq: "==",
  ne: "!=",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
}

export class Shader {
  readonly layout: Layout
  readonly #bindings: Bindings
  readonly #types: string[] = []
  readonly #functions = new Set<string>()
  readonly #globals: string[] = []
  #scalars = 0

  /** `vectors`: these arrays are bound as `vec4`s, as far as nobody else shares their binding. */
  constructor(layout: Layout, arrays: readonly number[], vectors: readonly number[] = []) {
    this.layout = layout
    this.#bindings = layout.bind(arrays)
    for (const [array, { binding }] of this.#bindings.where) {
      const type = memoryType(layout.info(array).dtype)
      const known = this.#types[binding]
      this.#types[binding] = known === undefined || known === type ? type : "u32"
    }
    for (const array of vectors) {
      const { binding, shift } = this.#bindings.where.get(array)!
      const alone = [...this.#bindings.where].every(([a, w]) => w.binding !== binding || vectors.includes(a))
      if (alone && shift % 4 === 0 && !this.#types[binding].startsWith("vec4"))
        this.#types[binding] = `vec4<${this.#types[binding]}>`
    }
  }

  /** Is an array bound as `vec4`s? */
  isVector(array: number): boolean {
    return this.#types[this.#bindings.where.get(array)!.binding].startsWith("vec4")
  }

  /** Makes sure that a function of `functions.ts` is there: its name. */
  use(name: string): string {
    this.#functions.add(name)
    return name
  }

  /** Adds a declaration, such as workgroup memory. */
  declare(text: string): void {
    this.#globals.push(text)
  }

  #at(array: number, index: string, per = 1): { type: string; text: string } {
    const { binding, shift } = this.#bindings.where.get(array)!
    return {
      type: this.#types[binding],
      text: `a${binding}[${shift === 0 ? index : `${index} + ${shift / per}u`}]`,
    }
  }

  /** Element number `index` (a u32) of an array. */
  load(array: number, index: string): string {
    const { dtype } = this.layout.info(array)
    const scalar = this.layout.scalar(array)
    if (scalar >= 0) {
      this.#scalars = Math.max(this.#scalars, scalar + 1)
      const word = `params[${1 + (scalar >> 2)}].${"xyzw"[scalar & 3]}`
      return dtype === "bool" ? `(${word} != 0u)` : `bitcast<${typeOf(dtype)}>(${word})`
    }
    const { type, text } = this.#at(array, index)
    if (dtype === "bool") return `(${text} != 0u)`
    return type === "u32" ? `bitcast<${typeOf(dtype)}>(${text})` : text
  }

  /** Four elements, from number 4 · `index` on, of an array for which `isVector`. */
  loadVector(array: number, index: string): string {
    return this.#at(array, index, 4).text
  }

  storeVector(array: number, index: string, value: string): string {
    return `${this.#at(array, index, 4).text} = ${value};`
  }

  /** The statement that keeps a value. */
  store(array: number, index: string, value: string): string {
    const { dtype } = this.layout.info(array)
    const { type, text } = this.#at(array, index)
    if (dtype === "bool") return `${text} = select(0u, 1u, ${value});`
    return `${text} = ${type === "u32" ? `bitcast<u32>(${value})` : value};`
  }

  number(value: number, dtype: DType): string {
    const text = number(value, dtype)
    if (text.includes("inf()")) this.use("inf")
    if (text.includes("nan()")) this.use("nan")
    return text
  }

  /** The statements of a body; value number i is named `v<i>`. `address` gives the element that a read sees. */
  body(body: Body, address: (read: Read) => string): string[] {
    return body.map((step, i) => {
      if (step.op === "read") return `let v${i} = ${this.load(step.read.array, address(step.read))};`
      if (step.op === "const") return `let v${i} = ${this.number(step.value, step.dtype)};`
      const from = body[step.args[0]].dtype
      if (step.op === "convert") return `let v${i} = ${this.convert(`v${step.args[0]}`, from, step.dtype)};`
      return `let v${i} = ${this.#step(step as Extract<Step, { args: readonly number[]; op: ScalarFunction }>, from, body)};`
    })
  }

  convert(value: string, from: DType, to: DType): string {
    if (from === to) return value
    if (to === "bool") return `(${value} != ${number(0, from)})`
    if (from === "float32") return `${this.use("toInt")}(${value})`
    if (from === "bool") return `select(${number(0, to)}, ${number(1, to)}, ${value})`
    return `f32(${value})`
  }

  #step({ op, args }: { op: ScalarFunction; args: readonly number[] }, dtype: DType, body: Body): string {
    const [a, b, c] = args.map((arg) => `v${arg}`)
    if (op === "select") return `select(${c}, ${b}, ${a})`
    if (dtype === "bool") return this.#boolStep(op, a, b)
    if (op === "ne" && args[0] === args[1])
      return dtype === "float32" ? `${this.use("isNan")}(${a})` : "false"
    // With a NaN, != may be false: the shading language does not promise more.
    if (op === "ne" && dtype === "float32")
      return `(${a} != ${b} || ${this.use("isNan")}(${a}) || isNan(${b}))`
    if (op === "pow") return this.#pow(a, b, body[args[1]])
    if (infix[op]) return `(${a} ${infix[op]} ${b})`
    if (op === "neg") return `(-${a})`
    const call = dtype === "float32" ? floatCalls[op] : undefined
    return `${call ? this.use(call) : op}(${b === undefined ? a : `${a}, ${b}`})`
  }

  #boolStep(op: ScalarFunction, a: string, b: string): string {
    if (op === "eq" || op === "ne") return `(${a} ${infix[op]} ${b})`
    if (op === "max" || op === "add") return `(${a} || ${b})`
    if (op === "min" || op === "mul") return `(${a} && ${b})`
    return `(select(0, 1, ${a}) ${infix[op]} select(0, 1, ${b}))`
  }

  #pow(a: string, b: string, exponent: Step): string {
    const value = exponent.op === "const" ? exponent.value : undefined
    if (value === 2) return `(${a} * ${a})`
    if (value === 3) return `(${a} * ${a} * ${a})`
    if (value === -1) return `(1.0 / ${a})`
    return `${this.use("pow_")}(${a}, ${b})`
  }

  /** The whole kernel. `main` are its statements; they may use gid, lid (in the workgroup) and wid. */
  dispatch(
    name: string,
    workgroup: number,
    groups: readonly [number, number, number],
    main: readonly string[],
  ): Dispatch {
    const text = [
      `@group(0) @binding(0) var<uniform> params: array<vec4<u32>, ${1 + Math.ceil(this.#scalars / 4)}>;`,
      ...this.#types.map(
        (type, b) => `@group(0) @binding(${b + 1}) var<storage, read_write> a${b}: array<${type}>;`,
      ),
      ...this.#globals,
      functionText(this.#functions),
      `@compute @workgroup_size(${workgroup})`,
      "fn main(@builtin(global_invocation_id) gid: vec3<u32>, @builtin(local_invocation_index) lid: u32, " +
        "@builtin(workgroup_id) wid: vec3<u32>) {",
      ...main.map((line) => `  ${line}`),
      "}",
    ]
    return { name, code: text.join("\n"), ranges: this.#bindings.ranges, groups }
  }
}
