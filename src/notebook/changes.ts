/**
 * @file Which names of which cells a cell may change, and which it may see the state of: the calls that `effects.ts`
 * leaves open are followed here, across cells. Knows the order of cells, not their runs.
 */
import type { Call, CellEffects, Effects } from "./effects.ts"
import { type AnalysedCell, type Held, Holdings, type Place } from "./holdings.ts"
import type { Key } from "./roots.ts"

/** What calls of the library do to what they are given. */
export interface Purity {
  /** `name` is a name of the library. */
  has: (name: string) => boolean
  /** Methods that change nothing, unless a cell declares a method of that name. */
  pureMethods: ReadonlySet<string>
  /** Methods that change their receiver, never their arguments. */
  receiverMethods: ReadonlySet<string>
  /** Functions that change their first argument. All others change nothing. */
  changers: ReadonlySet<string>
}

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
}

interface Target {
  effects: Effects
  cell: string
}

const nothing: Closure = { direct: new Set(), deep: new Set() }

export class Changes {
  readonly #cells: readonly AnalysedCell[]
  readonly #byId: Map<string, AnalysedCell>
  readonly #purity: Purity
  readonly #openness: (place: Place) => Openness | undefined
  readonly #holdings: Holdings
  readonly #closures = new Map<Effects, Closure>()
  readonly #methods = new Map<Key, Target[]>()
  readonly #hasImplicit: boolean

  /** `cells` in page order. `openness` tells what is known of a place's present value. */
  constructor(
    cells: readonly AnalysedCell[],
    purity: Purity,
    openness: (place: Place) => Openness | undefined,
  ) {
    this.#cells = cells
    this.#byId = new Map(cells.map((cell) => [cell.id, cell]))
    this.#purity = purity
    this.#openness = openness
    this.#holdings = new Holdings(cells)
    this.#hasImplicit = cells.some(({ analysis }) => analysis?.effects.bodies.some((body) => body.implicit))
    for (const { id, analysis } of cells) this.#link(id, analysis?.effects)
  }

  /** The nearest cell above `cell` that declares `name`. */
  source(cell: string, name: string): string | undefined {
    return this.#holdings.source(cell, name)
  }

  /** The places above `cell` whose objects it may change. */
  changedBy(cell: string): Place[] {
    const effects = this.#byId.get(cell)?.analysis?.effects
    if (!effects) return []
    const { direct, deep } = this.#closure(effects.top, cell)
    const found = this.#reach([...direct, ...deep], cell, direct)
    return this.#places(found).filter((place) => place.cell !== cell)
  }

  /** The places above `cell` whose state its names may show: what it uses, and what that holds. */
  seenBy(cell: string): Place[] {
    const used = [...(this.#byId.get(cell)?.analysis?.uses.keys() ?? [])]
    const nodes = used.flatMap((name) => this.#holdings.at(cell, name) ?? [])
    return this.#places(this.#reach(nodes, cell, new Set(nodes), true))
  }

  #places(nodes: Iterable<Held>): Place[] {
    return [...nodes].flatMap((node) => this.#holdings.place(node) ?? [])
  }

  /**
   * What is reached from `nodes` through all that the cells down to `viewer` put into it; what cannot change is passed by
   * unless it is in `direct`. `seeing`: functions show what they mention.
   */
  #reach(nodes: Iterable<Held>, viewer: string, direct: ReadonlySet<Held>, seeing = false): Set<Held> {
    const found = new Set<Held>()
    const follow = [...nodes]
    for (let node = follow.pop(); node !== undefined; node = follow.pop()) {
      if (found.has(node)) continue
      const place = this.#holdings.place(node)
      const isFixed = place !== undefined && this.#openness(place) === "fixed"
      if (isFixed && !direct.has(node)) continue
      found.add(node)
      if (isFixed) continue
      follow.push(...this.#holdings.heldBy(node, viewer))
      if (seeing) follow.push(...this.#mentionedBy(node))
    }
    return found
  }

  /** What a function reads. */
  #mentionedBy(node: Held): Held[] {
    const { cell, effects } = this.#bodyAt(node) ?? {}
    if (!cell || !effects) return []
    const inner = effects.calls.map((call) => call.callee).filter((key) => key.startsWith("@"))
    return [...effects.reads, ...inner].flatMap((key) => this.#holdings.at(cell, key) ?? [])
  }

  #bodyAt(node: Held): Target | undefined {
    const { cell, key } = this.#holdings.split(node)
    const effects = key.startsWith("@")
      ? this.#byId.get(cell)?.analysis?.effects.bodies[Number(key.slice(1))]
      : undefined
    return effects && { cell, effects }
  }

  /** What calls hand over: parameters hold arguments, a receiver what its methods keep. */
  #link(cell: string, effects: CellEffects | undefined): void {
    for (const body of effects ? [effects.top, ...effects.bodies] : [])
      for (const call of body.calls) {
        const receiver = this.#nodes(cell, call.receiver)
        const all = [...receiver, ...this.#nodes(cell, call.args.flat())]
        const targets = this.#targets(call, cell)
        for (const { effects: target, cell: home } of targets) {
          target.params.forEach((keys, i) => {
            const given = this.#nodes(cell, this.#argument(call, target, i))
            for (const node of this.#nodes(home, keys)) this.#holdings.add(node, given, cell)
          })
          const self = target.self === undefined ? [] : this.#nodes(home, [target.self])
          for (const node of receiver) this.#holdings.add(node, self, cell)
        }
        // Nobody knows where an unknown function keeps what it gets.
        if (targets.length > 0 || this.#isKnown(call, cell)) continue
        const keepers = call.callee === "?" ? all : [...receiver, ...this.#nodes(cell, [call.callee])]
        for (const node of keepers) this.#holdings.add(node, all, cell)
      }
  }

  #nodes(cell: string, keys: Iterable<Key>): Held[] {
    return [...keys].flatMap((key) => this.#holdings.at(cell, key) ?? [])
  }

  #argument({ args, mixed }: Call, { params }: Effects, i: number): Key[] {
    if (mixed) return args.flat()
    return i === params.length - 1 ? args.slice(i).flat() : (args[i] ?? [])
  }

  /** The library and the language have it, and it keeps nothing. */
  #isKnown(call: Call, cell: string): boolean {
    const name = call.callee.replace(/^(\.|new )/, "")
    if (call.callee === "?") return false
    if (call.callee.startsWith("."))
      return (
        this.#isOutside(call.base, cell) ||
        this.#purity.pureMethods.has(name) ||
        this.#purity.receiverMethods.has(name)
      )
    return this.#isOutside(name, cell)
  }

  #isOutside(key: Key | undefined, cell: string): boolean {
    return key !== undefined && !/[#@?]/.test(key) && this.#holdings.at(cell, key) === undefined
  }

  #closure(effects: Effects, cell: string): Closure {
    const known = this.#closures.get(effects)
    if (known) return known
    this.#closures.set(effects, nothing) // a function that calls itself adds nothing by that
    const result: Closure = { direct: new Set(this.#nodes(cell, effects.changes)), deep: new Set() }
    for (const call of effects.calls) this.#call(call, cell, result)
    for (const key of effects.reads) this.#use(key, cell, result)
    this.#widen(effects, cell, result)
    this.#closures.set(effects, result)
    return result
  }

  /** Locals that share the object of a parameter: the caller has to know. */
  #widen(effects: Effects, cell: string, result: Closure): void {
    const own = new Set(
      this.#nodes(cell, [...effects.params.flat(), ...(effects.self ? [effects.self] : [])]),
    )
    if (own.size === 0) return
    const follow = [...result.direct, ...result.deep]
    const seen = new Set<Held>()
    for (let node = follow.pop(); node !== undefined; node = follow.pop()) {
      if (seen.has(node)) continue
      seen.add(node)
      if (own.has(node)) result.deep.add(node)
      else if (!this.#holdings.place(node)) follow.push(...this.#holdings.heldBy(node, cell))
    }
  }

  /** What is mentioned may be used up by that, or run a getter. */
  #use(key: Key, cell: string, result: Closure): void {
    const node = this.#holdings.at(cell, key)
    if (node === undefined) return
    const place = this.#holdings.place(node)
    const openness = place && this.#openness(place)
    if (openness === "fixed" || openness === "function") return
    if (openness === "spent") result.direct.add(node)
    const isUnknown = place !== undefined && openness === undefined
    if (!isUnknown && !this.#hasImplicit) return
    for (const held of this.#reach([node], cell, new Set([node]))) {
      if (isUnknown && this.#holdings.split(held).key === "~") result.direct.add(node)
      const body = this.#hasImplicit ? this.#bodyAt(held) : undefined
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
      for (const node of this.#nodes(cell, keys)) given.set(node, params[i])
    })
    const self = effects.self === undefined ? undefined : this.#holdings.at(cell, effects.self)
    if (self !== undefined) given.set(self, receiver)
    for (const kind of ["direct", "deep"] as const)
      for (const node of inner[kind]) for (const to of given.get(node) ?? [node]) result[kind].add(to)
  }

  #call(call: Call, cell: string, result: Closure): void {
    const targets = this.#targets(call, cell)
    const receiver = this.#nodes(cell, call.receiver)
    const args = this.#nodes(cell, call.args.flat())
    const isKnown = this.#isKnown(call, cell)
    if (call.handed && targets.length === 0 && !this.#purity.receiverMethods.has(call.callee.slice(1))) return
    for (const target of targets) {
      const { effects } = target
      const params = effects.params.map((_, i) => this.#nodes(cell, this.#argument(call, effects, i)))
      const into = call.onResult ? { direct: result.deep, deep: result.deep } : result
      this.#enter(target, receiver, params, into)
    }
    const changeReceiver = (): void => {
      for (const node of receiver) (call.onResult ? result.deep : result.direct).add(node)
    }
    const first = this.#nodes(cell, call.args[0] ?? [])
    const name = call.callee.replace(/^\./, "")
    if (this.#isOutside(call.base, cell)) {
      const called = `${call.base}.${name}`
      if (languageChangers.has(called) || this.#purity.changers.has(name))
        for (const node of first) result.direct.add(node)
      if (languageCallers.has(called)) this.#unknown(args, [], result, cell)
    } else if (call.callee.startsWith(".") && this.#purity.receiverMethods.has(name)) changeReceiver()
    else if (!isKnown && targets.length === 0) {
      const callee = this.#nodes(cell, call.callee.startsWith(".") ? [] : [call.callee])
      this.#unknown([...callee, ...args], receiver, result, cell)
      changeReceiver()
    } else if (this.#purity.changers.has(call.callee)) for (const node of first) result.direct.add(node)
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
      const body = this.#bodyAt(held)
      if (body) this.#run(body, args, args, result)
    }
  }

  #isFunction(node: Held): boolean {
    const place = this.#holdings.place(node)
    if (!place) return false
    const openness = this.#openness(place)
    if (openness !== undefined) return openness === "function"
    return this.#byId.get(place.cell)?.analysis?.effects.functions.has(place.name) ?? false
  }

  /** The bodies that a call may run, as far as the text tells. */
  #targets({ callee }: Call, cell: string): Target[] {
    if (callee.startsWith(".")) return this.#declared(callee)
    const node = this.#holdings.at(cell, callee)
    if (node === undefined) return []
    const body = this.#bodyAt(node)
    if (body) return [body]
    const { cell: home, key } = this.#holdings.split(node)
    const effects = this.#byId.get(home)?.analysis?.effects
    if (!effects) return []
    const bodies = (effects.functions.get(key) ?? []).map((n) => ({ effects: effects.bodies[n], cell: home }))
    // A class runs what it extends, too.
    if (key.startsWith("new "))
      return [...(effects.holds.get(key) ?? [])]
        .filter((other) => other.startsWith("new "))
        .reduce((all, other) => all.concat(this.#targets({ callee: other } as Call, home)), bodies)
    if (bodies.length > 0) return bodies
    // `const g = grad(loss)`: calling g runs the bodies that it holds, and the library keeps nothing else in it.
    if (!this.#isOutside(effects.made.get(key), home)) return []
    return [...this.#reach([node], home, new Set())].flatMap((held) => this.#bodyAt(held) ?? [])
  }

  #declared(method: Key): Target[] {
    const known = this.#methods.get(method)
    if (known) return known
    const found = this.#cells.flatMap(({ id, analysis }) =>
      (analysis?.effects.functions.get(method) ?? []).map((n) => ({
        effects: analysis!.effects.bodies[n],
        cell: id,
      })),
    )
    this.#methods.set(method, found)
    return found
  }
}
