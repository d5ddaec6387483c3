/**
 * @file The scalar instructions of WebAssembly and those of their own form, as data: name → number, sorted by how they are written.
 * Official names follow from the keys (`i32x4.ltS` is `i32x4.lt_s`). Knows nothing of modules or encoding.
 * Source: WebAssembly Core Specification 3.0, chapter "Instructions" of the binary format.
 */

/** Instructions of one family by form: what stands between opcode and operands, and how many operands there are. */
export interface Family {
  readonly unary?: Readonly<Record<string, number>>
  readonly binary?: Readonly<Record<string, number>>
  readonly ternary?: Readonly<Record<string, number>>
  /** Memory access: [opcode, log₂ of the bytes accessed, which is also the alignment promised]. */
  readonly load?: Readonly<Record<string, readonly [number, number]>>
  readonly store?: Readonly<Record<string, readonly [number, number]>>
  readonly loadLane?: Readonly<Record<string, readonly [number, number]>>
  readonly storeLane?: Readonly<Record<string, readonly [number, number]>>
  /** Access to one lane, whose number follows the opcode. */
  readonly extract?: Readonly<Record<string, number>>
  readonly replace?: Readonly<Record<string, number>>
}

/** Scalar families. One byte; 0xfc.. is the prefix 0xfc and a second byte. */
export const scalar = {
  i32: {
    unary: {
      eqz: 0x45,
      clz: 0x67,
      ctz: 0x68,
      popcnt: 0x69,
      wrapI64: 0xa7,
      reinterpretF32: 0xbc,
      truncSatF32S: 0xfc00,
      truncSatF32U: 0xfc01,
      truncSatF64S: 0xfc02,
      truncSatF64U: 0xfc03,
    },
    binary: {
      eq: 0x46,
      ne: 0x47,
      ltS: 0x48,
      ltU: 0x49,
      gtS: 0x4a,
      gtU: 0x4b,
      leS: 0x4c,
      leU: 0x4d,
      geS: 0x4e,
      geU: 0x4f,
      add: 0x6a,
      sub: 0x6b,
      mul: 0x6c,
      divS: 0x6d,
      divU: 0x6e,
      remS: 0x6f,
      remU: 0x70,
      and: 0x71,
      or: 0x72,
      xor: 0x73,
      shl: 0x74,
      shrS: 0x75,
      shrU: 0x76,
      rotl: 0x77,
      rotr: 0x78,
    },
    load: { load: [0x28, 2], load8S: [0x2c, 0], load8U: [0x2d, 0], load16S: [0x2e, 1], load16U: [0x2f, 1] },
    store: { store: [0x36, 2], store8: [0x3a, 0], store16: [0x3b, 1] },
  },
  i64: {
    unary: {
      eqz: 0x50,
      clz: 0x79,
      ctz: 0x7a,
      popcnt: 0x7b,
      extendI32S: 0xac,
      extendI32U: 0xad,
      reinterpretF64: 0xbd,
      truncSatF32S: 0xfc04,
      truncSatF32U: 0xfc05,
      truncSatF64S: 0xfc06,
      truncSatF64U: 0xfc07,
    },
    binary: {
      eq: 0x51,
      ne: 0x52,
      ltS: 0x53,
      ltU: 0x54,
      gtS: 0x55,
      gtU: 0x56,
      leS: 0x57,
      leU: 0x58,
      geS: 0x59,
      geU: 0x5a,
      add: 0x7c,
      sub: 0x7d,
      mul: 0x7e,
      divS: 0x7f,
      divU: 0x80,
      remS: 0x81,
      remU: 0x82,
      and: 0x83,
      or: 0x84,
      xor: 0x85,
      shl: 0x86,
      shrS: 0x87,
      shrU: 0x88,
      rotl: 0x89,
      rotr: 0x8a,
    },
    load: { load: [0x29, 3], load32S: [0x34, 2], load32U: [0x35, 2] },
    store: { store: [0x37, 3], store32: [0x3e, 2] },
  },
  f32: {
    unary: {
      abs: 0x8b,
      neg: 0x8c,
      ceil: 0x8d,
      floor: 0x8e,
      trunc: 0x8f,
      nearest: 0x90,
      sqrt: 0x91,
      convertI32S: 0xb2,
      convertI32U: 0xb3,
      convertI64S: 0xb4,
      convertI64U: 0xb5,
      demoteF64: 0xb6,
      reinterpretI32: 0xbe,
    },
    binary: {
      eq: 0x5b,
      ne: 0x5c,
      lt: 0x5d,
      gt: 0x5e,
      le: 0x5f,
      ge: 0x60,
      add: 0x92,
      sub: 0x93,
      mul: 0x94,
      div: 0x95,
      min: 0x96,
      max: 0x97,
      copysign: 0x98,
    },
    load: { load: [0x2a, 2] },
    store: { store: [0x38, 2] },
  },
  f64: {
    unary: {
      abs: 0x99,
      neg: 0x9a,
      ceil: 0x9b,
      floor: 0x9c,
      trunc: 0x9d,
      nearest: 0x9e,
      sqrt: 0x9f,
      convertI32S: 0xb7,
      convertI32U: 0xb8,
      convertI64S: 0xb9,
      convertI64U: 0xba,
      promoteF32: 0xbb,
      reinterpretI64: 0xbf,
    },
    binary: {
      eq: 0x61,
      ne: 0x62,
      lt: 0x63,
      gt: 0x64,
      le: 0x65,
      ge: 0x66,
      add: 0xa0,
      sub: 0xa1,
      mul: 0xa2,
      div: 0xa3,
      min: 0xa4,
      max: 0xa5,
      copysign: 0xa6,
    },
    load: { load: [0x2b, 3] },
    store: { store: [0x39, 3] },
  },
} as const satisfies Record<string, Family>

/** Instructions that are written each in its own way: control, locals, constants, whole-memory operations. */
export const special = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  return: 0x0f,
  call: 0x10,
  drop: 0x1a,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  memorySize: 0x3f,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i64Const: 0x42,
  f32Const: 0x43,
  f64Const: 0x44,
  memoryCopy: 0xfc0a,
  memoryFill: 0xfc0b,
  v128Const: 0xfd0c,
  i8x16Shuffle: 0xfd0d,
} as const

/** The types of values. Their numbers in the binary format. */
export const valueTypes = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const

export type ValueType = keyof typeof valueTypes

/** `ltS` → `lt_s`: keys of the tables as the specification writes them. */
export function officialName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
