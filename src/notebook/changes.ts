/**
 * @file Which names of which cells a cell may change, and which it may see the state of: the calls that `effects.ts`
 * leaves open are followed here, across cells. Knows the order of cells, not their runs.
 */
import type { Analysis } from "./analyze.ts"
import { type Call, type Effects, reached } from "./effects.ts"

/** A name in the cell that declares it. */
export interface Place {
  cell: string
  name: string
}

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

/** `fixed`: no code can change it (a number, a tensor without gradient). `open`: it can, or it is not known yet. */
export type Openness = "fixed" | "function" | "open"

export interface AnalysedCell {
  id: string
  analysis: Analysis | undefined
}

/** Functions of the language that change their first argument. */
const languageChangers = new Set([
  "Object.assign",
  "Object.defineProperty",
  "Object.defineProperties",
  "Object.setPrototypeOf",
  "Object.freeze",
  "Reflect.set",
  "Reflect.deleteProperty",
])

interface Closure {
  /** Variables of the cell whose own object is changed. */
  direct: Set<string>
  /** Those, and what they hold. */
  keys: Set<string>
  /** Changes that a callee of another cell makes there. */
  beyond: Place[]
}

const nothing: Closure = { direct: new Set(), keys: new Set(), beyond: [] }

export class Changes {
  #cells: readonly AnalysedCell[]
  #index: Map<string, number>
  #purity: Purity
  #openness: (place: Place) => Openness
  #closures = new Map<Effects, Closure>()

  /** `cells` in page order. `openness` tells what is known of a place's present value. */
  constructor(cells: readonly AnalysedCell[], purity: Purity, openness: (place: Place) => Openness) {
    this.#cells = cells
    this.#index = new Map(cells.map((cell, i) => [cell.id, i]))
    this.#purity = purity
    this.#openness = openness
  }

  /** The nearest cell above `cell` that declares `name`. */
  source(cell: string, name: string): string | undefined {
    for (let i = (this.#index.get(cell) ?? 0) - 1; i >= 0; i--)
      if (this.#cells[i].analysis?.declares.has(name)) return this.#cells[i].id
    return undefined
  }

  /** The places above `cell` whose objects it may change. */
  changedBy(cell: string): Place[] {
    const effects = this.#analysis(cell)?.effects
    if (!effects) return []
    const { direct, keys, beyond } = this.#closure(effects.top, cell)
    const found = new Map<string, Place>()
    for (const key of keys) this.#follow(this.#place(cell, key), direct.has(key), found)
    for (const place of beyond) this.#follow(place, true, found)
    return [...found.values()].filter((place) => place.cell !== cell)
  }

  /** The places above `cell` whose state its names may show: what it uses, and what that holds. */
  seenBy(cell: string): Place[] {
    const analysis = this.#analysis(cell)
    const found = new Map<string, Place>()
    for (const name of analysis?.uses.keys() ?? []) this.#follow(this.#place(cell, name), true, found)
    return [...found.values()]
  }

  #analysis(cell: string): Analysis | undefined {
    return this.#cells[this.#index.get(cell) ?? -1]?.analysis
  }

  /** Where a variable of a cell is declared; undefined for locals of functions and for the library. */
  #place(cell: string, key: string): Place | undefined {
    if (key === "this" || key.includes("#")) return undefined
    if (this.#analysis(cell)?.declares.has(key)) return { cell, name: key }
    const source = this.source(cell, key)
    return source === undefined ? undefined : { cell: source, name: key }
  }

  /** Adds a place and, across cells, what it holds. */
  #follow(place: Place | undefined, direct: boolean, found: Map<string, Place>): void {
    if (!place) return
    const id = `${place.cell}\n${place.name}`
    if (found.has(id)) return
    const openness = this.#openness(place)
    if (openness === "fixed" && !direct) return
    found.set(id, place)
    const holds = this.#analysis(place.cell)?.effects.holds
    if (openness === "fixed" || !holds) return
    for (const key of reached([place.name], holds))
      if (key !== place.name) this.#follow(this.#place(place.cell, key), false, found)
  }

  #closure(effects: Effects, cell: string): Closure {
    const known = this.#closures.get(effects)
    if (known) return known
    this.#closures.set(effects, nothing) // a function that calls itself adds nothing by that
    const result: Closure = { direct: new Set(effects.changes), keys: new Set(), beyond: [] }
    for (const call of effects.calls) this.#call(call, cell, result)
    const holds = this.#analysis(cell)?.effects.holds ?? new Map()
    result.keys = reached([...result.direct, ...result.keys], holds)
    this.#closures.set(effects, result)
    return result
  }

  #call(call: Call, cell: string, result: Closure): void {
    const change = (keys: string[] = []): void => {
      for (const key of keys) result.direct.add(key)
    }
    const changeReceiver = (): void => {
      for (const key of call.receiver) (call.onResult ? result.keys : result.direct).add(key)
    }
    const targets = this.#targets(call, cell)
    for (const { effects, cell: home } of targets) {
      const inner = this.#closure(effects, home)
      effects.params.forEach((keys, i) => {
        const last = i === effects.params.length - 1
        if (keys.some((key) => inner.keys.has(key))) change(last ? call.args.slice(i).flat() : call.args[i])
      })
      if (inner.keys.has("this")) changeReceiver()
      for (const key of inner.keys) {
        const place = this.#place(home, key)
        if (place && home === cell) result.direct.add(key)
        else if (place) result.beyond.push(place)
      }
      result.beyond.push(...inner.beyond)
    }
    if (call.callee.startsWith(".")) this.#method(call, cell, targets.length > 0, change, changeReceiver)
    else if (call.callee === "?") change([...call.receiver, ...call.args.flat()])
    else if (targets.length === 0) {
      const isOutside = !call.callee.includes("#") && !this.#place(cell, call.callee)
      if (!isOutside) change([call.callee, ...call.args.flat()])
      else if (this.#purity.changers.has(call.callee)) change(call.args[0])
    }
  }

  #method(
    call: Call,
    cell: string,
    declared: boolean,
    change: (keys?: string[]) => void,
    changeReceiver: () => void,
  ): void {
    const name = call.callee.slice(1)
    const isOutside = call.base !== undefined && !call.base.includes("#") && !this.#place(cell, call.base)
    if (isOutside) {
      if (languageChangers.has(`${call.base}.${name}`) || this.#purity.changers.has(name))
        change(call.args[0])
    } else if (this.#purity.receiverMethods.has(name)) changeReceiver()
    else if (!declared && !this.#purity.pureMethods.has(name)) {
      changeReceiver()
      change(call.args.flat())
    }
  }

  /** The bodies that a call may run, as far as the text tells. */
  #targets(call: Call, cell: string): { effects: Effects; cell: string }[] {
    if (call.callee.startsWith("."))
      return this.#cells
        .slice(0, (this.#index.get(cell) ?? 0) + 1)
        .flatMap(({ id, analysis }) =>
          (analysis?.effects.functions.get(call.callee) ?? []).map((effects) => ({ effects, cell: id })),
        )
    const home = call.callee.includes("#") ? cell : this.#place(cell, call.callee)?.cell
    const known = home === undefined ? undefined : this.#analysis(home)?.effects
    if (home === undefined || !known) return []
    // `const g = grad(loss)`: calling g runs the bodies that it holds.
    const bodies = known.functions.get(call.callee)
    if (bodies) return bodies.map((effects) => ({ effects, cell: home }))
    return [...(known.holds.get(call.callee) ?? [])].flatMap((key) => {
      const place = key.includes("#") ? { cell: home, name: key } : this.#place(home, key)
      const held = place && this.#analysis(place.cell)?.effects.functions.get(place.name)
      return (held ?? []).map((effects) => ({ effects, cell: place?.cell ?? home }))
    })
  }
}
