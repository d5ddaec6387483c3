/** @file Key frames of the first view as small multiples: instead of motion, and on paper. */

import { element, escapeText } from "../explorables/lib/svg.ts"
import type { Desk } from "./explorable-desk.ts"

/** Shows that many frames from the first to the last step; 0 hides them. */
export type KeyFrames = (howMany: number) => void

export function keyFrames(desk: Desk): KeyFrames {
  const strip = desk.find(".ex-frames")
  const show: KeyFrames = (howMany) => {
    if (!strip) return
    strip.hidden = howMany === 0 || desk.last === 0
    strip.innerHTML = strip.hidden ? "" : frames(desk, howMany)
  }
  let before = 0
  addEventListener(
    "beforeprint",
    () => {
      before = strip?.childElementCount ?? 0
      show(3)
    },
    { signal: desk.signal },
  )
  addEventListener("afterprint", () => show(before), { signal: desk.signal })
  return show
}

function frames({ explorable, place, last }: Desk, howMany: number): string {
  const view = Object.values(explorable.views)[0]!
  return Array.from({ length: howMany }, (_, i) => {
    const step = Math.round((last * i) / (howMany - 1))
    const state = explorable.model(place.params, place.seed, step)
    const name = escapeText(`${explorable.unit ?? "step"} ${step}`)
    const svg = element(
      "svg",
      { viewBox: `0 0 ${view.width} ${view.height}`, role: "img", "aria-label": name },
      view.draw(state),
    )
    return `<div class="ex-frame">${svg}<p>${name}</p></div>`
  }).join("")
}
