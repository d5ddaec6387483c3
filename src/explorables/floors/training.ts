/**
 * @file The building in training: can it learn sixteen labels by heart? Every loss and gradient is the network's own.
 * Draws and words nothing.
 */
import { binaryCrossEntropyWithLogits, Generator, randn, type Tensor } from "../../../engine/index.ts"
import {
  type Building,
  expectation,
  type Floor,
  gainOf,
  goDown,
  goUp,
  type Kind,
  type Passed,
  ROWS,
  raise,
  type Scheme,
  type Settings,
  survey,
} from "./building.ts"

/** Steps of gradient descent, and the learning rate. */
export const STEPS = 50
export const RATE = 0.02

export interface State {
  kind: Kind
  scheme: Scheme
  normalise: boolean
  width: number
  depth: number
  /** Standard deviation of a weight times √width, at the start. */
  gain: number
  /** From the first floor to the last. */
  floors: Floor[]
  /** How many units of the first floor differ from one another. */
  different: number
  /** How many floors the reader has climbed. */
  step: number
  /** How many steps of training are done; absent while the reader climbs. */
  trained?: number
  /** The loss before each of them, and after the last. */
  losses: readonly number[]
  /** The step after which there was no number for the loss any more. */
  blown?: number
}

interface Course {
  key: string
  building: Building
  passed: Passed[]
  /** One weight for each unit of the top floor. */
  head: Tensor
  labels: Tensor
  losses: number[]
  surveys: { floors: Floor[]; different: number }[]
  blown?: number
}

/** The last course: a step more costs one step, a step back nothing. */
let latest: Course | undefined

export function model(settings: Settings, seed: number, at: number): State {
  const { g, scheme, normalise, width, depth, what } = settings
  const training = what === "train"
  const key = JSON.stringify([g, scheme, settings.gain, width, depth, normalise, seed])
  const course = latest?.key === key ? latest : begin(key, settings, seed)
  latest = course
  const wanted = training ? Math.min(at, STEPS) : 0
  while (course.losses.length <= wanted && course.blown === undefined) train(course, settings)
  const trained = Math.min(wanted, course.losses.length - 1)
  return {
    kind: g as Kind,
    scheme: scheme as Scheme,
    normalise,
    width,
    depth,
    gain: gainOf(settings),
    ...course.surveys[trained]!,
    step: training ? depth : at,
    ...(training ? { trained: wanted } : {}),
    losses: course.losses.slice(0, trained + 1),
    ...(course.blown !== undefined && wanted >= course.blown ? { blown: course.blown } : {}),
  }
}

function begin(key: string, settings: Settings, seed: number): Course {
  const generator = new Generator(seed)
  const building = raise(settings, generator)
  const options = { generator, dtype: "float64" } as const
  const head = randn([settings.width, 1], options).div(Math.sqrt(settings.width))
  const labels = randn([ROWS, 1], options).gt(0).to("float64")
  const passed = goUp(building)
  const course: Course = { key, building, passed, head, labels, losses: [], surveys: [] }
  look(course, settings)
  return course
}

const logits = ({ passed, head }: Course): Tensor => passed.at(-1)!.h.matmul(head)

/** Measures the network as it is, if there are still numbers for it. */
function look(course: Course, settings: Settings): boolean {
  const loss = binaryCrossEntropyWithLogits(logits(course), course.labels).item()
  const seen = survey(course.building, course.passed, expectation(settings))
  const numbers = [loss, ...seen.floors.flatMap(({ up, down }) => [up, down])]
  if (!numbers.every(Number.isFinite)) return false
  course.losses.push(loss)
  course.surveys.push(seen)
  return true
}

/** One step of gradient descent: every weight at once, after the sweep. */
function train(course: Course, settings: Settings): void {
  const { building, passed, head, labels } = course
  const miss = logits(course).sigmoid().sub(labels).div(ROWS)
  const weights = [...building.weights]
  goDown(building, passed, miss.matmul(head.transpose()), (l, delta) => {
    const from = l > 0 ? passed[l - 1]!.h : building.inputs
    weights[l] = building.weights[l]!.sub(delta.transpose().matmul(from).mul(RATE))
  })
  const next: Course = {
    ...course,
    building: { ...building, weights },
    head: head.sub(passed.at(-1)!.h.transpose().matmul(miss).mul(RATE)),
  }
  next.passed = goUp(next.building)
  if (look(next, settings))
    Object.assign(course, { building: next.building, head: next.head, passed: next.passed })
  else course.blown = course.losses.length
}
