/**
 * @file Where a cell shows its outputs, before the code that shows them is there: it is loaded when something runs, and
 * everything happens in the order in which it was asked. Knows no output.
 */
import type { Output } from "../notebook/output.ts"
import type { RichOutput } from "../notebook/render.ts"
import type { InputOwner } from "./cell-inputs.ts"
import type { OutputPane } from "./output-pane.ts"

type Act = (pane: OutputPane) => void

/** The kinds that take the code of `rich-outputs.ts`. */
const rich = Object.keys({
  figure: 1,
  curve: 1,
  tex: 1,
  graph: 1,
  steps: 1,
  input: 1,
  explorable: 1,
} satisfies Record<RichOutput["kind"], 1>)

export class CellPane {
  readonly #host: HTMLElement
  readonly #owner: InputOwner
  #pane: OutputPane | undefined
  #isLoading = false
  #waiting: [act: Act, kind?: Output["kind"]][] = []

  constructor(host: HTMLElement, owner: InputOwner) {
    this.#host = host
    this.#owner = owner
  }

  get spoken(): string {
    return this.#pane?.spoken ?? ""
  }

  get older(): boolean | undefined {
    return this.#pane?.older
  }

  /** A run is about to begin: what it most likely shows can be loaded meanwhile. */
  expect(): void {
    if (!this.#pane && !this.#isLoading) void this.#load(false)
  }

  /** At once, or as soon as all is loaded that an output of this kind takes. */
  do(act: Act, kind?: Output["kind"]): void {
    const pane = this.#pane
    const isRich = kind !== undefined && rich.includes(kind)
    if (pane && !this.#isLoading && (pane.rich || !isRich)) {
      act(pane)
      return
    }
    this.#waiting.push([act, kind])
    if (!this.#isLoading) void this.#load(isRich)
  }

  /** When all is done that was asked for before; for this nothing is loaded. */
  after(act: () => void): void {
    if (this.#isLoading) this.#waiting.push([act])
    else act()
  }

  /** Where the book shows such an output, the reader's run most likely does. */
  async #load(isRich: boolean): Promise<void> {
    this.#isLoading = true
    const selector = rich.map((kind) => `.output-${kind}`).join()
    const isNear = isRich || this.#host.querySelector(selector) !== null
    const loading = isNear ? import("./rich-outputs.ts").catch(() => undefined) : undefined
    try {
      this.#pane ??= new (await import("./output-pane.ts")).OutputPane(this.#host, this.#owner)
      this.#pane.rich ??= await loading
    } finally {
      this.#isLoading = false
    }
    const waiting = this.#waiting.splice(0)
    // Without its code the first one is shown as it can be, and the next one asks again.
    if (isRich) waiting.shift()?.[0](this.#pane)
    for (const [act, kind] of waiting) this.do(act, kind)
  }
}
