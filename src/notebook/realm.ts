/**
 * @file The standard objects that all code of a worker shares, as they were before any cell ran; puts back what a cell has
 * changed of them. Knows no cell.
 */

// What is needed after foreign code has run is taken before.
const { getOwnPropertyDescriptor, defineProperty, deleteProperty, ownKeys } = Reflect
const { getPrototypeOf, setPrototypeOf, isExtensible } = Reflect
const { is } = Object
const { String: text } = globalThis

interface Kept {
  /** As a learner would write it. */
  name: string
  object: object
  prototype: object | null
  extensible: boolean
  keys: readonly PropertyKey[]
  descriptors: readonly PropertyDescriptor[]
}

/** What a cell has changed. */
export interface Mended {
  /** The first of it, such as `Array.prototype.map`; "" if nothing was changed. */
  name: string
  /** Something could not be put back, and never will be. */
  isSpoilt: boolean
}

const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function"

/** Of the scope's own names, those whose objects our code needs, or a learner's. */
const standard =
  /^([A-Z]\w+(Array|Error)|GPU\w*|Array|Object|Function|Number|Boolean|String|Symbol|Date|Promise|RegExp|Error|JSON|Math|Reflect|Proxy|Map|Set|Iterator|WeakMap|WeakSet|WeakRef|FinalizationRegistry|BigInt|ArrayBuffer|DataView|Atomics|WebAssembly|MessagePort|MessageChannel|MessageEvent|EventTarget|Event|ErrorEvent|PromiseRejectionEvent|Performance|Blob|TextDecoder|TextEncoder|ReadableStream|DecompressionStream|OffscreenCanvas\w*)$/

export class Realm {
  readonly #scope: object
  readonly #kept: Kept[] = []
  #seen = new Set<object>()

  /** `more`: further objects to keep as they are, by name. */
  constructor(scope: object, more: Readonly<Record<string, object>> = {}) {
    this.#scope = scope
    // First of all what the language itself looks at while something else is put back.
    for (const name of ["Object", "Array", "Function"])
      this.#keep(`${name}.prototype`, Reflect.get(scope, name).prototype)
    for (const [name, hidden] of Object.entries(hiddenObjects())) this.#keep(name, hidden)
    for (const name of Object.getOwnPropertyNames(scope)) {
      const value: unknown = Object.getOwnPropertyDescriptor(scope, name)?.value
      if (isObject(value) && standard.test(name)) this.#walk(name, value)
    }
    for (const [name, object] of Object.entries(more)) this.#keep(name, object)
    for (let owner: object | null = scope; owner && owner !== Object.prototype; owner = getPrototypeOf(owner))
      this.#keep("globalThis", owner)
  }

  #walk(name: string, value: object): void {
    this.#keep(name, value)
    for (const key of ownKeys(value)) {
      const inner: unknown = getOwnPropertyDescriptor(value, key)?.value
      if (
        isObject(inner) &&
        typeof key === "string" &&
        (key === "prototype" || (!/\./.test(name) && /^[A-Z]/.test(key)))
      )
        this.#walk(`${name}.${key}`, inner)
    }
  }

  #keep(name: string, object: object): void {
    if (this.#seen.has(object)) return
    this.#seen.add(object)
    const keys = ownKeys(object)
    this.#kept.push({
      name,
      object,
      prototype: getPrototypeOf(object),
      extensible: isExtensible(object),
      keys,
      descriptors: keys.map((key) => ({ ...getOwnPropertyDescriptor(object, key) })),
    })
  }

  /** Puts everything back. New names of the scope itself stay. */
  mend(): Mended {
    const found: Mended = { name: "", isSpoilt: false }
    for (let i = 0; i < this.#kept.length; i++) this.#mendOne(this.#kept[i], found)
    return found
  }

  #mendOne({ name, object, prototype, extensible, keys, descriptors }: Kept, found: Mended): void {
    const note = (key: PropertyKey | undefined, isDone: boolean): void => {
      if (found.name === "") found.name = key === undefined ? name : `${name}.${text(key)}`
      if (!isDone) found.isSpoilt = true
    }
    if (extensible && !isExtensible(object)) note(undefined, false)
    if (getPrototypeOf(object) !== prototype) note(undefined, setPrototypeOf(object, prototype))
    for (let i = 0; i < keys.length; i++) {
      const now = getOwnPropertyDescriptor(object, keys[i])
      if (!isSame(now, descriptors[i])) note(keys[i], defineProperty(object, keys[i], descriptors[i]))
    }
    if (object === this.#scope) return
    const all = ownKeys(object)
    if (all.length === keys.length) return
    for (let i = 0; i < all.length; i++) {
      let isKnown = false
      for (let j = 0; j < keys.length && !isKnown; j++) isKnown = all[i] === keys[j]
      if (!isKnown) note(all[i], deleteProperty(object, all[i]))
    }
  }
}

function isSame(a: PropertyDescriptor | undefined, b: PropertyDescriptor): boolean {
  return (
    a !== undefined &&
    is(a.value, b.value) &&
    a.get === b.get &&
    a.set === b.set &&
    a.writable === b.writable &&
    a.enumerable === b.enumerable &&
    a.configurable === b.configurable
  )
}

/** Objects of the language that no name leads to. */
function hiddenObjects(): Record<string, object> {
  const parent = (value: object): object => Object.getPrototypeOf(value)
  const generator = parent(function* () {})
  const asyncGenerator = parent(async function* () {})
  return {
    "the iterator of arrays": parent([][Symbol.iterator]()),
    "the iterator of maps": parent(new Map()[Symbol.iterator]()),
    "the iterator of sets": parent(new Set()[Symbol.iterator]()),
    "the iterator of texts": parent(""[Symbol.iterator]()),
    "the iterator of matches": parent("".matchAll(/x/g)),
    "the prototype of generator functions": generator,
    "the prototype of generators": Reflect.get(generator, "prototype"),
    "the prototype of async functions": parent(async () => {}),
    "the prototype of async generator functions": asyncGenerator,
    "the prototype of async generators": Reflect.get(asyncGenerator, "prototype"),
    "the prototype of async iterators": parent(Reflect.get(asyncGenerator, "prototype")),
    "the kind of all typed arrays": parent(Uint8Array),
    "the prototype of all typed arrays": parent(Uint8Array.prototype),
  }
}
