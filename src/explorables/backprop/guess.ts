/** @file What a number that the reader filled in has to do with the right one: right, or which factor differs. */
import { format } from "../lib/number.ts"
import { shown } from "./graphs.ts"
import type { Message, State } from "./tape.ts"

/** Four digits; two where the number needs a power of ten. */
export function number(x: number): string {
  const text = format(Math.abs(x) < 1e-15 ? 0 : x, 4)
  return text.includes("×") ? format(x, 2) : text
}

/** A number behind a plus sign: negative ones in parentheses. */
export const term = (x: number): string => (x < 0 ? `(${number(x)})` : number(x))

const near = (guess: number, value: number): boolean =>
  Math.abs(guess - value) <= 1e-6 + 5e-3 * Math.abs(value)

/** What the box that is asked for will hold; undefined when there is nothing left to fill in. */
export function wanted({ next, nodes }: State): number | undefined {
  if (!next) return undefined
  return next.kind === "value" ? nodes[next.node]!.value : next.kind === "seed" ? 1 : next.message.after
}

/** The name of that box: "d" on the way forward, "∂f/∂d" on the way back. */
export function asked({ next, nodes }: State): string {
  if (!next) return ""
  if (next.kind === "value") return shown(nodes[next.node]!.name)
  return `∂f/∂${shown(nodes[next.kind === "seed" ? next.node : next.message.to]!.name)}`
}

/** The number that was written last. */
function written({ last, nodes }: State): number | undefined {
  if (!last) return undefined
  return last.kind === "value" ? nodes[last.node]!.value : last.kind === "seed" ? 1 : last.message.after
}

/**
 * A sentence about the reader's number. It gives the right one away only when it is right. The number that was right a
 * step ago still stands in the field: it is not judged again.
 */
export function verdict(s: State): { right: boolean; says: string } {
  const value = wanted(s)
  if (value === undefined) return { right: true, says: "Every box is filled in." }
  const before = written(s)
  if (s.guess === 0) return { right: false, says: "Type it, then press Step." }
  if (before !== undefined && near(s.guess, before))
    return { right: false, says: `Type it, or keep ${number(before)}, then press Step.` }
  if (near(s.guess, value))
    return { right: true, says: `${number(value)} is right: press Step to write it down.` }
  return { right: false, says: `It is not ${number(s.guess)}. ${reason(s)}` }
}

function reason({ next, nodes, guess }: State): string {
  if (next?.kind === "value") return `Put the numbers into ${nodes[next.node]!.gate!.formula}.`
  if (next?.kind !== "message") return "How much does f change when f changes by 1?"
  return difference(next.message, nodes, guess)
}

function difference(
  { from, to, position, upstream, local, sends, before, after }: Message,
  nodes: State["nodes"],
  guess: number,
): string {
  const { gate, name } = nodes[from]!
  const [sender, receiver] = [shown(name), shown(nodes[to]!.name)]
  const twin = gate!.inputs.length === 2 ? nodes.find((n) => n.name === gate!.inputs[position]) : undefined
  if (before !== undefined && near(guess, sends))
    return `That is this message alone. The box of ${receiver} already holds ${number(before)}: add, do not overwrite.`
  if (before !== undefined && near(guess, before))
    return `That is what the box of ${receiver} held before this message. A second path arrives: add it.`
  if (near(guess, upstream))
    return `That is what arrives at ${sender}; it still has to be multiplied by ${slope(gate!.slopes[position]!)}.`
  if (near(guess, local))
    return `That is the local slope alone; multiply it by what arrives at ${sender}, ${number(upstream)}.`
  if (twin && near(guess, upstream * twin.value))
    return `You multiplied by ${receiver} itself. The slope of ${gate!.formula} by ${receiver} is ${slope(gate!.slopes[position]!)}.`
  if (near(guess, -after)) return "The size is right, the sign is not."
  return `What arrives at ${sender} is ${number(upstream)}; the slope of ${gate!.formula} by ${receiver} is ${slope(gate!.slopes[position]!)}.`
}

const slope = (symbols: string): string => symbols.split(" = ")[0]!
