/**
 * @file The WebAssembly assembler: a module, its functions and their locals, written to bytes. Code is a rope of
 * instructions (re-exported from here), flattened once. Knows nothing of tensors.
 *
 *     const module = new Module()
 *     module.memory()
 *     const sum = module.function("sum", ["i32", "i32"], ["f32"], { export: true })
 *     const [from, to] = sum.params
 *     const total = sum.local("f32"), p = sum.local("i32")
 *     sum.emit(
 *       sum.loop(p, from, to, 4, () => [total.set(f32.add(total, f32.load(p)))]),
 *       total,
 *     )
 *     new WebAssembly.Module(module.bytes())
 */
import { Bytes, type Code, type Coded, unsigned } from "./encode.ts"
import { block, brIf, f32, f32x4, f64, f64x2, i32, loopForever } from "./instructions.ts"
import { special, type ValueType, valueTypes } from "./opcodes.ts"

export type { Code } from "./encode.ts"
export * from "./instructions.ts"
export type { ValueType } from "./opcodes.ts"

/** What may stand for a value: code, or a number for a constant. */
export type Value = Code | number

/** Numbers as constants of this type, which is a scalar one of 32 bits or float64. */
function codeOf(value: Value, type: ValueType): Code {
  if (typeof value !== "number") return value
  return (type === "f64" ? f64 : type === "f32" ? f32 : i32).const(value)
}

/** A parameter or local variable of a function. In code it stands for its value. */
export class Local implements Coded {
  readonly type: ValueType
  readonly code: Code
  readonly #set: Code
  readonly #tee: Code

  constructor(type: ValueType, index: number) {
    const number = unsigned(index)
    this.type = type
    this.code = [special.localGet, number]
    this.#set = [special.localSet, number]
    this.#tee = [special.localTee, number]
  }

  set(value: Value): Code {
    return [codeOf(value, this.type), this.#set]
  }

  /** Sets the variable; the value stays as the value of the expression. */
  tee(value: Value): Code {
    return [codeOf(value, this.type), this.#tee]
  }
}

/** A function: its type, its locals and the code of its body. */
export class Func implements Coded {
  readonly module: Module
  readonly name: string
  readonly params: readonly Local[]
  readonly results: readonly ValueType[]
  readonly body: Code[] = []
  /** @internal Types of the locals after the parameters. */
  readonly localTypes: ValueType[] = []
  /** @internal Number in the module; final when the module is written. */
  index = -1

  constructor(module: Module, name: string, params: readonly ValueType[], results: readonly ValueType[]) {
    this.module = module
    this.name = name
    this.params = params.map((type, i) => new Local(type, i))
    this.results = results
  }

  get code(): Code {
    return [unsigned(this.index)]
  }

  param(i: number): Local {
    return this.params[i]
  }

  /** A new local variable. It is 0 at first. */
  local(type: ValueType): Local {
    return new Local(type, this.params.length + this.localTypes.push(type) - 1)
  }

  locals(type: ValueType, count: number): Local[] {
    return Array.from({ length: count }, () => this.local(type))
  }

  emit(...code: Code[]): void {
    for (const part of code) this.body.push(part)
  }

  call(...args: Value[]): Code {
    return [args.map((arg, i) => codeOf(arg, this.params[i].type)), special.call, this]
  }

  /** The body `count` times. */
  repeat(count: number, body: () => Code): Code {
    if (count < 2) return count < 1 ? [] : body()
    const left = this.local("i32")
    return [left.set(count), countDown(left, body())]
  }

  /**
   * for (i = from; i < to; i += step) body, with i an i32 and signed comparison. `to` is read again in every round:
   * give a constant or a local. After the loop i is the first value that is not below `to`.
   */
  loop(i: Local, from: Value, to: Value, step: number, body: () => Code[]): Code {
    return [
      i.set(from),
      block(brIf(0, i32.geS(i, to)), loopForever(body(), brIf(0, i32.ltS(i.tee(i32.add(i, step)), to)))),
    ]
  }
}

/** The body as often as `left` says, at least once; then `left` is 0. */
export function countDown(left: Local, ...body: Code[]): Code {
  return loopForever(body, brIf(0, left.tee(i32.sub(left, 1))))
}

/** Adds a constant to an i32. */
export function move(pointer: Local, by: number): Code {
  return by === 0 ? [] : pointer.set(i32.add(pointer, by))
}

/** Vector instructions of a machine: relaxed ones too, those of 2021 alone, or none. */
export type Vectors = "relaxed" | "plain" | "none"

function tryVectors(): Vectors {
  const runs = (relaxed: boolean): boolean => {
    const module = new Module({ relaxed })
    const probe = module.function("probe", ["v128"], ["v128"])
    const x = probe.param(0)
    probe.emit(module.madd(x, x, x))
    return WebAssembly.validate(module.bytes())
  }
  if (typeof WebAssembly !== "object") return "none"
  return runs(true) ? "relaxed" : runs(false) ? "plain" : "none"
}

let vectors: Vectors | undefined

/** What this machine has; tried once. */
export function vectorsHere(): Vectors {
  vectors ??= tryVectors()
  return vectors
}

/** Numbers of the sections and of the kinds of imports and exports. */
const section = { custom: 0, type: 1, import: 2, function: 3, export: 7, code: 10 } as const
const external = { function: 0, memory: 2 } as const

interface Import {
  readonly from: string
  readonly func: Func
}

/** A module under construction. */
export class Module {
  /** Whether `madd` is the relaxed instruction: one rounding or two, whichever the machine does faster. */
  relaxed: boolean
  readonly #imports: Import[] = []
  readonly #functions: Func[] = []
  readonly #exports: Func[] = []
  readonly #shared = new Map<string, Func>()
  #pages = -1

  /** `relaxed`: use relaxed SIMD; by default if this machine has it. */
  constructor(options: { readonly relaxed?: boolean } = {}) {
    this.relaxed = options.relaxed ?? vectorsHere() === "relaxed"
  }

  /** Imports the memory `env.memory`, of at least `pages` · 64 KiB. */
  memory(pages = 0): void {
    this.#pages = pages
  }

  /** Imports a function, from `env` if not said otherwise. Asked for twice, it is the same one. */
  importFunction(
    name: string,
    params: readonly ValueType[],
    results: readonly ValueType[],
    from = "env",
  ): Func {
    const known = this.#imports.find((entry) => entry.from === from && entry.func.name === name)
    if (known) return known.func
    const func = new Func(this, name, params, results)
    this.#imports.push({ from, func })
    return func
  }

  /** Adds a function. Its code may be emitted at any time before `bytes()`. */
  function(
    name: string,
    params: readonly ValueType[],
    results: readonly ValueType[],
    options: { readonly export?: boolean } = {},
  ): Func {
    const func = new Func(this, name, params, results)
    this.#functions.push(func)
    if (options.export) this.#exports.push(func)
    return func
  }

  /** The function of this name, made by `build` when it is asked for the first time. */
  shared(
    name: string,
    params: readonly ValueType[],
    results: readonly ValueType[],
    build: (func: Func) => void,
  ): Func {
    let func = this.#shared.get(name)
    if (!func) {
      func = this.function(name, params, results)
      this.#shared.set(name, func)
      build(func)
    }
    return func
  }

  /** What `write` makes has no relaxed instruction: it computes the same bits on every machine. */
  exactly<T>(write: () => T): T {
    const { relaxed } = this
    this.relaxed = false
    const made = write()
    this.relaxed = relaxed
    return made
  }

  /** a · b + c in float32. */
  madd(a: Code, b: Code, c: Code): Code {
    return this.relaxed ? f32x4.relaxedMadd(a, b, c) : f32x4.add(f32x4.mul(a, b), c)
  }

  /** c − a · b in float32. */
  nmadd(a: Code, b: Code, c: Code): Code {
    return this.relaxed ? f32x4.relaxedNmadd(a, b, c) : f32x4.sub(c, f32x4.mul(a, b))
  }

  /** a · b + c in float64. */
  madd64(a: Code, b: Code, c: Code): Code {
    return this.relaxed ? f64x2.relaxedMadd(a, b, c) : f64x2.add(f64x2.mul(a, b), c)
  }

  /** The module in the binary format. */
  bytes(): Uint8Array<ArrayBuffer> {
    const all = [...this.#imports.map((entry) => entry.func), ...this.#functions]
    for (let i = 0; i < all.length; i++) all[i].index = i
    const types = new Map(all.map((func) => [typeText(func), func]))
    const texts = [...types.keys()]
    const typeOf = all.map((func) => texts.indexOf(typeText(func)))
    const out = new Bytes()
    const list = (id: number, length: number, content: () => void) => {
      if (length === 0) return
      out.write(id)
      out.sized(() => {
        out.write(unsigned(length))
        content()
      })
    }
    out.write([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]) // "\0asm", version 1
    list(section.type, types.size, () => {
      for (const func of types.values()) {
        out.write(0x60)
        writeTypes(
          out,
          func.params.map((param) => param.type),
        )
        writeTypes(out, func.results)
      }
    })
    const withMemory = this.#pages >= 0
    list(section.import, this.#imports.length + (withMemory ? 1 : 0), () => {
      if (withMemory) {
        out.text("env")
        out.text("memory")
        out.write([external.memory, 0, unsigned(this.#pages)])
      }
      this.#imports.forEach(({ from, func }, i) => {
        out.text(from)
        out.text(func.name)
        out.write([external.function, unsigned(typeOf[i])])
      })
    })
    list(section.function, this.#functions.length, () => {
      for (const func of this.#functions) out.write(unsigned(typeOf[func.index]))
    })
    list(section.export, this.#exports.length, () => {
      for (const func of this.#exports) {
        out.text(func.name)
        out.write([external.function, func])
      }
    })
    list(section.code, this.#functions.length, () => {
      for (const func of this.#functions) out.sized(() => writeBody(out, func))
    })
    // The names, for debuggers, profilers and the disassembler.
    out.write(section.custom)
    out.sized(() => {
      out.text("name")
      out.write(1)
      out.sized(() => {
        out.write(unsigned(all.length))
        for (const func of all) {
          out.write(func)
          out.text(func.name)
        }
      })
    })
    return out.done()
  }
}

/** The type of a function as text. */
function typeText({ params, results }: Func): string {
  return `${params.map(({ type }) => type)} → ${results}`
}

function writeTypes(out: Bytes, types: readonly ValueType[]): void {
  out.write(unsigned(types.length))
  for (const type of types) out.write(valueTypes[type])
}

/** The locals, as runs of one type, then the code. */
function writeBody(out: Bytes, func: Func): void {
  const runs: { type: ValueType; count: number }[] = []
  for (const type of func.localTypes) {
    const last = runs.at(-1)
    if (last?.type === type) last.count++
    else runs.push({ type, count: 1 })
  }
  out.write(unsigned(runs.length))
  for (const { type, count } of runs) out.write([unsigned(count), valueTypes[type]])
  out.write(func.body)
  out.write(special.end)
}
