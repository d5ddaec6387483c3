/**
 * @file Where the arrays of a plan lie, in terms of what a kernel binds: ranges of blocks. Arrays that share a range
 * share a binding, because WebGPU forbids two writable bindings that overlap. Also gives kernels room for partial
 * results. Knows no WGSL.
 */
import { type ArrayInfo, arrayInfo } from "../../backend/graph.ts"
import type { DType } from "../../core/dtype.ts"
import type { Plan } from "../../fuse/plan.ts"

/** Bytes `offset` … `offset + size − 1` of the block in slot number `slot`; size 0 is the whole block. */
export interface Range {
  readonly slot: number
  readonly offset: number
  readonly size: number
}

/** An array is element `shift`, `shift + 1`, … of a range. */
interface Place extends Range {
  readonly shift: number
}

/** The bindings of one kernel, and which of them every array is found in. */
export interface Bindings {
  readonly ranges: readonly Range[]
  /** For every array bound: number of its range, and elements from the beginning of the range. */
  readonly where: ReadonlyMap<number, { readonly binding: number; readonly shift: number }>
}

const align = (bytes: number) => Math.ceil(bytes / 256) * 256

/** Slots: the inputs, then the outputs, then the work space. */
export class Layout {
  readonly plan: Plan
  /** Storage buffers that a kernel may bind. */
  readonly limit: number
  /** Bytes of work space, partial results included. */
  workBytes: number
  readonly #places: (Place | undefined)[]
  readonly #temporaries: ArrayInfo[] = []
  #used: number

  constructor(plan: Plan, limit: number) {
    this.plan = plan
    this.limit = limit
    this.workBytes = this.#used = align(plan.workBytes)
    const { graph, homes, inPlace } = plan
    this.#places = homes.map((home, array) => {
      if (home.kind === "input") return { slot: home.index, offset: 0, size: 0, shift: 0 }
      if (home.kind === "output") {
        const slot = inPlace[home.index] >= 0 ? inPlace[home.index] : graph.inputs.length + home.index
        return { slot, offset: 0, size: 0, shift: home.shift }
      }
      if (home.kind !== "work") return undefined
      const size = 4 * Math.max(home.shift + arrayInfo(graph, array).size, 1)
      return { slot: this.workSlot, offset: home.offset, size, shift: home.shift }
    })
  }

  get workSlot(): number {
    return this.plan.graph.inputs.length + this.plan.graph.outputs.length
  }

  info(array: number): ArrayInfo {
    const first = this.plan.homes.length
    return array < first ? arrayInfo(this.plan.graph, array) : this.#temporaries[array - first]
  }

  /** Number of the scalar that an array is, or −1. */
  scalar(array: number): number {
    const home = this.plan.homes[array]
    return home?.kind === "scalar" ? home.index : -1
  }

  /** An array of work space for the kernel in hand: its number. */
  temporary(dtype: DType, size: number): number {
    this.#temporaries.push({ dtype, size })
    this.#places.push({ slot: this.workSlot, offset: this.#used, size: 4 * Math.max(size, 1), shift: 0 })
    this.#used = align(this.#used + 4 * size)
    this.workBytes = Math.max(this.workBytes, this.#used)
    return this.#places.length - 1
  }

  /** The next kernel may have the room of the temporaries again. */
  release(): void {
    this.#used = align(this.plan.workBytes)
  }

  #place(array: number): Place {
    const place = this.#places[array]
    if (!place) throw new Error(`array ${array} has no storage`)
    return place
  }

  /** Do two arrays begin at the same element of the same block? */
  same(a: number, b: number, shift: number): boolean {
    const [p, q] = [this.#places[a], this.#places[b]]
    return (
      p !== undefined &&
      q !== undefined &&
      p.slot === q.slot &&
      p.offset + 4 * p.shift === q.offset + 4 * (q.shift + shift)
    )
  }

  /** May one kernel bind all of these? */
  fits(arrays: Iterable<number>): boolean {
    return this.bind(arrays).ranges.length <= this.limit
  }

  /** Ranges for these arrays: as few as overlaps ask for; if there are too many, the work space becomes one. */
  bind(arrays: Iterable<number>): Bindings {
    const list = [...new Set(arrays)].filter((array) => this.scalar(array) < 0)
    const bindings = this.#bind(list, 0)
    return bindings.ranges.length <= this.limit ? bindings : this.#bind(list, Infinity)
  }

  #bind(arrays: number[], gap: number): Bindings {
    const places = arrays.map((array) => ({ array, ...this.#place(array) }))
    places.sort((a, b) => a.slot - b.slot || a.offset - b.offset)
    const ranges: { slot: number; offset: number; size: number }[] = []
    const where = new Map<number, { binding: number; shift: number }>()
    for (const { array, slot, offset, size, shift } of places) {
      let last = ranges.at(-1)
      if (last && last.slot === slot && offset < last.offset + Math.max(last.size, 1) + gap)
        last.size = size === 0 ? 0 : Math.max(last.size, offset + size - last.offset)
      else ranges.push((last = { slot, offset, size }))
      where.set(array, { binding: ranges.length - 1, shift: shift + (offset - last.offset) / 4 })
    }
    return { ranges, where }
  }
}
