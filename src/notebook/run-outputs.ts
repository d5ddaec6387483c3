/**
 * @file The outputs of one run of one cell: slots in order, console lines in batches, limits against floods, live
 * outputs at the pace of a screen. Knows no cell and no page.
 */
import { brief, display, errorOutput } from "./display.ts"
import { reading } from "./late-values.ts"
import type { CellError, Output } from "./output.ts"
import { weigh } from "./output-weight.ts"
import { cutText } from "./value-tree.ts"

export interface OutputLimits {
  /** Console lines that are shown; the rest is counted. */
  lines: number
  /** Characters of all console lines together. */
  characters: number
  /** Outputs besides the console's. */
  outputs: number
  /** All outputs together, as {@link weigh} has it: what a page can show without a pause. */
  weight: number
  /** Milliseconds between two frames of a live output; Infinity where only the last one is wanted. */
  frame: number
}

export const pageLimits: OutputLimits = {
  lines: 500,
  characters: 200_000,
  outputs: 200,
  weight: 1_000_000,
  frame: 33,
}

/** At build nobody watches: every output once, as it is at the end. */
export const buildLimits: OutputLimits = { ...pageLimits, frame: Number.POSITIVE_INFINITY }

export type Level = Extract<Output, { kind: "console" }>["level"]

/** A place on the page whose output can be replaced while the cell runs. */
export interface LiveSlot {
  /** `make` is called when a frame is due, or `now`, if anybody watches; frames that are overtaken are never made. */
  update: (make: () => Output | Promise<Output>, now?: boolean) => void
  /** Something that the output shows is still to come; the run is not over before. */
  wait: (coming: Promise<unknown>) => void
}

/** Thrown into a run whose result nobody wants any more. */
export class Overtaken extends Error {
  constructor() {
    super("This run was overtaken: an input that it depends on has changed.")
    this.name = "Overtaken"
  }
}

const noSlot: LiveSlot = { update: () => {}, wait: () => {} }
/** Between two looks at the clock while lines are only counted. */
const COUNTED_PER_LOOK = 1024

export class RunOutputs {
  #emit: (slot: number, output: Output) => void
  #limits: OutputLimits
  #slots = 0
  #shown = 0
  #foldedOutputs = 0
  #foldSlot: number | undefined
  #pending = new Map<number, () => Output | Promise<Output>>()
  readonly #coming = new Set<Promise<void>>()
  /** Slot → the output that is to come there. */
  #newest = new Map<number, Promise<Output>>()
  /** Slot → when its next frame may be sent. */
  #due = new Map<number, number>()
  #weights = new Map<number, number>()
  #weight = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #lines: string[] = []
  #level: Level = "log"
  #lineCount = 0
  #characterCount = 0
  #folded = 0
  #foldedAt = 0
  #lineFoldSlot: number | undefined
  #linesAt = 0
  #closed = false
  #overtaken = false

  constructor(emit: (slot: number, output: Output) => void, limits: OutputLimits) {
    this.#emit = emit
    this.#limits = limits
  }

  get closed(): boolean {
    return this.#closed
  }

  get overtaken(): boolean {
    return this.#overtaken
  }

  /** The run is to end at the next thing that it shows. */
  overtake(): void {
    this.#overtaken = true
  }

  #goOn(): void {
    if (this.#overtaken && !this.#closed) throw new Overtaken()
  }

  /** Shows an output in the next slot, and lets it be replaced. */
  add(output: Output | Promise<Output> | (() => Output | Promise<Output>)): LiveSlot {
    this.#goOn()
    if (this.#closed) return noSlot
    if (this.#shown >= this.#limits.outputs) {
      this.#foldOutput()
      return noSlot
    }
    this.#shown++
    this.#flushLines()
    const slot = this.#slots++
    this.#show(slot, typeof output === "function" ? output() : output, (ready) => this.#send(slot, ready))
    return this.#slot(slot)
  }

  #slot(slot: number): LiveSlot {
    return {
      update: (make, now) => this.#update(slot, make, now),
      wait: (coming) => this.#wait(slot, coming),
    }
  }

  show(value: unknown): LiveSlot {
    return this.add(() => reading(value, display))
  }

  /** Sends an output as soon as it is there, unless a newer one has taken its slot. */
  #show(slot: number, output: Output | Promise<Output>, send: (output: Output) => void): void {
    this.#newest.delete(slot)
    if (!(output instanceof Promise)) {
      send(output)
      return
    }
    this.#newest.set(slot, output)
    this.#due.set(slot, performance.now() + this.#limits.frame)
    this.#wait(
      slot,
      output.then((ready) => {
        if (!this.#closed && this.#newest.get(slot) === output) send(ready)
      }),
    )
  }

  #wait(slot: number, coming: Promise<unknown>): void {
    const end = coming
      .catch((error) => this.#closed || this.#send(slot, errorOutput(error)))
      .then(() => void this.#coming.delete(end))
    this.#coming.add(end)
  }

  /** Resolves when everything is shown that was still to come. */
  async settled(): Promise<void> {
    this.flush()
    while (this.#coming.size > 0) {
      await Promise.all(this.#coming)
      this.flush()
    }
  }

  /** Reserves a slot whose first frame comes with the first update. */
  live(): LiveSlot {
    this.#goOn()
    if (this.#closed || this.#shown >= this.#limits.outputs) {
      this.#foldOutput()
      return noSlot
    }
    this.#shown++
    this.#flushLines()
    return this.#slot(this.#slots++)
  }

  print(level: Level, values: readonly unknown[]): void {
    this.#goOn()
    if (this.#closed) return
    if (this.#lineCount >= this.#limits.lines || this.#characterCount >= this.#limits.characters) {
      this.#foldLine()
      return
    }
    if (level !== this.#level) this.#flushLines()
    this.#level = level
    const room = this.#limits.characters - this.#characterCount
    const line = reading(values, (all) =>
      cutText(all.map(brief).join(" "), Math.max(1, Math.min(10_000, room))),
    )
    this.#lineCount++
    if (line instanceof Promise) {
      this.#flushLines()
      const slot = this.#slots++
      const output = line.then((text): Output => ({ kind: "console", level, text }))
      this.#show(slot, output, (ready) => this.#send(slot, ready))
      return
    }
    this.#lines.push(line)
    this.#characterCount += line.length
    if (performance.now() - this.#linesAt >= this.#limits.frame) this.#flushLines()
    else this.#schedule()
  }

  /** The error that ended the run: shown however much came before. */
  fail(error: CellError): void {
    this.flush()
    this.#send(this.#slots++, error)
  }

  /** The run is over: what is pending is shown as it is now; nothing can follow. */
  close(): void {
    if (this.#closed) return
    this.flush()
    this.#showFolds()
    this.#closed = true
  }

  /** The first output is shown whatever it weighs: every kind has its own bounds. */
  #fits(slot: number, output: Output): boolean {
    const others = this.#weight - (this.#weights.get(slot) ?? 0)
    const weight = weigh(output, this.#limits.weight)
    if (others > 0 && others + weight > this.#limits.weight) return false
    this.#weights.set(slot, weight)
    this.#weight = others + weight
    return true
  }

  #replace(slot: number, output: Output | Promise<Output>): void {
    this.#show(slot, output, (ready) =>
      this.#send(slot, this.#fits(slot, ready) ? ready : note("More than a page can show; it is not shown.")),
    )
  }

  #send(slot: number, output: Output): void {
    const { frame } = this.#limits
    const now = performance.now()
    // A frame that came late leaves less time to the next one, so that a loop whose turns do not fit keeps the pace.
    const due = Math.max(this.#due.get(slot) ?? now, now - frame)
    this.#due.set(slot, Math.min(due, now) + frame)
    this.#emit(slot, output)
  }

  #update(slot: number, make: () => Output | Promise<Output>, now = false): void {
    this.#goOn()
    if (this.#closed) return
    const { frame } = this.#limits
    const isDue = performance.now() >= (this.#due.get(slot) ?? 0)
    if (isDue || (now && Number.isFinite(frame))) {
      this.#pending.delete(slot)
      this.#replace(slot, make())
    } else {
      this.#pending.set(slot, make)
      this.#schedule()
    }
  }

  /** A loop that awaits gives the timer a chance: a last frame never waits for the next one. */
  #schedule(): void {
    if (this.#timer !== undefined || !Number.isFinite(this.#limits.frame)) return
    this.#timer = setTimeout(() => this.flush(), this.#limits.frame)
  }

  /** Shows what is pending as it is now. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#closed) return
    this.#flushLines()
    for (const [slot, make] of this.#pending) this.#replace(slot, made(make))
    this.#pending.clear()
  }

  #flushLines(): void {
    this.#linesAt = performance.now()
    if (this.#lines.length === 0) return
    this.#send(this.#slots++, { kind: "console", level: this.#level, text: this.#lines.join("\n") })
    this.#lines = []
  }

  #foldLine(): void {
    this.#folded++
    if (this.#folded % COUNTED_PER_LOOK !== 1) return
    const now = performance.now()
    if (now - this.#foldedAt < 250 || !Number.isFinite(this.#limits.frame)) return
    this.#foldedAt = now
    this.#flushLines()
    this.#showFolds()
  }

  #foldOutput(): void {
    this.#foldedOutputs++
  }

  #showFolds(): void {
    if (this.#folded > 0) {
      this.#lineFoldSlot ??= this.#slots++
      this.#send(this.#lineFoldSlot, note(`… and ${grouped(this.#folded)} more lines that are not shown`))
    }
    if (this.#foldedOutputs > 0) {
      this.#foldSlot ??= this.#slots++
      this.#send(
        this.#foldSlot,
        note(`… and ${grouped(this.#foldedOutputs)} more outputs that are not shown`),
      )
    }
  }
}

function note(text: string): Output {
  return { kind: "console", level: "info", text }
}

/** Digits in groups of three, with thin spaces. */
function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f")
}

/** A frame whose maker throws when nobody is left to catch it shows the error. */
function made(make: () => Output | Promise<Output>): Output | Promise<Output> {
  try {
    return make()
  } catch (error) {
    return errorOutput(error)
  }
}
