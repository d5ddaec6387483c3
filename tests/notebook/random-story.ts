/**
 * @file A story: the cells of a notebook and what a reader does with them, as data that can be played, made smaller and
 * printed. Makes stories up; plays none.
 */
import type { Dice } from "./random-dice.ts"
import { allNames, declaresTwice, Theme } from "./random-programs.ts"

export interface StoryCell {
  id: string
  lines: string[]
  slow?: boolean
}

/** `rest: false`: the next act does not wait until nothing runs. */
export type Act = { rest?: false } & (
  | { do: "run" | "above" | "delete"; id: string }
  | { do: "all" | "stop" | "restart" | "undo" }
  | { do: "edit"; id: string; lines: string[] }
  /** In one cell, or in all of them. */
  | { do: "rename"; id?: string; from: string; to: string }
  | { do: "change"; id: string; key: string; value: number }
  | { do: "move" | "insert"; id: string; to: number; lines?: string[] }
)

export interface Story {
  withBook: boolean
  cells: StoryCell[]
  acts: Act[]
}

/** Acts that change a text, an answer or the order: what is on screen may no longer hold. */
export function isEdit(act: Act): boolean {
  return !["run", "above", "all", "stop", "restart"].includes(act.do)
}

export function story(dice: Dice, length: number): Story {
  const theme = new Theme(dice)
  const cells: StoryCell[] = [0, 1, 2].map((nth) => ({ id: `b${nth}`, lines: theme.beginning(dice, nth) }))
  const count = 4 + dice.below(5)
  for (let i = 0; i < count; i++)
    cells.push({ id: `c${i}`, lines: theme.program(dice), ...(dice.once(6) && { slow: true }) })
  const acts: Act[] = [dice.once(2) ? { do: "all" } : { do: "run", id: dice.pick(cells).id }]
  const now = new Map(cells.map((cell) => [cell.id, cell.lines]))
  while (acts.length < length) acts.push(act(dice, theme, now))
  return { withBook: dice.once(3), cells, acts }
}

/** `now`: the texts as they will be, as far as that is known when the story is made up. */
function act(dice: Dice, theme: Theme, now: Map<string, string[]>): Act {
  const id = dice.pick([...now.keys()])
  const made = ((): Act => {
    const turn = dice.below(100)
    if (turn < 20) return { do: "run", id }
    if (turn < 24) return { do: "above", id }
    if (turn < 29) return { do: "all" }
    if (turn < 31) return { do: "stop" }
    if (turn < 33) return { do: "restart" }
    if (turn < 69) return { do: "edit", id, lines: edited(dice, theme, now.get(id) ?? []) }
    if (turn < 75) {
      const [from, to] = [dice.pick(allNames), dice.pick(allNames)]
      return dice.once(2) ? { do: "rename", from, to } : { do: "rename", id, from, to }
    }
    if (turn < 85) return { do: "change", id, key: dice.pick(["x", "y"]), value: dice.below(10) }
    if (turn < 90) return { do: "move", id, to: dice.below(now.size) }
    if (turn < 94)
      return {
        do: "insert",
        id: `d${dice.below(1000)}`,
        to: dice.below(now.size),
        lines: theme.program(dice),
      }
    if (turn < 96 && now.size > 4) return { do: "delete", id }
    return { do: "undo" }
  })()
  if (made.do === "edit") now.set(made.id, made.lines)
  if (made.do === "insert") now.set(made.id, made.lines ?? [])
  if (made.do === "delete") now.delete(made.id)
  if (dice.once(12)) made.rest = false
  return made
}

/** A line more, a line less, or another line; rarely a name that is declared twice. */
function edited(dice: Dice, theme: Theme, lines: readonly string[]): string[] {
  for (let i = 0; i < 5; i++) {
    const made = changed(dice, theme, lines)
    if (!declaresTwice(made) || dice.once(10)) return made
  }
  return theme.program(dice)
}

function changed(dice: Dice, theme: Theme, lines: readonly string[]): string[] {
  const at = dice.below(Math.max(1, lines.length))
  const turn = dice.below(5)
  if (turn === 0) return theme.program(dice)
  if (turn === 1 && lines.length > 1) return lines.filter((_, i) => i !== at)
  if (turn === 2) return lines.toSpliced(at, 1, theme.line(dice, at === lines.length - 1))
  if (turn === 3) return [...lines, theme.line(dice, true)]
  return lines.toSpliced(at, 0, theme.line(dice, false))
}

/** As a person reads it, to try it by hand. */
export function printStory({ withBook, cells, acts }: Story): string {
  const texts = cells.map(
    ({ id, lines, slow }) =>
      `── ${id}${slow ? " (slow)" : ""}\n${lines.map((text) => `   ${text}`).join("\n")}`,
  )
  return [...(withBook ? ["(with the book's outputs)"] : []), ...texts, ...acts.map(printAct)].join("\n")
}

function printAct({ rest, do: what, ...details }: Act, i: number): string {
  const text = Object.entries(details)
    .map(([key, value]) => `${key}: ${Array.isArray(value) ? `\n      ${value.join("\n      ")}` : value}`)
    .join(", ")
  return `${i + 1}. ${what} ${text}${rest === false ? " (does not wait)" : ""}`
}
