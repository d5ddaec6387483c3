/**
 * @file What cells hand to each other: which bodies a call may run, and what parameters and receivers hold after it. From
 * the texts alone: it stays as it is until a text or the order changes.
 */
import type { Call, CellEffects, Effects } from "./cell-effects.ts"
import { type AnalysedCell, type Held, Holdings } from "./holdings.ts"
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

/** A body, and the cell that it is written in. */
export interface Target {
  effects: Effects
  cell: string
}

export class Links extends Holdings {
  readonly purity: Purity
  /** There is code that runs where no call is seen. */
  readonly hasImplicit: boolean
  readonly #made: readonly AnalysedCell[]
  readonly #methods = new Map<Key, Target[]>()

  /** `cells` in page order. */
  constructor(cells: readonly AnalysedCell[], purity: Purity) {
    super(cells)
    this.purity = purity
    this.#made = cells.map(({ id, analysis }) => ({ id, analysis }))
    this.hasImplicit = cells.some(({ analysis }) => analysis?.effects.bodies.some((body) => body.implicit))
    for (const { id, analysis } of cells) {
      this.#link(id, analysis?.effects)
      for (const [key, held] of analysis?.effects.holds ?? []) this.#instances(id, key, held)
    }
  }

  /** These cells are linked as they are here. */
  fit(cells: readonly AnalysedCell[]): boolean {
    const made = this.#made
    return (
      made.length === cells.length &&
      made.every(({ id, analysis }, i) => id === cells[i].id && analysis === cells[i].analysis)
    )
  }

  bodyAt(node: Held): Target | undefined {
    const { cell, key } = this.split(node)
    const effects = key.startsWith("@")
      ? this.analysis(cell)?.effects.bodies[Number(key.slice(1))]
      : undefined
    return effects && { cell, effects }
  }

  #escapes(node: Held): boolean {
    const { cell, key } = this.split(node)
    return this.analysis(cell)?.effects.escapes.has(key) ?? false
  }

  /** An object that hands itself on is what its `new` was given to. */
  #instances(cell: string, key: Key, held: ReadonlySet<Key>): void {
    const made = this.nodes(
      cell,
      [...held].filter((other) => other.startsWith("new ")),
    )
    const selves = made.flatMap((node) => [...this.#all(node)]).filter((node) => this.#escapes(node))
    for (const self of selves) this.add(self, this.nodes(cell, [key]), cell)
  }

  /** What calls hand over: parameters hold arguments, a receiver what its methods keep. */
  #link(cell: string, effects: CellEffects | undefined): void {
    for (const body of effects ? [effects.top, ...effects.bodies] : [])
      for (const call of body.calls) {
        const receiver = this.nodes(cell, call.receiver)
        const all = [...receiver, ...this.nodes(cell, call.args.flat())]
        const targets = this.targets(call, cell)
        for (const { effects: target, cell: home } of targets) {
          target.params.forEach((keys, i) => {
            const given = this.nodes(cell, this.argument(call, target, i))
            for (const node of this.nodes(home, keys)) this.add(node, given, cell)
          })
          const self = target.self === undefined ? [] : this.nodes(home, [target.self])
          for (const node of receiver) this.add(node, self, cell)
          for (const node of self) if (this.#escapes(node)) this.add(node, receiver, cell)
        }
        // Nobody knows where an unknown function keeps what it gets.
        if (targets.length > 0 || this.isKnown(call, cell)) continue
        const keepers = call.callee === "?" ? all : [...receiver, ...this.nodes(cell, [call.callee])]
        for (const node of keepers) this.add(node, all, cell)
      }
  }

  /** What the cell of a node puts into it: the default of a parameter. */
  written(node: Held): Held[] {
    const { cell, key } = this.split(node)
    return this.nodes(cell, this.analysis(cell)?.effects.holds.get(key) ?? [])
  }

  nodes(cell: string, keys: Iterable<Key>): Held[] {
    return [...keys].flatMap((key) => this.at(cell, key) ?? [])
  }

  argument({ args, mixed }: Call, { params }: Effects, i: number): Key[] {
    if (mixed) return args.flat()
    return i === params.length - 1 ? args.slice(i).flat() : (args[i] ?? [])
  }

  /** The library and the language have it, and it keeps nothing. */
  isKnown(call: Call, cell: string): boolean {
    const name = call.callee.replace(/^(\.|new )/, "")
    if (call.callee === "?") return false
    if (call.callee.startsWith("."))
      return (
        this.isOutside(call.base, cell) ||
        this.purity.pureMethods.has(name) ||
        this.purity.receiverMethods.has(name)
      )
    return this.isOutside(name, cell)
  }

  isOutside(key: Key | undefined, cell: string): boolean {
    return key !== undefined && !/[#@?]/.test(key) && this.at(cell, key) === undefined
  }

  /** The bodies that a call may run, as far as the text tells. */
  targets({ callee }: Call, cell: string): Target[] {
    if (callee.startsWith(".")) return this.#declared(callee)
    const node = this.at(cell, callee)
    if (node === undefined) return []
    const body = this.bodyAt(node)
    if (body) return [body]
    const { cell: home, key } = this.split(node)
    const effects = this.analysis(home)?.effects
    if (!effects) return []
    const bodies = (effects.functions.get(key) ?? []).map((n) => ({ effects: effects.bodies[n], cell: home }))
    // A class runs what it extends, too.
    if (key.startsWith("new "))
      return [...(effects.holds.get(key) ?? [])]
        .filter((other) => other.startsWith("new "))
        .reduce((all, other) => all.concat(this.targets({ callee: other } as Call, home)), bodies)
    if (bodies.length > 0) return bodies
    // `const g = grad(loss)`: calling g runs the bodies that it holds, and the library keeps nothing else in it.
    if (!this.isOutside(effects.made.get(key), home)) return []
    return [...this.#all(node)].flatMap((held) => this.bodyAt(held) ?? [])
  }

  #declared(method: Key): Target[] {
    const known = this.#methods.get(method)
    if (known) return known
    const found = this.#made.flatMap(({ id, analysis }) =>
      (analysis?.effects.functions.get(method) ?? []).map((n) => ({
        effects: analysis!.effects.bodies[n],
        cell: id,
      })),
    )
    this.#methods.set(method, found)
    return found
  }

  #all(node: Held): Set<Held> {
    const found = new Set([node])
    for (const one of found) for (const held of this.heldBy(one)) found.add(held)
    return found
  }
}
