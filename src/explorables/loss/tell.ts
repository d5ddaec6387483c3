/** @file The four lines in words: headline, description, table, the answer to the prediction. Every number is the state's. */
import { count, fixed, format } from "../lib/number.ts"
import { LOSSES, type Loss } from "./fit.ts"
import type { State } from "./state.ts"

export const NAMES: Readonly<Record<Loss, string>> = {
  "zero-one": "0–1",
  hinge: "hinge",
  logistic: "logistic",
  squared: "squared",
}
/** Below so many degrees the headline speaks of prices. */
const SMALL_TURN = 8
const SUBJECT: Readonly<Record<Loss, string>> = {
  "zero-one": "The count of mistakes",
  hinge: "Hinge loss",
  logistic: "Logistic loss",
  squared: "Squared error",
}

/** "22°", without a sign. */
export const degrees = (turn: number): string => `${format(Math.round(Math.abs(turn)))}°`
/** A price; one too small to be seen in words. */
const amount = (price: number): string => (price > 0 && price < 5e-4 ? "almost nothing" : format(price))
export const percent = (share: number | undefined): string =>
  share === undefined ? "nothing to pay" : `${format(Math.round(100 * share))} %`

/** The loss whose line turns most, and the one whose line turns least. */
function extremes({ by }: State): [most: Loss, least: Loss] {
  const sorted = [...LOSSES].sort((a, b) => Math.abs(by[b].turn) - Math.abs(by[a].turn))
  return [sorted[0], sorted.at(-1)!]
}

/** No line has turned much: who charges the example most of its total, and who least? */
function still({ by }: State): string {
  const paying = LOSSES.filter((loss) => by[loss].share !== undefined)
  const sorted = paying.sort((a, b) => by[b].share! - by[a].share!)
  const [most, least] = [sorted[0], sorted.at(-1)!]
  if (Math.round(100 * by[most].share!) < 5) return "In its group the example costs next to nothing."
  return `${SUBJECT[most]} charges the example ${percent(by[most].share)} of its total, ${NAMES[least]} ${percent(by[least].share)}.`
}

export function takeaway(s: State): string {
  if (s.out) return "The example is left out: this is where the four lines stand without it."
  const [most, least] = extremes(s)
  const { turn, share } = s.by[most]
  if (Math.abs(turn) < SMALL_TURN)
    return `${still(s)} ${Math.round(Math.abs(turn)) === 0 ? "No line turns." : `No line turns by more than ${degrees(turn)}.`}`
  const calm =
    Math.round(Math.abs(s.by[least].turn)) === 0 ? "does not turn" : `turns by ${degrees(s.by[least].turn)}`
  return `${SUBJECT[most]} charges the example ${percent(share)} of its total and turns its line by ${degrees(turn)}; the ${NAMES[least]} line ${calm}.`
}

const direction = (turn: number) =>
  Math.round(Math.abs(turn)) === 0
    ? "its line has not turned"
    : `its line has turned ${degrees(turn)} ${turn > 0 ? "anticlockwise" : "clockwise"}`

function paid(s: State, loss: Loss): string {
  const { prices, share, mistakes } = s.by[loss]
  const wrong = mistakes === 0 ? "no point is wrong" : `${count(mistakes, "point")} wrong`
  if (s.out)
    return `${SUBJECT[loss]} would charge the example ${amount(prices.at(-1)!)}; its line takes no notice, ${wrong}.`
  if (share === undefined) return `${SUBJECT[loss]} charges nobody anything: ${direction(s.by[loss].turn)}.`
  return `${SUBJECT[loss]}: the example pays ${amount(prices.at(-1)!)}, ${percent(share)} of the total; ${direction(s.by[loss].turn)}, ${wrong}.`
}

export function describe(s: State): string {
  const { x, y, label } = s.points.at(-1)!
  const rest = LOSSES.filter((loss) => loss !== s.loss)
  const heavy = s.weight === 1 ? "" : `Each point of class −1 counts ${format(s.weight)} times. `
  const place = `The example stands at (${format(x)}, ${format(y)}), its class is ${label === 1 ? "+1" : "−1"}.`
  return `${paid(s, s.loss)} ${heavy}${place} ${rest.map((loss) => paid(s, loss)).join(" ")}`
}

/** What the place of the example means, after its coordinates. */
export function meaning({ by, loss }: State): string {
  const { margins, prices } = by[loss]
  const m = margins.at(-1)!
  return `${m > 0 ? "right side" : "wrong side"} of the ${NAMES[loss]} line, pays ${amount(prices.at(-1)!)}`
}

export function table({ points, by, out }: State): { columns: string[]; rows: string[][] } {
  const last = points.length - 1
  const rows = points.map(({ x, y, label }, i) => [
    i === last ? `example${out ? ", left out" : ""}` : `point ${i + 1}`,
    format(x),
    format(y),
    label === 1 ? "+1" : "−1",
    ...LOSSES.map((loss) => fixed(by[loss].prices[i], 3)),
  ])
  const foot = (name: string, cell: (loss: Loss) => string) => [name, "–", "–", "–", ...LOSSES.map(cell)]
  return {
    columns: ["point", "x₁", "x₂", "class", ...LOSSES.map((loss) => `${NAMES[loss]}: pays`)],
    rows: [
      ...rows,
      foot("share of the example", (loss) => (out ? "–" : percent(by[loss].share))),
      foot("turn of the line", (loss) => `${fixed(by[loss].turn, 1)}°`),
      foot("points wrong", (loss) => format(by[loss].mistakes)),
    ],
  }
}

/** Which line turned most, and what the others did. */
export function reveal(s: State): { id: string; says: string } {
  const [most] = extremes(s)
  const each = LOSSES.map((loss) => `${NAMES[loss]} ${degrees(s.by[loss].turn)}`).join(", ")
  if (Math.abs(s.by[most].turn) < SMALL_TURN)
    return { id: most, says: `The turns: ${each}. From here the example turns no line by much.` }
  const why =
    s.by[most].margins.at(-1)! > 1
      ? `The example is right, and far too right for ${NAMES[most]}: it pays ${amount(s.by[most].prices.at(-1)!)} there, ${percent(s.by[most].share)} of the total.`
      : `It pays ${percent(s.by[most].share)} of the total there.`
  return { id: most, says: `The turns: ${each}. ${why}` }
}
