/**
 * @file Things that the worker asks the page for by name, since it has no network of its own. Knows neither what they
 * are nor how a message travels.
 */

// What is needed after foreign code has run is taken before.
const { Promise: Task, Error: Failure } = globalThis

interface Awaited<T> {
  resolve: (thing: T) => void
  reject: (error: Error) => void
}

export class Deliveries<T> {
  readonly #ask: (name: string) => void
  #known = new Map<string, Promise<T>>()
  #awaited = new Map<string, Awaited<T>>()

  /** `ask` sends for a thing; `receive` is to be called when it comes. */
  constructor(ask: (name: string) => void) {
    this.#ask = ask
  }

  /** Asked for once, and again after a failure. Rejects with what the page says. */
  get(name: string): Promise<T> {
    const known = this.#known.get(name)
    if (known) return known
    const pending = new Task<T>((resolve, reject) => {
      this.#awaited.set(name, { resolve, reject })
      this.#ask(name)
    })
    this.#known.set(name, pending)
    return pending
  }

  receive(name: string, thing: T | undefined, error: string | undefined): void {
    const awaited = this.#awaited.get(name)
    this.#awaited.delete(name)
    if (thing !== undefined) awaited?.resolve(thing)
    else {
      this.#known.delete(name)
      awaited?.reject(new Failure(error ?? `${name} could not be read`))
    }
  }
}
