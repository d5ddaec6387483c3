/**
 * @file Instructions as functions from code to code, so that a generator reads like a formula:
 * `f32x4.add(x, v128.load(p))`. Made from the table of opcodes. Knows no function and no module.
 */
import { type Code, float32, float64, int32, int64, signed, signed64, unsigned } from "./encode.ts"
import { type Family, opcodesOf, type Run, scalar, special, type ValueType, valueTypes } from "./opcodes.ts"
import { simd, simdBytes } from "./opcodes-simd.ts"

type Words<Text> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text
type Names<F extends Family, Form extends keyof Family> =
  F extends Record<Form, infer R extends Run> ? Words<R[keyof R]> & string : never

/** What is promised of an address, as a power of two: nothing. Processors find out for themselves. */
const ALIGNMENT = 0

/** How an instruction of each form is written, given its bytes. `offset` is added to the address, at no cost. */
const forms = {
  unary: (op: number) => (a: Code) => [a, op],
  binary: (op: number) => (a: Code, b: Code) => [a, b, op],
  ternary: (op: number) => (a: Code, b: Code, c: Code) => [a, b, c, op],
  load:
    (op: number) =>
    (address: Code, offset = 0) => [address, op, ALIGNMENT, unsigned(offset)],
  store:
    (op: number) =>
    (address: Code, value: Code, offset = 0) => [address, value, op, ALIGNMENT, unsigned(offset)],
  loadLane: laneAccess,
  storeLane: laneAccess,
  extract: (op: number) => (vector: Code, lane: number) => [vector, op, lane],
  replace: (op: number) => (vector: Code, lane: number, value: Code) => [vector, value, op, lane],
} satisfies Record<keyof Family, (op: number) => (...args: never[]) => Code>

function laneAccess(op: number) {
  return (address: Code, vector: Code, lane: number, offset = 0): Code => [
    address,
    vector,
    op,
    ALIGNMENT,
    unsigned(offset),
    lane,
  ]
}

type Forms = typeof forms
/** The functions of a family. */
type Instructions<F extends Family> = {
  [Form in keyof Forms as Names<F, Form>]: (...args: Parameters<ReturnType<Forms[Form]>>) => Code
}

/** Builds the functions of a family; `bytes` makes the bytes of an instruction from its number in the table. */
function family<F extends Family>(table: F, bytes: (opcode: number) => number): Instructions<F> {
  const out: Record<string, (...args: never[]) => Code> = {}
  for (const form of Object.keys(table) as (keyof Family)[])
    for (const [name, opcode] of opcodesOf(table[form])) out[name] = forms[form](bytes(opcode))
  return out as unknown as Instructions<F>
}

const asWritten = (opcode: number) => opcode

export const i32 = {
  ...family(scalar.i32, asWritten),
  const: (value: number): Code => [special.i32Const, signed(value | 0)],
}

export const i64 = {
  ...family(scalar.i64, asWritten),
  const: (value: bigint): Code => [special.i64Const, signed64(BigInt.asIntN(64, value))],
}

export const f32 = {
  ...family(scalar.f32, asWritten),
  const: (value: number): Code => [special.f32Const, float32(value)],
}

export const f64 = {
  ...family(scalar.f64, asWritten),
  const: (value: number): Code => [special.f64Const, float64(value)],
}

export const v128 = {
  ...family(simd.v128, simdBytes),
  /** Sixteen bytes, lowest first. */
  const: (bytes: readonly number[]): Code => [special.v128Const, bytes],
}

export const i8x16 = {
  ...family(simd.i8x16, simdBytes),
  /** Byte number `lanes[i]` of the 32 bytes of a and b, for i = 0 … 15. */
  shuffle: (a: Code, b: Code, lanes: readonly number[]): Code => [a, b, special.i8x16Shuffle, lanes],
}

export const i32x4 = {
  ...family(simd.i32x4, simdBytes),
  /** Four lanes; one number stands for four equal ones. */
  const: (a: number, b = a, c = a, d = a): Code => [
    special.v128Const,
    int32(a),
    int32(b),
    int32(c),
    int32(d),
  ],
  /** Lane `lanes[i]` of the eight lanes of a and b, for i = 0 … 3. */
  shuffle: (a: Code, b: Code, lanes: readonly number[]): Code =>
    i8x16.shuffle(
      a,
      b,
      lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
    ),
}

export const i64x2 = {
  ...family(simd.i64x2, simdBytes),
  const: (a: bigint, b = a): Code => [special.v128Const, int64(a), int64(b)],
}

export const f32x4 = {
  ...family(simd.f32x4, simdBytes),
  const: (a: number, b = a, c = a, d = a): Code => [
    special.v128Const,
    float32(a),
    float32(b),
    float32(c),
    float32(d),
  ],
}

export const f64x2 = {
  ...family(simd.f64x2, simdBytes),
  const: (a: number, b = a): Code => [special.v128Const, float64(a), float64(b)],
}

export const memory = {
  /** Copies `count` bytes; the two places may overlap. */
  copy: (to: Code, from: Code, count: Code): Code => [to, from, count, special.memoryCopy, 0, 0],
  fill: (to: Code, byte: Code, count: Code): Code => [to, byte, count, special.memoryFill, 0],
  /** Size in pages of 64 KiB. */
  size: (): Code => [special.memorySize, 0],
  grow: (pages: Code): Code => [pages, special.memoryGrow, 0],
}

/** The type of a block that leaves no value. */
const NOTHING = 0x40

/** A block: `br(0)` inside it goes to its end. */
export function block(...code: Code[]): Code {
  return [special.block, NOTHING, code, special.end]
}

/** A block whose `br(0)` goes back to its beginning; without one it ends. */
export function loopForever(...code: Code[]): Code {
  return [special.loop, NOTHING, code, special.end]
}

/** Leaves `depth` enclosing blocks and ends (or, a loop, repeats) the next one. */
export function br(depth: number): Code {
  return [special.br, unsigned(depth)]
}

export function brIf(depth: number, condition: Code): Code {
  return [condition, special.brIf, unsigned(depth)]
}

/** An `if` is a block too: inside it, `br(0)` goes to its end. */
export function if_(condition: Code, then: Code, otherwise?: Code): Code {
  const rest = otherwise === undefined ? special.end : [special.else, otherwise, special.end]
  return [condition, special.if, NOTHING, then, rest]
}

/** condition ? a : b, where only one of the two is computed. */
export function ifValue(type: ValueType, condition: Code, a: Code, b: Code): Code {
  return [condition, special.if, valueTypes[type], a, special.else, b, special.end]
}

/** condition ? a : b, where both are computed. */
export function select(a: Code, b: Code, condition: Code): Code {
  return [a, b, condition, special.select]
}

export const drop = (value: Code): Code => [value, special.drop]
export const return_ = (...values: Code[]): Code => [values, special.return]
export const unreachable: Code = special.unreachable
