/**
 * @file An input as HTML text: native controls, disabled until a script takes them over. Touches no document.
 */
import type { InputControl, InputPoint, InputValue } from "./input.ts"
import { escapeHtml } from "./markup.ts"
import { numberText } from "./number-text.ts"
import type { Output } from "./output.ts"

type InputOutput = Extract<Output, { kind: "input" }>
type PointsControl = Extract<InputControl, { type: "points" }>

/** The picture of a points control, in its own units. */
export const stage = { width: 320, height: 240, inset: [8, 8, 26, 34] } as const

export function renderInput({ key, control, value, initial, feeds }: InputOutput): string {
  const data = { control, initial, value: control.type === "file" ? null : value, feeds }
  const note = "This control works once the page’s scripts have loaded."
  const [role, inner] = body(control, value)
  const binding = "explorable" in control ? control.explorable : undefined
  const bound = binding ? ` data-bound="${escapeHtml(binding)}"` : ""
  const figure = binding?.split(".")[0] ?? ""
  const beside = binding
    ? `<small class="input-bound">moves with <a href="#${escapeHtml(figure)}">the explorable</a></small>`
    : ""
  return `<fieldset class="input input-${escapeHtml(control.type)}" ${role} data-input="${escapeHtml(key)}"${bound} data-about="${escapeHtml(JSON.stringify(data))}" disabled>${inner}${beside}<small class="input-note">${note}</small></fieldset>`
}

/** A value as it is written beside its control. */
export function inputText(control: InputControl, value: InputValue): string {
  switch (control.type) {
    case "slider":
      return `${numberText(Number(value), 6)}${control.unit && ` ${control.unit}`}`
    case "toggle":
      return value ? "on" : "off"
    case "points": {
      const count = Array.isArray(value) ? value.length : 0
      return `${count} ${count === 1 ? "point" : "points"}`
    }
    case "button":
      return ""
    case "file":
      return typeof value === "object" && value !== null && "name" in value ? value.name : ""
    default:
      return typeof value === "number" ? numberText(value, 6) : String(value)
  }
}

/** The points and their frame, as SVG elements. */
export function drawPoints(control: PointsControl, points: readonly InputPoint[]): string {
  const [top, right, bottom, left] = stage.inset
  const wide = stage.width - left - right
  const high = stage.height - top - bottom
  const tenth = (v: number): string => String(Math.round(v * 10) / 10)
  const across = (x: number): string =>
    tenth(left + ((x - control.x[0]) / (control.x[1] - control.x[0])) * wide)
  const up = (y: number): string =>
    tenth(top + high - ((y - control.y[0]) / (control.y[1] - control.y[0])) * high)
  const words = (x: number | string, y: number | string, text: number, anchor: string): string =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="var(--ink-2)">${escapeHtml(numberText(text))}</text>`
  const frame =
    `<rect x="${left}" y="${top}" width="${wide}" height="${high}" fill="var(--paper)" stroke="var(--control)"/>` +
    words(left, stage.height - 8, control.x[0], "start") +
    words(left + wide, stage.height - 8, control.x[1], "end") +
    words(left - 6, top + high, control.y[0], "end") +
    words(left - 6, top + 10, control.y[1], "end")
  const marks = points.map(({ x, y, label }) => {
    const [cx, cy] = [across(x), up(y)]
    if (label === 1)
      return `<circle cx="${cx}" cy="${cy}" r="6" fill="var(--class-1)" stroke="var(--outline)" stroke-width="1.25"/>`
    return `<path transform="translate(${cx} ${cy})" d="M0-7.5 7.5 6h-15z" fill="var(--class-2)" stroke="var(--outline)" stroke-width="1.25"/>`
  })
  return frame + marks.join("")
}

/** Class 1 is a blue disc, class −1 an orange triangle: never told by colour alone. */
export function pointText({ x, y, label }: InputPoint): string {
  return `(${numberText(x)}, ${numberText(y)}), ${label === 1 ? "class 1, blue disc" : "class −1, orange triangle"}`
}

function attributes(given: Record<string, string | number | boolean | undefined>): string {
  return Object.entries(given)
    .filter(([, value]) => value !== undefined && value !== false && value !== "")
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`))
    .join("")
}

/** The attributes of the group, and what it holds. */
function body(control: InputControl, value: InputValue): [role: string, inner: string] {
  const name = `<span class="input-name">${escapeHtml(control.label)}</span>`
  const input = (given: Record<string, string | number | boolean | undefined>): string =>
    `<label>${name}<input${attributes(given)}></label>`
  const written = `<output class="input-value">${escapeHtml(inputText(control, value))}</output>`
  const plain = 'role="none"'
  switch (control.type) {
    case "slider": {
      const { min, max, step, unit } = control
      const spoken = unit && inputText(control, value)
      const given = { type: "range", min, max, step, value: Number(value), "aria-valuetext": spoken }
      return [plain, input(given) + written]
    }
    case "number":
      return [
        plain,
        input({
          type: "number",
          min: control.min,
          max: control.max,
          step: control.step ?? "any",
          value: Number(value),
        }),
      ]
    case "toggle":
      return [
        plain,
        `<label><input${attributes({ type: "checkbox", checked: value === true })}>${name}</label>`,
      ]
    case "text":
      return [plain, input({ type: "text", value: String(value), placeholder: control.placeholder })]
    case "select": {
      const options = control.options.map(
        (option) => `<option${option === value ? " selected" : ""}>${escapeHtml(option)}</option>`,
      )
      return [plain, `<label>${name}<select>${options.join("")}</select></label>`]
    }
    case "button":
      return [plain, `<button type="button">${escapeHtml(control.label)}</button>`]
    case "file":
      return [plain, input({ type: "file", accept: control.accept }) + written]
    case "points": {
      const points = Array.isArray(value) ? (value as InputPoint[]) : []
      const list = points.map(pointText).join("; ") || "no points yet"
      const svg = `<svg viewBox="0 0 ${stage.width} ${stage.height}" role="img" aria-label="${escapeHtml(`${control.label}: ${list}`)}">${drawPoints(control, points)}</svg>`
      return [`aria-label="${escapeHtml(control.label)}"`, `${name}<div class="input-stage">${svg}</div>`]
    }
  }
}
