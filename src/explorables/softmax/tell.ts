/** @file Softmax in words: headline, description, table, the answer to the prediction. Every number is the state's. */
import { format } from "../lib/number.ts"
import { listed, number, probability, signed, total } from "./numerals.ts"
import { CLASSES, type Class, healthy, METHODS, type State, UNITS } from "./state.ts"

const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1)
const cost = ({ price, unit }: State) => `${number(price, 4)} ${UNITS[unit].name}`
const plus = (c: number) => (c < 0 ? `Taking ${format(-c, 5)} from` : `Adding ${format(c, 5)} to`)

/** The largest logit whose exponential is still a number: 88.7 with 32 bits, 709.8 with 64. */
const limit = ({ method }: State) => format(Math.log(METHODS[method].largest), 4)

/** What went wrong in the naive formula, as a clause. */
function cause({ exps, sum, logits, winner }: State): string {
  const top = number(logits[winner]!)
  if (sum === 0) return `even exp(${top}) is too small and becomes 0, and 0 ÷ 0 is NaN (not a number)`
  if (exps.includes(Number.POSITIVE_INFINITY))
    return `exp(${top}) is too large and becomes ∞, and ∞ ÷ ∞ is NaN (not a number)`
  if (sum === Number.POSITIVE_INFINITY) return "the sum of the exponentials is too large and becomes ∞"
  return "the probability of the true class is too small and becomes 0, and 0 has no logarithm"
}

export function takeaway(s: State): string {
  const { p, plain, truth, winner, temperature, shift, method, logits } = s
  const [right, first] = [CLASSES[truth]!, CLASSES[winner]!]
  if (!healthy(s)) return `The naive softmax breaks down: ${cause(s)}.`
  if (method !== "stable" && shift !== 0)
    return `The naive softmax survives the logit ${number(logits[winner]!)}; above ${limit(s)} it breaks down.`
  if (shift !== 0)
    return `${plus(shift)} every score changes nothing: ${right} stays at ${probability(p[truth]!)} and costs ${cost(s)}.`
  if (logits.every((z) => z === logits[0]))
    return `Equal logits mean equal shares: ${probability(p[truth]!)} each, at a cost of ${cost(s)}.`
  if (temperature !== 1)
    return `${temperature > 1 ? "Hotter is more hesitant" : "Colder is bolder"}: at T = ${format(temperature)} ${first} gets ${probability(p[winner]!)}, at T = 1 it gets ${probability(plain[winner]!)}.`
  if (winner === truth)
    return `${capital(right)} is right and gets ${probability(p[truth]!)}; what it lacks costs ${cost(s)}.`
  return `${capital(first)} takes ${probability(p[winner]!)}, but ${right} is true: its ${probability(p[truth]!)} costs ${cost(s)}.`
}

const byClass = (values: readonly number[], write: (v: number) => string) =>
  listed(CLASSES.map((name, k) => `${name} ${write(values[k]!)}`))

export function describe(s: State): string {
  const { p, plain, gradient, loss, price, truth, winner, temperature, shift, method, unit, logits } = s
  const well = healthy(s)
  const computed = p.every(Number.isNaN) ? "" : ` What came out: ${byClass(p, probability)}.`
  const shares = well
    ? `Probabilities: ${byClass(p, probability)}.`
    : `No probabilities: ${cause(s)}.${computed}`
  const { base, name, log } = UNITS[unit]
  const other =
    unit === "nats" ? "" : `, which is ${number(loss)} nats divided by ln ${base} = ${number(Math.log(base))}`
  const paid = well
    ? `The true class is ${CLASSES[truth]}: loss −${log} p = ${number(price)} ${name}${other}.`
    : `The true class is ${CLASSES[truth]}: the loss is ${number(price)}.`
  const pull = well
    ? `Gradient p − Y: ${byClass(gradient, signed)}; the sum is ${total(gradient)}.`
    : "The gradient is NaN: nothing can be learned from here."
  const shifted =
    shift === 0
      ? ""
      : well
        ? `${plus(shift)} every score has changed no probability.`
        : `Every score has had ${number(shift)} added.`
  const heat =
    temperature === 1
      ? ""
      : `Every score is divided by T = ${format(temperature)}; at T = 1 the probabilities are ${byClass(plain, probability)}.`
  const scaled =
    temperature === 1 || !well ? "" : `By the scores themselves the gradient is p − Y divided by T.`
  const inside = `The logits are ${byClass(logits, number)}.`
  const way =
    method === "stable"
      ? `Stable softmax: the largest logit, ${number(logits[winner]!)}, is subtracted first, so no exponential is above 1.`
      : `Naive softmax in ${METHODS[method].bits} bits: exponentials first; above a logit of ${limit(s)} they overflow.`
  return [shares, paid, pull, shifted, heat, scaled, inside, way].filter((part) => part !== "").join(" ")
}

/** What a score, the temperature or c makes of the probabilities, after the slider's own value. */
export function meaning(control: string, s: State): string {
  const own = CLASSES.indexOf(control as Class)
  const k = own >= 0 ? own : s.winner
  return `${CLASSES[k]} gets ${probability(s.p[k]!)}`
}

export function table(s: State): { columns: string[]; rows: string[][] } {
  const exp = s.method === "stable" ? "exp(z − largest z)" : "exp(z)"
  const rows = CLASSES.map((name, k) => [
    k === s.truth ? `${name}, true` : name,
    number(s.scores[k]!),
    number(s.logits[k]!),
    number(s.exps[k]!),
    number(s.p[k]!),
    k === s.truth ? "1" : "0",
    signed(s.gradient[k]!),
  ])
  const last = [
    "sum",
    "–",
    "–",
    number(s.sum),
    number(s.p.reduce((a, p) => a + p, 0)),
    "1",
    total(s.gradient),
  ]
  return {
    columns: ["class", "score + c", "z = (score + c) / T", exp, "p", "Y", "∂loss/∂z = p − Y"],
    rows: [...rows, last],
  }
}

/** What the reader sees after adding the same number to every logit. */
export function reveal(s: State): { id: string; says: string } {
  const shares = byClass(s.p, probability)
  if (!healthy(s)) return { id: "breaks", says: `${capital(cause(s))}.` }
  return {
    id: "same",
    says: `The probabilities are ${shares}, as before: exp(s + c) = exp(s) · exp(c), and the common factor cancels in the division. Only differences count.`,
  }
}
