/**
 * @file Instructions as functions from code to code, so that a generator reads like a formula:
 * `f32x4.add(x, v128.load(p))`. Made from the table of opcodes. Knows no function and no module.
 */
import { type Code, float32, float64, int32, int64, type Part, signed, signed64, unsigned } from "./encode.ts"
import { type Family, opcodesOf, type Run, scalar, special, type ValueType, valueTypes } from "./opcodes.ts"
import { simd, simdBytes } from "./opcodes-simd.ts"

type Words<Text> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text
type Names<F extends Family, Form extends keyof Family> =
  F extends Record<Form, infer R extends Run> ? Words<R[keyof R]> & string : never

/** What is promised of an address, as a power of two: nothing. Processors find out for themselves. */
const ALIGNMENT = 0

/**
 * How an instruction of each form is written. `V`: a value, for which a number may stand, in vectors for one in every
 * lane. `offset` is added to the address, at no cost.
 */
interface Forms<V> {
  unary: (a: Code) => Code
  binary: (a: V, b: V) => Code
  ternary: (a: Code, b: Code, c: Code) => Code
  shift: (vector: Code, bits: number) => Code
  load: (address: Code, offset?: number) => Code
  store: (address: Code, value: V, offset?: number) => Code
  loadLane: (address: Code, vector: Code, lane: number, offset?: number) => Code
  storeLane: (address: Code, vector: Code, lane: number, offset?: number) => Code
  extract: (vector: Code, lane: number) => Code
  replace: (vector: Code, lane: number, value: Code) => Code
}

type Form = keyof Family
type Constant = (...values: never[]) => Code

/** The functions of a family; a number, or what else its `const` takes first, stands for a constant. */
type Instructions<F extends Family, C extends Constant> = {
  [K in Form as Names<F, K>]: Forms<Code | Parameters<C>[0]>[K]
} & { const: C }

function formsOf<C>(op: number, constant: (value: C) => Code): Forms<Code | C> {
  const of = (value: Code | C): Code => (typeof value === "object" ? (value as Code) : constant(value))
  const laneAccess: Forms<C>["loadLane"] = (address, vector, lane, offset = 0) => [
    address,
    vector,
    op,
    ALIGNMENT,
    unsigned(offset),
    lane,
  ]
  return {
    unary: (a) => [a, op],
    binary: (a, b) => [of(a), of(b), op],
    ternary: (a, b, c) => [a, b, c, op],
    shift: (a, bits) => [a, i32.const(bits), op],
    load: (address, offset = 0) => [address, op, ALIGNMENT, unsigned(offset)],
    store: (address, value, offset = 0) => [address, of(value), op, ALIGNMENT, unsigned(offset)],
    loadLane: laneAccess,
    storeLane: laneAccess,
    extract: (vector, lane) => [vector, op, lane],
    replace: (vector, lane, value) => [vector, value, op, lane],
  }
}

/** Builds the functions of a family; `bytes` makes the bytes of an instruction from its number in the table. */
function family<F extends Family, C extends Constant>(
  table: F,
  bytes: (opcode: number) => number,
  constant: C,
): Instructions<F, C> {
  const out: Record<string, unknown> = { const: constant }
  for (const form of Object.keys(table) as Form[])
    for (const [name, opcode] of opcodesOf(table[form]))
      out[name] = formsOf(bytes(opcode), constant as unknown as (value: unknown) => Code)[form]
  return out as Instructions<F, C>
}

const asWritten = (opcode: number) => opcode

export const i32 = family(
  scalar.i32,
  asWritten,
  (value: number): Code => [special.i32Const, signed(value | 0)],
)
export const i64 = family(
  scalar.i64,
  asWritten,
  (value: bigint): Code => [special.i64Const, signed64(BigInt.asIntN(64, value))],
)
export const f32 = family(scalar.f32, asWritten, (value: number): Code => [special.f32Const, float32(value)])
export const f64 = family(scalar.f64, asWritten, (value: number): Code => [special.f64Const, float64(value)])

/** A constant vector of `count` lanes; one value stands for equal ones. */
const vector =
  <T>(count: number, bytes: (value: T) => Part) =>
  (...lanes: [T, ...T[]]): Code => [
    special.v128Const,
    Array.from({ length: count }, (_, i) => bytes(lanes[i] ?? lanes[0])),
  ]

/** The constant: sixteen bytes, lowest first. */
export const v128 = family(simd.v128, simdBytes, (bytes: Code): Code => [special.v128Const, bytes])

export const i8x16 = {
  ...family(
    simd.i8x16,
    simdBytes,
    vector(16, (value: number) => value),
  ),
  /** Byte number `lanes[i]` of the 32 bytes of a and b, for i = 0 … 15. */
  shuffle: (a: Code, b: Code, lanes: readonly number[]): Code => [a, b, special.i8x16Shuffle, lanes],
}

export const i32x4 = {
  ...family(simd.i32x4, simdBytes, vector(4, int32)),
  /** Lane `lanes[i]` of the eight lanes of a and b, for i = 0 … 3. */
  shuffle: (a: Code, b: Code, lanes: readonly number[]): Code =>
    i8x16.shuffle(
      a,
      b,
      lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
    ),
}

export const i64x2 = family(simd.i64x2, simdBytes, vector(2, int64))
export const f32x4 = family(simd.f32x4, simdBytes, vector(4, float32))
export const f64x2 = family(simd.f64x2, simdBytes, vector(2, float64))

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
  const rest = otherwise === undefined ? [] : [special.else, otherwise]
  return [condition, special.if, NOTHING, then, rest, special.end]
}

/** condition ? a : b, where only one of the two is computed. */
export function ifValue(type: ValueType, condition: Code, a: Code, b: Code): Code {
  return [condition, special.if, valueTypes[type], a, special.else, b, special.end]
}

/** condition ? a : b, where both are computed. */
export function select(a: Code, b: Code, condition: Code): Code {
  return [a, b, condition, special.select]
}

export const unreachable: Code = [special.unreachable]
