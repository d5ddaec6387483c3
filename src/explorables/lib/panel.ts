/**
 * @file The panel of an explorable as static HTML: its controls, presets, prediction and transport, so that
 * nothing moves when the script arrives. Knows no events; the page hides what needs a script where there is none.
 */
import type { Control, Controls, Explorable, Params, Value } from "./explorable.ts"
import { clean, inUse, matches, spoken, toTrack } from "./params.ts"
import { escapeText } from "./svg.ts"

/**
 * `id` keeps the ids of two figures on one page apart. Of controls in groups the first group is there and open; the
 * folds of the others are empty until `groupFields` fills them, which nobody sees.
 */
export function controlPanel(id: string, controls: Controls, params: Params): string {
  const groups = [...new Set(Object.values(controls).map(({ group }) => group))]
  let open = true
  return groups
    .map((group) => {
      if (group === undefined) return groupFields(id, controls, params)
      const inside = open ? groupFields(id, controls, params, group) : ""
      const fold = `<details class="ex-group" data-group="${escapeText(group)}"${open ? " open" : ""}><summary>${escapeText(group)}</summary><div>${inside}</div></details>`
      open = false
      return fold
    })
    .join("")
}

/** The controls of one group, or those of none; one that is of no use yet is empty until `fieldOf` fills it. */
export function groupFields(id: string, controls: Controls, params: Params, group?: string): string {
  return Object.entries(controls)
    .filter(([, control]) => control.group === group && !control.unseen)
    .map(([name, control]) => {
      const inside = inUse(control, params) ? `>${fieldOf(id, name, control, params)}` : " hidden>"
      return `<div class="ex-control" data-control="${name}"${inside}</div>`
    })
    .join("")
}

export function fieldOf(id: string, name: string, control: Control, params: Params): string {
  // What a control does is written into the page when somebody asks for it.
  const why = control.why
    ? `<details class="ex-why"><summary aria-label="What is this: ${escapeText(control.label)}">?</summary><p></p></details>`
    : ""
  return field(`${id}-${name}`, control, params[name]!) + why
}

function field(id: string, control: Control, value: Value): string {
  const label = escapeText(control.label)
  switch (control.type) {
    case "slider": {
      const which = control.says ? '<p class="ex-which" data-which></p>' : ""
      const unit = control.unit ? `<span class="ex-unit">${escapeText(control.unit)}</span>` : ""
      const bounds = `min="${control.min}" max="${control.max}" value="${value}"`
      return (
        `<label for="${id}">${label}</label>` +
        `<span class="ex-value"><input type="number" step="any" ${bounds} aria-label="${label}, as a number">${unit}</span>` +
        `<input id="${id}" type="range" min="0" max="1" step="any" value="${clean(toTrack(control, value as number))}" style="--at:${clean(100 * toTrack(control, value as number))}%" aria-valuetext="${escapeText(spoken(control, value as number))}">${which}`
      )
    }
    case "choice": {
      const options = control.options.map(
        (o) =>
          `<label class="ex-option"><input type="radio" name="${id}" value="${escapeText(o.value)}"${o.value === value ? " checked" : ""}>${escapeText(o.label)}</label>`,
      )
      return `<fieldset><legend>${label}</legend><div class="ex-options">${options.join("")}</div></fieldset>`
    }
    case "toggle":
      return `<label class="ex-option"><input type="checkbox"${value ? " checked" : ""}>${label}</label>`
    case "handle": {
      const [x, y] = value as readonly [number, number]
      const box = (axis: string, v: number, [low, high]: readonly [number, number], name: string) =>
        `<label class="ex-coordinate"><i>${axis}</i><input type="number" step="any" min="${low}" max="${high}" value="${v}" aria-label="${label}, ${name}"></label>`
      return `<span class="ex-name"><i class="ex-dot"></i>${label}</span><span class="ex-value">${box("x", x, control.x, "horizontal")}${box("y", y, control.y, "vertical")}</span>`
    }
    case "text": {
      const shared = `id="${id}" maxlength="${control.max}" spellcheck="false" autocomplete="off"`
      const box =
        control.rows > 1
          ? `<textarea ${shared} rows="${control.rows}">${escapeText(value as string)}</textarea><input type="file" accept=".csv,.tsv,.txt,text/*" aria-label="${label}, from a file">`
          : `<input type="text" ${shared} value="${escapeText(value as string)}">`
      return `<label for="${id}">${label}</label>${box}<p class="ex-which" data-which></p>`
    }
    case "points":
      return (
        `<fieldset><legend><i class="ex-dot"></i>${label}</legend><p class="ex-which" data-which></p>` +
        `<div class="ex-buttons"><button type="button" data-points="previous" aria-label="Previous point" aria-keyshortcuts="[">‹</button>` +
        `<button type="button" data-points="next" aria-label="Next point" aria-keyshortcuts="]">›</button>` +
        `<button type="button" data-points="flip" aria-keyshortcuts="Enter">Flip label</button>` +
        `<button type="button" data-points="add">Add</button>` +
        `<button type="button" data-points="delete" aria-keyshortcuts="Delete">Delete</button></div></fieldset>`
      )
  }
}

export function presetBar(explorable: Explorable, params: Params): string {
  const buttons = explorable.presets.map(
    (p, i) =>
      `<button type="button" data-preset="${i}" aria-pressed="${matches(p.params, params)}">${escapeText(p.name)}</button>`,
  )
  return `<div class="ex-presets" role="group" aria-label="Presets"><span aria-hidden="true">Try</span>${buttons.join("")}</div>`
}

function button(action: string, label: string, key: string, more = ""): string {
  return `<button type="button" data-action="${action}" aria-keyshortcuts="${key}"${more}>${label}</button>`
}

const SPEEDS = [3, 12, 48] as const

/** The way through time, in the same order everywhere; nothing for a figure that has neither time nor chance. */
export function transport(
  { steps, unit = "step", speeds: [slow, medium, fast] = SPEEDS, strides, seeded }: Explorable,
  params: Params,
  step: number,
  last: number,
): string {
  const select = (name: string, label: string, options: [string, string][], chosen: string) =>
    `<label class="ex-select"><span>${label}</span><select data-${name}>${options
      .map(([v, t]) => `<option value="${v}"${v === chosen ? " selected" : ""}>${escapeText(t)}</option>`)
      .join("")}</select></label>`
  const stride =
    strides &&
    select(
      "stride",
      "by",
      [["1", unit], ...strides.map((s): [string, string] => [String(s.steps), s.name])],
      "1",
    )
  const time = steps
    ? `${button("reset", "Reset", "R")}${button("back", "Back", ",")}${button("play", "Play", "Space", ' class="ex-play"')}${button("step", "Step", ".")}` +
      `${stride ?? ""}${select(
        "speed",
        "speed",
        [
          [String(slow), "slow"],
          [String(medium), "medium"],
          [String(fast), "fast"],
        ],
        String(medium),
      )}` +
      `<span class="ex-clock"><input type="range" min="0" max="${last}" step="1" value="${step}" style="--at:${last ? clean((100 * step) / last) : 0}%" data-clock aria-label="${escapeText(unit)}"><span>${clockText(unit, step, last)}</span></span>`
    : ""
  const seed = seeded ? button("seed", "New seed", "N", seedInUse(seeded, params) ? "" : " hidden") : ""
  return time + seed === "" ? "" : `<div class="ex-time">${time}${seed}</div>`
}

/** The state to take away. */
export function share(): string {
  return `<div class="ex-share">${button("link", "Copy link", "L")}${button("describe", "Describe", "D")}</div>`
}

/** Does the seed matter under these params? */
export function seedInUse(seeded: Explorable["seeded"], params: Params): boolean {
  return Array.isArray(seeded) ? params[seeded[0]] === seeded[1] : seeded === true
}

/** "update 5 of 150". */
export function clockText(unit: string, step: number, last: number): string {
  return `${escapeText(unit)} ${step} of ${last}`
}

export function predictionStrip(id: string, explorable: Explorable, question: string): string {
  if (!explorable.predict) return ""
  const options = explorable.predict.options.map(
    (o) =>
      `<label class="ex-option"><input type="radio" name="${id}-predict" value="${escapeText(o.id)}">${escapeText(o.text)}</label>`,
  )
  return (
    `<form class="ex-predict"><fieldset><legend><b>Predict first.</b> <span data-question>${escapeText(question)}</span></legend>` +
    `<div class="ex-options">${options.join("")}</div></fieldset><p class="ex-answer" hidden></p>` +
    `<div class="ex-buttons"><button type="submit">Check</button><button type="button" data-skip>Skip</button></div></form>`
  )
}
