/** @file The native controls of an explorable and its presets, tied to its params. Knows no pictures. */
import type { Control, Point, Slider, Value } from "../explorables/lib/explorable.ts"
import { format } from "../explorables/lib/number.ts"
import { fieldOf, groupFields } from "../explorables/lib/panel.ts"
import { allowed, fromTrack, inUse, matches, spoken, stepped, toTrack } from "../explorables/lib/params.ts"
import css from "../styles/explorable-fields.css?inline"
import { addStyle } from "./added-style.ts"
import type { Desk } from "./explorable-desk.ts"
import { keySteps } from "./explorable-grip.ts"

export function controls(desk: Desk): void {
  for (const fold of desk.all(".ex-group")) {
    addStyle("explorable-fields", css)
    const inside = fold.querySelector("div")!
    if (inside.childElementCount > 0) continue
    const { controls } = desk.explorable
    inside.innerHTML = groupFields(desk.root.id, controls, desk.place.params, fold.dataset.group)
  }
  for (const [name, control] of Object.entries(desk.explorable.controls)) {
    const box = desk.find(`[data-control="${name}"]`)
    if (!box) continue
    if (box.childElementCount === 0) box.innerHTML = fieldOf(desk.root.id, name, control, desk.place.params)
    const through = desk.explorable.through?.[name]
    const set: Set = (value, committed, notice) => {
      const { params } = desk.place
      // What is set by hand belongs to the step at which it is set.
      if (through) desk.root.dispatchEvent(new Event("ex-grab"))
      desk.change(
        { params: through ? through.write(params, desk.state, value) : { [name]: value } },
        committed,
        notice,
      )
    }
    const says = () => desk.explorable.place?.(name, desk.place.params, desk.state) ?? ""
    const show = bind(box, control, set, says)
    explain(box, control)
    desk.onpaint(() => {
      const { params } = desk.place
      const value = through ? through.read(params, desk.state) : params[name]!
      box.hidden = !inUse(control, params) || value === undefined
      if (value !== undefined) show(value)
    })
  }
  presets(desk)
}

/** What the control does, once somebody asks. */
function explain(box: HTMLElement, { why = "" }: Control): void {
  const fold = box.querySelector<HTMLDetailsElement>(".ex-why")
  fold?.addEventListener("toggle", () => {
    fold.querySelector("p")!.textContent = fold.open ? why : ""
  })
}

type Set = (value: Value, committed: boolean, notice?: string) => void

/** Listens to one control; returns how it shows a value. */
function bind(box: HTMLElement, control: Control, set: Set, says: () => string): (value: Value) => void {
  const inputs = [...box.querySelectorAll("input")]
  switch (control.type) {
    case "slider":
      return slider(inputs[1]!, inputs[0]!, control, set, says)
    case "choice":
      for (const input of inputs) input.addEventListener("change", () => set(input.value, true))
      return (value) => {
        for (const input of inputs) input.checked = input.value === value
      }
    case "toggle":
      inputs[0]!.addEventListener("change", () => set(inputs[0]!.checked, true))
      return (value) => {
        inputs[0]!.checked = value as boolean
      }
    case "handle":
      for (const input of inputs)
        input.addEventListener("change", () =>
          set(
            allowed(
              control,
              inputs.map((i) => i.valueAsNumber),
            ),
            true,
          ),
        )
      return (value) => {
        for (const [i, input] of inputs.entries()) write(input, (value as Point)[i]!)
      }
    case "text":
      return text(box, set, says)
    case "points":
      return () => undefined
  }
}

/** A field that is being typed into is never written to. */
function text(box: HTMLElement, set: Set, says: () => string): (value: Value) => void {
  const field = box.querySelector<HTMLInputElement | HTMLTextAreaElement>("[maxlength]")!
  const file = box.querySelector<HTMLInputElement>('[type="file"]')
  const which = box.querySelector("[data-which]")!
  field.addEventListener("input", () => set(field.value, false))
  field.addEventListener("change", () => set(field.value, true))
  file?.addEventListener("change", () => {
    file.files?.[0]?.text().then(
      (words) => set(words.slice(0, field.maxLength), true),
      () => set(field.value, true, "The file cannot be read."),
    )
  })
  return (value) => {
    if (document.activeElement !== field && field.value !== value) field.value = value as string
    which.textContent = says()
  }
}

function slider(
  track: HTMLInputElement,
  box: HTMLInputElement,
  control: Slider,
  set: Set,
  says: () => string,
): (value: Value) => void {
  const which = control.says && box.closest("[data-control]")?.querySelector("[data-which]")
  const now = () => (box.value === "" ? control.value : Number(box.dataset.now))
  track.addEventListener("input", () => set(fromTrack(control, track.valueAsNumber), false))
  track.addEventListener("change", () => set(fromTrack(control, track.valueAsNumber), true))
  track.addEventListener("keydown", (event) => {
    const steps = keySteps(event)
    if (steps === undefined) return
    event.preventDefault()
    set(stepped(control, now(), steps), true)
  })
  box.addEventListener("change", () => {
    const fitting = allowed(control, box.valueAsNumber)
    const notice =
      fitting === box.valueAsNumber
        ? ""
        : `${control.label} goes from ${format(control.min, 4)} to ${format(control.max, 4)}.`
    set(fitting, true, notice)
    // What was typed may differ from a value that has not changed.
    box.value = String(fitting)
  })
  return (value) => {
    write(box, value as number)
    box.dataset.now = String(value)
    track.value = String(toTrack(control, value as number))
    track.style.setProperty("--at", `${toTrack(control, value as number) * 100}%`)
    const meaning = says()
    if (which) which.textContent = meaning
    track.setAttribute("aria-valuetext", spoken(control, value as number) + (meaning ? `; ${meaning}` : ""))
  }
}

/** Never under the reader's fingers while they type. */
function write(input: HTMLInputElement, value: number): void {
  if (input.valueAsNumber !== value) input.value = String(value)
}

function presets(desk: Desk): void {
  const buttons = desk.all<HTMLButtonElement>("[data-preset]")
  const { presets } = desk.explorable
  buttons.forEach((button, i) => {
    button.addEventListener("click", () => desk.change({ params: presets[i]!.params }))
  })
  desk.onpaint(() => {
    buttons.forEach((button, i) => {
      button.setAttribute("aria-pressed", String(matches(presets[i]!.params, desk.place.params)))
    })
  })
}
