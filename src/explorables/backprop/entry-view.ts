/** @file The entry at hand as a multiplication, and the whole tape as a list with its numerical check. */
import { line, rect, text } from "../lib/svg.ts"
import { shown } from "./graphs.ts"
import { number, term } from "./guess.ts"
import { type State, target } from "./tape.ts"

export const WIDTH = 320
export const RULE_HEIGHT = 116
const ROW = 21
const MOST = 13
export const TAPE_HEIGHT = (MOST + 1) * ROW + 6

const middle = { "text-anchor": "middle" } as const
const end = { "text-anchor": "end" } as const

/** A number in its frame, with a word above and a word below. */
function factor(x: number, width: number, name: string, value: string, note: string, colour = "ink"): string {
  return (
    text(x + width / 2, 14, name, { ...middle, class: "ex-note" }) +
    rect(x, 22, width, 34, { rx: 5, fill: "var(--sunken)", stroke: "var(--hair)" }) +
    text(x + width / 2, 45, value, {
      ...middle,
      style: `fill:var(--${colour})`,
      "font-weight": "600",
      "font-size": "15",
    }) +
    text(x + width / 2, 73, note, { ...middle, class: "ex-note" })
  )
}

const sign = (x: number, symbol: string) => text(x, 45, symbol, { ...middle, "font-size": "15" })

/** upstream × local = what is passed on; on the way forward the formula with its value. */
export function drawRule(state: State): string {
  const { nodes, last, next, fills } = state
  const event = fills ? next : last
  if (!event)
    return text(0, 45, fills ? "Every box is filled in." : "Nothing is computed yet: press Step.", {})
  const hide = (words: string) => (fills ? "?" : words)
  if (event.kind !== "message") {
    const { name, gate, value } = nodes[event.node]!
    const seed = event.kind === "seed"
    const [title, answer] = seed ? [`∂f/∂f`, "1"] : [`${shown(name)} = ${gate!.formula}`, number(value)]
    const words = seed ? "the end itself: it begins with 1" : "forward: compute, and remember"
    return factor(60, 200, title, hide(answer), words, seed ? "grad" : "ink")
  }
  const { from, to, position, upstream, local, sends, before, after } = event.message
  const { gate, name } = nodes[from]!
  const receiver = shown(nodes[to]!.name)
  const sum =
    before === undefined
      ? `∂f/∂${receiver} = ${hide(number(after))}`
      : `∂f/∂${receiver} = ${number(before)} + ${hide(`${term(sends)} = ${number(after)}`)}`
  return (
    line(0, 79, WIDTH, 79, { class: "ex-grid" }) +
    factor(0, 92, "upstream", number(upstream), `∂f/∂${shown(name)}`, "grad") +
    sign(103, "×") +
    factor(114, 92, "local slope", hide(number(local)), `∂${shown(name)}/∂${receiver}`) +
    sign(217, "=") +
    factor(228, 92, "passed on", hide(number(sends)), `to ${receiver}`, "grad") +
    text(
      0,
      93,
      `${shown(name)} = ${gate!.formula}, so its slope by ${receiver} is ${gate!.slopes[position]}`,
      {
        class: "ex-note",
      },
    ) +
    text(0, 112, sum, { "font-weight": "600" })
  )
}

const COLUMNS = [0, 176, 250, WIDTH] as const

/** One row for each entry of the tape, leaves first; at the right the check by finite differences. */
export function drawTape(state: State): string {
  const { nodes, values, grads, last, step, events } = state
  const done = step >= events.length
  const head = ["entry", "value", "gradient", "wiggled"].map((words, k) =>
    text(COLUMNS[k]!, 14, words, { class: "ex-note", ...(k === 0 ? {} : end) }),
  )
  const rows = nodes.map(({ name, gate, check }, i) => {
    const y = ROW * (i + 1)
    const here = last && target(last) === i
    const [value, grad] = [values[i], grads[i]]
    const title = gate ? `${shown(name)} = ${gate.formula}` : shown(name)
    const cells = [
      value === undefined ? "·" : number(value),
      grad === undefined ? "·" : number(grad),
      check === undefined ? "" : done ? number(check) : "·",
    ]
    return (
      (here ? rect(-4, y + 1, WIDTH + 8, ROW, { rx: 3, fill: "var(--sunken)" }) : "") +
      text(COLUMNS[0], y + 16, title, gate ? {} : { style: "fill:var(--param)", "font-weight": "600" }) +
      cells
        .map((words, k) =>
          text(COLUMNS[k + 1]!, y + 16, words, { ...end, ...(k === 1 ? { style: "fill:var(--grad)" } : {}) }),
        )
        .join("")
    )
  })
  return head.join("") + line(0, 19, WIDTH, 19, { class: "ex-grid" }) + rows.join("")
}
