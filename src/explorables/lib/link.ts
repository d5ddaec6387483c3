/**
 * @file The state of an explorable as a piece of a link's fragment, `ex.name=1~lr:0.3~s:42~t:17`, and back.
 * The 1 is the version of this spelling; `s` is the seed, `t` the transport, a control's name is written with
 * a leading `.` only where it would be read as one of these. Knows no location, no history.
 */
import type { Control, Controls, LabelledPoint, Params, Value } from "./explorable.ts"
import { allowed, defaults } from "./params.ts"

const VERSION = "1"

export interface Place {
  params: Params
  seed: number
  step: number
}

/** Only what differs from the defaults is written, in the order of the controls. */
export function encode(name: string, controls: Controls, { params, seed, step }: Place): string {
  const parts = [VERSION]
  for (const [key, control] of Object.entries(controls)) {
    const text = write(control, params[key]!)
    if (text !== write(control, control.value)) parts.push(`${spell(key)}:${text}`)
  }
  if (seed !== 0) parts.push(`s:${seed}`)
  if (step !== 0) parts.push(`t:${step}`)
  return `ex.${name}=${parts.join("~")}`
}

/** Undefined if the fragment does not speak of this explorable in this version; garbage becomes defaults. */
export function decode(name: string, controls: Controls, fragment: string): Place | undefined {
  const head = `ex.${name}=`
  const mine = fragment
    .replace(/^#/, "")
    .split("&")
    .find((part) => part.startsWith(head))
  const [version, ...parts] = mine?.slice(head.length).split("~") ?? []
  if (version !== VERSION) return undefined
  const place: Place = { params: defaults(controls), seed: 0, step: 0 }
  for (const part of parts) {
    const colon = part.indexOf(":")
    const key = part.slice(0, colon)
    const text = part.slice(colon + 1)
    if (colon < 1) continue
    if (key === "s") place.seed = natural(text)
    else if (key === "t") place.step = natural(text)
    else {
      const known = Object.keys(controls).find((k) => spell(k) === key)
      if (known) place.params[known] = allowed(controls[known]!, read(controls[known]!, text))
    }
  }
  return place
}

/** The fragment with this explorable's part put in or replaced; parts of others stay, a plain anchor goes. */
export function merge(fragment: string, part: string): string {
  const name = part.slice(0, part.indexOf("=") + 1)
  const others = fragment
    .replace(/^#/, "")
    .split("&")
    .filter((p) => p.includes("=") && !p.startsWith(name))
  return "#" + [...others, part].join("&")
}

function spell(key: string): string {
  return key === "s" || key === "t" ? `.${key}` : key
}

function write(control: Control, value: Value): string {
  switch (control.type) {
    case "slider":
      return String(value)
    case "choice":
    case "text":
      return encodeURIComponent(value as string).replace(/~/g, "%7E")
    case "toggle":
      return value ? "1" : "0"
    case "handle":
      return (value as readonly number[]).join(",")
    case "points":
      return (value as readonly LabelledPoint[]).map((p) => `${p.x},${p.y},${p.label}`).join(";")
  }
}

/** What `write` wrote; anything else comes out as something that `allowed` turns down. */
function read(control: Control, text: string): unknown {
  switch (control.type) {
    case "slider":
      return number(text)
    case "choice":
      return control.options.find((o) => write(control, o.value) === text)?.value
    case "text":
      return unescaped(text)
    case "toggle":
      return text === "1" ? true : text === "0" ? false : undefined
    case "handle":
      return text.split(",").map(number)
    case "points":
      return text === ""
        ? []
        : text.split(";").map((p) => {
            const [x, y, label] = p.split(",").map(number)
            return { x, y, label }
          })
  }
}

/** Undefined where a link was cut or spoilt within an escape. */
function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function number(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text)
}

/** A whole number from 0 to 2³² − 1, else 0. */
function natural(text: string): number {
  return /^\d{1,10}$/.test(text) ? Number(text) % 2 ** 32 : 0
}
