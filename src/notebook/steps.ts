/**
 * @file The recorder behind `step(…)`: copies of named values, state by state, as one output. Knows neither the cell
 * that calls it nor how steps are drawn.
 */
import { Tensor } from "../../engine/index.ts"
import { innermostFrame } from "./compile.ts"
import { display } from "./display.ts"
import { reading } from "./late-values.ts"
import { Live } from "./live.ts"
import type { Output, StepState, StepsOutput } from "./output.ts"
import type { LiveSlot } from "./run-outputs.ts"
import { stepValue } from "./step-value.ts"

/** States that are kept; of what follows only the last one is. */
const MOST_STATES = 2000
const MOST_NAMES = 40
/** Figures of a run, and numbers and texts in all of them together: so much a page can hold. */
const MOST_FIGURES = 300
const MOST_WEIGHT = 1_000_000
/** Frames of the stack between here and the cell that calls. */
const FRAMES = 6
/** What is recorded is on the page before what follows: so many states of such a weight, then as time allows. */
const AT_ONCE = { states: 100, weight: 20_000, ms: 50, share: 0.1 }

const USE = 'write step({ w, b }), or step("after example 3", { w, b })'

export class StepRecorder {
  readonly #open: () => LiveSlot
  readonly #fromFirst: boolean
  #slot: LiveSlot | undefined
  #names: string[] = []
  #states: StepState[] = []
  #last: StepState | undefined
  #figures: Output[] = []
  #weight = 0
  #withoutFigure = 0
  #total = 0
  #began = 0
  #spent = 0
  #unsent = false
  /** Values of the state at hand that come later. */
  #coming: Promise<void>[] = []

  /** `open` reserves the place of the steps; it is called with the first one. */
  constructor(open: () => LiveSlot, fromFirst: boolean) {
    this.#open = open
    this.#fromFirst = fromFirst
  }

  get total(): number {
    return this.#total
  }

  record(...given: unknown[]): void {
    const label = typeof given[0] === "string" ? (given.shift() as string).slice(0, 200) : undefined
    const [values, figure] = given
    if (typeof values !== "object" || values === null || Array.isArray(values) || values instanceof Tensor)
      throw new TypeError(`step: the values need names; ${USE}.`)
    if (figure instanceof Live)
      throw new TypeError(
        "step: the third value is on the page already; give the rows, the figure or the tensor itself, not what table(…) or display(…) returns.",
      )
    const state: StepState = { values: this.#copy(values) }
    if (label !== undefined) state.label = label
    this.#total++
    this.#place(state)
    if (figure !== undefined) this.#draw(state, figure)
    if (this.#states.length < MOST_STATES) this.#states.push(state)
    else this.#last = state
    this.#show()
  }

  /** A name has one column, whenever it is first recorded. */
  #copy(values: object): StepState["values"] {
    const entries = Object.entries(values)
    for (const [name] of entries)
      if (!this.#names.includes(name) && this.#names.length < MOST_NAMES) this.#names.push(name)
    const copies = new Map(entries.map(([name, value]) => [name, reading(value, stepValue)]))
    const kept = this.#names.map((name) => {
      const copy = copies.get(name) ?? null
      return copy instanceof Promise ? null : copy
    })
    for (const [name, copy] of copies)
      if (copy instanceof Promise)
        this.#coming.push(copy.then((value) => void (kept[this.#names.indexOf(name)] = value)))
    return kept
  }

  #place(state: StepState): void {
    const before = Reflect.get(Error, "stackTraceLimit")
    Reflect.set(Error, "stackTraceLimit", FRAMES)
    const frame = innermostFrame(new Error(), "")
    Reflect.set(Error, "stackTraceLimit", before)
    if (!frame?.cell) return
    state.line = frame.line
    state.cell = frame.cell
  }

  #draw(state: StepState, figure: unknown): void {
    if (this.#figures.length >= MOST_FIGURES || this.#weight >= MOST_WEIGHT) {
      this.#withoutFigure++
      return
    }
    const output = reading(typeof figure === "function" ? figure() : figure, display)
    const at = this.#figures.length
    state.figure = at
    const put = (made: Output): void => {
      this.#weight += weight(made)
      this.#figures[at] = made
    }
    put(output instanceof Promise ? { kind: "text", text: "" } : output)
    if (output instanceof Promise) this.#coming.push(output.then(put))
  }

  /** What follows may never end, and nothing can be sent then: each state is sent at once, while there is time for it. */
  #show(): void {
    const now = performance.now()
    if (!this.#slot) {
      this.#began = now
      this.#slot = this.#open()
    }
    for (const coming of this.#coming.splice(0))
      this.#slot.wait(coming.then(() => this.#slot?.update(() => this.output())))
    const isSmall = this.#total <= AT_ONCE.states && this.#weight <= AT_ONCE.weight
    this.#unsent = !isSmall && this.#spent > AT_ONCE.ms + AT_ONCE.share * (now - this.#began)
    if (this.#unsent) return
    this.#slot.update(() => this.output(), true)
    this.#spent += performance.now() - now
  }

  /** The run is over: what was too much to send on the way follows. */
  end(): void {
    if (this.#unsent) this.#slot?.update(() => this.output())
    this.#unsent = false
  }

  output(): StepsOutput {
    return {
      kind: "steps",
      names: [...this.#names],
      states: [...this.#states, ...(this.#last ? [this.#last] : [])],
      figures: [...this.#figures],
      total: this.#total,
      withoutFigure: this.#withoutFigure,
      fromFirst: this.#fromFirst,
    }
  }
}

/** Roughly: how many numbers and texts an output holds. */
function weight(value: unknown, depth = 0): number {
  if (ArrayBuffer.isView(value)) return value.byteLength / 8
  if (typeof value === "string") return 1 + value.length / 8
  if (typeof value !== "object" || value === null || depth > 40) return 1
  let sum = 1
  for (const part of Object.values(value)) sum += weight(part, depth + 1)
  return sum
}
