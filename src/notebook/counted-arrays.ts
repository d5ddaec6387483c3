/**
 * @file The constructors of arrays, buffers and memories as cells see them: the language's own, counted, and with them
 * what is made on a GPU. Knows no limit; it is told what to do with the bytes.
 */
import type { MemoryLimit } from "./memory-limit.ts"

type Scope = typeof globalThis
type Make = new (...args: unknown[]) => object
type Method = (...args: unknown[]) => unknown

// What is needed after foreign code has run is taken before.
const { apply, construct } = Reflect
const { isView } = ArrayBuffer
const { isArray } = Array
const pageBytes = 65536

const views = [
  "Int8Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Float16Array",
  "Int32Array",
  "Uint32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
]

/** Puts counted constructors and methods in the place of the scope's own. */
export function countArrays(scope: Scope, limit: MemoryLimit): void {
  const arrays = Object.getPrototypeOf(scope.Uint8Array.prototype)
  const lengthOf = getter(arrays, "byteLength")
  const bufferOf = getter(arrays, "buffer")
  const { ArrayBuffer: Buffer } = scope
  const isBuffer = (value: unknown): boolean => value instanceof Buffer
  const takeView = (op: string, made: object): void => {
    const bytes = lengthOf(made) as number
    // A small array lives inside of its object; asking for its buffer would move it.
    limit.take(op, bytes, bytes > 64 ? (bufferOf(made) as object) : made)
  }

  for (const name of views) {
    const each = Reflect.get(scope, name)?.BYTES_PER_ELEMENT
    replaceConstructor(scope, name, {
      before: (size) => typeof size === "number" && limit.ask(name, size * each),
      after: (made, source) => isBuffer(source) || takeView(name, made),
    })
  }
  replaceConstructor(scope, "ArrayBuffer", {
    before: (size, options) => limit.ask("ArrayBuffer", reserved(size, options)),
    after: (made, size, options) => limit.take("ArrayBuffer", reserved(size, options), made),
  })
  const { WebAssembly: assembly } = scope
  replaceConstructor(assembly, "Memory", {
    before: (options) => limit.ask("WebAssembly.Memory", pagesOf(options) * pageBytes),
    after: (made, options) => limit.take("WebAssembly.Memory", pagesOf(options) * pageBytes, made),
  })
  replaceConstructor(scope, "Blob", { after: (made) => limit.take("Blob", (made as Blob).size, made) })
  replaceConstructor(scope, "OffscreenCanvas", {
    before: (width, height) => limit.ask("OffscreenCanvas", 4 * Number(width) * Number(height)),
    after: (made, width, height) => limit.take("OffscreenCanvas", 4 * Number(width) * Number(height), made),
  })

  for (const name of ["toSorted", "toReversed", "with"])
    replaceMethod(arrays, name, { after: (made) => takeView(name, made as object) })
  replaceMethod(assembly.Memory.prototype, "grow", {
    before: (_, pages) => limit.ask("grow", Number(pages) * pageBytes),
    after: (_, memory, pages) => limit.take("grow", Number(pages) * pageBytes, memory as object),
  })
  replaceMethod(scope.TextEncoder?.prototype, "encode", {
    after: (made) => takeView("encode", made as object),
  })
  const gpu: object | undefined = Reflect.get(scope, "GPUDevice")?.prototype
  for (const [name, bytesOf] of [
    ["createBuffer", bufferBytes],
    ["createTexture", textureBytes],
  ] as const)
    replaceMethod(gpu, name, {
      before: (_, options) => limit.ask(name, bytesOf(options)),
      after: (made, _, options) => limit.take(name, bytesOf(options), made as object),
    })
  replaceMethod(scope, "structuredClone", {
    after: (made) => {
      for (const part of partsOf(made, isBuffer))
        if (isBuffer(part)) limit.take("structuredClone", (part as ArrayBuffer).byteLength, part)
        else takeView("structuredClone", part)
    },
  })
}

interface Watch {
  before?: (...args: unknown[]) => unknown
  /** Gets what was made before the arguments. */
  after: (made: object, ...args: unknown[]) => unknown
}

function replaceConstructor(owner: object, name: string, { before, after }: Watch): void {
  const Native: Make | undefined = Reflect.get(owner, name)
  if (Native === undefined) return
  const counted = function (this: unknown, a?: unknown, b?: unknown, c?: unknown): object {
    if (new.target === undefined) throw new TypeError(`Constructor ${name} requires 'new'`)
    before?.(a, b)
    const made =
      new.target === (counted as unknown) ? new Native(a, b, c) : construct(Native, [a, b, c], new.target)
    after(made, a, b)
    return made
  }
  Object.setPrototypeOf(counted, Object.getPrototypeOf(Native))
  for (const key of Reflect.ownKeys(Native))
    Object.defineProperty(counted, key, Object.getOwnPropertyDescriptor(Native, key)!)
  Object.defineProperty(Native.prototype, "constructor", {
    value: counted,
    writable: true,
    configurable: true,
  })
  Object.defineProperty(owner, name, { value: counted, writable: true, configurable: true })
}

/** `before` and `after` get the object whose method it is, and what it was called with. */
function replaceMethod(owner: object | undefined, name: string, { before, after }: Watch): void {
  const native: Method | undefined = owner && Reflect.get(owner, name)
  if (!owner || native === undefined) return
  const counted = {
    [name](this: unknown, ...args: unknown[]): unknown {
      before?.(this, args[0])
      const made = apply(native, this, args)
      after(made as object, this, args[0])
      return made
    },
  }[name]
  Object.defineProperty(owner, name, { ...Object.getOwnPropertyDescriptor(owner, name), value: counted })
}

function getter(owner: object, name: string): (of: object) => unknown {
  const get = Object.getOwnPropertyDescriptor(owner, name)?.get as Method
  return (of) => apply(get, of, [])
}

/** What a buffer takes that may grow later is what it may grow to. */
function reserved(size: unknown, options: unknown): number {
  const most = (options as { maxByteLength?: unknown } | undefined)?.maxByteLength
  return Number(most ?? size ?? 0)
}

function pagesOf(options: unknown): number {
  return Number((options as { initial?: unknown; minimum?: unknown } | undefined)?.initial ?? 0)
}

/** What is no size is for WebGPU to refuse. */
function finite(size: unknown): number {
  return Number.isFinite(Number(size)) ? Number(size) : 0
}

function bufferBytes(options: unknown): number {
  return finite((options as { size?: unknown } | undefined)?.size)
}

/** As if each texel took four bytes, as a pixel does. */
function textureBytes(options: unknown): number {
  const { size, sampleCount } = (options ?? {}) as { size?: unknown; sampleCount?: unknown }
  const list: unknown[] = isArray(size) ? size : []
  const named = (size ?? {}) as Record<string, unknown>
  const width = list[0] ?? named.width ?? 0
  const height = list[1] ?? named.height ?? 1
  const layers = list[2] ?? named.depthOrArrayLayers ?? 1
  return finite(4 * Number(sampleCount ?? 1) * Number(width) * Number(height) * Number(layers))
}

/** The buffers and views in a value that was cloned, which has no getters: of at most so many parts, so deep. */
function partsOf(value: unknown, isBuffer: (value: unknown) => boolean): Set<object> {
  const parts = new Set<object>()
  let left = 10_000
  const walk = (one: unknown, depth: number): void => {
    if (typeof one !== "object" || one === null || depth > 32 || left-- <= 0) return
    if (isView(one) || isBuffer(one)) parts.add(one)
    else for (const key of Reflect.ownKeys(one)) walk(Reflect.get(one, key), depth + 1)
  }
  walk(value, 0)
  return parts
}
