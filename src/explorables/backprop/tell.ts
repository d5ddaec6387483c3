/** @file The bookkeeping in words: headline, description, table, the answer to the prediction. */
import { count } from "../lib/number.ts"
import { shown } from "./graphs.ts"
import { asked, number, term, verdict } from "./guess.ts"
import type { Event, Message, State } from "./tape.ts"

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`

const leaves = ({ nodes }: State) => nodes.filter(({ gate }) => !gate)

function passes({ nodes }: State, { from, to, upstream, local, sends, before, after }: Message): string {
  const sum = before === undefined ? "" : `, and ${number(before)} + ${term(sends)} = ${number(after)}`
  return `${shown(nodes[from]!.name)} passes ${number(sends)} to ${shown(nodes[to]!.name)}: upstream ${number(upstream)} × local ${number(local)}${sum}.`
}

function happened(s: State, event: Event | undefined): string {
  if (!event) return `f = ${s.graph.whole}: the leaves are given, nothing is computed yet.`
  if (event.kind === "value") {
    const { name, gate, value } = s.nodes[event.node]!
    return `Forward: ${shown(name)} = ${gate!.formula} = ${number(value)}.`
  }
  if (event.kind === "seed") return "The way back begins with ∂f/∂f = 1."
  return passes(s, event.message)
}

export function takeaway(s: State): string {
  if (s.fills && s.next) return `Fill in ${asked(s)}. ${verdict(s).says}`
  if (s.next) return happened(s, s.last)
  if (s.fills) return FILLED
  const found = leaves(s).length
  return `One sweep back, and ${found === 2 ? "both derivatives" : `all ${count(found, "derivative")}`} are known: ${listed(leaves(s).map(({ name, grad }) => `∂f/∂${shown(name)} = ${number(grad)}`))}.`
}

const FILLED = "Every box is filled in. To fill them in yourself, press Reset."

/** What each entry has passed on so far, as in the table. */
function sent(s: State, node: number): string {
  const done = s.events.slice(0, s.step)
  const parts = done.flatMap((event) =>
    event.kind === "message" && event.message.from === node
      ? [
          `${number(event.message.upstream)} × ${number(event.message.local)} = ${number(event.message.sends)} to ${shown(s.nodes[event.message.to]!.name)}`,
        ]
      : [],
  )
  return parts.length > 0 ? parts.join("; ") : "–"
}

export function describe(s: State): string {
  const gradients = s.nodes.flatMap(({ name }, i) =>
    s.grads[i] === undefined ? [] : [`${shown(name)} ${number(s.grads[i])}`],
  )
  const values = s.nodes.flatMap(({ name }, i) =>
    s.values[i] === undefined ? [] : [`${shown(name)} ${number(s.values[i])}`],
  )
  const filled = !s.fills ? "" : s.next ? `Fill in ${asked(s)}. ${verdict(s).says} ` : `${FILLED} `
  const back = gradients.length > 0 ? ` Gradients of f so far: ${listed(gradients)}.` : ""
  const check = s.next
    ? ""
    : ` Wiggling each leaf gives the same: ${listed(leaves(s).map(({ name, check }) => `${shown(name)} ${number(check!)}`))}.`
  return `${filled}${happened(s, s.last)} Values: ${listed(values)}.${back}${check}`
}

export function table(s: State): { columns: string[]; rows: string[][] } {
  const write = (value: number | undefined) => (value === undefined ? "not yet" : number(value))
  return {
    columns: ["entry", "op on the tape", "value", "gradient so far", "upstream × local", "finite difference"],
    rows: s.nodes.map(({ name, gate, op, check }, i) => [
      gate ? `${shown(name)} = ${gate.formula}` : shown(name),
      op,
      write(s.values[i]),
      write(s.grads[i]),
      sent(s, i),
      check === undefined ? "–" : number(check),
    ]),
  }
}

/** What the value of a leaf does to f. */
export function meaning(s: State): string {
  return `f = ${number(s.nodes.at(-1)!.value)}`
}

/** ∂f/∂x of xy + x, where x is used twice. */
export function reveal(s: State): { id: string; says: string } {
  const toX = s.messages.filter(({ to }) => s.nodes[to]!.name === "x")
  return {
    id: "sum",
    says: `x is used ${toX.length === 2 ? "twice" : `${toX.length} times`}, and sends its nudge along both paths: ${toX.map(({ sends }) => term(sends)).join(" + ")} = ${number(toX.at(-1)!.after)}. Where paths meet, messages add.`,
  }
}
