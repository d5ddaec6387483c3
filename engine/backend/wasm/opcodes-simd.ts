/**
 * @file The vector instructions of WebAssembly that the engine uses, as data, in the form of `opcodes.ts`. Knows nothing
 * of modules or encoding.
 */
import type { Family } from "./opcodes.ts"

const compareFloat = "eq ne lt gt le ge"
const computeFloat = "add sub mul div min max pmin pmax"

/** Families of 128-bit vectors. All follow the prefix 0xfd; numbers from 0x100 on are relaxed SIMD. */
export const simd = {
  v128: {
    unary: { 77: "not", 83: "anyTrue" },
    binary: { 78: "and andnot or xor" },
    ternary: { 82: "bitselect" },
    load: { 0: "load", 9: "load32Splat load64Splat", 92: "load32Zero load64Zero" },
    store: { 11: "store" },
    loadLane: { 86: "load32Lane load64Lane" },
    storeLane: { 90: "store32Lane store64Lane" },
  },
  i8x16: {
    unary: { 15: "splat" },
    binary: { 14: "swizzle", 110: "add", 113: "sub" },
  },
  i32x4: {
    unary: {
      17: "splat",
      160: "abs neg",
      163: "allTrue",
      248: "truncSatF32x4S",
    },
    binary: {
      55: "eq ne ltS",
      59: "gtS",
      61: "leS",
      63: "geS geU",
      174: "add",
      177: "sub",
      181: "mul minS minU maxS",
    },
    shift: { 171: "shl shrS shrU" },
    extract: { 27: "extractLane" },
  },
  i64x2: {
    unary: { 18: "splat" },
    binary: { 206: "add", 209: "sub", 222: "extmulLowI32x4U extmulHighI32x4U" },
    shift: { 203: "shl shrS shrU" },
  },
  f32x4: {
    unary: {
      19: "splat",
      94: "demoteF64x2Zero",
      105: "trunc",
      224: "abs neg",
      227: "sqrt",
      250: "convertI32x4S convertI32x4U",
    },
    binary: { 65: compareFloat, 228: computeFloat },
    ternary: { 261: "relaxedMadd relaxedNmadd" },
    extract: { 31: "extractLane" },
    replace: { 32: "replaceLane" },
  },
  f64x2: {
    unary: { 20: "splat", 95: "promoteLowF32x4" },
    binary: { 71: compareFloat, 240: computeFloat },
    ternary: { 263: "relaxedMadd" },
    extract: { 33: "extractLane" },
  },
} as const satisfies Record<string, Family>

/** The bytes of a vector instruction in one number, first byte highest: 0xfd, then `opcode` in LEB128. */
export function simdBytes(opcode: number): number {
  return opcode < 0x80 ? 0xfd00 | opcode : 0xfd0000 | ((opcode & 0x7f) << 8) | 0x8000 | (opcode >> 7)
}
