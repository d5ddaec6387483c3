/** @file The bench in words: headline, description, table, the answer to the prediction. Every number is the state's. */
import { count, format } from "../lib/number.ts"
import { FUNCTIONS } from "./functions.ts"
import { LAYERS, middle, open, PATHS, type State } from "./state.ts"

const per = (share: number): string => `${format(100 * share, 2)} %`
/** A gradient that is left: two digits, and a plain 0. */
const left = (v: number): string => format(v, 2)

/** Is the function without any zero slope on this bell, or nearly so? */
const alive = ({ dead }: State): boolean => dead < 5e-4

export function takeaway(s: State): string {
  const { kind, layers, dead } = s
  const { noun } = FUNCTIONS[kind]
  const through = count(layers, "layer")
  if (kind === "step") return "A step is flat wherever you stand: not one layer lets a gradient through."
  if (kind === "linear") return "Without a function everything comes through, and nothing has been bent."
  if (layers === 0) return "Before the first layer the gradient is 1; let it pass one layer after the other."
  if (!alive(s)) {
    const lost = dead > 0.9995 ? "every unit is" : `${per(dead)} of the units are`
    return `${lost[0]!.toUpperCase()}${lost.slice(1)} closed: of ${PATHS} paths through ${through} ${open(s, layers)} ${open(s, layers) === 1 ? "is" : "are"} still open.`
  }
  return `After ${through} of ${noun} units a typical path has ${left(s.typical ** layers)} of its gradient left.`
}

export function describe(s: State): string {
  const { kind, flat, dead, rms, layers, unit, mean, width } = s
  const { noun } = FUNCTIONS[kind]
  const parts = [
    `${per(flat)} of the ${noun} units have a slope under 0.05${dead > 0 ? `, and ${per(dead)} have none at all` : ""}.`,
    `After ${count(layers, "layer")} the middle one of ${PATHS} paths has ${left(middle(s, layers))} of a gradient of 1 left; ${count(open(s, layers), "path")} ${open(s, layers) === 1 ? "is" : "are"} open.`,
    `By root mean square a layer multiplies it by ${format(rms)}, and ${count(layers, "layer")} by ${left(rms ** layers)}.`,
    `The bell of pre-activations has mean ${format(mean)} and standard deviation ${format(width)}.`,
    `The marked unit at z = ${format(unit.z)} hands on ${format(unit.h)} and has slope ${format(unit.slope)}.`,
  ]
  return parts.join(" ")
}

/** What a setting means here, spoken after the slider's own value. */
export function meaning(control: string, s: State): string {
  if (control === "z") return `hands on ${format(s.unit.h)}, slope ${format(s.unit.slope)}`
  return `${per(s.flat)} of the units flat`
}

export function table(s: State): { columns: string[]; rows: (string | number)[][] } {
  return {
    columns: ["layers", "typical path", "middle of the paths", "root mean square", `open paths of ${PATHS}`],
    rows: [1, 2, 5, 10, 20, LAYERS].map((k) => [
      k,
      left(s.typical ** k),
      left(middle(s, k)),
      left(s.rms ** k),
      open(s, k),
    ]),
  }
}

export function reveal(s: State): { id: string; says: string } {
  const v = s.typical ** s.layers
  return {
    id: v > 0.1 ? "half" : v > 1e-4 ? "hundredth" : v > 1e-9 ? "millionth" : "nothing",
    says: `A typical slope is ${format(s.typical)}, and ${format(s.typical)} to the power of ${s.layers} is ${left(v)}. Even at its steepest a sigmoid could leave only 0.25 to the power of ${s.layers}, ${left(0.25 ** s.layers)}.`,
  }
}
