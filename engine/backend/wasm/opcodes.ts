/**
 * @file The scalar instructions of WebAssembly that the engine uses and those of their own form, as data, sorted by how
 * they are written. Official names follow from the names (`i32x4.ltS` is `i32x4.lt_s`). Knows nothing of modules or
 * encoding. Source: WebAssembly Core Specification 3.0, chapter "Instructions" of the binary format.
 */

/** Instructions of one form: names in a row have opcodes in a row, from the number before them on. */
export type Run = Readonly<Record<number, string>>

/** Instructions of one family by form: what stands between opcode and operands, and how many operands there are. */
export interface Family {
  readonly unary?: Run
  readonly binary?: Run
  readonly ternary?: Run
  /** By a number of bits, the same in every lane. */
  readonly shift?: Run
  /** Memory access: alignment and offset follow the opcode. */
  readonly load?: Run
  readonly store?: Run
  readonly loadLane?: Run
  readonly storeLane?: Run
  /** Access to one lane, whose number follows the opcode. */
  readonly extract?: Run
  readonly replace?: Run
}

/** Every name with its opcode. */
export function opcodesOf(run: Run = {}): [name: string, opcode: number][] {
  return Object.entries(run).flatMap(([first, names]) =>
    names.split(" ").map((name, i): [string, number] => [name, Number(first) + i]),
  )
}

/** Scalar families. One byte; 0xfc.. is the prefix 0xfc and a second byte. */
export const scalar = {
  i32: {
    unary: { 64514: "truncSatF64S" },
    binary: {
      70: "eq ne ltS",
      74: "gtS",
      76: "leS",
      78: "geS",
      106: "add sub mul",
      110: "divU",
      113: "and or",
      116: "shl",
      118: "shrU",
    },
    load: { 40: "load" },
    store: { 54: "store" },
  },
  i64: {
    unary: { 173: "extendI32U" },
    binary: { 124: "add sub", 132: "or", 134: "shl", 136: "shrU" },
  },
  f32: {
    unary: { 182: "demoteF64" },
    binary: { 146: "add" },
    load: { 42: "load" },
    store: { 56: "store" },
  },
  f64: {
    unary: { 153: "abs neg", 159: "sqrt", 183: "convertI32S", 187: "promoteF32" },
    binary: { 97: "eq ne lt gt le ge", 160: "add sub mul div min max copysign" },
    load: { 43: "load" },
    store: { 57: "store" },
  },
} as const satisfies Record<string, Family>

/** Instructions that are written each in its own way: control, locals, constants. */
export const special = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  call: 0x10,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Const: 0x41,
  i64Const: 0x42,
  f32Const: 0x43,
  f64Const: 0x44,
  v128Const: 0xfd0c,
  i8x16Shuffle: 0xfd0d,
} as const

/** The types of values. Their numbers in the binary format. */
export const valueTypes = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const

export type ValueType = keyof typeof valueTypes

/** `ltS` → `lt_s`: names of the tables as the specification writes them. */
export function officialName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
