/**
 * @file How many bytes of arrays live, and the end to it: no browser stops a loop that keeps typed arrays, it only grows
 * until the machine has no memory left. Knows what is held, not who allocates; the constructors are counted-arrays.ts.
 *
 * Only the garbage collector knows what still lives, and a loop that never awaits hears nothing of it: finalizers wait
 * for the loop to end, and a `WeakRef` made or read in a task keeps its target alive until that task is over. So what
 * tells are canaries: small objects whose weak references were made in an earlier task. About every 4 MB of allocations
 * the array at hand gets one, held by nothing else, and it stands for those 4 MB. Later in the same task it can be
 * looked at, and is gone if and only if its array is. Each can be looked at once a task, so every array gets four.
 */
import { MemoryError } from "../../engine/index.ts"

// What is needed after foreign code has run is taken before.
const { WeakRef: Weak, WeakMap: Bond, ArrayBuffer: Buffer, setTimeout: later, String: text } = globalThis
const { apply } = Reflect
const { deref } = WeakRef.prototype
const { set } = WeakMap.prototype
const { round, random, max } = Math

/** As much as one WebAssembly memory of the engine may take; a browser's own heap ends at 4 GB. */
export const MOST_BYTES = 2 * 2 ** 30

/** Canaries that stand ready at the beginning of a task: enough for a hundred gigabytes of garbage without a pause. */
const READY = 4096

/** More than any browser gives. */
const REFUSED_BYTES = 2 ** 34

class Canary {
  next: Canary | undefined
  /** Let go as soon as an array has taken them over. */
  birds: readonly object[] | undefined
  readonly #refs: readonly WeakRef<object>[]
  looks = 0
  bytes = 0

  constructor(next: Canary | undefined) {
    this.next = next
    const [a, b, c, d] = [{}, {}, {}, {}]
    this.birds = [a, b, c, d]
    this.#refs = [new Weak(a), new Weak(b), new Weak(c), new Weak(d)]
  }

  /** What is not known to be dead counts as living. */
  isDead(): boolean {
    return this.looks < this.#refs.length && apply(deref, this.#refs[this.looks++], []) === undefined
  }
}

export class MemoryLimit {
  readonly #most: number
  readonly #collect: () => boolean
  readonly #bonds = new Bond<object, readonly object[]>()
  #pool: Canary | undefined
  #ready = 0
  /** Bytes of allocations that one canary stands for; doubled whenever half of those that stood ready are spent. */
  #unit: number
  #fewAt = 0
  #since = 0
  #due: number
  #held: Canary | undefined
  #bytes = 0
  #askAt: number
  #isAwaited = false

  /** `collect` has all garbage collected at once, or says that it cannot; then only single arrays are refused. */
  constructor(most = MOST_BYTES, collect = collectByRefusal) {
    this.#most = most
    this.#collect = collect
    this.#askAt = most
    this.#unit = most / 512
    this.#due = this.#unit
    this.refill()
  }

  /** To be called in a task of its own: what it makes is of use in the tasks after it. */
  refill(): void {
    for (; this.#ready < READY; this.#ready++) this.#pool = new Canary(this.#pool)
    this.#fewAt = READY / 2
    this.#unit = this.#most / 512
    for (let canary = this.#held; canary; canary = canary.next) canary.looks = 0
  }

  /** Before so many bytes are allocated at once. Throws: MemoryError if that alone is too much. */
  ask(op: string, bytes: number): void {
    if (bytes > this.#most)
      throw new MemoryError(
        `${op}: ${gigabytes(bytes)} at once, where all arrays of a page’s code may hold ${gigabytes(this.#most)} ` +
          "together; make it smaller, or work in batches.",
      )
  }

  /** So many bytes were allocated, and live as long as `holder`. Throws: MemoryError if all that lives is too much. */
  take(op: string, bytes: number, holder: object): void {
    this.#since += bytes
    if (this.#since < this.#due) return
    const weight = this.#since
    this.#since = 0
    // Not at even distances: a loop could step in time with them.
    this.#due = this.#unit * (0.5 + random())
    const canary = this.#draw()
    if (!canary) return
    apply(set, this.#bonds, [holder, canary.birds])
    canary.birds = undefined
    canary.bytes = weight
    canary.next = this.#held
    this.#held = canary
    this.#bytes += weight
    if (this.#bytes > this.#askAt) this.#reckon(op)
  }

  #draw(): Canary | undefined {
    const canary = this.#pool
    if (!canary) return undefined
    this.#pool = canary.next
    canary.next = undefined
    this.#ready--
    if (this.#ready < this.#fewAt) {
      this.#unit *= 2
      this.#fewAt /= 2
      this.#refillLater()
    }
    return canary
  }

  #refillLater(): void {
    if (this.#isAwaited) return
    this.#isAwaited = true
    later(() => {
      this.#isAwaited = false
      this.refill()
    }, 0)
  }

  /** Forgets the dead. */
  #sweep(): void {
    let living: Canary | undefined
    let bytes = 0
    for (let canary = this.#held; canary; ) {
      const { next } = canary
      if (!canary.isDead()) {
        canary.next = living
        living = canary
        bytes += canary.bytes
      }
      canary = next
    }
    this.#held = living
    this.#bytes = bytes
    this.#refillLater()
  }

  #reckon(op: string): void {
    // Living or merely not collected yet? A canary without an array tells whether there has been a collection.
    const control = this.#draw()
    if (control) control.birds = undefined
    const isKnown = this.#collect() && control?.isDead() === true
    if (isKnown) this.#sweep()
    // Not before there is more: to collect garbage takes its time.
    this.#askAt = max(this.#most, this.#bytes + this.#most / 16)
    if (!isKnown || this.#bytes <= this.#most) return
    this.#askAt = this.#most
    throw new MemoryError(
      `${op}: with this one, the arrays that the code of this page keeps, computed or not yet, are more than ` +
        `${gigabytes(this.#most)}, and that is all that they may hold together; keep fewer (use an array again instead ` +
        "of collecting new ones), make them smaller, or work in batches.",
    )
  }
}

/** V8 collects all garbage before it refuses an allocation; whether it did is for a control to tell. */
function collectByRefusal(): boolean {
  try {
    return new Buffer(REFUSED_BYTES).byteLength === 0
  } catch {
    return true
  }
}

function gigabytes(bytes: number): string {
  return `${text(round((bytes / 2 ** 30) * 10) / 10)} GB`
}
