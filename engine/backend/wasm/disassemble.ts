/**
 * @file A module as text, for people who want to see the machine code: the functions in the manner of the WebAssembly
 * text format, one instruction a line. Reads the modules that the assembler writes, and no other sections.
 */
import { ValueError } from "../../core/errors.ts"
import { Reader } from "./decode.ts"
import { type Family, officialName, opcodesOf, type Run, scalar, special, valueTypes } from "./opcodes.ts"
import { simd, simdBytes } from "./opcodes-simd.ts"

/** How to print one instruction: its name, and what follows it in the code. */
interface Entry {
  readonly name: string
  readonly rest: (reader: Reader, functionName: (index: number) => string) => string
}

const nothing = () => ""
const index = (reader: Reader) => ` ${reader.unsigned()}`
const lane = (reader: Reader) => ` ${reader.byte()}`

/** Alignment (of which nothing is promised, so it is left out) and offset. */
function place(reader: Reader): string {
  reader.unsigned()
  const offset = reader.unsigned()
  return offset === 0 ? "" : ` offset=${offset}`
}

/** The shortest text that means this float32 number. */
function showFloat32(value: number): string {
  for (let digits = 1; digits <= 9; digits++) {
    const text = Number(value.toPrecision(digits))
    if (Math.fround(text) === value) return showFloat64(text)
  }
  return showFloat64(value)
}

function showFloat64(value: number): string {
  if (Number.isNaN(value)) return "nan"
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf"
  return Object.is(value, -0) ? "-0" : String(value)
}

/** Four lanes, as numbers of the type in which they look like numbers somebody has written. */
function showVector(reader: Reader): string {
  const start = reader.at
  const floats = Array.from({ length: 4 }, () => reader.float32())
  const plausible = (x: number) =>
    x === 0 || Math.abs(x) === Infinity || (Math.abs(x) > 1e-20 && Math.abs(x) < 1e20)
  if (floats.every(plausible)) return ` f32x4 ${floats.map(showFloat32).join(" ")}`
  reader.at = start
  return ` i32x4 ${Array.from({ length: 4 }, () => reader.int32()).join(" ")}`
}

/** The type of a block's value, if it has one. */
function blockType(reader: Reader): string {
  const type = typeNames.get(reader.byte())
  return type === undefined ? "" : ` (result ${type})`
}

const typeNames = new Map<number, string>(Object.entries(valueTypes).map(([name, number]) => [number, name]))

const specialEntries: Record<keyof typeof special, Entry> = {
  unreachable: { name: "unreachable", rest: nothing },
  block: { name: "block", rest: blockType },
  loop: { name: "loop", rest: blockType },
  if: { name: "if", rest: blockType },
  else: { name: "else", rest: nothing },
  end: { name: "end", rest: nothing },
  br: { name: "br", rest: index },
  brIf: { name: "br_if", rest: index },
  call: { name: "call", rest: (reader, functionName) => ` ${functionName(reader.unsigned())}` },
  select: { name: "select", rest: nothing },
  localGet: { name: "local.get", rest: index },
  localSet: { name: "local.set", rest: index },
  localTee: { name: "local.tee", rest: index },
  i32Const: { name: "i32.const", rest: (reader) => ` ${reader.signed()}` },
  i64Const: { name: "i64.const", rest: (reader) => ` ${reader.signed()}` },
  f32Const: { name: "f32.const", rest: (reader) => ` ${showFloat32(reader.float32())}` },
  f64Const: { name: "f64.const", rest: (reader) => ` ${showFloat64(reader.float64())}` },
  v128Const: { name: "v128.const", rest: showVector },
  i8x16Shuffle: {
    name: "i8x16.shuffle",
    rest: (reader) => Array.from({ length: 16 }, () => lane(reader)).join(""),
  },
}

/** What follows the opcode in each form. */
const rests: Record<keyof Family, Entry["rest"]> = {
  unary: nothing,
  binary: nothing,
  ternary: nothing,
  shift: nothing,
  load: place,
  store: place,
  loadLane: (reader) => place(reader) + lane(reader),
  storeLane: (reader) => place(reader) + lane(reader),
  extract: lane,
  replace: lane,
}

/** Every instruction by its bytes, the first one highest, as the assembler writes them. */
const entries = new Map<number, Entry>()

function enter(families: Record<string, Family>, bytes: (opcode: number) => number): void {
  for (const [family, forms] of Object.entries(families))
    for (const [form, run] of Object.entries(forms as Record<string, Run>))
      for (const [name, opcode] of opcodesOf(run))
        entries.set(bytes(opcode), {
          name: `${family}.${officialName(name)}`,
          rest: rests[form as keyof Family],
        })
}

/** Fills the table when the first module is printed. */
function allEntries(): Map<number, Entry> {
  if (entries.size === 0) {
    enter(scalar, (opcode) => opcode)
    enter(simd, simdBytes)
    for (const key of Object.keys(special) as (keyof typeof special)[])
      entries.set(special[key], specialEntries[key])
  }
  return entries
}

/** The bytes of the next instruction in one number: one byte, or a prefix and a number after it. */
function nextInstruction(reader: Reader): Entry {
  const start = reader.at
  const first = reader.byte()
  const bytes =
    first === 0xfd ? simdBytes(reader.unsigned()) : first === 0xfc ? 0xfc00 | reader.unsigned() : first
  const entry = allEntries().get(bytes)
  if (!entry)
    throw new ValueError(`disassemble: unknown instruction 0x${bytes.toString(16)} at byte ${start}.`)
  return entry
}

/** The lines of one function's code, indented by depth, without the `end` of the function itself. */
function bodyLines(reader: Reader, functionName: (index: number) => string): string[] {
  const lines: string[] = []
  for (let depth = 1; ; ) {
    const { name, rest } = nextInstruction(reader)
    if (name === "end" || name === "else") depth--
    if (depth === 0) return lines
    lines.push("  ".repeat(depth) + name + rest(reader, functionName))
    if (name === "block" || name === "loop" || name === "if" || name === "else") depth++
  }
}

interface FunctionType {
  readonly params: readonly string[]
  readonly results: readonly string[]
}

/** What the sections before the code say. */
interface Declarations {
  /** For every function, imported ones first: its type and, if imported, whence. */
  readonly functions: { type: FunctionType; from?: string }[]
  readonly exports: Map<number, string>
  readonly names: Map<number, string>
  readonly memories: string[]
}

/** Reads all sections but the code, and says where the code begins (−1: there is none). */
function declarations(reader: Reader): Declarations & { code: number } {
  const types: FunctionType[] = []
  const functions: Declarations["functions"] = []
  const exports = new Map<number, string>()
  const names = new Map<number, string>()
  const memories: string[] = []
  const typeName = () => typeNames.get(reader.byte()) ?? "?"
  let code = -1
  reader.at = 8
  while (!reader.done) {
    const id = reader.byte()
    const size = reader.unsigned()
    const end = reader.at + size
    if (id === 1)
      reader.list(() => {
        reader.byte()
        types.push({ params: reader.list(typeName), results: reader.list(typeName) })
      })
    else if (id === 2)
      reader.list(() => {
        const from = `${JSON.stringify(reader.text())} ${JSON.stringify(reader.text())}`
        if (reader.byte() === 0) functions.push({ type: types[reader.unsigned()], from })
        else {
          reader.byte() // Whether it has a largest size: none of ours has.
          memories.push(`(import ${from} (memory ${reader.unsigned()}))`)
        }
      })
    else if (id === 3) reader.list(() => functions.push({ type: types[reader.unsigned()] }))
    else if (id === 7)
      reader.list(() => {
        const name = reader.text()
        reader.byte()
        exports.set(reader.unsigned(), name)
      })
    else if (id === 10) code = reader.at
    else if (id === 0 && reader.text() === "name" && reader.byte() === 1) {
      reader.unsigned()
      reader.list(() => names.set(reader.unsigned(), reader.text()))
    }
    reader.at = end
  }
  return { functions, exports, names, memories, code }
}

const clause = (keyword: string, types: readonly string[]) =>
  types.length === 0 ? "" : ` (${keyword} ${types.join(" ")})`

/** `(param i32) (result f32)` */
const signature = (type: FunctionType) => clause("param", type.params) + clause("result", type.results)

/**
 * The text of a module in the binary format. Parameters and locals are numbered from 0. Throws: ValueError if it
 * contains an instruction that the assembler does not know.
 */
export function disassemble(bytes: Uint8Array): string {
  const reader = new Reader(bytes)
  const { functions, exports, names, memories, code } = declarations(reader)
  const functionName = (i: number) => `$${(names.get(i) ?? String(i)).replaceAll(" ", "_")}`
  const lines = [...memories]
  const imported = functions.filter(({ from }) => from !== undefined)
  imported.forEach(({ type, from }, i) => {
    lines.push(`(import ${from} (func ${functionName(i)}${signature(type)}))`)
  })
  if (code < 0) return lines.join("\n")
  reader.at = code
  let number = imported.length
  reader.list(() => {
    reader.unsigned()
    const locals = reader.list(() =>
      Array<string>(reader.unsigned()).fill(typeNames.get(reader.byte()) ?? "?"),
    )
    const name = exports.get(number)
    const shown = name === undefined ? "" : ` (export ${JSON.stringify(name)})`
    lines.push(`(func ${functionName(number)}${shown}${signature(functions[number].type)}`)
    if (locals.length > 0) lines.push(` ${clause("local", locals.flat())}`)
    lines.push(...bodyLines(reader, functionName), ")")
    number++
  })
  return lines.join("\n")
}
