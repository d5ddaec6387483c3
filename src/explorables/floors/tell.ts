/** @file The building in words: headline, description, table, the answer to the prediction. Every number is the state's. */
import { count, format } from "../lib/number.ts"
import { gainOf, LOST, ROWS, type Settings, WILD } from "./building.ts"
import { RATE, type State } from "./training.ts"

const NAMES = { tanh: "tanh", relu: "ReLU", linear: "linear" } as const

/** "dies out", "is level" or "blows up", for a spread that began at 1. */
function fate(v: number): string {
  return v < LOST ? "dies out" : v > WILD ? "blows up" : "stays alive"
}

/** The mean factor of a floor, of a spread that began at 1. */
const perFloor = (v: number, depth: number): number => v ** (1 / depth)

/** What the training has come to: of the loss of knowing nothing, ln 2, how much is left? */
function outcome({ losses, trained = 0, blown }: State): string {
  const [first, now] = [losses[0]!, losses.at(-1)!]
  if (blown !== undefined)
    return `the training blew up in step ${blown}: the loss was ${format(losses.at(-1)!)} and then no number any more`
  if (trained === 0) return `not trained yet, loss ${format(first)}`
  const verdict =
    now < 0.1
      ? `it knows its ${ROWS} labels by heart`
      : now < Math.LN2 / 2
        ? "it learns"
        : Math.abs(now - first) < 0.01
          ? "it has learnt nothing"
          : "it stumbles about"
  return `after ${count(trained, "step")} of training ${verdict}: the loss went from ${format(first)} to ${format(now)}`
}

export function takeaway(s: State): string {
  const { scheme, floors, depth, different, width, kind } = s
  const [first, last] = [floors[0]!, floors[depth - 1]!]
  if (s.trained !== undefined) return `${NAMES[kind]}, ${count(depth, "floor")}: ${outcome(s)}.`
  if (scheme === "zeros")
    return "All weights are 0: nothing goes up, nothing comes down, nothing will ever change."
  if (different === 1 && width > 1)
    return `All ${width} units of a floor are identical, and they stay identical: one unit, ${width} times.`
  return `${NAMES[kind]}: after ${depth} floors the signal ${fate(last.up)} (${format(last.up, 2)}), the gradient ${fate(first.down)} (${format(first.down, 2)}).`
}

export function describe(s: State): string {
  const { floors, depth, step, width, gain, kind, scheme, different, normalise, trained } = s
  const [first, last] = [floors[0]!, floors[depth - 1]!]
  const middle = Math.max(1, Math.round(depth / 3))
  const parts = [
    trained === undefined ? "" : upper(`${outcome(s)}.`),
    `Going up: layer 1 ${format(first.up, 2)}, layer ${middle} ${format(floors[middle - 1]!.up, 2)}, layer ${depth} ${format(last.up, 2)}.`,
    `Coming down from floor ${depth}, the gradient leaves floor 1 at ${format(first.down, 2)}.`,
    step < depth ? `Shown so far: ${step} of ${depth} floors.` : "",
    different === 1
      ? `All ${width} units of the first floor are identical.`
      : last.up > 0
        ? `On average a floor multiplies the signal by ${format(perFloor(last.up, depth))} and the gradient by ${format(perFloor(first.down, depth))}.`
        : "",
    last.upTheory !== undefined && first.downTheory !== undefined
      ? `Theory of the start, for endless width: ${format(last.upTheory, 2)} at the top and ${format(first.downTheory, 2)} at the bottom.`
      : "",
    scheme === "zeros" || scheme === "constant"
      ? `${NAMES[kind]} units, ${width} on each floor, all with the same weights.`
      : `${NAMES[kind]} units, ${width} on each floor, weights with a standard deviation of ${format(gain / Math.sqrt(width))}.`,
    normalise ? "Every unit’s sums are normalised over the inputs." : "",
    trained === undefined ? "" : `Gradient descent with a learning rate of ${RATE}.`,
  ]
  return parts.filter(Boolean).join(" ")
}

/** What a setting means here, spoken after the slider's own value. */
export function meaning(control: string, settings: Settings, { floors, depth }: State): string {
  const spread = gainOf(settings) / Math.sqrt(settings.width)
  const up = floors[depth - 1]!.up
  if (control === "gain") return `weights ${format(spread)}; top floor ${format(up, 2)}`
  return `top floor ${format(up, 2)}`
}

const upper = (words: string): string => words[0]!.toUpperCase() + words.slice(1)

export function table({ floors, depth, losses, trained }: State): {
  columns: string[]
  rows: (string | number)[][]
} {
  const shown = [1, 2, 3, 5, 10, 20, 30].filter((l) => l < depth).concat(depth)
  const maybe = (v: number | undefined) => (v === undefined ? "–" : format(v))
  const spreads = shown.map((l) => {
    const { up, down, upTheory, downTheory } = floors[l - 1]!
    return [l, format(up), maybe(upTheory), format(down), maybe(downTheory)]
  })
  if (trained === undefined)
    return { columns: ["floor", "signal", "signal, theory", "gradient", "gradient, theory"], rows: spreads }
  const every = losses.flatMap((loss, k) =>
    k % 10 === 0 || k === losses.length - 1 ? [[`loss after ${count(k, "step")}`, format(loss)]] : [],
  )
  return {
    columns: ["", "signal", "gradient", "signal at the start, theory"],
    rows: [
      ...every.map(([name, loss]) => [name!, `${loss} nats`, "–", "–"]),
      ...spreads.map(([l, up, upTheory, down]) => [`floor ${l}`, up!, down!, upTheory!]),
    ],
  }
}

export function reveal({ floors, depth }: State): { id: string; says: string } {
  const { up } = floors[depth - 1]!
  const id = up > 0.3 ? "all" : up > 0.01 ? "tenth" : up > 1e-3 ? "hundredth" : "nothing"
  return {
    id,
    says: `At the top the signal has a root mean square of ${format(up, 2)}. ReLU cuts off half of the mean square on each floor, so the root loses a factor of 1.41 each time: ${format(2 ** (-depth / 2), 2)} in theory.`,
  }
}
