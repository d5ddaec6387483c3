/** @file The switchboard in words: headline, description, prediction, table. Every number comes from the state. */
import { count, format } from "../lib/number.ts"
import { type Answer, everyUnit, FUNCTIONS, type Row, type State, type Unit } from "./unit.ts"

const short = (v: number) => format(v, 4)
const pair = ({ x }: Row) => `(${x[0]}, ${x[1]})`
const listed = (words: string[]) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`

/** "x₁ − 2x₂ ≥ 1", or the rule of 1943. */
function rule({ dialect }: State, { w, theta }: Unit): string {
  if (dialect === "signed") {
    const terms = w.flatMap((wi, i) => (wi === 0 ? [] : [`${wi < 0 ? "−" : "+"} ${factor(wi)}x${"₁₂"[i]}`]))
    const sum = terms.join(" ").replace(/^\+ /, "").replace(/^− /, "−") || "0"
    return `fires where ${sum} ≥ ${short(theta)}`
  }
  const named = (sign: number) => w.flatMap((wi, i) => (Math.sign(wi) === sign ? [`x${"₁₂"[i]}`] : []))
  const [exciting, vetoing] = [named(1), named(-1)]
  const most = Math.max(0, Math.ceil(theta))
  const limit =
    most === 0
      ? "fires in silence"
      : `fires when at least ${most} of its exciting inputs (${listed(exciting) || "it has none"}) ${most === 1 ? "is" : "are"} on`
  return `${limit}${vetoing.length > 0 ? `, unless ${listed(vetoing).replace(" and ", " or ")} vetoes` : ""}`
}
const factor = (w: number) => (Math.abs(w) === 1 ? "" : short(Math.abs(w)))

const machine = ({ b }: State) => (b ? "circuit" : "unit")

export function takeaway(state: State): string {
  const { code, target, right } = state
  const [is, wanted] = [FUNCTIONS.get(code)!, FUNCTIONS.get(target)!]
  if (code === target) return `This ${machine(state)} says ${is}: all 4 rows are right.`
  const searched = state.tried === everyUnit(state.dialect).length
  const wall = searched && !state.b && !state.found.has(target) && right === 3
  return `This ${machine(state)} says ${is}: ${right} of the 4 rows of ${wanted} are right${wall ? ", and no single unit gets more" : ""}.`
}

function atInput(state: State): string {
  const { now, a, b, output } = state
  const says = ({ sum, vetoed, fires }: Answer, { theta }: Unit) =>
    vetoed
      ? "a veto silences it"
      : `the sum ${short(sum)} ${fires ? "reaches" : "stays below"} ${short(theta)}, so it ${fires ? "fires" : "is silent"}`
  if (!b) return `At ${pair(now)} ${says(now.a, a)}.`
  const bit = ({ fires }: Answer) => (fires ? "1" : "0")
  return `At ${pair(now)} A says ${bit(now.a)}, B says ${bit(now.b!)}, and ${output.says} is ${bit(now.out!)}.`
}

export function describe(state: State): string {
  const { rows, a, b, target, tried, found, dialect, code } = state
  const firing = rows.filter((row) => row.fires).map(pair)
  const wrong = rows.filter((row) => row.fires !== row.wanted).map(pair)
  const does = firing.length === 0 ? "It never fires" : `It fires for ${listed(firing)}`
  const compare =
    wrong.length === 0
      ? `That is ${FUNCTIONS.get(target)}, row by row.`
      : `For ${FUNCTIONS.get(target)} ${listed(wrong)} ${wrong.length === 1 ? "is" : "are"} wrong.`
  const rules = b
    ? `Unit A ${rule(state, a)}; unit B ${rule(state, b)}; the output unit says ${state.output.says}.`
    : `The unit ${rule(state, a)}.`
  const all = everyUnit(dialect).length
  const search =
    tried === 0
      ? `The search has not begun: its ${all} units wait for Play.`
      : `The search has tried ${tried} of ${count(all, "unit")} and found ${found.size} of the 16 functions.`
  const beyond =
    tried === all && !found.has(code)
      ? ` ${FUNCTIONS.get(code)} is not among them: your ${machine(state)} does what no single unit can.`
      : ""
  return `${does}. ${compare} ${atInput(state)} ${rules} ${search}${beyond}`
}

/** What a slider's value means, said after it. */
export function meaning(control: string, { rows, b }: State): string {
  const of = (fires: (row: Row) => boolean) => `fires for ${rows.filter(fires).length} of 4 inputs`
  if (["w1", "w2", "theta"].includes(control)) return of((row) => row.a.fires)
  return b && ["v1", "v2", "phi"].includes(control) ? of((row) => row.b!.fires) : ""
}

export function reveal({ found, dialect }: State): { id: string; says: string } {
  const empty = [...FUNCTIONS.keys()].filter((digits) => !found.has(digits))
  const names = listed(empty.map((digits) => FUNCTIONS.get(digits)!))
  const id =
    ({ 0: "none", 2: "two", 5: "five", 8: "eight" } as Record<number, string>)[empty.length] ?? "none"
  const kind = dialect === "signed" ? "signed weights" : "vetoes"
  return {
    id,
    says: `${empty.length} stay empty with ${kind}: ${names}. All ${found.size} others are found.`,
  }
}

export function table(state: State): { columns: string[]; rows: (string | number)[][] } {
  const bit = (on: boolean) => (on ? 1 : 0)
  const inner = state.b ? ["A", "B"] : ["sum"]
  return {
    columns: ["x₁", "x₂", "wanted", ...inner, "output", "right"],
    rows: state.rows.map((row) => [
      ...row.x,
      bit(row.wanted),
      ...(row.b ? [bit(row.a.fires), bit(row.b.fires)] : [row.a.vetoed ? "vetoed" : short(row.a.sum)]),
      bit(row.fires),
      row.fires === row.wanted ? "yes" : "no",
    ]),
  }
}
