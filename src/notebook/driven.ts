/** @file A run that the reader's inputs drive, while it waits for its turn: what joins it. Runs nothing itself. */

// What is needed after foreign code has run is taken before.
const { setTimeout: later, Promise: Task } = globalThis

export class Driven {
  /** The cells whose inputs have changed, with these, and what an overtaken run had left to do. */
  readonly #ids = new Map<string, string | undefined>()
  /** Cells that must not run by themselves. */
  held: ReadonlySet<string> = new Set()
  #begins: (() => void)[] = []
  readonly #done: Promise<void>

  constructor(takeTurn: (driven: Driven) => Promise<void>) {
    this.#done = takeTurn(this)
  }

  join(id: string, keys: readonly string[], held: readonly string[], begins: () => void): Promise<void> {
    this.#ids.set(id, keys[0])
    this.held = new Set(held)
    this.#begins.push(begins)
    return this.#done
  }

  /** An overtaken run had this cell left to do. */
  also(id: string): void {
    if (!this.#ids.has(id)) this.#ids.set(id, undefined)
  }

  has(id: string): boolean {
    return this.#ids.has(id)
  }

  /** Why what depends on this cell and cannot follow is out of date. */
  because(id: string): string | undefined {
    const key = this.#ids.get(id)
    return key === undefined ? undefined : `“${key}” has changed`
  }

  begin(): void {
    for (const begins of this.#begins) begins()
  }

  /** Resolves after the messages that wait have been heard. */
  rest(): Promise<void> {
    return new Task((resolve) => {
      later(resolve)
    })
  }
}
