/**
 * @file One training of the studio with what the reader changed in it: every step's weights and losses are kept, so that
 * any step that was reached once can be looked at again for nothing, and a change at a step costs that step alone.
 * Knows no picture.
 */
import type { Settings } from "./controls.ts"
import { type Data, dataOf } from "./data.ts"
import { applyEdits, type Edit, readEdits } from "./edits.ts"
import { meanLoss, weightsOf } from "./pass.ts"
import { type Problem, problemOf } from "./problem.ts"
import { type Shape, shapeOf } from "./shape.ts"
import { Trainer } from "./trainer.ts"

export class Run {
  readonly shape: Shape
  readonly data: Data
  readonly problem: Problem
  readonly edits: readonly Edit[]
  /** Parameters after each step, from the first: weights and biases of each layer in turn. */
  readonly thetas: Float32Array[] = []
  readonly trainLosses: number[] = []
  readonly heldLosses: number[] = []
  /** Updates in an epoch, and in a step. */
  readonly batches: number
  readonly stride: number
  /** The step from which on a value is beyond what a number holds; the run stands still there. */
  lost: number | undefined
  readonly #settings: Settings
  readonly #seed: number
  /** What training had come to at the steps at which something was changed. */
  readonly #raw = new Map<number, Float32Array>()
  #trainer: Trainer | undefined
  /** What the trainer is to leave alone from its present step on. */
  #held = new Map<number, number>()

  /** `like`: a run of the same settings with other changes; what they have in common is not computed again. */
  constructor(settings: Settings, seed: number, edits: readonly Edit[], like?: Run) {
    this.#settings = settings
    this.#seed = seed
    this.edits = edits
    this.shape = shapeOf(settings)
    this.problem = problemOf(settings)
    this.data = like?.data ?? dataOf(settings)
    const points = this.data.train.length
    const size = settings.batch === "all" ? points : Math.min(points, Number(settings.batch))
    this.batches = Math.ceil(points / size)
    this.stride = settings.grain === "batch" ? 1 : this.batches
    if (like) this.#inherit(like)
    if (this.thetas.length > 0) return
    this.#trainer = this.#begin()
    this.#keep(this.#trainer)
  }

  /** Goes on until that step has been reached. */
  reach(step: number): void {
    while (this.lost === undefined && this.thetas.length <= step) {
      const trainer = this.#ready()
      trainer.go()
      this.#keep(trainer)
    }
  }

  /** Epochs that are over at a step. */
  epochs(step: number): number {
    return (step * this.stride) / this.batches
  }

  #begin(): Trainer {
    const holds = this.edits.some((edit) => "act" in edit)
    return new Trainer(this.#settings, this.#seed, this.data, holds)
  }

  #editsAt(step: number): Edit[] {
    return this.edits.filter((edit) => edit.step === step)
  }

  /** The steps before the first difference, and the changes made in what training had come to there. */
  #inherit(like: Run): void {
    const apart = firstDifference(this.edits, like.edits)
    const shared = Math.min(apart, like.thetas.length)
    this.thetas.push(...like.thetas.slice(0, shared))
    this.trainLosses.push(...like.trainLosses.slice(0, shared))
    this.heldLosses.push(...like.heldLosses.slice(0, shared))
    for (const [step, theta] of like.#raw) if (step < shared) this.#raw.set(step, theta)
    if (like.lost !== undefined && like.lost <= apart) this.lost = like.lost
    const raw = like.#raw.get(apart) ?? like.thetas[apart]
    if (raw && this.#editsAt(apart).length > 0) this.#change(apart, raw)
  }

  /** A trainer at the last step that is kept; one that has to catch up goes the same way again. */
  #ready(): Trainer {
    if (this.#trainer) return this.#trainer
    const trainer = this.#begin()
    this.#held = new Map()
    for (let step = 0; step < this.thetas.length; step++) {
      if (step > 0) trainer.go()
      if (this.#editsAt(step).length === 0) continue
      applyEdits(this.shape, this.edits, step, this.#raw.get(step)!.slice(), this.#held)
      trainer.take(this.thetas[step]!, this.#held)
    }
    this.#trainer = trainer
    return trainer
  }

  #keep(trainer: Trainer): void {
    const step = this.thetas.length
    const { theta, train, held } = trainer.look()
    if (this.#editsAt(step).length === 0 || !theta.every(Number.isFinite)) this.#push(theta, train, held)
    else {
      this.#change(step, theta)
      trainer.take(this.thetas[step] ?? theta, this.#held)
    }
  }

  /** The changes of a step, made in what training has come to. Their losses are computed here, whichever way led here. */
  #change(step: number, raw: Float32Array): void {
    this.#raw.set(step, raw)
    const theta = raw.slice()
    applyEdits(this.shape, this.edits, step, theta, this.#held)
    const { train, held } = this.data
    const weights = weightsOf(this.shape, theta)
    const loss = meanLoss(this.shape, weights, train, this.problem)
    this.#push(theta, loss, held.length > 0 ? meanLoss(this.shape, weights, held, this.problem) : loss)
  }

  #push(theta: Float32Array, train: number, held: number): void {
    if (!Number.isFinite(train + held) || !theta.every(Number.isFinite)) {
      this.lost = this.thetas.length
      return
    }
    this.thetas.push(theta)
    this.trainLosses.push(train)
    this.heldLosses.push(held)
  }
}

/** The first step at which one of two lists has what the other has not; Infinity if they are the same. */
function firstDifference(a: readonly Edit[], b: readonly Edit[]): number {
  const at = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i).find(
    (i) => JSON.stringify(a[i]) !== JSON.stringify(b[i]),
  )
  if (at === undefined) return Number.POSITIVE_INFINITY
  return Math.min(a[at]?.step ?? Number.POSITIVE_INFINITY, b[at]?.step ?? Number.POSITIVE_INFINITY)
}

const LOOKS: readonly string[] = [
  "probe",
  "focus",
  "into",
  "weight",
  "shift",
  "turn",
  "mute",
  "hold",
  "out",
  "layer",
  "across",
  "up",
  "showHeld",
  "cuts",
  "export",
  "compare",
  "a",
]
/** Is it a setting on which no training depends, but only what is looked at? */
export const isLook = (name: string): boolean => LOOKS.includes(name)

interface Kept {
  training: string
  edits: string
  run: Run
}
let kept: Kept[] = []
const MOST_KEPT = 6

/** The training of these settings, reached at least to that step. A few of the latest are remembered. */
export function runOf(settings: Settings, seed: number, step: number): Run {
  const what = Object.entries(settings).filter(([name]) => name !== "edits" && !isLook(name))
  const training = JSON.stringify([what, seed])
  const { edits: all } = readEdits(settings.edits, shapeOf(settings))
  const edits = JSON.stringify(all)
  const same = kept.filter((one) => one.training === training)
  const run = same.find((one) => one.edits === edits)?.run ?? new Run(settings, seed, all, nearest(same, all))
  kept = [...kept.filter((one) => one.run !== run), { training, edits, run }].slice(-MOST_KEPT)
  run.reach(step)
  return run
}

/** The run that has gone furthest together with one that has these changes. */
function nearest(runs: readonly Kept[], edits: readonly Edit[]): Run | undefined {
  const far = ({ run }: Kept) => Math.min(run.thetas.length, firstDifference(run.edits, edits))
  return runs.reduce<Kept | undefined>((best, one) => (best && far(best) >= far(one) ? best : one), undefined)
    ?.run
}
