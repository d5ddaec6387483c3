/** @file What a cell sets an explorable to: checked against its controls, and said in words. Knows no cell and no DOM. */
import type { Control, Explorable, Params, Point, Value } from "./explorable.ts"
import type { Place } from "./link.ts"
import { format } from "./number.ts"
import { allowed, spoken } from "./params.ts"

export interface Wish {
  params: Readonly<Record<string, unknown>>
  seed?: number
  step?: number
}

/** The place with what is wished for, and what was wished in words; or why it cannot be had. */
export function granted(
  { controls, seeded, steps, through = {} }: Explorable,
  now: Place,
  wish: Wish,
): { place: Place; words: string } | { fault: string } {
  const words: string[] = []
  const params: Params = { ...now.params }
  for (const [name, value] of Object.entries(wish.params)) {
    const control = Object.hasOwn(controls, name) ? controls[name] : undefined
    if (!control)
      return { fault: `it has no control ${name}; its controls are ${Object.keys(controls).join(", ")}` }
    if (through[name]) return { fault: `${name} is what the state makes it; it is set by hand only` }
    params[name] = allowed(control, value)
    if (JSON.stringify(params[name]) !== JSON.stringify(value))
      return { fault: `${name} cannot be ${JSON.stringify(value)}; it is ${range(control)}` }
    words.push(`${control.label} ${inWords(control, params[name])}`)
  }
  if (seeded && wish.seed !== undefined) words.push(`seed ${wish.seed}`)
  if (steps && wish.step !== undefined) words.push(`step ${wish.step}`)
  const place = { params, seed: wish.seed ?? now.seed, step: wish.step ?? now.step }
  return { place, words: words.join(", ") || "as it is" }
}

function range(control: Control): string {
  switch (control.type) {
    case "slider":
      return `a number from ${control.min} to ${control.max}`
    case "choice":
      return `one of ${control.options.map(({ value }) => JSON.stringify(value)).join(", ")}`
    case "toggle":
      return "true or false"
    case "text":
      return `a text of at most ${control.max} characters`
    case "handle":
      return `a point [x, y] with x from ${control.x.join(" to ")} and y from ${control.y.join(" to ")}`
    case "points":
      return `a list of at most ${control.max} points { x, y, label } with x from ${control.x.join(" to ")} and y from ${control.y.join(" to ")}`
  }
}

function inWords(control: Control, value: Value): string {
  switch (control.type) {
    case "slider":
      return spoken(control, value as number)
    case "choice":
      return control.options.find((option) => option.value === value)?.label ?? ""
    case "text":
      return `“${(value as string).slice(0, 40)}”`
    case "toggle":
      return value ? "on" : "off"
    case "handle":
      return `(${(value as Point).map((v) => format(v, 4)).join(", ")})`
    case "points":
      return `${(value as readonly unknown[]).length} of them`
  }
}
