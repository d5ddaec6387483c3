/** @file A network that is kept as A, to be compared with the present one, B: what it is, how it differs, how it fares. Draws nothing. */
import type { Control, Through, Value } from "../lib/explorable.ts"
import { decode, encode } from "../lib/link.ts"
import { format } from "../lib/number.ts"
import { defaults } from "../lib/params.ts"
import { controls, type Settings } from "./controls.ts"
import { isLook, type Run, runOf } from "./run.ts"
import { measureOf, type State, stepsOf } from "./state.ts"

/** Under this name its settings are written, as in a link. */
const HEAD = "ex.a="

export interface Other {
  settings: Settings
  seed: number
  /** Where it was when it was kept. */
  step: number
  run: Run
}

/** All that the present training depends on, as text. */
export function keep({ settings, seed, at }: State): string {
  const seen = Object.entries(settings).filter(([name]) => !isLook(name))
  const params = { ...defaults(controls), ...Object.fromEntries(seen) }
  return encode("a", controls, { params, seed, step: at }).slice(HEAD.length)
}

/** The network that was kept, trained as far as it had come and as far as the present one is; undefined without one. */
export function otherOf(text: string, step: number): Other | undefined {
  const place = text === "" ? undefined : decode("a", controls, HEAD + text)
  if (!place) return undefined
  const settings = { ...(place.params as Settings), a: "" }
  const last = stepsOf(settings)
  const kept = Math.min(place.step, last)
  const run = runOf(settings, place.seed, Math.min(last, Math.max(kept, step)))
  return { settings, seed: place.seed, step: Math.min(kept, run.thetas.length - 1), run }
}

export const compare: Through<boolean, Settings, State> = {
  read: ({ a }) => a !== "",
  write: (_, state, on) => ({ a: on ? keep(state) : "" }),
}

function words(control: Control, value: Value): string {
  switch (control.type) {
    case "choice":
      return control.options.find((option) => option.value === value)?.label ?? ""
    case "toggle":
      return value ? "on" : "off"
    case "slider":
      return `${format(value as number)}${control.unit ? ` ${control.unit}` : ""}`
    case "points":
      return String((value as readonly unknown[]).length)
    default:
      return value === "" ? "none" : `“${String(value).slice(0, 24)}”`
  }
}

/** What A and B do not share, each in words: "Learning rate η 0.1 (B: 0.01)". */
export function differences({ settings, seed }: State, a: Other): string[] {
  const of = (all: Settings, name: string): Value => all[name as keyof Settings]
  const list = Object.entries<Control>(controls)
    .filter(([name]) => !isLook(name))
    .filter(([name]) => JSON.stringify(of(a.settings, name)) !== JSON.stringify(of(settings, name)))
    .map(
      ([name, control]) =>
        `${control.label} ${words(control, of(a.settings, name))} (B: ${words(control, of(settings, name))})`,
    )
  return seed === a.seed ? list : [...list, `seed ${a.seed} (B: ${seed})`]
}

/** Both side by side: A where it was kept and, if that is another step, where B is now. */
export function comparison(state: State, a: Other) {
  const row = (name: string, run: Run, step: number): (string | number)[] => {
    const { problem, data } = run
    const measure = measureOf(run, step)
    return [
      name,
      step,
      format(run.trainLosses[step]!),
      problem.words(measure.train),
      data.held.length > 0 ? format(run.heldLosses[step]!) : "–",
      problem.words(measure.held),
    ]
  }
  const there = Math.min(state.at, a.run.thetas.length - 1)
  const apart = differences(state, a)
  // A classification may stand beside a regression.
  const called = [...new Set([a.run.problem.called, state.problem.called])].join(" or ")
  return {
    name: `A and B. ${apart.length > 0 ? `A has ${apart.join("; ")}.` : "They have the same settings."}`,
    columns: ["network", "step", "training loss", called, "held-out loss", `held-out ${called}`],
    rows: [
      row("A, as kept", a.run, a.step),
      ...(there === a.step ? [] : [row("A, at the step of B", a.run, there)]),
      row("B, now", state.run, state.at),
    ],
  }
}
