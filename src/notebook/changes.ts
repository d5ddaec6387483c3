/**
 * @file Which names of which cells a cell may change, and which it may see the state of: the calls that `effects.ts`
 * leaves open are followed here, across cells. Knows the order of cells, not their runs.
 */
import type { Call, Effects } from "./cell-effects.ts"
import type { Held, Place } from "./holdings.ts"
import type { Links, Target } from "./links.ts"
import type { Key } from "./roots.ts"

/**
 * `fixed`: no code can change it (a number, a tensor without gradient). `spent`: any use of it may use it up (an
 * iterator). `open`: it can change. Undefined: it is not known yet.
 */
export type Openness = "fixed" | "function" | "spent" | "open"

/** Functions of the language that change their first argument. */
const languageChangers = new Set([
  "Object.assign",
  "Object.defineProperty",
  "Object.defineProperties",
  "Object.setPrototypeOf",
  "Object.freeze",
  "Reflect.set",
  "Reflect.deleteProperty",
  "Reflect.defineProperty",
  "Reflect.setPrototypeOf",
])

/** Functions of the language that call their first argument. */
const languageCallers = new Set(["Reflect.apply", "Reflect.construct"])

/** What a body may change: `direct` itself, `deep` and what it holds. */
interface Closure {
  direct: Set<Held>
  deep: Set<Held>
  /** Variables that are assigned as a whole. */
  assigned: Set<Held>
  /** It is being found: what calls itself comes here again. */
  open?: boolean
}

export class Changes {
  readonly #links: Links
  readonly #openness: (place: Place) => Openness | undefined
  readonly #closures = new Map<Effects, Closure>()
  /** A closure that is not complete was asked for. */
  #recursive = false

  /** `openness` tells what is known of a place's present value. */
  constructor(links: Links, openness: (place: Place) => Openness | undefined) {
    this.#links = links
    this.#openness = openness
  }

  /** The nearest cell above `cell` that declares `name`. */
  source(cell: string, name: string): string | undefined {
    return this.#links.source(cell, name)
  }

  /** The places above `cell` whose objects it may change. */
  changedBy(cell: string): Place[] {
    const effects = this.#links.analysis(cell)?.effects
    if (!effects) return []
    const { direct, deep, assigned } = this.#closure(effects.top, cell)
    const found = this.#reach([...direct, ...deep], cell, direct)
    return this.#places(new Set([...assigned, ...found])).filter((place) => place.cell !== cell)
  }

  /** The places above `cell` whose state its names may show: what it uses, and what that holds. */
  seenBy(cell: string): Place[] {
    const used = [...(this.#links.analysis(cell)?.uses.keys() ?? [])]
    const nodes = used.flatMap((name) => this.#links.at(cell, name) ?? [])
    return this.#places(this.#reach(nodes, cell, new Set(nodes), true))
  }

  #places(nodes: Iterable<Held>): Place[] {
    return [...nodes].flatMap((node) => this.#links.place(node) ?? [])
  }

  /**
   * What is reached from `nodes` through all that the cells down to `viewer` put into it; what cannot change is passed by
   * unless it is in `direct`. `seeing`: functions show what they mention.
   */
  #reach(nodes: Iterable<Held>, viewer: string, direct: ReadonlySet<Held>, seeing = false): Set<Held> {
    const found = new Set<Held>()
    const follow = [...nodes]
    // A variable that a function mentions may be given another number by it.
    const mentioned = new Set<Held>()
    for (let node = follow.pop(); node !== undefined; node = follow.pop()) {
      if (found.has(node)) continue
      const place = this.#links.place(node)
      const isFixed = place !== undefined && this.#openness(place) === "fixed"
      if (isFixed && !direct.has(node) && !mentioned.has(node)) continue
      found.add(node)
      if (isFixed) continue
      follow.push(...this.#links.heldBy(node, viewer))
      if (!seeing) continue
      for (const other of this.#mentionedBy(node)) {
        mentioned.add(other)
        follow.push(other)
      }
    }
    return found
  }

  /** What a function reads or sets. */
  #mentionedBy(node: Held): Held[] {
    const { cell, effects } = this.#links.bodyAt(node) ?? {}
    if (!cell || !effects) return []
    const inner = effects.calls.map((call) => call.callee).filter((key) => key.startsWith("@"))
    return [...effects.reads, ...effects.assigns, ...inner].flatMap((key) => this.#links.at(cell, key) ?? [])
  }

  #closure(effects: Effects, cell: string): Closure {
    const known = this.#closures.get(effects)
    if (known?.open) this.#recursive = true
    if (known) return known
    const result: Closure = { direct: new Set(), deep: new Set(), assigned: new Set(), open: true }
    this.#closures.set(effects, result)
    const count = this.#closures.size
    for (let size = -1; size !== sizeOf(result); ) {
      size = sizeOf(result)
      // What was found of others while this one was not complete is found again.
      for (const other of [...this.#closures.keys()].slice(count)) this.#closures.delete(other)
      this.#recursive = false
      for (const node of this.#links.nodes(cell, effects.changes)) result.direct.add(node)
      for (const node of this.#links.nodes(cell, effects.assigns)) result.assigned.add(node)
      for (const call of effects.calls) this.#call(call, cell, result)
      for (const key of effects.reads) this.#use(key, cell, result)
      this.#widen(effects, cell, result)
      if (!this.#recursive) break
    }
    result.open = false
    return result
  }

  /** Locals that share the object of a parameter: the caller has to know. */
  #widen(effects: Effects, cell: string, result: Closure): void {
    const own = new Set(
      this.#links.nodes(cell, [...effects.params.flat(), ...(effects.self ? [effects.self] : [])]),
    )
    if (own.size === 0) return
    const follow = [...result.direct, ...result.deep]
    const seen = new Set<Held>()
    for (let node = follow.pop(); node !== undefined; node = follow.pop()) {
      if (seen.has(node)) continue
      seen.add(node)
      if (own.has(node)) {
        result.deep.add(node)
        for (const given of this.#links.written(node)) result.direct.add(given)
      }
      if (!own.has(node) && !this.#links.place(node)) follow.push(...this.#links.heldBy(node, cell))
    }
  }

  /** What is mentioned may be used up by that, or run a getter. */
  #use(key: Key, cell: string, result: Closure): void {
    const node = this.#links.at(cell, key)
    if (node === undefined) return
    const place = this.#links.place(node)
    const openness = place && this.#openness(place)
    if (openness === "fixed" || openness === "function") return
    if (openness === "spent") result.direct.add(node)
    const isUnknown = place !== undefined && openness === undefined
    if (!isUnknown && !this.#links.hasImplicit) return
    for (const held of this.#reach([node], cell, new Set([node]))) {
      if (isUnknown && this.#links.split(held).key === "~") result.direct.add(node)
      const body = this.#links.hasImplicit ? this.#links.bodyAt(held) : undefined
      if (body?.effects.implicit) this.#run(body, [node], [node], result)
    }
  }

  /** What a body changes when nobody knows which argument goes where. */
  #run({ effects, cell }: Target, receiver: Held[], args: Held[], result: Closure): void {
    const params = effects.params.map(() => args)
    this.#enter({ effects, cell }, receiver, params, result)
  }

  #enter({ effects, cell }: Target, receiver: Held[], params: Held[][], result: Closure): void {
    const inner = this.#closure(effects, cell)
    const given = new Map<Held, Held[]>()
    effects.params.forEach((keys, i) => {
      for (const node of this.#links.nodes(cell, keys)) given.set(node, params[i])
    })
    const self = effects.self === undefined ? undefined : this.#links.at(cell, effects.self)
    if (self !== undefined) given.set(self, receiver)
    for (const node of inner.assigned) result.assigned.add(node)
    for (const kind of ["direct", "deep"] as const)
      for (const node of inner[kind]) for (const to of given.get(node) ?? [node]) result[kind].add(to)
  }

  #call(call: Call, cell: string, result: Closure): void {
    const targets = this.#links.targets(call, cell)
    const receiver = this.#links.nodes(cell, call.receiver)
    const args = this.#links.nodes(cell, call.args.flat())
    const isKnown = this.#links.isKnown(call, cell)
    if (call.handed && targets.length === 0 && !this.#links.purity.receiverMethods.has(call.callee.slice(1)))
      return
    for (const target of targets) {
      const { effects } = target
      const params = effects.params.map((_, i) =>
        this.#links.nodes(cell, this.#links.argument(call, effects, i)),
      )
      const into = call.onResult ? { ...result, direct: result.deep } : result
      this.#enter(target, receiver, params, into)
    }
    const changeReceiver = (): void => {
      for (const node of receiver) (call.onResult ? result.deep : result.direct).add(node)
    }
    const first = this.#links.nodes(cell, call.args[0] ?? [])
    const name = call.callee.replace(/^\./, "")
    if (this.#links.isOutside(call.base, cell)) {
      const called = `${call.base}.${name}`
      if (languageChangers.has(called) || this.#links.purity.changers.has(name))
        for (const node of first) result.direct.add(node)
      if (languageCallers.has(called)) this.#unknown(args, [], result, cell)
    } else if (call.callee.startsWith(".") && this.#links.purity.receiverMethods.has(name)) changeReceiver()
    else if (!isKnown && targets.length === 0) {
      const callee = this.#links.nodes(cell, call.callee.startsWith(".") ? [] : [call.callee])
      this.#unknown([...callee, ...args], receiver, result, cell)
      changeReceiver()
    } else if (this.#links.purity.changers.has(call.callee)) for (const node of first) result.direct.add(node)
    // Functions that are handed over are called.
    if (isKnown || targets.length > 0)
      for (const node of args)
        if (this.#isFunction(node)) this.#runAll([node], [...receiver, ...args], result, cell)
  }

  /** A function that is not known: it changes what it gets, and runs what is in there. */
  #unknown(nodes: Held[], receiver: Held[], result: Closure, cell: string): void {
    for (const node of nodes) result.direct.add(node)
    this.#runAll([...nodes, ...receiver], [...nodes, ...receiver], result, cell)
  }

  #runAll(nodes: Held[], args: Held[], result: Closure, cell: string): void {
    for (const held of this.#reach(nodes, cell, new Set(nodes))) {
      const body = this.#links.bodyAt(held)
      if (body) this.#run(body, args, args, result)
    }
  }

  #isFunction(node: Held): boolean {
    const place = this.#links.place(node)
    if (!place) return false
    // What has no value yet may turn out to be one.
    return (this.#openness(place) ?? "function") === "function"
  }
}

function sizeOf({ direct, deep, assigned }: Closure): number {
  return direct.size + deep.size + assigned.size
}
