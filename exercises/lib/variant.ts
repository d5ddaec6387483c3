/** @file Variants of an exercise: other numbers in its code and texts, drawn from a number. Knows no reader. */
import { Generator } from "../../engine/index.ts"
import type { Exercise } from "./exercise.ts"

/** The values of variant `number`, by name; nothing for an exercise that has no variants. */
export function valuesOf(exercise: Exercise, number: number): Record<string, number> | undefined {
  if (!("variants" in exercise) || !exercise.variants) return undefined
  const drawn = exercise.variants(new Generator(number))
  if (number !== 0) return drawn
  return Object.fromEntries(Object.keys(drawn).map((name) => [name, written(exercise.solution, name)]))
}

/** The exercise with the numbers of variant `number` in all of its code and texts. Throws: Error if a line is missing. */
export function variantOf<E extends Exercise>(exercise: E, number: number): E {
  const values = valuesOf(exercise, number)
  if (!values) return exercise
  const text = (from: string): string => filled(from, values)
  const changed = withStrings(exercise, (key, from) =>
    key === "solution" || key === "code" ? withValues(from, values) : text(from),
  )
  return changed as E
}

/** `{{c}}` → the value of c; other names stay. */
export function filled(text: string, values: Record<string, number | string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (all, name: string) =>
    name in values ? String(values[name]).replace("-", "−") : all,
  )
}

const line = (name: string): RegExp => new RegExp(`(^|\\n)(const ${name} = )(-?[\\d.e-]+)`)

function written(code: string, name: string): number {
  const found = line(name).exec(code)
  if (!found) throw new Error(`variants: the code has no line “const ${name} = …”.`)
  return Number(found[3])
}

function withValues(code: string, values: Record<string, number>): string {
  let changed = code
  for (const [name, value] of Object.entries(values)) {
    written(changed, name)
    changed = changed.replace(line(name), `$1$2${value}`)
  }
  return changed
}

/** A deep copy in which every string went through `change`, with the key under which it stood. */
function withStrings(from: unknown, change: (key: string, text: string) => string, key = ""): unknown {
  if (typeof from === "string") return change(key, from)
  if (Array.isArray(from)) return from.map((item) => withStrings(item, change, key))
  if (typeof from !== "object" || from === null) return from
  return Object.fromEntries(
    Object.entries(from).map(([name, item]) => [
      name,
      name === "kind" || name === "id" ? item : withStrings(item, change, name),
    ]),
  )
}
